"""How verdicts are made: the rule in words, its gates, and how often it is right."""

from __future__ import annotations

import streamlit as st

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.method import Section, Table, method_page
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import text
from trustboard.ui.frame import headline, html
from trustboard.ui.html_table import html_table
from trustboard.ui.one_world import WORLDS, show_world
from trustboard.ui.replay import replayed
from trustboard.ui.verdict_card import shapes_by_word


def show_method(city: CityData) -> None:
    """Show the whole page: every sentence and number of it comes from the code that judges."""
    replayed("method", city, METHOD_VERSION, draw=lambda: _whole_page(city))


def _whole_page(city: CityData) -> None:
    headline(
        "How verdicts are made",
        "Nobody types a verdict. A published rule computes it from published rows, and says so "
        "when nobody can tell. This page is written by the program that applies the rule.",
        kicker=f"{city.city.name} · method {METHOD_VERSION}",
    )
    *rules, rightness = method_page()
    for position, section in enumerate(rules):
        _words(section)
        for table in section.tables:
            st.html(_table(table, shapes=position == 0))
    _words(rightness)
    for months in WORLDS:
        html(f"<h3>{text(WORLDS[months])}</h3>")
        show_world(city, months)
    for table in rightness.tables:
        with st.expander(table.caption):
            st.html(_table(table))


def _words(section: Section) -> None:
    first, *others = section.paragraphs
    ask(section.heading, first)
    html(*(f"<p>{text(one)}</p>" for one in others))


def _table(table: Table, *, shapes: bool = False) -> str:
    """Show one table of words; with `shapes` the first cell carries the shape of its verdict."""
    long = any(len(cell) > 60 for row in table.rows for cell in row)
    known = shapes_by_word() if shapes else {}
    rows = [
        [_named(row[0], known.get(row[0], "")), *(text(cell) for cell in row[1:])]
        for row in table.rows
    ]
    return html_table(
        table.columns, rows, caption=table.caption, cells_are_html=True, long_text=long
    )


def _named(word: str, shape: str) -> str:
    return (
        f'<span class="tb-shaped">{shape}<span>{text(word)}</span></span>' if shape else text(word)
    )
