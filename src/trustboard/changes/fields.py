"""Which published columns may be shown when a row was added, removed or changed."""

from __future__ import annotations

from trustboard.city import Column, TableSpec
from trustboard.exports.fields import FIELDS, WORDED


def published_fields(table: str, spec: TableSpec) -> list[str]:
    """Name the published columns that hold what a download may hold, and nothing else.

    A column counts if one of our shareable columns is made of it alone and as it stands: whatever
    is cut out of a longer text, or glued together, may stand beside an address or a story.
    """
    found = [spec.row_id] if spec.row_id is not None else []
    for name in FIELDS[table]:
        column = spec.column(name)
        if column is not None and column.column is not None and _stands_alone(name, column):
            found.append(column.column)
    return list(dict.fromkeys(found))


def _stands_alone(name: str, column: Column) -> bool:
    """Say whether a column is taken as it is; a word from a list may be tidied, other text not."""
    return not column.replace or name in WORDED
