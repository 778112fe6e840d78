"""Stretches whose rows may still change: shaded, and named where no line and no dot lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from trustboard import theme
from trustboard.figures.frame import UNSETTLED
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Row
from trustboard.wording.periods import span

UNSETTLED_LABEL: Final = {
    "unsettled": "still filling up",
    "partial": "partly covered",
    "immature": "too recent to judge",
}
#: Pixels of an upright label: a letter along it, and its line; half of what a dot takes.
_LETTER, _LINE, _DOT = 5.6, 16, 6
#: Pixels of a chart on a phone, and of its axes below and at the left.
_WIDE, _BELOW, _LEFT = 340, 34, 30
#: Heights that are tried for a label's upper end, from the top of the plot down.
_HEIGHTS: Final = np.linspace(1, 0, 41)


def shade_unsettled(sketch: Sketch, rows: Iterable[Row], *, beside: bool = False) -> None:
    """Shade and name the stretches whose rows may still change, once all else is drawn.

    With `beside`, as for bars, a stretch at the very end is named in the margin, clear of numbers
    above them, and any other at the top.
    """
    periods = dict.fromkeys((str(row["state"]), str(row["period"])) for row in rows)
    for state in UNSETTLED:
        spans = [span(period) for of, period in periods if of == state]
        for start, end in _joined([s for s in spans if s is not None]):
            sketch.shape(
                type="rect", x0=start, x1=end, y0=0, y1=1, yref="paper", layer="below",
                line={"width": 0}, fillcolor=theme.SHADE, name=state,
            )  # fmt: skip
            _name(sketch, end, UNSETTLED_LABEL[state], beside=beside)


def _joined(
    spans: list[tuple[pd.Timestamp, pd.Timestamp]],
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Join stretches that touch, so that each is shaded and named once."""
    joined: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for start, end in sorted(spans):
        if joined and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _name(sketch: Sketch, x: pd.Timestamp, words: str, *, beside: bool) -> None:
    """Write a small label upright along the right edge of a shaded stretch."""
    ends = sketch.layout["xaxis"].get("range")
    outside = beside and ends is not None and x >= pd.Timestamp(ends[1])
    top = 1.0 if beside or ends is None else _free(sketch, x, words)
    sketch.annotate(
        x=x, y=top, yref="paper", text=words, textangle=-90,
        xanchor="left" if outside else "right", yanchor="top", xshift=1 if outside else -1,
        font={"size": 11, "color": theme.SOFT_INK},
    )  # fmt: skip
    if outside:
        margin = sketch.layout["margin"]
        margin["r"] = max(margin["r"], _LINE + 4)


def _free(sketch: Sketch, end: pd.Timestamp, words: str) -> float:
    """Find where a label's upper end may stand on a phone, as a share of the plot's height.

    The highest place where no line and no dot is; where there is none, the one farthest from all.
    """
    margin = sketch.layout["margin"]
    tall = sketch.layout["height"] - margin["t"] - _BELOW
    long, dot = _LETTER * len(words) / tall, _DOT / tall
    lines = np.array(list(_heights(sketch, end)))
    tops = _HEIGHTS[long <= _HEIGHTS]
    if not lines.size or not tops.size:
        return 1.0
    below = tops[:, None] - long - lines  # above 0 where a line lies under the label
    away = np.maximum(below, lines - tops[:, None]).min(axis=1)
    clear = np.flatnonzero(away >= dot)
    return float(tops[clear[0] if clear.size else away.argmax()])


def _heights(sketch: Sketch, end: pd.Timestamp) -> Iterator[float]:
    """Give the heights at which lines pass the place of a label, as shares of the plot's height."""
    first, last = (pd.Timestamp(one).value for one in sketch.layout["xaxis"]["range"])
    wide = _WIDE - _LEFT - sketch.layout["margin"]["r"]
    right = float(end.value)
    left, top = right - (_LINE + _DOT) * (last - first) / wide, _top(sketch)
    for x, y in map(_points, sketch.traces):
        yield from y[(x >= left) & (x <= right) & ~np.isnan(y)] / top
        for one in np.flatnonzero((x[1:] > left) & (x[:-1] < right)):
            steps = np.linspace(max(left, x[one]), min(right, x[one + 1]), 9)
            passed = np.interp(steps, x[one : one + 2], y[one : one + 2])
            yield from passed[~np.isnan(passed)] / top


def _points(trace: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Give the days of a trace as numbers, and its values; missing ones are nan."""
    x = np.array(trace["x"], dtype="datetime64[ns]").astype(float)
    return x, np.array(trace["y"], dtype=float)


def _top(sketch: Sketch) -> float:
    """Give the value at the upper edge of the plot: a little above the highest that is drawn."""
    fixed = sketch.layout["yaxis"].get("range")
    if fixed is not None:
        return float(fixed[1])
    highest = [y[~np.isnan(y)].max(initial=0.0) for _, y in map(_points, sketch.traces)]
    return 1.06 * max(highest, default=0.0) or 1.0
