"""The rows that could not be used, as they were published: to look at and to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from trustboard.citydata import CityData
from trustboard.quality import as_published
from trustboard.ui.copying import file_line
from trustboard.ui.files import set_aside_address
from trustboard.ui.frame import html
from trustboard.ui.html_table import LONGEST, html_table
from trustboard.ui.replay import replayed
from trustboard.wording.quality_words import counted


def show_set_aside(city: CityData) -> None:
    """Show each table's quarantined rows as they were published, with a file of all."""
    for name, table in city.tables.items():
        if table.accounting.quarantined:
            replayed("set aside", city, name, draw=partial(_block, city, name))


def _block(city: CityData, name: str) -> None:
    """Show the first of a table's rows that were set aside, closed until asked for."""
    table = {str(key): one for key, one in city.tables.items()}[name]
    rows = as_published(table)
    heads = [{"line": "Line", "text": "The line as it stands"}.get(one, one) for one in rows]
    cells = rows.head(LONGEST).to_numpy().tolist()
    caption = f"Set aside from {table.file}, by line of the file"
    if len(rows) > LONGEST:
        caption += f"; the first {LONGEST:,} of {len(rows):,}"
    count = counted(len(rows), "row")
    with st.expander(f"{name.capitalize()}: {count} set aside, as published"):
        html(
            html_table(heads, cells, caption=caption, numeric=[0]),
            file_line(set_aside_address(city, name), f"Download {count} (CSV)"),
        )
