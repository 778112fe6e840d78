"""Silence, shown as a finding: what is not published, who holds it, and what is printed instead."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from trustboard.city import Publication
from trustboard.citydata import CityData
from trustboard.tidy import CannotMeasure
from trustboard.ui.escape import link, text
from trustboard.ui.frame import html
from trustboard.ui.glyphs import glyph
from trustboard.ui.html_table import html_table
from trustboard.verdict_states import CannotTell, Reason
from trustboard.wording import amount, cannot_answer, unit_of

STATUS_WORDS = {
    "read": "read",
    "exists_not_read": "known to exist; could not be read",
    "promised": "promised; not found",
    "overdue": "overdue",
}
CERTAINTY_WORDS = {
    "read": "read at the source",
    "read_data_file": "read in a data file",
    "computed": "computed from published data",
    "inferred": "inferred",
    "reported": "reported by a third party",
}


def why_missing(city: CityData, missing: CannotMeasure) -> None:
    """Say why a question has no answer here, what would give one, and who holds it."""
    shape = glyph(CannotTell(Reason.NOT_PUBLISHED, missing.why, missing.why))
    resolve = f"<p>{text('What would answer it: ' + missing.would_resolve)}</p>"
    html(
        f'<div class="tb-verdict tb-unknown">{shape}<div>',
        f'<p class="tb-word">{text(cannot_answer(missing, city=city.city.name))}</p>',
        resolve if missing.would_resolve else "",
        "</div></div>",
    )


def publications(city: CityData, wanted: Iterable[str]) -> tuple[Publication, ...]:
    """Give the city's publications with these ids, in the city's order."""
    ids = set(wanted)
    return tuple(one for one in city.city.publications if one.id in ids)


def topic_publications(city: CityData, topic: str) -> tuple[Publication, ...]:
    """Give the publications about a topic that could not be read."""
    found = (one for one in city.city.publications if topic in one.topics)
    return tuple(one for one in found if one.status != "read")


def show_publications(found: Iterable[Publication]) -> None:
    """List documents: what each should contain, who holds it, what is known of it."""
    html(f'<ul class="tb-documents">{"".join(_document(one) for one in found)}</ul>')


def _document(one: Publication) -> str:
    title = link(one.title, one.url) if one.url else text(one.title)
    period = f" ({text(one.period)})" if one.period and one.period not in one.title else ""
    known = [text(one.holder), text(STATUS_WORDS[one.status])]
    if one.found_through is not None:
        known.append(link("the page that names it", one.found_through))
    contains = f"Should contain: {'; '.join(one.should_contain)}." if one.should_contain else ""
    return (
        f'<li><h3>{title}{period}</h3><p class="tb-who">{" · ".join(known)}</p>'
        f"<p>{text(' '.join(part for part in (contains, one.note) if part))}</p></li>"
    )


def figures_about(city: CityData, topic: str) -> pd.DataFrame:
    """Give the published figures about a topic, as they stand in the city's table."""
    frame = city.frame("figures")
    if frame is None or "topic" not in frame:
        return pd.DataFrame()
    return frame[frame["topic"] == topic]


def show_figures(rows: pd.DataFrame, *, caption: str, open_at_once: bool = True) -> None:
    """List published figures with period and source, exactly as printed."""
    cells = [
        [
            text(_cell(row, "measure")),
            text(_printed(row)),
            text(_cell(row, "period")),
            link(_cell(row, "publisher") or "source", _cell(row, "url")),
            text(CERTAINTY_WORDS.get(_cell(row, "certainty"), _cell(row, "certainty"))),
        ]
        for _, row in rows.iterrows()
    ]
    heads = ["What was printed", "Figure", "Period", "Source", "How we know"]
    table = html_table(heads, cells, caption=caption, cells_are_html=True, long_text=True)
    if open_at_once and len(cells) <= 12:
        st.html(table)
        return
    with st.expander(f"{caption} ({len(cells)})"):
        st.html(table)


def _cell(row: pd.Series[str], column: str) -> str:
    value = row.get(column)
    return "" if value is None or pd.isna(value) else str(value)


def _printed(row: pd.Series[str]) -> str:
    value = amount(row["value"]) if pd.notna(row.get("value")) else _cell(row, "value_as_published")
    unit = unit_of(row.get("value"), _cell(row, "unit"))
    if not any(sign.isdecimal() for sign in value):  # words in the place of a number
        return value
    return f"{value}%" if unit == "percent" else f"{value} {unit}".strip()
