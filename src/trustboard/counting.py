"""Counting chosen rows per period and group, and what must be said about rows left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import terms
from trustboard.query import Query
from trustboard.selection import Selection

if TYPE_CHECKING:
    from trustboard.indicator import Indicator

#: Above this share of rows without a place, readers are told (Ratcliffe 2004: 85% must be located).
_MANY_UNPLACED: Final = 0.15
#: Up to so many combinations of periods and groups are all counted, asked for or not.
_MOST_CELLS: Final = 4_000_000
#: What a calendar says of a period that belongs into each row of an answer.
_OF_PERIOD: Final = ("period", "state", "mature", "years")

Columns = dict[str, Any]  # columns of equal length: arrays of numpy


def count_rows(chosen: Selection, *, parts: str = "") -> pd.DataFrame:
    """Give what `count_columns` does as a frame."""
    words = dict.fromkeys(("period", "state", *chosen.groups), "str")
    return pd.DataFrame(count_columns(chosen, parts=parts)).astype(words)


def count_columns(chosen: Selection, *, parts: str = "") -> Columns:
    """Give one row per period and combination of groups with `n` and `exposure`.

    They are columns beside each other, not yet a frame, which takes its time whenever it is asked
    or changed. `n` counts the hits (all rows where nothing is said of hits); `exposure` counts all
    rows of the same period and groups, the group `parts` aside.
    """
    lines, combinations = len(chosen.calendar), len(chosen.combinations)
    line = np.repeat(np.arange(lines), combinations)
    columns: Columns = {name: chosen.calendar.columns[name][line] for name in _OF_PERIOD}
    columns["row"] = line
    for place, name in enumerate(chosen.groups):
        ids = [one[place] for one in chosen.combinations]
        columns[name] = np.tile(np.array(ids, dtype=object), lines)
    counts, groups = chosen.weights, list(chosen.groups)
    hits = counts * chosen.flags("hit") if "hit" in chosen.columns else counts
    columns["n"] = _sums(cells_of(chosen, groups), hits)
    whole = [name for name in groups if name != parts]
    if whole == groups and hits is counts:
        columns["exposure"] = columns["n"]
    else:
        columns["exposure"] = _sums(cells_of(chosen, whole), counts)
    return columns


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
        if column in chosen.groups and len(chosen.where):
            unknown = chosen.names(column, [terms.UNKNOWN_PLACE])
            share = chosen.how_many(unknown) / chosen.how_many()
            if share > _MANY_UNPLACED:
                said.append(
                    f"{share:.0%} of the rows have no known {column}; they are shown as not known "
                    "and never shared out."
                )
    return said


def both_ways(chosen: Selection, indicator: Indicator) -> list[str]:
    """Give the figure also without the rows that may be printed twice (docs/data-quality.md)."""
    if "repeated" not in chosen.columns:
        return []
    every = chosen.weights
    once = every * ~chosen.flags("repeated")
    total, left = int(every.sum()), int(once.sum())
    if left == total:
        return []
    again = plural(total - left, "row repeats", "rows repeat")
    start = f"Counted both ways: {again} another row word for word. "
    if indicator.kind != "share":
        return [f"{start}Without them there are {left:,}, not {total:,}."]
    changed = [_shares_of(chosen, indicator, counts=counts) for counts in (once, every)]
    parts = [
        f"{name} {changed[0][name]:.1%} instead of {changed[1][name]:.1%}".strip()
        for name in changed[1]
    ]
    return [f"{start}Without them, in all: {', '.join(parts)}."]


def plural(count: int, one: str, many: str) -> str:
    """Say how many of something: "1 row is", "2,000 rows are"."""
    return f"{count:,} {one if count == 1 else many}"


def _shares_of(
    chosen: Selection, indicator: Indicator, *, counts: NDArray[np.float64]
) -> dict[str, float]:
    """Give the share in all, or that of each part, where each row counts for so many."""
    every = float(counts.sum())
    if not indicator.parts:
        return {"": float(counts[chosen.flags("hit")].sum()) / every if every else math.nan}
    sums = {one: counts[chosen.names(indicator.parts, [one])].sum() for one in indicator.part_ids}
    return {one.replace("_", " "): float(n) / every if every else 0.0 for one, n in sums.items()}


@dataclass(frozen=True, slots=True)
class Cells:
    """Numbered cells, `size` of them: one per period and combination of some groups.

    `of_row` is the cell of each chosen row (-1 where nobody asked for it), `of_line` that of each
    line of the table.
    """

    of_row: NDArray[np.int64]
    of_line: NDArray[np.int64]
    size: int


def cells_of(chosen: Selection, groups: Sequence[str]) -> Cells:
    """Say in which cell each row lies, and each line of the table."""
    lines = len(chosen.calendar)
    key, wanted, size = chosen.where, np.repeat(np.arange(lines), len(chosen.combinations)), lines
    for name in groups:
        words, place = chosen.source.words(name), chosen.groups.index(name)
        nowhere = len(words.ids)  # the place of a group that no row names
        asked = [words.places.get(one[place], nowhere) for one in chosen.combinations]
        key = key * (nowhere + 1) + words.codes[chosen.at]
        wanted = wanted * (nowhere + 1) + np.tile(np.array(asked, dtype="int64"), lines)
        size *= nowhere + 1
    if size <= _MOST_CELLS:
        return Cells(key, wanted, size)
    # Many groups, few of them together: only the cells asked for are numbered.
    asked_for, places = np.unique(wanted, return_inverse=True)
    at = np.searchsorted(asked_for, key).clip(max=len(asked_for) - 1)
    return Cells(np.where(asked_for[at] == key, at, -1), places, len(asked_for))


def line_of(chosen: Selection) -> NDArray[np.int64]:
    """Give for each chosen row its line in what `count_rows` gives; -1 for none."""
    cells = cells_of(chosen, chosen.groups)
    line = np.full(cells.size, -1)
    line[cells.of_line] = np.arange(len(cells.of_line))
    found: NDArray[np.int64] = np.where(cells.of_row < 0, -1, line[cells.of_row])
    return found


def _sums(cells: Cells, counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up counts per cell, in the order of the table."""
    inside = (counts > 0) & (cells.of_row >= 0)
    sums = np.bincount(cells.of_row[inside], weights=counts[inside], minlength=cells.size)
    return sums[cells.of_line].astype("float64")
