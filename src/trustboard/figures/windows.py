"""The chart of a verdict: the series, its two windows, the statement, the promised level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.frame import Statement, label_text
from trustboard.figures.over_time import SMALL_COUNT, counts_over_time, lines_over_time
from trustboard.tidy import Measured

#: Pixels below the plot for the windows' names and their levels.
_UNDER = 96


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


def windows_over_time(
    measured: Measured,
    *,
    windows: Sequence[Level] = (),
    statements: Sequence[Statement] = (),
    target: tuple[float, str] | None = None,
) -> go.Figure:
    """Draw the series behind a verdict; windows are shaded and named, levels drawn with ranges.

    `target` is the promised level and its label; it is drawn as a dashed line over the second
    window only, since that is where it applies.
    """
    few = measured.kind == "count" and measured.table["value"].max() < SMALL_COUNT
    draw = counts_over_time if few else lines_over_time
    return add_windows(draw(measured, statements=statements), windows, target=target)


def add_windows(
    figure: go.Figure, windows: Sequence[Level], *, target: tuple[float, str] | None = None
) -> go.Figure:
    """Shade and name windows on a time chart, with their levels, and the promised level."""
    for window in windows:
        last = window is windows[-1]
        _shade(figure, window, fill=theme.STROKES[5].band if last else theme.MAIN.band)
        _level(figure, window)
    if target is not None and windows:
        _target(figure, windows[-1], *target)
    figure.update_layout(
        margin_b=_UNDER if any(one.said for one in windows) else 78 if windows else 8
    )
    return figure


def _shade(figure: go.Figure, window: Level, *, fill: str) -> None:
    figure.add_shape(
        type="rect", x0=window.start, x1=window.end, y0=0, y1=1, yref="paper", layer="below",
        line={"color": theme.SOFT_INK, "width": 0.8, "dash": "dot"}, fillcolor=fill,
        name=window.name,
    )  # fmt: skip
    figure.add_annotation(
        x=window.start + (window.end - window.start) / 2, y=0, yref="paper", yanchor="top",
        yshift=-22, text=_label(window), showarrow=False,
        font={"size": theme.LABEL_SIZE, "color": theme.INK},
    )  # fmt: skip


def _label(window: Level) -> str:
    """Name the window in short lines ("before", "Feb 2021 to", "Jan 2023"), its level in bold."""
    head, _, months = window.name.partition(" ")
    lines = [head, *months.replace(" to ", " to\n").split("\n")]
    named = "<br>".join(label_text(line) for line in lines if line)
    return f"{named}<br><b>{label_text(window.said)}</b>" if window.said else named


def _level(figure: go.Figure, window: Level) -> None:
    if window.value is None:
        return
    if window.lower is not None and window.upper is not None:
        figure.add_shape(
            type="rect", x0=window.start, x1=window.end, y0=window.lower, y1=window.upper,
            line={"width": 0}, fillcolor="rgba(34,32,28,0.22)", name=f"{window.name}: range",
        )  # fmt: skip
    figure.add_shape(
        type="line", x0=window.start, x1=window.end, y0=window.value, y1=window.value,
        line={"color": theme.INK, "width": 2.6}, name=f"{window.name}: level",
    )  # fmt: skip


def _target(figure: go.Figure, window: Level, value: float, words: str) -> None:
    figure.add_shape(
        type="line", x0=window.start, x1=window.end, y0=value, y1=value, name="target",
        line={"color": theme.STROKES[1].text, "width": 2.2, "dash": "dash"},
    )  # fmt: skip
    # On the side where the measured level is not, so that the label covers neither.
    above = window.value is not None and window.value < value
    figure.add_annotation(
        x=window.end, y=value, xanchor="right", yanchor="bottom" if above else "top",
        text=label_text(words, width=11), showarrow=False, align="right", bgcolor=theme.PAPER,
        font={"size": theme.LABEL_SIZE, "color": theme.STROKES[1].text},
    )  # fmt: skip
