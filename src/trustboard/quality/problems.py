"""Problems put together: how many of each kind, equal ones once, each row under one reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.errors import Action, DataProblem

#: The lines of equal problems that are named before "and further ones".
LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Equal:
    """Problems that differ in nothing but the line: the first of them, how many, first lines."""

    first: DataProblem
    times: int
    lines: tuple[int, ...]  # at most `LINES`

    def where(self) -> str:
        """Say where they stand: "published/complaints.csv, lines 4, 9, 12 and 31 more"."""
        if not self.lines:
            return self.first.file
        if self.times == 1:
            return f"{self.first.file} line {self.lines[0]}"
        listed = ", ".join(map(str, self.lines))
        more = self.times - len(self.lines)
        return f"{self.first.file}, lines {listed}" + (f" and {more:,} more" if more else "")


@dataclass(frozen=True, slots=True)
class Alike:
    """Problems of one kind in one column of one file, with what was found, most often first."""

    file: str
    column: str | None
    check: str
    action: Action
    times: int
    rows: int
    found: tuple[Equal, ...]


def alike(problems: Sequence[DataProblem]) -> tuple[Alike, ...]:
    """Put problems together by file, column and kind, in the order in which each first came.

    Nothing is left out: the times of all add up to the number of problems.
    """
    kinds: dict[tuple[object, ...], dict[str, list[DataProblem]]] = {}
    for one in problems:
        key = (one.file, one.column, one.check, one.action)
        kinds.setdefault(key, {}).setdefault(one.found, []).append(one)
    return tuple(_alike(found) for found in kinds.values())


def _alike(found: dict[str, list[DataProblem]]) -> Alike:
    every = [one for group in found.values() for one in group]
    groups = [_equal(group) for group in found.values()]
    first = every[0]
    return Alike(
        file=first.file,
        column=first.column,
        check=first.check,
        action=first.action,
        times=len(every),
        rows=sum(one.rows for one in every),
        found=tuple(sorted(groups, key=lambda one: -one.times)),
    )


def _equal(group: list[DataProblem]) -> Equal:
    lines = [one.line for one in group if one.line is not None]
    return Equal(first=group[0], times=len(group), lines=tuple(sorted(lines)[:LINES]))


def as_frame(city: CityData) -> pd.DataFrame:
    """Give one row per problem with published rows: `table`, `check`, `column`, `line`, `rows`,
    `action`.

    Problems with a description, and with files that are not here, have no table and are left out.
    """
    tables = {one.file: name for name, one in city.tables.items()}
    names = ("check", "column", "line", "rows", "action")
    listed = [
        {"table": tables[one.file], **{name: getattr(one, name) for name in names}}
        for one in city.problems
        if one.file in tables
    ]
    return pd.DataFrame(listed, columns=["table", *names])
