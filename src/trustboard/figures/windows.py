"""The chart of a verdict: the series, its two windows, the statement, the promised level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustboard import theme
from trustboard.figures.frame import Statement, draw_dates, label_text
from trustboard.figures.over_time import SMALL_COUNT, draw_counts, draw_lines
from trustboard.figures.plot import end_above, size
from trustboard.figures.promise_line import Promised, draw_promise, name_promise
from trustboard.figures.room import PLOTS
from trustboard.figures.sketch import Sketch
from trustboard.figures.unsettled import shade_unsettled
from trustboard.tidy import Measured, lines_of

#: Pixels below the plot for the windows' names, and for these and their levels.
_NAMED, _LEVELED = 78, 96
#: Pixels that stay free above the highest line or bar, and between the names of two windows.
_ABOVE, _BETWEEN = 14, 6


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch of time to shade and name, with the level measured in it, if there is one.

    `start` is the first moment and `end` the first moment after. `value`, `lower` and `upper` are
    in the unit of the chart's value axis; `said` writes the value for the label.
    """

    name: str
    start: pd.Timestamp
    end: pd.Timestamp
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    said: str = ""


def sketch_windows(
    measured: Measured,
    *,
    windows: Sequence[Level] = (),
    statements: Sequence[Statement] = (),
    target: tuple[float, str] | None = None,
) -> Sketch:
    """Draw the series behind a verdict; windows are shaded and named, levels drawn with ranges.

    `target` is the promised level and its label; it is drawn as a dashed line over the second
    window only, since that is where it applies.
    """
    few = measured.kind == "count" and measured.table["value"].max() < SMALL_COUNT
    sketch = draw_counts(measured) if few else draw_lines(measured)
    add_windows(sketch, windows)
    draw_dates(sketch, measured, statements=statements)
    promised = Promised(windows[-1].start, windows[-1].end, *target) if target and windows else None
    end_above(sketch, *levels_of(windows, promised), pixels=_ABOVE)
    if promised is not None:
        draw_promise(sketch, promised)
        name_promise(sketch, promised)
    shade_unsettled(sketch, lines_of(measured), beside=few)
    return sketch


def levels_of(windows: Sequence[Level], promised: Promised | None) -> list[float]:
    """Give every level that has to lie on the value axis."""
    found = [end for one in windows for end in (one.value, one.upper) if end is not None]
    return found if promised is None else [*found, promised.value]


def add_windows(sketch: Sketch, windows: Sequence[Level]) -> None:
    """Shade windows on a time chart and draw their levels; name them below the plot."""
    for window in windows:
        last = window is windows[-1]
        _shade(sketch, window, fill=theme.STROKES[5].band if last else theme.MAIN.band)
        _level(sketch, window)
    for window, shift in zip(windows, _apart(sketch, windows), strict=True):
        sketch.annotate(
            x=_middle(window), y=0, yref="paper", yanchor="top", xshift=shift, yshift=-22,
            text=_label(window), font={"size": theme.LABEL_SIZE, "color": theme.INK},
        )  # fmt: skip
    if windows:
        said = any(one.said for one in windows)
        sketch.layout["margin"]["b"] = _LEVELED if said else _NAMED


def _middle(window: Level) -> pd.Timestamp:
    return window.start + (window.end - window.start) / 2


def _shade(sketch: Sketch, window: Level, *, fill: str) -> None:
    sketch.shape(
        type="rect", x0=window.start, x1=window.end, y0=0, y1=1, yref="paper", layer="below",
        line={"color": theme.SOFT_INK, "width": 0.8, "dash": "dot"}, fillcolor=fill,
        name=window.name,
    )  # fmt: skip


def _label(window: Level) -> str:
    """Name the window in short lines ("before", "Feb 2021 to", "Jan 2023"), its level in bold."""
    head, _, months = window.name.partition(" ")
    lines = [head, *months.replace(" to ", " to\n").split("\n")]
    named = "<br>".join(label_text(line) for line in lines if line)
    return f"{named}<br><b>{label_text(window.said)}</b>" if window.said else named


def _apart(sketch: Sketch, windows: Sequence[Level]) -> list[float]:
    """Give how many pixels each window's name moves so that none lies on another or is cut off.

    Worked out for the narrowest plot: on a wider one the names stand farther apart. The last one is
    moved into the plot and its right margin, then each earlier one to the left of the next.
    """
    first, last = (pd.Timestamp(end) for end in sketch.layout["xaxis"]["range"])
    narrow, shifts = PLOTS[0], []
    free = narrow + sketch.layout["margin"]["r"]
    for window in reversed(windows):
        half = size(_label(window))[0] / 2
        middle = (_middle(window) - first) / (last - first) * narrow
        shift = min(0.0, free - half - middle)
        shifts.append(round(shift, 1))
        free = middle + shift - half - _BETWEEN
    return shifts[::-1]


def _level(sketch: Sketch, window: Level) -> None:
    if window.value is None:
        return
    if window.lower is not None and window.upper is not None:
        sketch.shape(
            type="rect", x0=window.start, x1=window.end, y0=window.lower, y1=window.upper,
            line={"width": 0}, fillcolor=_RANGE_FILL, name=f"{window.name}: range",
        )  # fmt: skip
    sketch.shape(
        type="line", x0=window.start, x1=window.end, y0=window.value, y1=window.value,
        line={"color": theme.INK, "width": 2.6}, name=f"{window.name}: level",
    )  # fmt: skip


_RANGE_FILL: Final = "rgba(34,32,28,0.22)"
