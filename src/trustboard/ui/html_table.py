"""The table behind a chart, as real HTML that a screen reader can walk through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from trustboard.exports import why_no_rows
from trustboard.tidy import Measured, lines_of
from trustboard.ui.escape import text
from trustboard.wording import interval, period_name, row_state, value_text, whole

LONGEST = 400
_PLAIN: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


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


def measured_table(measured: Measured, linked: Mapping[str, Sequence[str]] = _PLAIN) -> str:
    """Build the table behind a chart: what was drawn, with its range, counts and state.

    `linked` holds for some columns their numbers as HTML, from the first line on.
    """
    named, counted = _naming_columns(measured), _number_columns(measured, linked)
    numeric = range(len(named), len(named) + len(counted))
    shown = [*named, *counted]
    states = [str(line["state"]) for line in lines_of(measured)]
    if any(state != "ok" for state in states):
        shown.append(("Note", [text(row_state(state)) for state in states]))
    rows = [list(cells) for cells in zip(*(cells for _, cells in shown), strict=True)]
    caption = f"{measured.title}: {measured.unit}"
    leads = "Each underlined number leads to its rows" if linked else why_no_rows(measured)
    caption += f". {leads}" if leads else ""
    heads = [head for head, _ in shown]
    return html_table(heads, rows, caption=caption, numeric=numeric, cells_are_html=True)


def _naming_columns(measured: Measured) -> list[tuple[str, Sequence[str]]]:
    """Give the heads of the columns that name a line, its period and its groups, and these."""
    named: list[tuple[str, Sequence[str]]] = []
    lines = lines_of(measured)
    if measured.period != "all" or not measured.groups:
        periods = [text(period_name(str(line["period"]))) for line in lines]
        named.append(("Period", periods))
    for column in measured.groups:
        labels = [text(measured.label(column, str(line[column]))) for line in lines]
        named.append((column.replace("_", " ").capitalize(), labels))
    return named


def _number_columns(
    measured: Measured, linked: Mapping[str, Sequence[str]]
) -> list[tuple[str, Sequence[str]]]:
    """Give the heads of the columns with numbers, and these as HTML."""
    lines, kind = lines_of(measured), measured.kind
    values = linked.get("n") if kind == "count" else linked.get("value")
    plain = [_or_dash(value_text(kind, line["value"]), line["value"]) for line in lines]
    columns: list[tuple[str, Sequence[str]]] = [
        (_value_head(measured), _whole_column(values, plain))
    ]
    if any(pd.notna(line["lower"]) for line in lines):
        ranges = [text(interval(kind, line["lower"], line["upper"])) or "–" for line in lines]
        columns.append(("Range (95%)", ranges))
    if kind not in {"count", "figure"}:
        plain = [_or_dash(whole(line["n"]), line["n"]) for line in lines]
        columns.append(("Counted", _whole_column(linked.get("n"), plain)))
        if any(pd.notna(line["exposure"]) for line in lines):
            plain = [_or_dash(whole(line["exposure"]), line["exposure"]) for line in lines]
            columns.append(("Out of", _whole_column(linked.get("exposure"), plain)))
    return columns


def _whole_column(linked: Sequence[str] | None, plain: Sequence[str]) -> list[str]:
    """Give a column as HTML: the numbers that are links, then the others."""
    first = list(linked or ())
    return [*first, *(text(one) for one in plain[len(first) :])]


def _value_head(measured: Measured) -> str:
    unit = measured.unit
    return unit[:1].upper() + unit[1:] if len(unit) <= 40 else "Value"


def _or_dash(words: str, value: object) -> str:
    return "–" if pd.isna(value) else words
