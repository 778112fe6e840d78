"""Compare the tables of two snapshots as they were published, cell by cell."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from trustboard.city import City, TableSpec
from trustboard.errors import UnreadableFileError
from trustboard.reading import Rows, read_rows
from trustboard.settling import settled
from trustboard.snapshots.differences import Difference, diff
from trustboard.snapshots.store import Snapshot

#: The column of ours that tells rows apart where the publisher has no row id.
_KEYS: Final = {
    "complaints": "complaint_id",
    "outcomes": "complaint_id",
    "outreach": "event_id",
    "places": "place_id",
    "figures": "figure_id",
}


def key_of(name: str, spec: TableSpec, *, published: Collection[str]) -> str | None:
    """Name the published column that tells the rows of a table apart, if there is one.

    `published` are the columns of its newest edition.
    """
    if spec.row_id is not None:
        return spec.row_id
    column = settled(spec, published).column(_KEYS[name])
    return None if column is None else column.column


def rows_in(published: Path, *, file: str, spec: TableSpec) -> Rows | None:
    """Read one table as published; None where the file is absent or cannot be read."""
    path = published / file
    if not path.is_file():
        return None
    try:
        return read_rows(path, name=f"published/{file}", sheet=spec.sheet, encoding=spec.encoding)
    except UnreadableFileError:
        return None


def compare(city: City, *, before: Snapshot, after: Snapshot) -> dict[str, Difference]:
    """Say for each table that both snapshots hold what was added, removed and changed."""
    found: dict[str, Difference] = {}
    for name, spec in city.tables.items():
        records = before.manifest.tables.get(name), after.manifest.tables.get(name)
        if records[0] is None or records[1] is None:
            continue
        old = rows_in(before.published, file=records[0].file, spec=spec)
        new = rows_in(after.published, file=records[1].file, spec=spec)
        if old is not None and new is not None:
            key = key_of(name, spec, published=new.frame.columns)
            found[name] = diff(old.frame, after=new.frame, key=key)
    return found
