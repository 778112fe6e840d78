"""Every neighborhood against the rest of the city, with the range that chance alone would give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count, islice
from types import MappingProxyType
from typing import Final, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.frame import label_text
from trustboard.figures.sketch import Sketch


def funnel(
    places: pd.DataFrame, *, chosen: Collection[str] = (), unit: str = "complaints"
) -> go.Figure:
    """Draw each place as a dot: how many were expected, and how many times that were counted.

    `places` has one row per place: `place`, `name`, `observed`, `expected`, `ratio`,
    `lower_99_8`, `upper_99_8` and `standing` ("higher", "lower" or "within"). The tapering lines
    are the limits within which 998 of 1,000 places would lie by chance. Only the chosen places and
    those outside the lines are named, on the side away from "as expected" and clear of other dots
    where there is room on a phone.
    """
    sketch = Sketch(theme.layout(height=400, top=16))
    ordered = places.sort_values("expected")
    _limits(sketch, ordered)
    _dots(sketch, ordered, chosen=chosen, unit=unit)
    sketch.x_axis(
        theme.value_axis(
            title={"text": f"{unit} expected from the city’s rate", "font": {"size": 13}},
            showline=True,
            linecolor=theme.INK,
        )
    )
    sketch.y_axis(theme.value_axis(ticksuffix="×", tickformat=",~r"))
    return sketch.figure()


#: A phone's plot in pixels, and the room one name takes there; a wider one has more room.
_WIDE, _TALL, _LETTER, _LINE = 290, 310, 8, 15
#: Half of what a dot takes, and how many lines away from its dot a name may still stand.
_DOT, _FARTHEST = 7, 4
_LEFT_OF_NAME: Final = MappingProxyType({"left": 0.0, "center": 0.5, "right": 1.0})


def _limits(sketch: Sketch, ordered: pd.DataFrame) -> None:
    line = {"color": theme.GREY, "width": 1, "shape": "spline", "smoothing": 0.4}
    common = {"x": ordered["expected"], "mode": "lines", "line": line, "hoverinfo": "skip"}
    sketch.scatter(**common, y=ordered["lower_99_8"], name="lower limit")
    sketch.scatter(
        **common, y=ordered["upper_99_8"], name="upper limit", fill="tonexty", fillcolor=theme.SHADE
    )
    line = {"color": theme.INK, "width": 1, "dash": "dot"}
    sketch.shape(type="line", x0=0, x1=1, xref="paper", y0=1, y1=1, line=line)
    sketch.annotate(
        x=0, xref="paper", y=1, text="as expected", xanchor="left",
        yanchor="bottom", font={"size": 12, "color": theme.SOFT_INK},
    )  # fmt: skip


_SHAPES = {"higher": "triangle-up", "lower": "triangle-down", "within": "circle-open"}


def _dots(sketch: Sketch, ordered: pd.DataFrame, *, chosen: Collection[str], unit: str) -> None:
    picked = ordered["place"].isin(chosen)
    outside = ordered["standing"].isin(("higher", "lower"))
    sketch.scatter(
        x=ordered["expected"],
        y=ordered["ratio"],
        mode="markers",
        marker={
            "symbol": [
                _SHAPES[standing].removesuffix("-open") if mine else _SHAPES[standing]
                for standing, mine in zip(ordered["standing"], picked, strict=True)
            ],
            "size": [
                15 if mine else 12 if out else 9 for mine, out in zip(picked, outside, strict=True)
            ],
            "color": [theme.INK if p else theme.MAIN.color for p in picked],
            "line": {"width": 2},
        },
        hovertext=[_hover(row, unit=unit) for _, row in ordered.iterrows()],
        hoverinfo="text",
        name="places",
    )
    _name_dots(sketch, ordered[picked | outside], around=ordered, chosen=chosen)


def _name_dots(
    sketch: Sketch, named: pd.DataFrame, *, around: pd.DataFrame, chosen: Collection[str]
) -> None:
    """Name dots away from the line through 1, each name clear of the others and of other dots."""
    wide = _WIDE / float(around["expected"].max())
    tall = _TALL / float(around[["ratio", "upper_99_8"]].max(axis=None))
    dots = {
        row.place: _Box(row.expected * wide - _DOT, row.expected * wide + _DOT,
                        row.ratio * tall - _DOT, row.ratio * tall + _DOT)
        for row in around.itertuples()
    }  # fmt: skip
    names: list[_Box] = []
    for row in named.itertuples():
        name = label_text(row.name)
        others = [box for place, box in dots.items() if place != row.place]
        spot = _spot(
            row.expected * wide,
            row.ratio * tall,
            name=name,
            up=row.ratio >= 1,
            taken=names,
            dots=others,
        )
        names.append(spot.box)
        mine = row.place in chosen
        sketch.annotate(
            x=row.expected, y=row.ratio, yshift=spot.shift, xanchor=spot.anchor,
            xshift={"left": -8, "center": 0, "right": 8}[spot.anchor],
            text=f"<b>{name}</b>" if mine else name,
            font={"size": theme.LABEL_SIZE, "color": theme.INK if mine else theme.SOFT_INK},
        )  # fmt: skip


class _Box(NamedTuple):
    """What a name or a dot covers, in pixels of a phone's plot."""

    left: float
    right: float
    bottom: float
    top: float

    def on(self, other: _Box) -> bool:
        """Say whether it lies on another one."""
        beside = self.left >= other.right or other.left >= self.right
        return not beside and self.bottom < other.top and other.bottom < self.top

    def inside(self) -> bool:
        """Say whether all of it lies in the plot; names may reach over its sides by a little."""
        level = self.bottom >= 0 and self.top <= _TALL
        return level and self.left >= -_LINE and self.right <= _WIDE + _LINE


class _Spot(NamedTuple):
    """A place for a name: how far above its dot, which end stands over the dot."""

    shift: int
    anchor: str
    box: _Box

    def free(self, taken: Iterable[_Box]) -> bool:
        """Say whether nothing else stands there."""
        return not any(self.box.on(one) for one in taken)


def _spot(
    x: float, y: float, *, name: str, up: bool, taken: Sequence[_Box], dots: Sequence[_Box]
) -> _Spot:
    """Choose a place for a name; where dots leave none near it, it keeps clear of names only."""
    nearest = islice(_spots(x, y, name=name, up=up), 3 * _FARTHEST)
    clear = (one for one in nearest if one.box.inside() and one.free((*taken, *dots)))
    usual = islice(_spots(x, y, name=name, up=up), None, None, 3)
    return next(clear, None) or next(one for one in usual if one.free(taken))


def _spots(x: float, y: float, *, name: str, up: bool) -> Iterator[_Spot]:
    """Give places for the name of a dot, the nearest first, and of those the usual one first."""
    usual = "right" if x > 0.8 * _WIDE else "left" if x < 0.2 * _WIDE else "center"
    anchors = sorted(_LEFT_OF_NAME, key=lambda one: one != usual)
    long = _LETTER * len(name)
    for line in count(1):
        shift = _LINE * line if up else -_LINE * line
        for anchor in anchors:
            left = x - long * _LEFT_OF_NAME[anchor]
            box = _Box(left, left + long, y + shift - _LINE / 2, y + shift + _LINE / 2)
            yield _Spot(shift, anchor, box)


def _hover(row: pd.Series, *, unit: str) -> str:
    return label_text(
        f"{row['name']}: {row['observed']:,.0f} {unit}, {row['expected']:,.0f} expected", width=40
    )
