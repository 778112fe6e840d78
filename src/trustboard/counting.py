"""Counting chosen rows per period and group, and what must be said about rows left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import terms
from trustboard.periods import Calendar
from trustboard.query import Query

if TYPE_CHECKING:
    from trustboard.indicator import Indicator

_TOO_COARSE: Final = {"month": ("year",), "quarter": ("year",), "year": (), "all": ()}
#: Above this share of rows without a place, readers are told (Ratcliffe 2004: 85% must be located).
_MANY_UNPLACED: Final = 0.15


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of one question, laid out.

    `rows` are those of the periods shown, with `row`, the line of the calendar each falls in;
    `outside` counts rows of no period; `combinations` lists every combination of groups.
    """

    rows: pd.DataFrame
    calendar: Calendar
    groups: tuple[str, ...]
    combinations: pd.DataFrame
    undated: int
    not_covered: int
    too_coarse: int

    @classmethod
    def of(
        cls,
        rows: pd.DataFrame,
        calendar: Calendar,
        groups: tuple[str, ...],
        combinations: pd.DataFrame,
    ) -> Selection:
        """Place rows in periods; those whose date is unknown, not covered or too vague fall out."""
        where = calendar.place_rows(rows["on"])
        vague = np.zeros(len(rows), dtype=bool)
        if "precision" in rows:
            vague = rows["precision"].isin(_TOO_COARSE[calendar.kind]).to_numpy(dtype=bool)
        undated = rows["on"].isna().to_numpy(dtype=bool)
        inside = (where >= 0) & ~vague
        return cls(
            rows=rows.assign(row=where)[inside],
            calendar=calendar,
            groups=groups,
            combinations=combinations,
            undated=int((undated & (where < 0)).sum()),
            not_covered=int((~undated & (where < 0)).sum()),
            too_coarse=int((vague & (where >= 0)).sum()),
        )

    @property
    def counted(self) -> pd.DataFrame:
        """Give the rows that enter a number."""
        return self.rows[self.rows["counted"]] if "counted" in self.rows else self.rows


def count_rows(chosen: Selection, *, parts: str = "") -> pd.DataFrame:
    """Give one row per period and combination of groups with `n` and `exposure`.

    `n` counts the hits (all rows where nothing is said of hits); `exposure` counts all rows of the
    same period and groups, the group `parts` aside.
    """
    periods = chosen.calendar.table.assign(row=np.arange(len(chosen.calendar.table)))
    table = periods.merge(chosen.combinations, how="cross")
    rows = chosen.counted
    hits = rows[rows["hit"].astype(bool)] if "hit" in rows else rows
    keys = ["row", *chosen.groups]
    table["n"] = _sizes(hits, keys, table)
    table["exposure"] = _sizes(rows, [key for key in keys if key != parts], table)
    return table


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
            share = float(chosen.rows[column].eq(terms.UNKNOWN_PLACE).mean())
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
    start = f"Counted both ways: {plural(int(repeated.sum()), 'row repeats', 'rows repeat')} "
    start += "another row word for word. "
    if indicator.kind != "share":
        return [f"{start}Without them there are {int((~repeated).sum()):,}, not {len(rows):,}."]
    changed = _shares_of(rows[~repeated], indicator), _shares_of(rows, indicator)
    parts = [
        f"{name} {changed[0][name]:.1%} instead of {changed[1][name]:.1%}".strip()
        for name in changed[1]
    ]
    return [f"{start}Without them, in all: {', '.join(parts)}."]


def plural(count: int, one: str, many: str) -> str:
    """Say how many of something: "1 row is", "2,000 rows are"."""
    return f"{count:,} {one if count == 1 else many}"


def _shares_of(rows: pd.DataFrame, indicator: Indicator) -> dict[str, float]:
    if not indicator.parts:
        return {"": float(rows["hit"].mean())}
    shares = rows[indicator.parts].value_counts(normalize=True)
    return {one.replace("_", " "): float(shares.get(one, 0.0)) for one in indicator.part_ids}


def _sizes(rows: pd.DataFrame, keys: list[str], table: pd.DataFrame) -> NDArray[np.float64]:
    """Count rows per combination of keys, zero where there are none, in the order of `table`."""
    sizes = rows.groupby(keys).size()
    wanted = pd.MultiIndex.from_frame(table[keys])
    if len(keys) == 1:
        wanted = wanted.get_level_values(0)
    found: NDArray[np.float64] = sizes.reindex(wanted, fill_value=0).to_numpy(dtype="float64")
    return found
