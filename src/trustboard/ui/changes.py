"""What the publisher changed since the snapshot before, and every snapshot that is here."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from trustboard.changes import Changes, Edition, TableChange
from trustboard.citydata import CityData
from trustboard.pins import pin_of
from trustboard.ui import data
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.replay import replayed
from trustboard.wording import whole
from trustboard.wording.changes import (
    NO_SNAPSHOT,
    changes_said,
    gone_said,
    moment_text,
    size_text,
)
from trustboard.wording.quality_words import counted

QUESTION: Final = "What changed since the last edition?"
#: So many rows of each kind are listed; the CSV has all.
LISTED: Final = 100
_STATES: Final = {
    "in use": "in use",
    "earlier": "was in use",
    "held back": "kept, not used",
}


def show_changes(city: CityData) -> None:
    """Show the whole section; where the files were not fetched, say so in one sentence."""
    found, state = data.changes(city.slug, city.data_hash)
    replayed("changes", city, state, draw=lambda: _section(city, found))


def _section(city: CityData, found: Changes) -> None:
    if found.at is None:
        ask(QUESTION, NO_SNAPSHOT, anchor="changes")
    else:
        counts = {
            name: sum(getattr(one, name) for one in found.tables)
            for name in ("added", "removed", "changed")
        }
        said = changes_said(at=found.at, before=found.before, **counts)
        ask(QUESTION, said, anchor="changes")
        _tables(found)
        for one in found.tables:
            _details(city, one)
        _gone(city, found.tables)
    if found.editions:
        _editions(found.editions)


def _tables(found: Changes) -> None:
    if found.before is None:
        return
    names = ("before", "after", "added", "removed", "changed")
    rows = [
        [one.table.capitalize(), *(whole(getattr(one, name)) for name in names), _columns(one)]
        for one in found.tables
    ]
    heads = ["Table", "Rows before", "Rows now", "Added", "Removed", "Changed", "Columns"]
    caption = "Rows of each table, before and now"
    st.html(html_table(heads, rows, caption=caption, numeric=[1, 2, 3, 4, 5]))


def _columns(one: TableChange) -> str:
    told = []
    if one.columns_added:
        told.append(f"new: {', '.join(one.columns_added)}")
    if one.columns_removed:
        told.append(f"gone: {', '.join(one.columns_removed)}")
    return "; ".join(told) or "the same"


def _details(city: CityData, one: TableChange) -> None:
    """Show which fields of one table changed, from what to what, and hand out the rows."""
    if not one.added and not one.changed:
        return
    html(f'<h3 class="tb-part">{text(one.table.capitalize())}</h3>')
    if len(one.moves):
        rows = [
            [row.column, row.old or "(empty)", row.new or "(empty)", whole(row.rows)]
            for row in one.moves.itertuples()
        ]
        if one.further:
            rows.append(["other changes", "", "", whole(one.further)])
        caption = f"Fields of {one.table} that changed, from what to what"
        table = html_table(["Field", "Was", "Is", "Rows"], rows, caption=caption, numeric=[3])
        if len(rows) <= 10:
            st.html(table)
        else:
            with st.expander(f"Which fields changed, from what to what ({len(rows)})"):
                st.html(table)
    elif one.changed:
        html(
            '<p class="tb-soft">Only fields that are not shown here changed, such as free text.</p>'
        )
    links = [
        _csv(city, one.table, what, f"{whole(number)} {what}")
        for what, number in (("added", one.added), ("changed", one.changed))
        if number
    ]
    html(f'<p class="tb-soft">Take the rows away as CSV: {", ".join(links)}.</p>')


def _gone(city: CityData, tables: tuple[TableChange, ...]) -> None:
    """List the rows that are published no more, with the days around them."""
    html(
        '<h3 class="tb-part">Rows that disappeared</h3>',
        f"<p>{text(gone_said((one.table, one.gone) for one in tables))}</p>",
    )
    for one in tables:
        if not one.gone:
            continue
        rows = data.gone_rows(city.slug, city.data_hash, one.table).head(LISTED)
        caption = f"Rows of {one.table} that are published no more, the last to go first"
        with st.expander(f"{one.table.capitalize()}: {counted(one.gone, 'row')}, as published"):
            st.html(html_table(list(map(_head, rows.columns)), _cells(rows), caption=caption))
            link = _csv(city, one.table, "removed", "all of them as CSV")
            html(f'<p class="tb-soft">Take them away: {link}. Free text is left out.</p>')


def _head(name: str) -> str:
    return {"first_seen": "First seen here", "last_seen": "Last seen here"}.get(name, name)


def _cells(rows: pd.DataFrame) -> list[list[str]]:
    days = [name for name in rows if isinstance(rows[name].dtype, pd.DatetimeTZDtype)]
    written = rows.assign(**{name: rows[name].dt.strftime("%Y-%m-%d") for name in days})
    return [list(map(str, row)) for row in written.fillna("").itertuples(index=False)]


def _csv(city: CityData, table: str, what: str, label: str) -> str:
    asked = {"table": table, "what": what, "format": "csv", "limit": "10000"}
    address = f"api/v1/{city.slug}/changes?{urlencode({**asked, 'pin': pin_of(city)})}"
    return f'<a href="{text(address)}">{text(label)}</a>'


def _editions(editions: tuple[Edition, ...]) -> None:
    rows = [
        [
            moment_text(one.at),
            whole(one.rows),
            _number(one.added),
            _number(one.removed),
            _number(one.changed),
            size_text(one.size),
            one.sha256[:12],
            _STATES[one.state] + (f": {' '.join(one.reasons)}" if one.reasons else ""),
        ]
        for one in editions
    ]
    heads = ["Fetched", "Rows", "Added", "Removed", "Changed", "Size", "Fingerprint", "State"]
    with st.expander(f"Every snapshot on this machine ({len(rows)})"):
        st.html(
            html_table(
                heads,
                rows,
                caption="Snapshots, the newest first; each is compared with the one then in use",
                numeric=[1, 2, 3, 4, 5],
                long_text=True,
            )
        )


def _number(value: int | None) -> str:
    return "–" if value is None else whole(value)
