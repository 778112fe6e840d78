"""Maps without tiles or servers: squares of our own drawing, or the publisher's boundaries."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.frame import label_text
from trustboard.figures.sketch import Sketch

_NOTHING: Final = "#FFFFFF"
_STEPS_BELOW_WHITE_TEXT: Final = 3
#: An outline of which no number is known, among others: not to be taken for the lightest shade.
_HATCHED: Final = {
    "shape": "/", "fgcolor": theme.RULE, "bgcolor": _NOTHING, "size": 7, "solidity": 0.2,
}  # fmt: skip
#: With more outlines than this, their names are written smaller.
_FEW: Final = 40


def tile_map(places: pd.DataFrame, *, chosen: Collection[str] = ()) -> go.Figure:
    """Draw one square per place, roughly where it lies; the chosen have a heavy frame.

    `places` has `place`, `name`, `short` (at most four characters), `tile_row`, `tile_col`, `step`
    (0 to 4, missing where nothing is known) and `words` (what is known, said in full).
    """
    sketch = Sketch(theme.layout(height=40, top=4))
    shaded = bool(places["step"].notna().any())
    for _, row in places.iterrows():
        _square(sketch, row, chosen=chosen)
        if shaded and pd.isna(row["step"]):
            _strike(sketch, row)
    sketch.scatter(
        x=places["tile_col"],
        y=places["tile_row"],
        mode="text",
        text=[label_text(short) for short in places["short"]],
        textfont={"size": 12, "color": [_ink_on(step) for step in places["step"]]},
        hovertext=[label_text(words, width=40) for words in places["words"]],
        hoverinfo="text",
        name="places",
    )
    _fit(sketch, rows=places["tile_row"], columns=places["tile_col"])
    return sketch.figure()


def _square(sketch: Sketch, row: pd.Series, *, chosen: Collection[str]) -> None:
    mine = row["place"] in chosen
    half = 0.46
    sketch.shape(
        type="rect",
        x0=row["tile_col"] - half,
        x1=row["tile_col"] + half,
        y0=row["tile_row"] - half,
        y1=row["tile_row"] + half,
        layer="below",
        fillcolor="rgba(0,0,0,0)" if mine and pd.isna(row["step"]) else _fill(row["step"]),
        opacity=1,
        line={"color": theme.INK if mine else theme.RULE, "width": 3.5 if mine else 1},
        name=label_text(row["place"]),
    )


def _strike(sketch: Sketch, row: pd.Series) -> None:
    """Draw a thin line from corner to corner: no number is known, and that is no light shade."""
    x, y, half = row["tile_col"], row["tile_row"], 0.46
    sketch.shape(
        type="line", x0=x - half, x1=x + half, y0=y + half, y1=y - half, layer="below",
        line={"color": theme.RULE, "width": 1}, name="no number",
    )  # fmt: skip


def _fit(sketch: Sketch, *, rows: pd.Series, columns: pd.Series) -> None:
    """Give the squares room: the map is as high as its rows need at a page's width."""
    low, high = float(columns.min()) - 0.6, float(columns.max()) + 0.6
    top, bottom = float(rows.min()) - 0.6, float(rows.max()) + 0.6
    hidden = {"visible": False, "fixedrange": True}
    sketch.x_axis({"range": [low, high], "constrain": "domain", **hidden})
    square = {"scaleanchor": "x", "scaleratio": 1, "constrain": "domain"}
    sketch.y_axis({"range": [bottom, top], **square, **hidden})
    sketch.layout["height"] = max(280, min(640, 46 * (bottom - top) + 20))


def boundary_map(
    boundaries: Mapping[str, Any],
    places: pd.DataFrame,
    *,
    id_property: str,
    chosen: Collection[str] = (),
) -> go.Figure:
    """Draw the publisher's boundaries as filled outlines, each labelled; nothing is fetched.

    `boundaries` is GeoJSON; `places` is as for `tile_map`, without rows and columns.
    """
    sketch = Sketch(theme.layout(height=520, top=4))
    known = places.set_index("place")
    middle = _middle_latitude(boundaries)
    features = [(_place_id(one, id_property), one) for one in boundaries.get("features", [])]
    size = 12 if len(features) <= _FEW else 9
    shaded = bool(known["step"].notna().any())
    for place, feature in sorted(features, key=lambda pair: pair[0] in chosen):  # frames on top
        row = known.loc[place] if place in known.index else None
        hatched = shaded and (row is None or pd.isna(row["step"]))
        mine = place in chosen
        _outline(sketch, feature, place=place, row=row, mine=mine, size=size, hatched=hatched)
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    sketch.x_axis(hidden)
    ratio = 1 / max(math.cos(math.radians(middle)), 0.2)
    sketch.y_axis({"scaleanchor": "x", "scaleratio": ratio, **hidden})
    return sketch.figure()


def outlined(boundaries: Mapping[str, Any], *, id_property: str) -> frozenset[str]:
    """Give the ids of the places that `boundary_map` draws."""
    return frozenset(_place_id(one, id_property) for one in boundaries.get("features", []))


def _place_id(feature: Mapping[str, Any], id_property: str) -> str:
    """Give a feature's place id; whole numbers arrive as 15.0 from some publishers."""
    value = (feature.get("properties") or {}).get(id_property, "")
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def _outline(
    sketch: Sketch,
    feature: Mapping[str, Any],
    *,
    place: str,
    row: pd.Series | None,
    mine: bool,
    size: int,
    hatched: bool,
) -> None:
    step = math.nan if row is None else row["step"]
    rings = [ring for ring in _rings(feature) if len(ring) > 3]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [point[0] for point in ring] + [None]
        ys += [point[1] for point in ring] + [None]
    sketch.scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=_fill(step),
        fillpattern=_HATCHED if hatched else None,
        line={"color": theme.INK if mine else theme.GREY, "width": 3.5 if mine else 0.8},
        hoveron="fills",
        text=label_text(place if row is None else row["words"], width=40),
        hoverinfo="text",
        name=label_text(place),
    )
    if rings:
        short = place if row is None else row["short"]
        _name(sketch, max(rings, key=len), short=short, step=step, size=size)


def _name(
    sketch: Sketch, ring: list[list[float]], *, short: object, step: float, size: int
) -> None:
    x, y = _middle(ring)
    font = {"size": size, "color": _ink_on(step)}
    sketch.annotate(x=x, y=y, text=label_text(short), font=font)


def _middle(ring: list[list[float]]) -> tuple[float, float]:
    """Give the centre of gravity of a ring, which lies where most of its area is."""
    x0, y0 = ring[0][0], ring[0][1]  # differences from here keep their digits
    area = x = y = 0.0
    for one, two in pairwise([*ring, ring[0]]):
        ax, ay, bx, by = one[0] - x0, one[1] - y0, two[0] - x0, two[1] - y0
        across = ax * by - bx * ay
        area, x, y = area + across, x + (ax + bx) * across, y + (ay + by) * across
    return (x0, y0) if area == 0 else (x0 + x / (3 * area), y0 + y / (3 * area))


def _rings(feature: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    """Give the outer ring of each polygon of a feature; holes are left out."""
    geometry = feature.get("geometry") or {}
    if geometry.get("type") == "Polygon":
        yield geometry["coordinates"][0]
    elif geometry.get("type") == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield polygon[0]


def _middle_latitude(boundaries: Mapping[str, Any]) -> float:
    features = boundaries.get("features", [])
    heights = [p[1] for feature in features for ring in _rings(feature) for p in ring]
    return (min(heights) + max(heights)) / 2 if heights else 0.0


def _fill(step: Any) -> str:
    return _NOTHING if pd.isna(step) else theme.STEPS[int(step)]


def _ink_on(step: Any) -> str:
    dark = not pd.isna(step) and int(step) >= _STEPS_BELOW_WHITE_TEXT
    return "#FFFFFF" if dark else theme.INK
