"""The rows that could not be used, exactly as they were published."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from trustboard.citydata import CityData, Table
from trustboard.ui.chart_block import ask
from trustboard.ui.html_table import LONGEST, html_table
from trustboard.wording import whole

_LINE, _RAW = "line", "text"


def show_set_aside(city: CityData) -> None:
    """Show each table's quarantined rows, with a download; nothing where there are none."""
    tables = [table for table in city.tables.values() if len(table.quarantine)]
    if not tables:
        return
    ask(
        "Which rows were set aside?",
        "They are shown as they were published. They are in no number on these pages; the list "
        "above says what was found and how to mend each.",
    )
    for table in tables:
        _one_table(city, table)


def _one_table(city: CityData, table: Table) -> None:
    rows = as_published(table)
    count = f"{whole(len(rows))} row{'s' * (len(rows) > 1)}"
    with st.expander(f"{table.name.capitalize()}: {count} set aside"):
        heads = [_head(name) for name in rows.columns]
        cells = rows.head(LONGEST).to_numpy().tolist()
        caption = f"Set aside from {table.file}, by line of the file"
        st.html(html_table(heads, cells, caption=caption, numeric=[0]))
        st.download_button(
            f"Download {count} (CSV)",
            rows.to_csv(index=False, lineterminator="\n").encode("utf-8"),
            file_name=f"{city.slug}-{table.name}-set-aside.csv",
            mime="text/csv",
            key=f"set_aside_{table.name}",
            on_click="ignore",
        )


def as_published(table: Table) -> pd.DataFrame:
    """Give a table's quarantined rows as text: line first, then the columns that are used here.

    Columns that the city's description does not name are left out, since they may hold what is
    shown nowhere, such as names. A line that could not be split into columns stands as it is, in
    a column of its own.
    """
    rows = table.quarantine
    used = _used(table)
    kept = [_LINE, *(name for name in rows.columns if name in used)]
    if _RAW in rows and rows[_RAW].notna().any():
        kept.append(_RAW)
    shown = rows[[name for name in dict.fromkeys(kept) if name in rows]]
    return shown.astype("object").where(shown.notna(), "").astype("str")


def _used(table: Table) -> set[str]:
    """Name the published columns that the city's description reads."""
    found = {table.spec.row_id} if table.spec.row_id else set()
    for name in table.spec.columns:
        column = table.spec.column(name)
        if column is not None:
            origins = (column.column, *column.first_of, *column.join)
            found |= {origin for origin in origins if origin}
    return found


def _head(name: str) -> str:
    return {_LINE: "Line", _RAW: "The line as it stands"}.get(name, name)
