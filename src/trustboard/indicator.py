"""What an indicator is, and the catalogue of all of them.

An indicator is one question that published rows can answer. It says *which* rows count and how
(a count, a rate, a share, a time); `trustboard.measure` then groups, fills zeros within coverage,
marks unsettled months and adds intervals, once, in the same way for all.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.query import PeriodKind, Query
    from trustboard.selection import Selection
    from trustboard.tidy import CannotMeasure, Measured

Kind = Literal["count", "rate", "share", "days", "custom"]
Unit = Literal["complaint", "allegation"]

#: rows(city, unit) -> frame, one row per unit counted, with
#:   `on` (datetime64, the day it belongs to), every group column it knows
#:   (`place`, `district`, `category`, `finding`, `filed_by`, `event_kind` …; missing allowed),
#:   for a share: `hit` (bool); for days: `days` (float) and `observed` (bool);
#:   and, where they apply: `counted` (bool; False for rows told apart in a caveat, in no number),
#:   `precision` (how exactly the day is known), `repeated` (bool: possible duplicate).
#: Raises `trustboard.rows.NotPublishedError` where the rows cannot tell.
Rows = Callable[["CityData", Unit], pd.DataFrame]
Custom = Callable[["CityData", "Query"], "Measured | CannotMeasure"]
#: notes(chosen) -> sentences about the rows asked for, counted or not, for the caveats.
Notes = Callable[["Selection"], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question, the rows that answer it, and the words that belong to the answer."""

    id: str
    title: str
    question: str
    topic: Literal["complaints", "outcomes", "outreach", "figures"]
    kind: Kind
    unit: str  # what `value` is in
    denominator: str  # what `exposure` counts, in words; "" for counts
    table: str  # the table whose coverage says where zeros are real
    needs: tuple[str, ...]  # "outcomes.finding": what must be published
    by: tuple[str, ...]  # groups it can be split by, besides the period
    method: str  # how it is computed, in plain words, with the source of the method
    caveats: tuple[str, ...]  # what it cannot show
    missing_sentence: str = ""  # said when `needs` is not met: "closing dates are not published"
    units: tuple[Unit, ...] = ("complaint",)
    mature_after_days: int = 0  # periods younger than this are `immature`
    rows: Rows | None = None
    custom: Custom | None = None
    notes: Notes | None = None
    per: float = 1.0  # for a rate: per how many residents
    per_resident: str = ""  # for a count: the indicator that gives it for every so many residents
    parts: str = ""  # the group whose shares add up to 1: always present, never in the denominator
    part_ids: tuple[str, ...] = ()  # the ids of that group
    lines: tuple[str, ...] = ()  # groups whose lines are always told apart, without being asked
    line_rows: tuple[tuple[str, str], ...] = ()  # a line that counts rows, the indicator of these
    periods: tuple[PeriodKind, ...] = ("all", "year", "quarter", "month")  # first: when not asked
    told: tuple[str, ...] = ()  # columns besides groups and hits that `notes` look at
    needs_open_cases: bool = False  # cannot be told from a source that publishes closed cases only

    @property
    def filters(self) -> tuple[str, ...]:
        """Name the groups of which single values can be asked for."""
        return (*self.by, *self.lines)


@cache
def catalogue() -> dict[str, Indicator]:
    """Find every indicator: each module of `trustboard.indicators` defines one as `INDICATOR`."""
    from trustboard import indicators

    found = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(indicators.__path__)):
        one = importlib.import_module(f"{indicators.__name__}.{module}").INDICATOR
        if one.id in found:
            raise ValueError(f"two indicators are called {one.id}")
        found[one.id] = one
    return found
