"""The rows that one question chose, laid out over periods."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import stretches
from trustboard.periods import Calendar
from trustboard.stretches import At
from trustboard.tallies import WEIGHT, Source, Tally, Words

_TOO_COARSE: Final = {"month": ("year",), "quarter": ("year",), "year": (), "all": ()}


@dataclass(frozen=True)
class Selection:
    """The rows of one question, laid out.

    `source` holds the rows of an indicator (see `trustboard.tallies`), `columns` what one may ask
    of them here. `at` are the places there of those that passed the filters and lie in a period
    shown; `where` is the line of the calendar that each of these falls in. `undated`, `not_covered`
    and `too_coarse` count rows that passed, of no period; `combinations` lists every combination of
    groups.
    """

    source: Source
    columns: tuple[str, ...]
    at: At
    where: NDArray[np.int64]
    calendar: Calendar
    groups: tuple[str, ...]
    combinations: list[tuple[str, ...]]
    undated: int
    not_covered: int
    too_coarse: int

    @classmethod
    def of(
        cls,
        tally: Tally,
        *,
        passed: At,
        columns: Sequence[str],
        calendar: Calendar,
        groups: tuple[str, ...],
        combinations: list[tuple[str, ...]],
    ) -> Selection:
        """Place rows in periods; those whose date is unknown, not covered or too vague fall out."""
        day = tally.day[passed]
        where = calendar.place_rows(tally.days)[day]
        inside, outside = where >= 0, where < 0
        weights, too_coarse = _weights(tally.source, passed), 0
        if "precision" in columns and _TOO_COARSE[calendar.kind]:
            vague = among(tally.source.words("precision"), _TOO_COARSE[calendar.kind], at=passed)
            too_coarse = int(weights[inside & vague].sum())
            inside &= ~vague
        kept, undated = stretches.found(inside), int(weights[outside & (day < 0)].sum())
        return cls(
            source=tally.source,
            columns=tuple(columns),
            at=stretches.among(passed, kept),
            where=where[kept],
            calendar=calendar,
            groups=groups,
            combinations=combinations,
            undated=undated,
            not_covered=int(weights[outside].sum()) - undated,
            too_coarse=too_coarse,
        )

    def flags(self, column: str) -> NDArray[np.bool_]:
        """Give a column of yes and no, of the rows of the periods shown."""
        return np.asarray(self.source.values(column)[self.at], dtype=bool)

    def names(self, column: str, ids: Collection[str]) -> NDArray[np.bool_]:
        """Say of the rows of the periods shown which name one of some ids in a column."""
        return among(self.source.words(column), ids, at=self.at)

    def leaves_out(self, column: str) -> NDArray[np.bool_]:
        """Say of the rows of the periods shown which say nothing in a column."""
        return self.source.words(column).codes[self.at] < 0

    def how_many(self, which: NDArray[np.bool_] | None = None) -> int:
        """Count the published rows that the rows of the periods shown stand for, or `which`."""
        return int(self._published.sum() if which is None else self._published[which].sum())

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Give a column of numbers, of the rows of the periods shown."""
        return np.asarray(self.source.values(column)[self.at], dtype="float64")

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Give how many published rows each of these rows stands for in a number: 0 for none."""
        published = self._published
        return published * self.flags("counted") if "counted" in self.columns else published

    @cached_property
    def _published(self) -> NDArray[np.float64]:
        return _weights(self.source, self.at)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Give the rows of the periods shown, with `row`, the line of the calendar."""
        rows = self.source.frame
        if len(self.columns) < len(rows.columns):
            rows = rows[list(self.columns)]
        return rows.iloc[self.at].assign(row=self.where)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Give the rows that enter a number."""
        if "counted" not in self.rows or self.rows["counted"].all():
            return self.rows
        return self.rows[self.rows["counted"]]


def _weights(rows: Source, at: At) -> NDArray[np.float64]:
    """Give how many published rows each of some rows stands for."""
    if WEIGHT not in rows.frame:
        return np.ones(stretches.length(at))
    return np.asarray(rows.values(WEIGHT)[at], dtype="float64")


def among(words: Words, ids: Collection[str], *, at: At) -> NDArray[np.bool_]:
    """Say of which rows, of those `at` some places, a column names one of a few ids."""
    codes = words.codes[at]
    found = np.zeros(len(codes), dtype=bool)
    for one in ids:
        if one in words.places:
            found |= codes == words.places[one]
    return found
