"""What a pointer reveals: the same words as the table, never anything that is only there."""

from __future__ import annotations

from collections.abc import Iterable

from trustboard.figures.frame import label_text
from trustboard.tidy import Measured, Row
from trustboard.wording.answers import row_state
from trustboard.wording.periods import period_name
from trustboard.wording.quoting import quoted


def hover_lines(measured: Measured, rows: Iterable[Row]) -> list[str]:
    """Give one label per row: group, period, value with range, and its state if not complete."""
    return [_hover(measured, row) for row in rows]


def _hover(measured: Measured, row: Row) -> str:
    groups = [measured.label(column, str(row[column])) for column in measured.groups]
    when = [] if str(row["period"]) == "all" else [period_name(str(row["period"]))]
    lines = [", ".join(groups + when), quoted(measured, row), row_state(str(row["state"]))]
    return "<br>".join(label_text(line, width=44) for line in lines if line)
