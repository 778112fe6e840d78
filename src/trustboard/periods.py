"""Calendar periods: their names, how much of each is covered, and what that allows to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.city import Coverage
from trustboard.query import PeriodKind, Query

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_DAY: Final = timedelta(days=1)
_DAYS: Final = ("start", "end", "from_", "to")
#: What a calendar says of each period, and as what kind of array.
_KINDS: Final = {
    "period": "object",
    **dict.fromkeys(_DAYS, "datetime64[D]"),
    "state": "object",
    "mature": "bool",
    "years": "float64",
}


@dataclass(frozen=True)
class Calendar:
    """The periods of one answer.

    `columns` has one value per period: `period` (its name), `start` and `end` (the calendar's
    days), `from_` and `to` (the part asked for and covered; missing if none), `years` (covered
    years: exactly 1 for a whole calendar year), `state` and `mature`. `everything` is true when the
    only period is all of the data, dated within coverage or not.
    """

    kind: PeriodKind
    columns: Mapping[str, NDArray[Any]]
    everything: bool
    cut_short: bool = False  # unsplit, and ended early so that all cases are old enough
    edges: frozenset[pd.Timestamp] = frozenset()  # days on which something begins within a month

    def __len__(self) -> int:
        """Count the periods."""
        return len(self.columns["period"])

    @cached_property
    def table(self) -> pd.DataFrame:
        """Give the columns as a frame, one row per period. Shared, so never change it."""
        days = dict.fromkeys(_DAYS, "datetime64[us]")
        return pd.DataFrame(dict(self.columns)).astype(days)

    def begins_and_ends_with(self, starts: frozenset[pd.Timestamp]) -> bool:
        """Say whether no period begins or ends but between two months or at one of `starts`."""
        return self.everything or self.edges <= starts

    def place_rows(self, on: pd.Series | NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Say for each day which row of `table` it falls in; -1 for none or an unknown day."""
        days = np.asarray(on).astype("datetime64[D]")
        row = np.zeros(len(days), dtype="int64")
        if self.everything:
            return row
        starts, ends = self.columns["from_"], self.columns["to"]
        if self.kind != "all":
            first = self.columns["start"][:1]
            row = _months(days) // _MONTHS[self.kind] - _months(first) // _MONTHS[self.kind]
            row[np.isnat(days) | (row < 0) | (row >= len(starts))] = -1
        inside = (days >= starts[row]) & (days <= ends[row])  # a missing day compares as false
        return np.where(inside, row, -1)


def calendar(
    query: Query,
    *,
    kind: PeriodKind,
    coverage: Coverage,
    data_date: pd.Timestamp | None = None,
    mature_after_days: int = 0,
    only_covered: bool = False,
) -> Calendar:
    """Lay out the periods from the first to the last day asked for (else: covered).

    With `mature_after_days`, a period is mature when its last covered day lies at least so long
    before `data_date`; unsplit, the period ends on the last day that is old enough. Unsplit and
    without days asked for, all rows belong, even those with no date or one outside coverage,
    unless `only_covered` (a rate needs to know for how long it counted). The same question gives
    the same object: never change it.
    """
    return _calendar(
        query.from_,
        query.to,
        kind=kind,
        coverage=coverage,
        data_date=data_date,
        mature_after_days=mature_after_days,
        only_covered=only_covered,
    )


@lru_cache(maxsize=512)
def _calendar(
    first: date | None,
    last: date | None,
    *,
    kind: PeriodKind,
    coverage: Coverage,
    data_date: pd.Timestamp | None,
    mature_after_days: int,
    only_covered: bool,
) -> Calendar:
    asked_from, asked_to = _asked(first, last, coverage)
    judged_on = coverage.to if data_date is None else data_date.date()
    old_enough = judged_on - mature_after_days * _DAY
    if kind == "all":
        spans = [("all", asked_from, min(asked_to, old_enough) if mature_after_days else asked_to)]
    else:
        spans = _spans(asked_from, asked_to, kind=kind)
    seen = (max(coverage.from_, asked_from), min(coverage.to, asked_to))
    settled = settled_until(coverage) if kind != "all" else seen[1]
    rows = [_period(name, ends, seen=seen) for name, *ends in spans]
    chosen = (first or date.min, last or date.max)
    for row in rows:
        row["state"] = _state(row, chosen=chosen, coverage=coverage, settled=settled)
        row["mature"] &= not mature_after_days or row["to"] <= old_enough
        if row["from_"] > row["to"]:
            row["from_"] = row["to"] = None
    columns = {name: np.array([row[name] for row in rows], dtype=k) for name, k in _KINDS.items()}
    shown = [row for row in rows if row["from_"] is not None]
    begins = {day for row in shown for day in (row["from_"], row["to"] + _DAY)}
    unlimited = not (first or last or mature_after_days or only_covered)
    return Calendar(
        kind,
        columns,
        everything=kind == "all" and unlimited,
        cut_short=kind == "all" and mature_after_days > 0 and old_enough < asked_to,
        edges=frozenset(pd.Timestamp(day) for day in begins if day.day != 1),
    )


def _asked(first: date | None, last: date | None, coverage: Coverage) -> tuple[date, date]:
    """Give the first and last day asked for; an end left open is where coverage ends."""
    begins = first or coverage.from_
    ends = last or max(coverage.to, begins)
    return min(begins, ends), ends


def settled_until(coverage: Coverage) -> date:
    """Give the last day that late rows no longer change."""
    after = pd.Timestamp(coverage.to + _DAY)
    settled: date = (after - pd.DateOffset(months=coverage.settles_after_months)).date()
    return settled - _DAY


def years_between(first: date, last: date) -> float:
    """Count years, both days included, so that each whole calendar year is exactly 1."""
    years = 0.0
    for year in range(first.year, last.year + 1):
        start, end = date(year, 1, 1), date(year, 12, 31)
        days = (min(end, last) - max(start, first)).days + 1
        years += days / ((end - start).days + 1)
    return years


def _months(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Number the months of some days, 0 for January 1970."""
    return days.astype("datetime64[M]").astype("int64")


def name_of(month_number: int, kind: PeriodKind) -> str:
    """Name the period that holds a month: "2019", "2019-Q2" or "2019-03"."""
    year, month = divmod(month_number, 12)
    if kind == "year":
        return str(year)
    return f"{year}-Q{month // 3 + 1}" if kind == "quarter" else f"{year}-{month + 1:02d}"


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _spans(first: date, last: date, *, kind: PeriodKind) -> list[tuple[str, date, date]]:
    """List the periods of one kind from the one holding `first` to the one holding `last`."""
    step = _MONTHS[kind]
    numbers = [n * step for n in range(_number(first) // step, _number(last) // step + 1)]
    return [(name_of(n, kind), _first_day(n), _first_day(n + step) - _DAY) for n in numbers]


def _first_day(month_number: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, 1)


def _period(name: str, ends: Sequence[date], *, seen: tuple[date, date]) -> dict[str, Any]:
    """Give one row of a calendar: what of a period was asked for and is covered."""
    start, end = ends
    from_, to = max(start, seen[0]), min(end, seen[1])
    return {
        "period": name,
        "start": start,
        "end": end,
        "from_": from_,
        "to": to,
        "mature": start <= end,
        "years": 0.0 if from_ > to else years_between(from_, to),
    }


def _state(
    row: Mapping[str, Any], *, chosen: tuple[date, date], coverage: Coverage, settled: date
) -> str:
    """Say what state a period is in; one that is not whole is laid to the source or to the choice.

    It is the choice that cuts a period where the source covers every chosen day of it and others
    too. All the data together may end before they begin: then no case is old enough to be judged.
    """
    ends, seen = (row["start"], row["end"]), (row["from_"], row["to"])
    if ends[0] > ends[1]:
        return "partial"
    if seen[0] > seen[1]:
        return "not_published"
    if seen == ends:
        return "unsettled" if seen[1] > settled else "ok"
    published = _within(ends, (coverage.from_, coverage.to))
    return "cut" if seen == _within(ends, chosen) != published else "partial"


def _within(ends: tuple[date, date], limits: tuple[date, date]) -> tuple[date, date]:
    return max(ends[0], limits[0]), min(ends[1], limits[1])
