"""From an assessed test to its chart: which windows, which levels, which promised line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

import pandas as pd

from trustboard import theme
from trustboard.figures.dot_numbers import OVER_NUMBER, number_dots
from trustboard.figures.frame import Statement, draw_dates, label_text
from trustboard.figures.over_time import axis_number, sketch_lines, sketch_panels
from trustboard.figures.plot import end_above
from trustboard.figures.promise_line import Promised, draw_promise, name_promise
from trustboard.figures.published import draw_published
from trustboard.figures.sketch import Sketch
from trustboard.figures.windows import Level, add_windows, levels_of, sketch_windows
from trustboard.statistics import Interval
from trustboard.tidy import Measured
from trustboard.verdicts.model import AssessedTest, LabeledWindow, Number
from trustboard.wording import rate, share
from trustboard.wording.periods import short_date

_DAY = pd.Timedelta(days=1)


def verdict_figure(test: AssessedTest, *, statements: Sequence[Statement]) -> Sketch | None:
    """Draw the series behind a test with its windows; None where there is nothing to draw."""
    series = test.series
    if series is None or series.table.empty or series.table["value"].isna().all():
        return None
    if series.period == "all":
        return None
    if series.groups:
        return _panels(test, series, statements=statements)
    if not test.windows:
        return sketch_lines(series, statements=statements)
    levels = _levels(test, series)
    windows = [
        _level(window, levels[position] if position < len(levels) else None, series.kind)
        for position, window in enumerate(test.windows)
    ]
    return sketch_windows(
        series, windows=windows, statements=statements, target=_target(test, series)
    )


def printed_change_figure(
    printed: Measured, test: AssessedTest, *, statements: Sequence[Statement]
) -> Sketch:
    """Draw two printed totals with their windows, the range of the second and the promise.

    Totals that are sums of several printed figures are drawn figure by figure, without a level.
    """
    sketch = draw_published(printed)
    levels = _printed_levels(test) if len(printed.table) == len(test.windows) else []
    windows = [
        replace(_level(window, level, "figure"), said="")  # the dots carry their numbers
        for window, level in zip_longest(test.windows, levels)
    ]
    promised = _printed_promise(test, windows, levels)
    if sketch.layout["xaxis"].get("range") is None:  # no printed period names its days
        return sketch
    add_windows(sketch, windows)
    draw_dates(sketch, printed, statements=statements)
    end_above(sketch, *levels_of(windows, promised), pixels=OVER_NUMBER)
    if promised is not None:
        draw_promise(sketch, promised)
    number_dots(sketch)
    if promised is not None:
        name_promise(sketch, promised)
    return sketch


def _printed_promise(
    test: AssessedTest, windows: Sequence[Level], levels: Sequence[Interval]
) -> Promised | None:
    """Give the promised total; none where the levels are not known."""
    ratio = test.numbers.get("promised ratio")
    if not levels or not isinstance(ratio, float):
        return None
    last = windows[-1]
    return Promised(last.start, last.end, levels[0].estimate * ratio, _promised(ratio))


def _printed_levels(test: AssessedTest) -> list[Interval]:
    before, after = test.numbers.get("before"), test.numbers.get("after")
    ratio = test.estimate
    if not isinstance(before, float) or not isinstance(after, float) or ratio is None:
        return []
    return [
        Interval(before, before, before),
        Interval(after, before * ratio.lower, before * ratio.upper),
    ]


def _panels(test: AssessedTest, series: Measured, *, statements: Sequence[Statement]) -> Sketch:
    """Draw each group in its own panel, with the windows and the statement in all of them.

    A promised level is not drawn: it is about the groups together, the panels about each.
    """
    sketch = sketch_panels(series)
    for position in range(series.table[series.groups[0]].nunique()):
        number = axis_number(position)
        panel = {"xref": f"x{number}", "yref": f"y{number} domain", "y0": 0, "y1": 1}
        for window in test.windows:
            sketch.shape(
                type="rect", x0=pd.Timestamp(window.from_), x1=pd.Timestamp(window.to) + _DAY,
                layer="below", fillcolor=theme.MAIN.band, line={"width": 0},
                name=label_text(window.label), **panel,
            )  # fmt: skip
        for one in statements:
            sketch.shape(
                type="line", x0=one.on, x1=one.on, line={"color": theme.INK, "width": 1.4},
                name=label_text(one.label), **panel,
            )  # fmt: skip
    return sketch


def _level(window: LabeledWindow, level: Interval | None, kind: str) -> Level:
    """Name a window by its word and its months, and write the level measured in it."""
    known: dict[str, Any] = {} if level is None else {"value": level.estimate}
    if level is not None:
        known["said"] = (
            f"{rate(level.estimate)} a month" if kind == "count" else share(level.estimate)
        )
    if level is not None and level.upper > level.lower:
        known |= {"lower": level.lower, "upper": level.upper}
    return Level(
        name=f"{window.label.partition(':')[0]} {_month(window.from_)} to {_month(window.to)}",
        start=pd.Timestamp(window.from_),
        end=pd.Timestamp(window.to) + _DAY,
        **known,
    )


def _month(day: date) -> str:
    return short_date(day, "month")


def _levels(test: AssessedTest, series: Measured) -> list[Interval]:
    """Give the level in each window, in the unit of the series; none where the units differ."""
    if test.estimate is None:
        return []
    if test.estimate_is == "share" and series.kind in {"share", "coverage"}:
        return [test.estimate]
    before = _monthly_mean(test.numbers, "before") if series.kind == "count" else None
    after = _monthly_mean(test.numbers, "after")
    if test.estimate_is != "ratio" or before is None or after is None:
        return []
    ratio = test.estimate
    return [
        Interval(before, before, before),
        Interval(after, before * ratio.lower, before * ratio.upper),
    ]


def _monthly_mean(numbers: Mapping[str, Number], side: str) -> float | None:
    events, months = numbers.get(f"events {side}"), numbers.get(f"months {side}")
    if not isinstance(events, int | float) or not isinstance(months, int | float) or not months:
        return None
    return events / months


def _target(test: AssessedTest, series: Measured) -> tuple[float, str] | None:
    """Give the promised level and its label."""
    target = getattr(test.test, "target", None)
    if isinstance(target, float) and series.kind in {"share", "coverage"}:
        return target, f"promised: {share(target)}"
    promised = test.numbers.get("promised ratio")
    before = _monthly_mean(test.numbers, "before") if series.kind == "count" else None
    if isinstance(promised, float) and before is not None:
        return before * promised, _promised(promised)
    return None


def _promised(ratio: float) -> str:
    return f"promised: {share(abs(ratio - 1))} {'lower' if ratio < 1 else 'higher'}"
