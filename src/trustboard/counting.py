"""Counting chosen rows per period and group, and what must be said about rows left out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import terms
from trustboard.periods import Calendar
from trustboard.query import Query
from trustboard.tallies import WEIGHT, how_many, per_word

if TYPE_CHECKING:
    from trustboard.indicator import Indicator

_TOO_COARSE: Final = {"month": ("year",), "quarter": ("year",), "year": (), "all": ()}
#: Above this share of rows without a place, readers are told (Ratcliffe 2004: 85% must be located).
_MANY_UNPLACED: Final = 0.15
#: Up to so many combinations of periods and groups are all counted, asked for or not.
_MOST_CELLS: Final = 4_000_000


@dataclass(frozen=True)
class Selection:
    """The rows of one question, laid out.

    `chosen` are those that passed the filters (see `trustboard.tallies`) and `where` the line of
    the calendar that each falls in, -1 for none; `undated`, `not_covered` and `too_coarse` count
    rows of no period; `combinations` lists every combination of groups.
    """

    chosen: pd.DataFrame
    where: NDArray[np.int64]
    calendar: Calendar
    groups: tuple[str, ...]
    combinations: pd.DataFrame
    undated: int
    not_covered: int
    too_coarse: int

    @classmethod
    def of(
        cls,
        chosen: pd.DataFrame,
        *,
        day: NDArray[np.int64],
        days: pd.Series,
        calendar: Calendar,
        groups: tuple[str, ...],
        combinations: pd.DataFrame,
    ) -> Selection:
        """Place rows in periods; those whose date is unknown, not covered or too vague fall out."""
        unknown = pd.Series([pd.NaT], dtype=days.dtype)
        where = calendar.place_rows(pd.concat([days, unknown], ignore_index=True))[day]
        vague = np.zeros(len(chosen), dtype=bool)
        if "precision" in chosen:
            vague = chosen["precision"].isin(_TOO_COARSE[calendar.kind]).to_numpy(dtype=bool)
        outside, weights = where < 0, _weights(chosen)
        return cls(
            chosen=chosen,
            where=np.where(vague, -1, where),
            calendar=calendar,
            groups=groups,
            combinations=combinations,
            undated=int(weights[outside & (day < 0)].sum()),
            not_covered=int(weights[outside & (day >= 0)].sum()),
            too_coarse=int(weights[vague & ~outside].sum()),
        )

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Give the rows of the periods shown, with `row`, the line of the calendar."""
        inside = self.where >= 0
        if inside.all():
            return self.chosen.assign(row=self.where)
        return self.chosen[inside].assign(row=self.where[inside])

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Give the rows that enter a number."""
        if "counted" not in self.rows or self.rows["counted"].all():
            return self.rows
        return self.rows[self.rows["counted"]]


def count_rows(chosen: Selection, *, parts: str = "") -> pd.DataFrame:
    """Give one row per period and combination of groups with `n` and `exposure`.

    `n` counts the hits (all rows where nothing is said of hits); `exposure` counts all rows of the
    same period and groups, the group `parts` aside.
    """
    lines, combinations = len(chosen.calendar.table), chosen.combinations
    line = np.repeat(np.arange(lines), len(combinations))
    columns = {str(c): periods.array.take(line) for c, periods in chosen.calendar.table.items()}
    columns["row"] = line
    of_line = np.tile(np.arange(len(combinations)), lines)
    columns |= {str(c): groups.array.take(of_line) for c, groups in combinations.items()}
    rows, where = chosen.chosen, chosen.where
    counts = _weights(rows) * (where >= 0)
    if "counted" in rows:
        counts = counts * rows["counted"].to_numpy(dtype=bool)
    hits = counts * rows["hit"].to_numpy(dtype=bool) if "hit" in rows else counts
    groups = list(chosen.groups)
    columns["n"] = _sums(chosen, hits, groups)
    columns["exposure"] = _sums(chosen, counts, [name for name in groups if name != parts])
    return pd.DataFrame(columns)


def doubts(chosen: Selection, query: Query) -> list[str]:
    """Say how many rows are in no number for want of a date, and how many have no place."""
    said = []
    if chosen.undated:
        rows = plural(chosen.undated, "row has", "rows have")
        said.append(f"{rows} no readable date: in no period.")
    if chosen.not_covered and query.from_ is None and query.to is None:
        rows = plural(chosen.not_covered, "row is", "rows are")
        too_young = ", or too recently to be judged" if chosen.calendar.cut_short else ""
        said.append(f"{rows} dated outside the time the source covers{too_young}: in no period.")
    if chosen.too_coarse:
        rows = plural(chosen.too_coarse, "row is", "rows are")
        said.append(f"{rows} dated by year only: in no {chosen.calendar.kind}.")
    for column in ("place", "district"):
        if column in chosen.groups and len(chosen.rows):
            unknown = chosen.rows[chosen.rows[column].eq(terms.UNKNOWN_PLACE)]
            share = how_many(unknown) / how_many(chosen.rows)
            if share > _MANY_UNPLACED:
                said.append(
                    f"{share:.0%} of the rows have no known {column}; they are shown as not known "
                    "and never shared out."
                )
    return said


def both_ways(chosen: Selection, indicator: Indicator) -> list[str]:
    """Give the figure also without the rows that may be printed twice (docs/data-quality.md)."""
    rows = chosen.counted
    if "repeated" not in rows or not rows["repeated"].any():
        return []
    repeated = rows["repeated"].astype(bool)
    once, every = rows[~repeated], how_many(rows)
    again = plural(every - how_many(once), "row repeats", "rows repeat")
    start = f"Counted both ways: {again} another row word for word. "
    if indicator.kind != "share":
        return [f"{start}Without them there are {how_many(once):,}, not {every:,}."]
    changed = _shares_of(once, indicator), _shares_of(rows, indicator)
    parts = [
        f"{name} {changed[0][name]:.1%} instead of {changed[1][name]:.1%}".strip()
        for name in changed[1]
    ]
    return [f"{start}Without them, in all: {', '.join(parts)}."]


def plural(count: int, one: str, many: str) -> str:
    """Say how many of something: "1 row is", "2,000 rows are"."""
    return f"{count:,} {one if count == 1 else many}"


def _shares_of(rows: pd.DataFrame, indicator: Indicator) -> dict[str, float]:
    every = how_many(rows)
    if not indicator.parts:
        return {"": how_many(rows[rows["hit"]]) / every if every else math.nan}
    counts = per_word(rows, indicator.parts)
    return {
        one.replace("_", " "): counts.get(one, 0) / every if every else 0.0
        for one in indicator.part_ids
    }


def _weights(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Give how many published rows each row stands for."""
    if WEIGHT not in rows:
        return np.ones(len(rows))
    weights: NDArray[np.float64] = rows[WEIGHT].to_numpy(dtype="float64")
    return weights


def _sums(chosen: Selection, counts: NDArray[np.float64], groups: list[str]) -> NDArray[np.float64]:
    """Add up counts per period and combination of these groups, in the order of the table."""
    lines = len(chosen.calendar.table)
    key, wanted = chosen.where, np.repeat(np.arange(lines), len(chosen.combinations))
    size = lines
    for name in groups:
        codes, ids = coded(chosen.chosen[name])
        asked = ids.get_indexer(chosen.combinations[name])
        asked = np.where(asked < 0, len(ids), asked)  # a group that no row names
        key = key * (len(ids) + 1) + codes
        wanted = wanted * (len(ids) + 1) + np.tile(asked, lines)
        size *= len(ids) + 1
    inside = counts > 0
    if size > _MOST_CELLS:  # many groups, few of them together: count only those asked for
        asked_for, places = np.unique(wanted, return_inverse=True)
        at = np.searchsorted(asked_for, key).clip(max=len(asked_for) - 1)
        inside &= asked_for[at] == key
        sums = np.bincount(at[inside], weights=counts[inside], minlength=len(asked_for))
        return sums[places].astype("float64")
    sums = np.bincount(key[inside], weights=counts[inside], minlength=size)
    return sums[wanted].astype("float64")


def coded(column: pd.Series) -> tuple[NDArray[np.signedinteger[Any]], pd.Index]:
    """Give a column as places in the list of its different words (-1 for none), and that list."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    codes, words = pd.factorize(column)
    return codes, pd.Index(words)
