"""Read outlines of places that a map can be drawn from: GeoJSON polygons in degrees."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

#: More corners than this are no outline of a city's places, and would make every page heavy.
MOST_CORNERS: Final = 250_000


def read_boundaries(path: Path) -> Mapping[str, Any]:
    """Read a GeoJSON file as (Multi)Polygons whose corners are longitude and latitude.

    Raises `OSError` if it cannot be read and `ValueError` if it is anything else, saying where.
    """
    try:
        shapes: Any = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError("brackets in brackets without end") from error
    features = shapes.get("features") if isinstance(shapes, dict) else None
    if not isinstance(features, list):
        raise ValueError("no list of features")
    corners = sum(_corners(feature, number=n) for n, feature in enumerate(features, start=1))
    if corners > MOST_CORNERS:
        raise ValueError(f"{corners:,} corners where at most {MOST_CORNERS:,} can be drawn")
    found: Mapping[str, Any] = shapes
    return found


def _corners(feature: Any, *, number: int) -> int:
    """Count a feature's corners, having looked at each."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        raise ValueError(f"feature {number} is no feature")
    try:
        rings = list(_rings(feature.get("geometry")))
        wrong = next((corner for ring in rings for corner in ring if not _on_earth(corner)), None)
    except (TypeError, LookupError) as error:
        raise ValueError(f"the outline of feature {number} is no polygon") from error
    if wrong is not None:
        raise ValueError(f"feature {number} has a corner at {str(wrong)[:40]}, not in degrees")
    return sum(map(len, rings))


def _rings(geometry: Any) -> Iterator[list[Any]]:
    if geometry is None:  # GeoJSON allows a place without an outline
        return
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise TypeError(kind)
    for polygon in [parts] if kind == "Polygon" else parts:
        for ring in polygon:
            if not isinstance(ring, list):
                raise TypeError(ring)
            yield ring


def _on_earth(corner: Any) -> bool:
    east, north = corner[0], corner[1]
    real = all(type(n) in {int, float} and math.isfinite(n) for n in (east, north))
    return real and abs(east) <= 180 and abs(north) <= 90
