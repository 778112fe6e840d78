"""The rows that an indicator counts, in one form, whether each stands for itself or for many.

A *tally* is a frame of rows. Where it has a column `weight`, a row stands for so many published
rows that are alike in everything one can ask about; without it, each stands for itself. Counting is
the same for both: it adds up weights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from pandas.api.extensions import ExtensionArray

from trustboard import terms

WEIGHT: Final = "weight"
_UNKNOWN_DAY: Final = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words: for each row its place in a list of the different ones, -1 for none."""

    codes: NDArray[np.signedinteger[Any]]
    ids: list[str]
    places: dict[str, int]  # of each word in `ids`

    @classmethod
    def of(cls, column: pd.Series) -> Words:
        """Take the words of a column."""
        if isinstance(column.dtype, pd.CategoricalDtype):
            codes, ids = column.array.codes, column.array.categories
        else:
            codes, ids = pd.factorize(column)
        return cls(codes, list(ids), {one: place for place, one in enumerate(ids)})


class Source:
    """Rows, column by column.

    Each column is taken out of the frame once: to ask a frame takes longer than to count ten
    thousand rows.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._words: dict[str, Words] = {}
        self._values: dict[str, ExtensionArray] = {}

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.frame)

    def words(self, column: str) -> Words:
        """Give a column of words."""
        if column not in self._words:
            self._words[column] = Words.of(self.frame[column])
        return self._words[column]

    def values(self, column: str) -> ExtensionArray:
        """Give a column of flags, numbers or days."""
        if column not in self._values:
            self._values[column] = self.frame[column].array
        return self._values[column]


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows with what they say of the groups asked for.

    In `source` a group that a row does not name is "unknown". `named` lists the ids that rows name
    per group, `unsaid` the groups that some row leaves out. `day` gives for each row the place of
    its day in `days`; where rows stand for many, a day stands for all days up to the next of
    `days`, and `starts` holds those of them that begin no month. An unknown day has the place -1:
    the last of `days` is missing.
    """

    source: Source
    named: Mapping[str, frozenset[str]]
    unsaid: frozenset[str]
    day: NDArray[np.signedinteger[Any]]
    days: NDArray[np.datetime64]
    starts: frozenset[pd.Timestamp] = frozenset()

    @property
    def frame(self) -> pd.DataFrame:
        """Give the rows as a frame."""
        return self.source.frame

    @classmethod
    def of(cls, rows: pd.DataFrame, columns: Collection[str]) -> Tally:
        """Take rows each of which stands for itself; `columns` are the groups asked for."""
        there = [column for column in columns if column in rows]
        day, days = pd.factorize(rows["on"])
        return cls(
            source=Source(rows.assign(**{c: rows[c].fillna(terms.UNKNOWN_PLACE) for c in there})),
            named={c: frozenset(rows[c].dropna().unique()) for c in there},
            unsaid=frozenset(c for c in there if rows[c].isna().any()),
            day=day,
            days=with_unknown(days),
        )


def with_unknown(days: ArrayLike) -> NDArray[np.datetime64]:
    """Give days with the unknown one behind them, where the place -1 finds it."""
    return np.append(np.asarray(days, dtype="datetime64[D]"), _UNKNOWN_DAY)


class Tallies(Protocol):
    """Tallies of one city that were worked out beforehand."""

    def tally(self, indicator: str, unit: str, columns: Collection[str]) -> Tally | None:
        """Give the smallest tally that tells these groups apart, or None if there is none."""


def how_many(rows: pd.DataFrame) -> int:
    """Count the published rows that some rows stand for."""
    return int(rows[WEIGHT].sum()) if WEIGHT in rows else len(rows)


def per_word(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Count published rows per word of a column, the commonest first; rows without are left out."""
    weights = rows[WEIGHT] if WEIGHT in rows else pd.Series(1, index=rows.index)
    sums = weights.groupby(rows[column], observed=True).sum()
    ordered = sums.sort_values(ascending=False, kind="stable")
    return {str(word): int(count) for word, count in ordered.items()}
