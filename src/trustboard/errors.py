"""What can be wrong with published data, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Action = Literal[
    "quarantined",  # the row is kept aside and in no number
    "dropped",  # the row repeats one with the same publisher row id
    "set_missing",  # one cell is treated as missing, the row is kept
    "flagged",  # nothing was changed; readers are told
    "not_read",  # a whole file, table or definition could not be used
]


@dataclass(frozen=True, slots=True)
class DataProblem:
    """One thing found wrong in one place, with the way to mend it.

    `file` is relative to the city's folder (`published/complaints.csv`, `city.yml`); `line` counts
    from 1 as a text editor does, header included; `check` names the rule that found it; `rows` says
    how many rows it is about, 0 for a file or a description as a whole.
    """

    file: str
    line: int | None
    column: str | None
    found: str
    expected: str
    fix: str
    action: Action
    check: str
    rows: int = 1

    def sentence(self, *, at: str = "") -> str:
        """Say the problem as one line: where, what was found, what was expected, how to fix it.

        `at` names the place instead of this file and line, for problems that are told together.
        """
        where = at or self.file
        if self.line is not None and not at:
            where += f" line {self.line}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {self.found}; expected {self.expected}. {self.fix}"

    def as_dict(self) -> dict[str, Any]:
        """Give the problem as plain values for JSON."""
        return asdict(self)


class CannotRunError(Exception):
    """Nothing can be computed: the city is unknown or its description cannot be used."""

    def __init__(self, message: str, problems: Sequence[DataProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; says what was found and how to fix it."""

    def __init__(self, found: str, *, expected: str, fix: str) -> None:
        super().__init__(found)
        self.found, self.expected, self.fix = found, expected, fix
