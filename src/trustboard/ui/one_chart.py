"""One chart by itself: on a page that a citation leads to, or in a frame on somebody's own page."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Final

import streamlit as st

from trustboard.api.forgiving import indicator_named, query_from
from trustboard.citydata import CityData
from trustboard.exports import filters_sentence
from trustboard.figures import can_draw, sketch_of
from trustboard.indicator import Indicator
from trustboard.query import Query
from trustboard.tidy import CannotMeasure
from trustboard.ui import data
from trustboard.ui.chart_block import chart, chart_block
from trustboard.ui.escape import shorten, text
from trustboard.ui.forms import FORM, MARKED
from trustboard.ui.frame import absent_files, embedded, headline, html, reach
from trustboard.ui.framed import foot, foot_html, lead
from trustboard.ui.html_table import measured_table
from trustboard.ui.marks import promise_marks
from trustboard.ui.one_form import form_asked
from trustboard.ui.one_part import show_one_part
from trustboard.ui.one_verdict import show_one_verdict
from trustboard.ui.one_world import show_one_world
from trustboard.ui.replay import replayed
from trustboard.ui.row_links import row_links
from trustboard.ui.take_away import figure_name
from trustboard.view import only
from trustboard.wording import answer

#: What an address may hold besides the question.
_NOT_ASKED: Final = frozenset({"city", "indicator", "embed", "embed_options", "pin", FORM, MARKED})


def show_one_chart(city: CityData) -> None:
    """Show the chart that the address names, whole or as a frame shows it."""
    with st.container(key="framed") if embedded() else nullcontext():
        _one_of_all(city)


def _one_of_all(city: CityData) -> None:
    if "commitment" in st.query_params:
        show_one_verdict(city)
    elif "quality" in st.query_params:
        show_one_part(city)
    elif "method" in st.query_params:
        show_one_world(city)
    else:
        _measured_chart(city)


def _measured_chart(city: CityData) -> None:
    name = only(st.query_params.get_all("indicator"))
    indicator = indicator_named(name)
    if indicator is None:
        _nothing(city, name)
        return
    query, notes = query_from(_pairs(), indicator, city)
    form = form_asked(city, indicator, query, framed=embedded())
    notes = (*notes, *form.notes)
    html(*(f'<p class="tb-note" role="status">{text(one)}</p>' for one in notes))
    if not embedded():
        headline(*_heading(city, indicator, query), kicker=city.city.name)
        absent_files(city)
    if form.draw is not None:
        form.draw()
    elif embedded():
        _framed(city, indicator, query)
    else:
        chart_block(city, indicator.id, query=query)


def _pairs() -> list[tuple[str, str]]:
    names = [name for name in st.query_params if name not in _NOT_ASKED]
    return [(name, value) for name in names for value in st.query_params.get_all(name)]


def _nothing(city: CityData, name: str) -> None:
    """Say that there is no such chart; another one in its place would be taken for it."""
    headline("There is no such chart", "No other is shown in its place.", kicker=city.city.name)
    said = (
        f"The address asked for “{shorten(name, longest=40)}”, which is not here. " if name else ""
    )
    if len(set(st.query_params.get_all("indicator"))) > 1:
        said = "The address names more than one question. "
    html(
        f'<p class="tb-note" role="status">{text(said)}A chart’s address names its question, as in '
        "<code>chart?city=riverbend&amp;indicator=findings&amp;by=year</code>. "
        '<a href="api">All questions are listed here</a>.</p>'
    )


def _heading(city: CityData, indicator: Indicator, query: Query) -> tuple[str, str]:
    """Give the title, which names what is counted as one, and what is filtered."""
    found = data.measured(city.slug, city.data_hash, indicator.id, query)
    if isinstance(found, CannotMeasure):
        return indicator.title, indicator.question
    return found.title, f"{filters_sentence(found)} {reach(city)}."


def _framed(city: CityData, indicator: Indicator, query: Query) -> None:
    """Show a chart as another site's frame shows it: all it needs, and nothing around it."""
    found = data.measured(city.slug, city.data_hash, indicator.id, query)
    marks = promise_marks(city, indicator.id)

    def draw() -> None:
        if isinstance(found, CannotMeasure):
            html(f"<h1>{text(found.question)}</h1>", f"<p>Cannot tell: {text(found.why)}.</p>")
        else:
            question, said, shown = map(text, lead(found))
            html(f"<h1>{question}</h1>", f'<p class="tb-answer">{said}</p>')
            html(f'<p class="tb-unit">{shown}</p>')
            name = figure_name(city, indicator.id, query)
            if can_draw(found):
                drawn = sketch_of(found, statements=marks)
                chart(drawn, alt=f"{found.title}. {answer(found)}", name=name)
            else:
                html(measured_table(found, row_links(city, found, query)))
        html(foot_html(foot(city, indicator, query, found)))

    replayed("framed", city, indicator.id, repr(query), repr(marks), draw=draw)
