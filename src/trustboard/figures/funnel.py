"""Every neighborhood against the rest of the city, with the range that chance alone would give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from trustboard import theme
from trustboard.figures.dot_names import Dot, Label, LineWords, name_dots
from trustboard.figures.frame import label_text
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Row, plain_rows

_EXPECTED: Final = "as expected"
#: Pixels: the whole figure, what is above the plot, and what the axis below it takes.
_HEIGHT, _TOP, _AXIS = 420, 16, 44
_TALL: Final = _HEIGHT - _TOP - _AXIS
#: From so many dots on they are drawn smaller.
_MANY: Final = 40
_SHAPES: Final = {"higher": "triangle-up", "lower": "triangle-down", "within": "circle-open"}


class Funnel(NamedTuple):
    """The chart, and its key: the places behind the numbers on it, in their order."""

    sketch: Sketch
    key: tuple[str, ...]


class _Scale(NamedTuple):
    """The ends of both axes, so that names are placed on the very plot that is drawn."""

    most: float
    top: float


def sketch_funnel(
    places: pd.DataFrame, *, chosen: Sequence[str] = (), unit: str = "complaints"
) -> Funnel:
    """Draw each place as a dot: how many were expected, and how many times that were counted.

    `places` has one row per place: `place`, `name`, `observed`, `expected`, `ratio`,
    `lower_99_8`, `upper_99_8` and `standing` ("higher", "lower" or "within"). The tapering lines
    are the limits within which 998 of 1,000 places would lie by chance. Only the chosen places and
    those outside the lines are named, on no other dot or name; where there is no room, a number
    stands there, and `key` names its place.
    """
    ordered = plain_rows(places.sort_values("expected"))
    scale = _scale(ordered)
    sketch = Sketch(theme.layout(height=_HEIGHT, top=_TOP))
    _limits(sketch, ordered)
    _dots(sketch, ordered, chosen=chosen, unit=unit)
    labels, said = _labels(ordered, chosen=chosen, scale=scale)
    sketch.annotate(
        x=said.across, xref="paper", y=1, text=_EXPECTED, xanchor=said.anchor,
        yanchor="bottom" if said.above else "top", font={"size": 12, "color": theme.SOFT_INK},
    )  # fmt: skip
    for label in labels:
        _write(sketch, ordered[label.dot], label, chosen=chosen)
    sketch.x_axis(
        theme.value_axis(
            title={"text": f"{unit} expected from the city’s rate", "font": {"size": 13}},
            showline=True,
            linecolor=theme.INK,
            range=[0, scale.most],
        )
    )
    sketch.y_axis(theme.value_axis(ticksuffix="×", tickformat=",~r", range=[0, scale.top]))
    numbered = sorted((label for label in labels if label.number), key=lambda one: one.number)
    return Funnel(sketch, tuple(str(ordered[one.dot]["place"]) for one in numbered))


def _scale(ordered: Sequence[Row]) -> _Scale:
    """Give every dot room; limits far above all of them run out of the plot."""
    highest = max(1.0, *(row["ratio"] for row in ordered))
    limit = max(row["upper_99_8"] for row in ordered)
    top = max(1.1 * highest, min(1.08 * limit, 1.6 * highest))
    return _Scale(1.05 * max(row["expected"] for row in ordered), top)


def _limits(sketch: Sketch, ordered: Sequence[Row]) -> None:
    line = {"color": theme.GREY, "width": 1, "shape": "spline", "smoothing": 0.4}
    common = {"x": _of(ordered, "expected"), "mode": "lines", "line": line, "hoverinfo": "skip"}
    sketch.scatter(**common, y=_of(ordered, "lower_99_8"), name="lower limit")
    sketch.scatter(
        **common,
        y=_of(ordered, "upper_99_8"),
        name="upper limit",
        fill="tonexty",
        fillcolor=theme.SHADE,
    )
    line = {"color": theme.INK, "width": 1, "dash": "dot"}
    sketch.shape(type="line", x0=0, x1=1, xref="paper", y0=1, y1=1, line=line)


def _of(ordered: Sequence[Row], column: str) -> list[float]:
    return [row[column] for row in ordered]


def _dots(sketch: Sketch, ordered: Sequence[Row], *, chosen: Collection[str], unit: str) -> None:
    picked = [row["place"] in chosen for row in ordered]
    usual = 7 if len(ordered) > _MANY else 9
    sketch.scatter(
        x=_of(ordered, "expected"),
        y=_of(ordered, "ratio"),
        mode="markers",
        marker={
            "symbol": [
                _SHAPES[row["standing"]].removesuffix("-open" if mine else "")
                for row, mine in zip(ordered, picked, strict=True)
            ],
            "size": [
                15 if mine else usual if row["standing"] == "within" else 12
                for row, mine in zip(ordered, picked, strict=True)
            ],
            "color": [theme.INK if p else theme.MAIN.color for p in picked],
            "line": {"width": 2},
        },
        hovertext=[_hover(row, unit=unit) for row in ordered],
        hoverinfo="text",
        cliponaxis=False,  # a place without any complaint lies on the axis, and is seen whole
        name="places",
    )


def _labels(
    ordered: Sequence[Row], *, chosen: Sequence[str], scale: _Scale
) -> tuple[list[Label], LineWords]:
    """Label the chosen places, then those outside the limits, the farthest out first."""
    dots = [
        Dot(row["expected"] / scale.most, row["ratio"] / scale.top * _TALL, label_text(row["name"]))
        for row in ordered
    ]
    position = {row["place"]: at for at, row in enumerate(ordered)}
    mine = [position[place] for place in dict.fromkeys(chosen) if place in position]
    outside = [at for at, row in enumerate(ordered) if row["standing"] != "within"]
    farthest = sorted(outside, key=lambda at: -abs(ordered[at]["ratio"] - 1))
    out = [at for at in farthest if at not in mine]
    return name_dots(dots, [*mine, *out], tall=_TALL, line=_TALL / scale.top, words=_EXPECTED)


def _write(sketch: Sketch, row: Row, label: Label, *, chosen: Collection[str]) -> None:
    mine, spot = row["place"] in chosen, label.spot
    words = str(label.number or label_text(row["name"]))
    where: dict[str, Any] = {"xshift": spot.right, "yshift": spot.up}
    if spot.lined:
        where = {
            "showarrow": True, "ax": spot.right, "ay": -spot.up, "arrowhead": 0, "arrowwidth": 1,
            "arrowcolor": theme.SOFT_INK, "standoff": 6,
        }  # fmt: skip
    sketch.annotate(
        x=row["expected"], y=row["ratio"], xanchor=spot.anchor, yanchor="middle", borderpad=0,
        text=f"<b>{words}</b>" if mine or label.number else words,
        font={"size": theme.LABEL_SIZE, "color": theme.INK if mine else theme.SOFT_INK},
        **where,
    )  # fmt: skip


def _hover(row: Row, *, unit: str) -> str:
    return label_text(
        f"{row['name']}: {row['observed']:,.0f} {unit}, {row['expected']:,.0f} expected", width=40
    )
