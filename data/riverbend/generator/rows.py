"""Rows on their way to a file, the files themselves, and the ledger of what was planted in them."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Row:
    """One line to be published; `kinds` names what was deliberately planted in it.

    `raw` replaces the cells where a line must not even have the right number of columns.
    """

    cells: dict[str, str]
    kinds: list[str] = field(default_factory=list)
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file below `published/`: its columns, its rows and its encoding."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Row]
    encoding: str = "utf-8"

    def lines(self) -> Iterable[tuple[int, Row, str]]:
        """Give each row with its text and its line as a text editor counts, the header being 1."""
        line = 2
        for row in self.rows:
            text = row.raw if row.raw is not None else as_csv([row.cells[c] for c in self.columns])
            yield line, row, text
            line += text.count("\n") + 1

    def write(self, folder: Path) -> None:
        """Write the file; the same rows always give the same bytes."""
        lines = [as_csv(self.columns), *(text for _, _, text in self.lines())]
        content = ("\n".join(lines) + "\n").encode(self.encoding)
        target = folder / self.name
        if target.suffix == ".gz":
            with (
                target.open("wb") as out,
                gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed,
            ):
                packed.write(content)
        else:
            target.write_bytes(content)


def as_csv(cells: Sequence[str]) -> str:
    """Give one line of CSV without its line end."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()[:-1]


def too_few_columns(row: Row, *, kind: str) -> Row:
    """Cut a row off after its second cell."""
    return Row(row.cells, [kind], as_csv(list(row.cells.values())[:2]))


def too_many_columns(row: Row, *, kind: str) -> Row:
    """Add two cells that no column is there for."""
    return Row(row.cells, [kind], as_csv([*row.cells.values(), "moved", "one cell too many"]))


def planted(file: PublishedFile) -> dict[str, list[int]]:
    """List the lines of each kind planted in a file."""
    found: dict[str, list[int]] = defaultdict(list)
    for line, row, _ in file.lines():
        for kind in row.kinds:
            found[kind].append(line)
    return dict(found)


def account(file: PublishedFile, *, expected: dict[str, str]) -> dict[str, Any]:
    """Say how many rows a careful reader should read, keep aside and drop."""
    treatments = [{expected[kind] for kind in row.kinds} for row in file.rows]
    quarantined = sum("quarantined" in t for t in treatments)
    dropped = sum("dropped" in t for t in treatments)
    return {
        "read": len(file.rows),
        "kept": len(file.rows) - quarantined - dropped,
        "quarantined": quarantined,
        "dropped": dropped,
        "possible_duplicates": sum("possible_duplicate" in t for t in treatments),
    }
