"""Why no published row fits a question: words that never stand together, or not at that time.

A zero that is counted within a source's coverage is a number. Where a combination stands in no row
at all, or a word is used only in other years, the zero tells of the words and not of what happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.cubes import tally_of
from trustboard.groups import names_of
from trustboard.listing import together
from trustboard.selection import Selection, among
from trustboard.tallies import Tally

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.indicator import Indicator
    from trustboard.query import Query

_MOST_NAMED: Final = 3
_FITS: Final = "No published row that this question counts fits the choice:"
_SO: Final = "That none is published does not mean that nothing happened."


def why_none(city: CityData, indicator: Indicator, query: Query, chosen: Selection) -> str:
    """Say that no published row fits, and why; empty where some do, or where it cannot be told.

    Only rows that the question counts are looked at: of discipline, complaints that were sustained.
    Told is the smallest number of choices that none of any time has together, and each choice (or
    all of them together) whose rows all lie before or after the time asked for. A zero between rows
    like those asked for, or at a time the source does not cover, needs no reason.
    """
    if not query.filters or len(chosen.where) or chosen.too_coarse:
        return ""
    if np.isnat(chosen.calendar.columns["from_"]).all():
        return ""
    columns = list(dict.fromkeys((*query.groups, *(column for column, _ in query.filters))))
    tally = tally_of(city, indicator, query.unit, columns=columns, periods=chosen.calendar)
    rows = _Chosen.of(city, tally, query, parts=indicator.parts)
    reasons = [*rows.never(), *rows.at_another_time(query)]
    return f"{_FITS} {'; '.join(reasons)}. {_SO}" if reasons else ""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """For each choice, as it is printed, which of all rows have it; and each row's month."""

    which: Mapping[str, NDArray[np.bool_]]
    day: NDArray[np.datetime64]

    @classmethod
    def of(cls, city: CityData, tally: Tally, query: Query, *, parts: str) -> _Chosen:
        every = slice(0, len(tally.source))
        which = {
            _named(city, column, ids): among(tally.source.words(column), ids, at=every)
            for column, ids in query.filters
            if column != parts
        }
        return cls(which, tally.days[tally.day])

    def never(self) -> Iterator[str]:
        """Name the fewest choices that no row has together."""
        for size in range(1, len(self.which) + 1):
            for some in combinations(self.which, size):
                if not self._together(some).any():
                    yield f"none of any time has {_all_of(some)}"
                    return

    def at_another_time(self, query: Query) -> Iterator[str]:
        """Name each choice, or else all together, that rows have only before or after."""
        told = [said for one in self.which if (said := self._outside((one,), query))]
        if not told and len(self.which) > 1:
            told = [self._outside(tuple(self.which), query)]
        yield from filter(None, told)

    def _outside(self, some: tuple[str, ...], query: Query) -> str:
        days = self.day[self._together(some)]
        days = days[~np.isnat(days)]
        if not len(days):  # no row, or none with a date
            return ""
        first, last = pd.Timestamp(days.min()), pd.Timestamp(days.max())
        month_ends = last + pd.offsets.MonthEnd(0)  # rows that are added up bear its first day
        if query.to is not None and first > pd.Timestamp(query.to):
            return f"the first with {_all_of(some)} is of {_month(first)}"
        if query.from_ is not None and month_ends < pd.Timestamp(query.from_):
            return f"the last with {_all_of(some)} is of {_month(last)}"
        return ""

    def _together(self, some: tuple[str, ...]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.logical_and.reduce([self.which[one] for one in some])
        return found


def _named(city: CityData, column: str, ids: tuple[str, ...]) -> str:
    """Name what was chosen of a group: “Force”, or one of “Force”, “Conduct” and 3 more."""
    names = [f"“{name}”" for name in names_of(city, column, ids).values()]
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
    return ("one of " if len(names) > 1 else "") + together(names)


def _all_of(some: tuple[str, ...]) -> str:
    return together(some) + (" together" if len(some) > 1 else "")


def _month(day: pd.Timestamp) -> str:
    return f"{day.month_name()} {day.year}"
