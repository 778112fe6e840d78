"""`corrections.yml`: errors in published data, corrected in the open, never in the file itself.

A correction names the cell, what it must contain for the correction to apply, the reason and the
source. Once the publisher has fixed the error the expectation no longer holds, and the correction
reports itself as out of date instead of changing anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import AnyHttpUrl, Field, ValidationError

from trustboard.city import TableName
from trustboard.citydata import Corrected
from trustboard.described import Described
from trustboard.errors import DataProblem
from trustboard.problem_kinds import problem
from trustboard.yaml_file import YamlFile, as_problems, read_yaml


class Correction(Described):
    """One cell of one published row, corrected with a reason."""

    table: TableName
    where: dict[str, str] = Field(min_length=1, description="Published column → value of the row.")
    column: str = Field(description="The published column to correct.")
    expect: str = Field(description="What the file says now; otherwise the correction is obsolete.")
    replace: str
    reason: str
    source: AnyHttpUrl
    on: date = Field(description="The day this correction was made.")


class CorrectionsFile(Described):
    """The whole of `corrections.yml`."""

    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrections:
    """A city's corrections as read, with the file they come from for messages."""

    file: YamlFile
    listed: tuple[Correction, ...] = ()
    problems: tuple[DataProblem, ...] = ()

    def of(self, table: str) -> list[tuple[int, Correction]]:
        """Give the corrections of one table, each with its position in the file."""
        return [(i, one) for i, one in enumerate(self.listed) if one.table == table]

    def log(
        self, *, tables: Collection[str], problems: Iterable[DataProblem]
    ) -> tuple[Corrected, ...]:
        """Give the log of corrections, once `tables` were opened with these `problems`."""
        stale = {one.line for one in problems if one.check == "obsolete_correction"}
        found = []
        for position, one in enumerate(self.listed):
            obsolete = self.file.line_of(("corrections", position)) in stale
            state = "obsolete" if obsolete else "applied"
            found.append(
                Corrected(
                    table=one.table,
                    column=one.column,
                    was=one.expect,
                    now=one.replace,
                    reason=one.reason,
                    source=str(one.source),
                    on=one.on,
                    state=state if one.table in tables else "not_read",
                )
            )
        return tuple(found)


def read_corrections(path: Path) -> Corrections:
    """Read `corrections.yml`; no file means no corrections, a bad one is reported."""
    nothing = YamlFile(path.name, None, {})
    if not path.is_file():
        return Corrections(nothing)
    file = read_yaml(path, name=path.name)
    if isinstance(file, DataProblem):
        return Corrections(nothing, problems=(file,))
    try:
        listed = CorrectionsFile.model_validate(file.values or {}).corrections
    except ValidationError as error:
        return Corrections(file, problems=tuple(as_problems(error, file)))
    return Corrections(file, listed)


def apply(
    raw: pd.DataFrame, corrections: list[tuple[int, Correction]], *, file: YamlFile
) -> tuple[pd.DataFrame, list[DataProblem]]:
    """Correct published text cells; give the corrected copy and the corrections out of date."""
    if not corrections:
        return raw, []
    corrected, problems = raw.copy(), []
    for position, one in corrections:
        rows, found = _cells_to_correct(raw, one)
        if found is None:
            corrected.loc[rows, one.column] = one.replace
            continue
        problems.append(
            problem(
                "obsolete_correction",
                file=file.name,
                line=file.line_of(("corrections", position)),
                column=one.column,
                found=found,
                fill={"expected": repr(one.expect)},
            )
        )
    return corrected, problems


def _cells_to_correct(raw: pd.DataFrame, one: Correction) -> tuple[pd.Series, str | None]:
    """Find the rows a correction is for, or say why it no longer applies."""
    none = pd.Series(False, index=raw.index)
    absent = [column for column in (*one.where, one.column) if column not in raw.columns]
    if absent:
        return none, f"no column {absent[0]!r}"
    rows = (raw[list(one.where)] == pd.Series(one.where)).all(axis=1)
    if not rows.any():
        return none, f"no row where {one.where}"
    now = raw.loc[rows, one.column]
    other = now[now != one.expect]
    return rows, None if other.empty else f"{other.iloc[0]!r} instead of {one.expect!r}"
