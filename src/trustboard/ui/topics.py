"""The pieces that the topic pages are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from trustboard.citydata import CityData
from trustboard.figures import published_over_time, sketch_of
from trustboard.query import Query
from trustboard.tidy import CannotMeasure, Measured
from trustboard.ui import data
from trustboard.ui.chart_block import ask, chart, chart_block, show_measured
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.limits import to_tell
from trustboard.ui.marks import figure_marks
from trustboard.ui.missing import (
    figures_about,
    show_figures,
    show_publications,
    topic_publications,
    why_missing,
)
from trustboard.ui.replay import replayed
from trustboard.ui.take_away import figure_name, take_away
from trustboard.view import Asked, View
from trustboard.view import ask as ask_of
from trustboard.wording import amount
from trustboard.wording.places import where_answer

SHORTEST_SERIES = 3


def counts_by(
    city: CityData,
    view: View,
    indicator: str,
    period: str,
    *,
    question: str = "",
    repeat: bool = False,
) -> bool:
    """Show a count per year or month as bars, with the dates of promises about it.

    Returns whether it could be measured, so that a page asks no more of what is not published.
    """
    asked = ask_of(view, indicator, by=(period,), offered=data.offered(city))
    return _block(city, asked, question=question, repeat=repeat) is not None


def lines_by(
    city: CityData,
    view: View,
    indicator: str,
    period: str = "year",
    *,
    group: str = "",
    question: str = "",
) -> None:
    """Show a rate, share or duration as lines, one per group."""
    by = (period, group) if group else (period,)
    _block(city, ask_of(view, indicator, by=by, offered=data.offered(city)), question=question)


def bars_by(city: CityData, view: View, indicator: str, group: str, *, question: str = "") -> None:
    """Show one bar per group over the whole period."""
    _block(
        city, ask_of(view, indicator, by=(group,), offered=data.offered(city)), question=question
    )


def panels_by(
    city: CityData, view: View, indicator: str, group: str, *, question: str = ""
) -> None:
    """Show each group's own course over the years in a small panel, on one scale."""
    _block(
        city,
        ask_of(view, indicator, by=("year", group), offered=data.offered(city)),
        question=question,
    )


def _block(
    city: CityData, asked: Asked, *, question: str = "", repeat: bool = False
) -> Measured | None:
    return chart_block(
        city,
        asked.indicator,
        query=asked.query,
        question=question,
        repeat=repeat,
        notes=asked.notes,
    )


def where_outreach_goes(city: CityData, view: View) -> None:
    """Show whether outreach goes where complaints come from: shares side by side, then ranks."""
    asked = ask_of(view, "outreach-where-complaints")
    found = data.measured(city.slug, city.data_hash, asked.indicator, asked.query)
    if isinstance(found, CannotMeasure):
        ask(found.question)
        why_missing(city, found)
        return
    care = to_tell(found.caveats)
    draw = partial(_where_outreach_goes, city, asked, found, care=care)
    replayed("where", city, repr(view), repr(care), draw=draw)


def _where_outreach_goes(
    city: CityData, asked: Asked, found: Measured, *, care: Sequence[str]
) -> None:
    ranks = found.table["measure"] == "rank_agreement"
    shares = replace(found, table=found.table[~ranks].reset_index(drop=True))
    show_measured(
        shares,
        draw=sketch_of,
        said=where_answer(found),
        take=take_away(city, found.indicator, asked.query),
        name=figure_name(city, found.indicator, asked.query),
        notes=asked.notes,
        care=care,
    )


def published_series(city: CityData, topics: Sequence[str]) -> None:
    """Draw the printed figures that form a series of three or more."""
    for topic in topics:
        rows = figures_about(city, topic)
        if "series" not in rows:
            continue
        sizes = rows.dropna(subset=["value"])["series"].value_counts(sort=False)
        for series in sizes.index[sizes >= SHORTEST_SERIES]:
            query = Query(filters=(("series", (str(series),)),))
            found = data.measured(city.slug, city.data_hash, "published-figure", query)
            if isinstance(found, Measured):
                _draw_series(city, found, query)


def _draw_series(city: CityData, found: Measured, query: Query) -> None:
    name = found.label("series", str(found.table["series"].iloc[0]))
    marks = figure_marks(city, frozenset(found.table["figure_id"]))
    html(f"<h3>{text(name)}</h3>", f'<p class="tb-unit">{text(found.unit)}, as printed</p>')
    figure = published_over_time(found, statements=marks)
    first, last = found.table.iloc[0], found.table.iloc[-1]
    said = f"{amount(first['value'])} in {first['period']}, {amount(last['value'])} in "
    saved = figure_name(city, found.indicator, query)
    alt = f"{name}: {said}{last['period']}. The list below has every number."
    chart(figure, alt=alt, name=saved)
    html(take_away(city, found.indicator, query))


def published_instead(city: CityData, topics: Sequence[str], *, question: str) -> None:
    """Show the figures that reports printed about some topics."""
    replayed(
        "printed", city, question, *topics, draw=lambda: _printed_block(city, topics, question)
    )


def _printed_block(city: CityData, topics: Sequence[str], question: str) -> None:
    found = [(topic, figures_about(city, topic)) for topic in topics]
    found = [(topic, rows) for topic, rows in found if len(rows)]
    if not found:
        return
    total = sum(len(rows) for _, rows in found)
    ask(question, f"{total} printed figures were found. They are listed as they were printed.")
    published_series(city, topics)
    for topic, rows in found:
        show_figures(rows, caption=topic.replace("_", " ").capitalize(), open_at_once=total <= 12)
    query = Query(filters=(("topic", tuple(topic for topic, _ in found)),))
    html(take_away(city, "published-figure", query, drawn=False))


def unread_documents(city: CityData, topic: str) -> None:
    """Show which documents about a topic exist or were promised, and could not be read."""
    found = topic_publications(city, topic)
    if not found:
        return
    count = f"{len(found)} document{'s' * (len(found) > 1)}"
    ask(
        "What should be public and could not be read?",
        f"{count} should hold rows or totals about {topic}; none could be read.",
    )
    show_publications(found)
    law = city.city.records_law
    if law is not None:
        html(
            f"<p>Anybody can ask for them under the {text(law.name)} ({text(law.citation)}). "
            f"Whom to ask: {text(law.custodian)}.</p>"
        )
