"""The rows that an indicator counts, in one form, whether each stands for itself or for many.

A *tally* is a frame of rows. Where it has a column `weight`, a row stands for so many published
rows that are alike in everything one can ask about; without it, each stands for itself. Counting is
the same for both: it adds up weights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import terms

WEIGHT: Final = "weight"


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows with what they say of the groups asked for.

    In `frame` a group that a row does not name is "unknown". `named` lists the ids that rows name
    per group, `unsaid` the groups that some row leaves out. `day` gives for each row the place of
    its day in `days`, -1 where it is not known; where rows stand for many, a day stands for all
    days up to the next of `days`, and `starts` holds those of them that begin no month.
    """

    frame: pd.DataFrame
    named: Mapping[str, frozenset[str]]
    unsaid: frozenset[str]
    day: NDArray[np.int64]
    days: pd.Series
    starts: frozenset[pd.Timestamp] = frozenset()

    @classmethod
    def of(cls, rows: pd.DataFrame, columns: Collection[str]) -> Tally:
        """Take rows each of which stands for itself; `columns` are the groups asked for."""
        there = [column for column in columns if column in rows]
        day, days = pd.factorize(rows["on"])
        return cls(
            frame=rows.assign(**{c: rows[c].fillna(terms.UNKNOWN_PLACE) for c in there}),
            named={c: frozenset(rows[c].dropna().unique()) for c in there},
            unsaid=frozenset(c for c in there if rows[c].isna().any()),
            day=day,
            days=pd.Series(days, dtype=rows["on"].dtype),
        )


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
