"""Open the tables of one city: read, correct, map, check and account for every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from pandera.errors import SchemaErrors

from trustboard import terms
from trustboard.boundaries import read_boundaries
from trustboard.checks import Checking, check_table
from trustboard.city import City, TableName, TableSpec
from trustboard.citydata import Accounting, Table
from trustboard.corrections import Corrections, apply
from trustboard.crosschecks import check_against_each_other
from trustboard.errors import DataProblem, UnreadableFileError
from trustboard.mapping import UnmappableError, map_table
from trustboard.problem_kinds import problem
from trustboard.reading import Rows, read_rows
from trustboard.settling import assumptions, settled
from trustboard.tables import SCHEMAS

#: Places first: the other tables are checked against them.
ORDER: tuple[TableName, ...] = ("places", "complaints", "outcomes", "outreach", "figures")


@dataclass(slots=True)
class Opening:
    """The tables opened so far, what was wrong with them, and which files are not here.

    `city` names, for each table that is open, the published columns that were taken.
    """

    city: City
    folder: Path
    corrections: Corrections
    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[DataProblem] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def open_all(self) -> None:
        """Open every table the city describes, then compare them with each other."""
        self.problems += self.corrections.problems
        for name in ORDER:
            if name in self.city.tables:
                self._open_safely(name)
        self.problems += check_against_each_other(self.tables)

    def frame(self, name: str) -> pd.DataFrame | None:
        """Give the kept rows of a table already opened."""
        return self.tables[name].frame if name in self.tables else None

    @property
    def places(self) -> set[str]:
        """Every place id that rows may name; empty if no list is here, so that none is unknown."""
        frame = self.frame("places")
        if frame is None and "places" in self.city.tables:
            return set()
        listed = set(self.city.places.also) | (set() if frame is None else set(frame["place_id"]))
        return listed | {terms.OUTSIDE, terms.UNKNOWN_PLACE} if listed else set()

    def boundaries(self, *, also_in: Iterable[Path] = ()) -> Mapping[str, Any] | None:
        """Read the publisher's boundaries, where the city draws them and they are here.

        `also_in` are folders to look into, in order, where the city's own has no such file.
        """
        drawn = self.city.places.map
        named = drawn.file if drawn is not None else None
        paths = [folder / named for folder in (self.folder, *also_in)] if named else []
        path = next((one for one in paths if one.is_file()), None)
        if path is None:
            return None
        try:
            return read_boundaries(path)
        except (OSError, ValueError) as error:
            expected = "outlines of places as GeoJSON, in degrees"
            self._not_read(f"published/{path.name}", str(error)[:200], expected, "Fetch it again.")
            return None

    def _open_safely(self, name: TableName) -> None:
        spec = self.city.tables[name]
        file = f"published/{spec.file}"
        path = self.folder / spec.file
        if not path.is_file():
            self.absent.append(name)
            found = f"no file, so no {name}"
            self.problems.append(
                problem("absent_file", file=file, found=found, fill={"url": spec.source.url})
            )
            return
        try:
            self._open(name, spec, path)
        except UnmappableError as error:
            self.problems += error.problems
        except UnreadableFileError as error:
            self._not_read(file, error.found, error.expected, error.fix)
        except SchemaErrors as error:
            self._not_read(
                file, _first_failure(error), "columns of the right type", "Mend city.yml."
            )
        except Exception as error:  # one bad file never takes the city down
            found = f"{type(error).__name__}: {str(error)[:200]}"
            self._not_read(file, found, "a table", "Fetch the file again, or report this.")

    def _open(self, name: TableName, spec: TableSpec, path: Path) -> None:
        file = f"published/{spec.file}"
        rows = read_rows(path, name=file, sheet=spec.sheet, encoding=spec.encoding)
        described, spec = spec, settled(spec, rows.frame.columns)
        raw, outdated = apply(rows.frame, self.corrections.of(name), file=self.corrections.file)
        mapped = map_table(raw, lines=rows.lines, table=name, spec=spec, words=self.city.words)
        checking = Checking(name, spec, raw, mapped.frame, mapped.aside)
        complaints = self.frame("complaints")
        ids = None if complaints is None else complaints["complaint_id"]
        check_table(checking, places=self.places, complaint_ids=ids)
        table = account(checking, rows)
        SCHEMAS[name].to_schema().validate(table.frame, lazy=True)
        self.tables[name] = table
        self.city = self.city.model_copy(update={"tables": {**self.city.tables, name: spec}})
        self.problems += [*rows.problems, *assumptions(described, spec, table=name), *outdated]
        self.problems += [*mapped.problems, *checking.problems]

    def _not_read(self, file: str, found: str, expected: str, fix: str) -> None:
        fill = {"expected": expected, "fix": fix}
        self.problems.append(problem("unreadable_file", file=file, found=found, fill=fill))


def account(checking: Checking, rows: Rows) -> Table:
    """Separate kept rows from the rest and account for all of them."""
    frame = checking.frame.assign(repeated=checking.repeated)
    aside = checking.raw[checking.aside & ~checking.dropped]
    aside = aside.assign(line=frame.loc[aside.index, "line"])
    quarantine = pd.concat([aside, rows.malformed]) if len(rows.malformed) else aside
    kept = frame[checking.stays].reset_index(drop=True)
    return Table(
        name=checking.name,
        spec=checking.spec,
        frame=kept,
        quarantine=quarantine.sort_values("line", ignore_index=True),
        accounting=Accounting(
            read=len(checking.raw) + len(rows.malformed),
            kept=len(kept),
            quarantined=len(quarantine),
            dropped=int(checking.dropped.sum()),
            possible_duplicates=int(kept["repeated"].sum()),
        ),
        file=f"published/{checking.spec.file}",
        sha256=rows.sha256,
    )


def _first_failure(error: SchemaErrors) -> str:
    case = error.failure_cases.iloc[0]
    return f"column {case['column']}: {case['check']} ({str(case['failure_case'])[:60]})"
