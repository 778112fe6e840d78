"""The table behind a chart, as real HTML that a screen reader can walk through."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trustboard.tidy import Measured
from trustboard.ui.escape import text
from trustboard.wording import interval, period_name, row_state, value_text, whole

LONGEST = 400


def html_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    cells_are_html: bool = False,
    long_text: bool = False,
) -> str:
    """Build a table; the first cell of a row names the row. Every cell is escaped unless told.

    With `long_text`, rows stand one below the other on a phone, each cell with its head.
    """
    safe = (lambda cell: cell) if cells_are_html else text
    head = "".join(
        _cell("th", text(name), right=i in numeric, scope="col") for i, name in enumerate(columns)
    )
    body = []
    for row in rows[:LONGEST]:
        cells = [_cell("th", safe(row[0]), right=0 in numeric, scope="row")]
        cells += [
            _cell("td", safe(c), right=i in numeric, named=columns[i] if long_text else "")
            for i, c in enumerate(row)
            if i
        ]
        body.append(f"<tr>{''.join(cells)}</tr>")
    more = len(rows) - LONGEST
    left_out = f"<p>{more:,} further rows are not shown here.</p>" if more > 0 else ""
    kind = ' class="tb-long"' if long_text else ""
    return (
        f'<div class="tb"><div class="tb-scroll" tabindex="0" role="region" '
        f'aria-label="{text(caption)}"><table{kind}><caption><span>{text(caption)}</span></caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
        f"{left_out}</div>"
    )


def _cell(tag: str, content: str, *, right: bool = False, scope: str = "", named: str = "") -> str:
    """Write one cell; `named` repeats its head, for phones, where long rows stand as blocks."""
    attributes = (f' scope="{scope}"' if scope else "") + (' class="tb-num"' if right else "")
    attributes += f' data-head="{text(named)}"' if named else ""
    return f"<{tag}{attributes}>{content}</{tag}>"


def measured_table(measured: Measured) -> str:
    """Build the table behind a chart: what was drawn, with its range, counts and state."""
    table = measured.table
    shown: list[tuple[str, list[str]]] = []
    numeric: list[int] = []
    if measured.period != "all":
        shown.append(("Period", [period_name(str(p)) for p in table["period"]]))
    for column in measured.groups:
        labels = [measured.label(column, str(key)) for key in table[column]]
        shown.append((column.replace("_", " ").capitalize(), labels))
    if not shown:
        shown.append(("Period", [period_name(str(p)) for p in table["period"]]))
    for head, cells in _number_columns(measured):
        numeric.append(len(shown))
        shown.append((head, cells))
    if table["state"].ne("ok").any():
        shown.append(("Note", [row_state(str(state)) for state in table["state"]]))
    rows = [list(cells) for cells in zip(*(cells for _, cells in shown), strict=True)]
    caption = f"{measured.title}: {measured.unit}"
    return html_table([head for head, _ in shown], rows, caption=caption, numeric=numeric)


def _number_columns(measured: Measured) -> list[tuple[str, list[str]]]:
    table, kind = measured.table, measured.kind
    columns = [(_value_head(measured), [_or_dash(value_text(kind, v), v) for v in table["value"]])]
    if table["lower"].notna().any():
        pairs = zip(table["lower"], table["upper"], strict=True)
        columns.append(("Range (95%)", [interval(kind, low, high) or "–" for low, high in pairs]))
    if kind not in {"count", "figure"}:
        columns.append(("Counted", [_or_dash(whole(n), n) for n in table["n"]]))
        if table["exposure"].notna().any():
            columns.append(("Out of", [_or_dash(whole(e), e) for e in table["exposure"]]))
    return columns


def _value_head(measured: Measured) -> str:
    unit = measured.unit
    return unit[:1].upper() + unit[1:] if len(unit) <= 40 else "Value"


def _or_dash(words: str, value: object) -> str:
    return "–" if pd.isna(value) else words
