"""The rows that could not be used, as they were published: to look at and to take away."""

from __future__ import annotations

from dataclasses import dataclass

from trustboard.citydata import Table
from trustboard.exports import csv_of_rows
from trustboard.quality import as_published
from trustboard.ui.html_table import LONGEST, html_table


@dataclass(frozen=True, slots=True)
class SetAside:
    """A table's quarantined rows: the bytes of a CSV file, and the first of them as HTML."""

    csv: bytes
    html: str
    rows: int


def set_aside_of(table: Table) -> SetAside:
    """Write the quarantined rows of a table."""
    rows = as_published(table)
    heads = [{"line": "Line", "text": "The line as it stands"}.get(one, one) for one in rows]
    cells = rows.head(LONGEST).to_numpy().tolist()
    caption = f"Set aside from {table.file}, by line of the file"
    if len(rows) > LONGEST:
        caption += f"; the first {LONGEST:,} of {len(rows):,}"
    shown = html_table(heads, cells, caption=caption, numeric=[0])
    return SetAside(csv=csv_of_rows(rows), html=shown, rows=len(rows))
