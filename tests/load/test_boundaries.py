"""Outlines of places: what can be drawn is read, anything else is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trustboard.boundaries import MOST_CORNERS, read_boundaries
from trustboard.load import data_root, load_city

SQUARE = [[-90.0, 38.0], [-90.0, 39.0], [-89.0, 39.0], [-90.0, 38.0]]


def _feature(geometry: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"NHD_NUM": "1"}, "geometry": geometry, **more}


def _file(folder: Path, value: Any) -> Path:
    path = folder / "neighborhoods.geojson"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def test_polygons_and_places_without_an_outline_are_read_as_they_are(tmp_path: Path) -> None:
    shapes = {
        "type": "FeatureCollection",
        "features": [
            _feature({"type": "Polygon", "coordinates": [SQUARE]}),
            _feature({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}),
            _feature(None),
        ],
    }
    assert read_boundaries(_file(tmp_path, shapes)) == shapes


@pytest.mark.parametrize(
    ("features", "said"),
    [
        (None, "no list of features"),
        (["x"], "feature 1 is no feature"),
        ([_feature(None, properties=[1])], "feature 1 is no feature"),
        ([_feature({"type": "Point", "coordinates": [0, 0]})], "feature 1 is no polygon"),
        ([_feature({"type": "Polygon", "coordinates": ["<b>"]})], "feature 1 is no polygon"),
        ([_feature({"type": "Polygon", "coordinates": [[[1]]]})], "feature 1 is no polygon"),
        ([_feature("Polygon")], "feature 1 is no polygon"),
        (
            [_feature({"type": "Polygon", "coordinates": [[[871512.2, 982994.4]]]})],
            "corner at .871512.2, 982994.4., not in degrees",
        ),
        ([_feature({"type": "Polygon", "coordinates": [[["a", True]]]})], "not in degrees"),
        (
            [_feature({"type": "Polygon", "coordinates": [[[0, 0]] * (MOST_CORNERS + 1)]})],
            "250,001 corners",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, features: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_boundaries(_file(tmp_path, {"features": features}))


@pytest.mark.parametrize("text", ['{"features": [', "[" * 100_000, "[1]", '{"features": [NaN]}'])
def test_what_is_no_geojson_leaves_the_city_open_and_is_listed(tmp_path: Path, text: str) -> None:
    (tmp_path / "st-louis").mkdir()
    _file(tmp_path / "st-louis", text)
    city = load_city("st-louis", data=data_root(), elsewhere=tmp_path)
    assert city.boundaries is None
    (found,) = [problem for problem in city.problems if problem.check == "unreadable_file"]
    assert found.file == "published/neighborhoods.geojson"
