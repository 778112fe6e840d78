"""One horizontal bar per group, in the order the city itself lists them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.frame import known, label_text
from trustboard.figures.hover import hover_lines
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Measured, Row, lines_of
from trustboard.wording.numbers import interval, value_text, whole

_ROW = 34  # pixels per bar


def bars_by_group(measured: Measured) -> go.Figure:
    """Draw what `sketch_bars` does as a figure."""
    return sketch_bars(measured).figure()


def sketch_bars(measured: Measured) -> Sketch:
    """Draw one bar per group with its value written beside it; never sorted into a ranking.

    Takes a measured table with one group column and one period. A group with too few events gets
    no bar but the words and its count.
    """
    column = measured.groups[0]
    bars = [_bar(measured, row) for row in lines_of(measured)]
    names = [label_text(measured.label(column, str(bar.row[column])), width=22) for bar in bars]
    sketch = Sketch(theme.layout(height=48 + _ROW * len(bars), right=8, bargap=0.34))
    sketch.bar(
        orientation="h",
        y=list(range(len(bars))),
        x=known(bar.length for bar in bars),
        marker={"color": theme.MAIN.color},
        error_x=_whiskers(bars),
        hovertext=hover_lines(measured, [bar.row for bar in bars]),
        hoverinfo="text",
        name=label_text(measured.unit),
    )
    for position, bar in enumerate(bars):
        _write_value(sketch, measured, bar, at=position)
    # The words beside the bars need up to half of a phone's width.
    room = 1.4 if all(pd.isna(bar.row["upper"]) for bar in bars) else 2.3
    end = max((bar.end for bar in bars if not bar.quiet), default=0.0) or 1.0
    sketch.x_axis(theme.value_axis(showticklabels=False, showgrid=False, range=[0, end * room]))
    sketch.y_axis(
        theme.axis(
            range=[len(bars) - 0.5, -0.5],
            tickvals=list(range(len(bars))),
            ticktext=names,
            ticklabelstandoff=6,
            tickfont={"size": theme.LABEL_SIZE, "color": theme.INK},
            showline=True,
            linecolor=theme.INK,
        )
    )
    return sketch


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row and how it is drawn: a `quiet` one has no bar but words; `end` is the whisker's."""

    row: Row
    quiet: bool
    end: float

    @property
    def length(self) -> float:
        """Give the length of the bar; missing where there is none."""
        return math.nan if self.quiet else float(self.row["value"])


def _bar(measured: Measured, row: Row) -> _Bar:
    """Lay out one bar; a limit that is not reached has no end."""
    if measured.kind == "count":  # a count's range is in the table; beside a bar it is only noise
        row = {**row, "lower": math.nan, "upper": math.nan}
    ends = [end for end in known((row["value"], row["upper"])) if end is not None]
    quiet = row["state"] in ("too_few", "not_published", "not_reached")
    return _Bar(row, quiet, max(ends, default=0.0))


def _whiskers(bars: Sequence[_Bar]) -> dict[str, object] | None:
    """Give the 95% ranges as thin lines across the bars' ends, where there are any."""
    if all(pd.isna(bar.row["upper"] - bar.row["value"]) for bar in bars):
        return None
    # What is not known is left out: a whisker of length zero would claim certainty.
    return {
        "type": "data",
        "symmetric": False,
        "array": known(bar.row["upper"] - bar.length for bar in bars),
        "arrayminus": known(bar.length - bar.row["lower"] for bar in bars),
        "color": theme.INK,
        "thickness": 1.2,
        "width": 4,
    }


def _write_value(sketch: Sketch, measured: Measured, bar: _Bar, *, at: int) -> None:
    """Write the value beside its bar; a group without a bar says why."""
    sketch.annotate(
        x=0.0 if bar.quiet else bar.end,
        y=at,
        text=label_text(_words(measured, bar.row, quiet=bar.quiet)),
        xanchor="left",
        xshift=6,
        font={"size": theme.LABEL_SIZE, "color": theme.SOFT_INK if bar.quiet else theme.INK},
    )


def _words(measured: Measured, row: Row, *, quiet: bool) -> str:
    if quiet and row["state"] == "too_few":
        return f"too few to tell ({whole(row['n'])})"
    if quiet:
        return "no median yet" if row["state"] == "not_reached" else "not published"
    limits = interval(measured.kind, row["lower"], row["upper"])
    value = value_text(measured.kind, row["value"])
    return f"{value} ({limits})" if limits else value
