"""What all time charts share: the time axis, breaks and statement dates."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from trustboard import theme
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Measured
from trustboard.unseen import without_unseen
from trustboard.wording.periods import short_date, span

_BREAK: Final = re.compile(r"[\t\n\r]")
LABEL_STEP: Final = 18  # pixels between the rows of labels above the plot

#: States of rows that cannot stand beside whole, settled periods as they are.
UNSETTLED: Final = ("unsettled", "partial", "cut", "immature")


@dataclass(frozen=True, slots=True)
class Statement:
    """A date to draw on a time chart: when something was said."""

    on: pd.Timestamp
    label: str


def label_text(value: object, *, width: int | None = None) -> str:
    """Make text safe for a Plotly label (it reads some HTML) and break it into short lines."""
    seen = without_unseen(str(value))
    words = _BREAK.sub(" ", seen).replace("&", "&amp;").replace("<", "&lt;")
    return words if width is None else "<br>".join(_lines(words, width))


def _lines(words: str, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def known(numbers: Iterable[float]) -> list[float | None]:
    """Leave out what is missing and limits that are not reached: they have no place in a plot."""
    return [number if math.isfinite(number) else None for number in numbers]


def middles(periods: Iterable[str]) -> list[pd.Timestamp]:
    """Give the middle day of each period, where its bar or point stands."""
    return [_middle(str(period)) for period in periods]


@lru_cache(maxsize=4096)
def _middle(period: str) -> pd.Timestamp:
    ends = span(period)
    if ends is None:
        raise ValueError(f"{period!r} is not a year, a quarter or a month")
    return ends[0] + (ends[1] - ends[0]) / 2


def time_axis(periods: Sequence[str], *, most: int = 8) -> dict[str, Any]:
    """Give the time axis for these periods: at most so many years are named."""
    ends = [ends for period in periods if (ends := span(str(period))) is not None]
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    by_year = all(end - start > pd.Timedelta(days=300) for start, end in ends)
    return time_range(first, last, by_year=by_year, most=most)


def time_range(
    first: pd.Timestamp, last: pd.Timestamp, *, by_year: bool, most: int = 8
) -> dict[str, Any]:
    """Give a time axis from `first` to `last`; `by_year` names years at their middle."""
    years = range(first.year, (last - pd.Timedelta(days=1)).year + 1)
    step = -(-len(years) // most)
    ticks = [pd.Timestamp(y, 7, 2) if by_year else pd.Timestamp(y, 1, 1) for y in years]
    chosen = ticks[(len(ticks) - 1) % step :: step]
    return theme.axis(
        type="date",
        range=[first, last],
        tickvals=chosen,
        ticktext=[str(tick.year) for tick in chosen],
        ticks="" if by_year else "outside",
        tickangle=0,
        tickcolor=theme.RULE,
        showline=True,
        linecolor=theme.INK,
        linewidth=1,
    )


def draw_dates(sketch: Sketch, measured: Measured, *, statements: Sequence[Statement] = ()) -> None:
    """Draw statement dates (solid) and breaks in the series (dotted), labelled above the plot."""
    ends = sketch.layout["xaxis"].get("range")
    if ends is None:  # no period of the table has days
        return
    low, high = (pd.Timestamp(end) for end in ends)
    dates = [(s.on, s.label, "solid") for s in statements]
    dates += [(on, "Counting changed", "dot") for on, _ in measured.breaks]
    shown = sorted((d for d in dates if low <= d[0] <= high), key=lambda d: d[0])
    for row, (on, words, dash) in enumerate(shown):
        shift = LABEL_STEP * (len(shown) - 1 - row)
        sketch.shape(
            type="line", x0=on, x1=on, y0=0, y1=1, yref="paper", name=label_text(words),
            line={"color": theme.INK, "width": 1.4, "dash": dash},
        )  # fmt: skip
        late = (on - low) > (high - low) / 2
        sketch.annotate(
            x=on, y=1, yref="paper", text=label_text(words), yshift=shift,
            yanchor="bottom", xanchor="right" if late else "left", xshift=2 if late else -2,
            bgcolor=theme.PAPER,
            font={"size": theme.LABEL_SIZE, "color": theme.INK},
        )  # fmt: skip
    sketch.layout["margin"]["t"] += LABEL_STEP * len(shown)


def statement(on: object, *, precision: str = "day", words: str = "Said") -> Statement:
    """Make the mark for a statement: "Said 28 Feb 2018"."""
    day = pd.Timestamp(on)
    return Statement(on=day, label=f"{words} {short_date(day, precision)}")
