"""The simulation's numbers as plain text for a terminal."""

from __future__ import annotations

from trustboard.simulation.results import OperatingCharacteristics
from trustboard.simulation.tables import Table, tables_of
from trustboard.wording import whole


def as_text(found: OperatingCharacteristics) -> str:
    """Print every table, with what it rests on above."""
    opening = (
        f"Verdict rule, method {found.method_version}: {whole(found.series)} invented series per "
        f"row, seed {found.seed}.\nIn brackets: how far the share may lie from that of endlessly "
        "many series."
    )
    return "\n\n".join([opening, *(_written(table) for table in tables_of(found))]) + "\n"


def _written(table: Table) -> str:
    lines = [table.columns, *table.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.columns))]
    return "\n".join(
        [table.caption]
        + [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
    )
