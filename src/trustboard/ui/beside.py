"""Chosen places beside the rest of their city: one table of numbers, then each over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from trustboard.beside import REST, times_the_rest
from trustboard.citydata import CityData
from trustboard.figures import sketch_of, sketch_panels
from trustboard.indicator import catalogue
from trustboard.listing import together
from trustboard.query import Query, QueryError
from trustboard.tidy import CannotMeasure, Measured, lines_of
from trustboard.ui import data
from trustboard.ui.chart_block import ask, show_measured
from trustboard.ui.escape import text
from trustboard.ui.files import csv_address
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.limits import Tell
from trustboard.ui.marks import promise_marks
from trustboard.ui.missing import why_missing
from trustboard.ui.refused import refused
from trustboard.ui.row_links import row_links
from trustboard.ui.take_away import figure_name, take_away
from trustboard.view import Asked, View
from trustboard.view import ask as ask_of
from trustboard.wording.places import beside_answer, beside_cell, times_answer

COMPARED: Final = (
    "complaints-per-10000",
    "sustained-within-12-months",
    "closed-within-180-days",
    "outreach-per-10000",
)


def side_by_side(city: CityData, view: View, places: Sequence[str]) -> None:
    """Show the main numbers of each place and of the rest as a table, with how they compare."""
    rest, offered = f"the rest of {city.city.name}", data.offered(city)
    rows, said = [], []
    heads = ["Number"]
    for indicator in COMPARED:
        asked = _with_rest(ask_of(view, indicator, offered=offered), places)
        found, query = _measured(city, asked), asked.query
        if not isinstance(found, Measured):
            continue
        heads = ["Number", *(found.label("place", row["place"]) for row in lines_of(found))]
        rows.append(_line(city, found, query))
        if found.kind == "rate":
            tests = {found.label("place", p): t for p, t in times_the_rest(found).items()}
            said += [times_answer(tests, what=found.title, rest=rest)] if tests else []
    if not rows:
        return
    whose = together(heads[1:-1])
    verb = "do" if len(places) > 1 else "does"
    ask(f"How {verb} {whose} compare with {rest}?", " ".join(said))
    caption = (
        "In brackets: how far chance alone could move the number, 95 times in 100. Each underlined "
        "number leads to its rows"
    )
    html(html_table(heads, rows, caption=caption, cells_are_html=True, long_text=True))
    next_one = " The next chart allows for that." if city.has("places.population") else ""
    html(
        '<p class="tb-soft">Ranges that do not overlap are no proof: among many places a few stand '
        f"out by chance every year.{next_one}</p>"
    )


def _line(city: CityData, found: Measured, query: Query) -> list[str]:
    """Write one number of each place and of the rest, with the links to its file and its rows."""
    linked = row_links(city, found, query)
    csv = text(csv_address(city, found.indicator, query))
    named = f'<a href="{csv}" aria-label="CSV: {text(found.title)}">CSV</a>'
    cells = [f"{text(found.title)}<br>{named}"]
    for place, row in enumerate(lines_of(found)):
        counts = " of ".join(numbers[place] for numbers in linked.values())
        few = row["state"] == "too_few"  # the counts stand below
        said = "too few to tell" if few else text(beside_cell(row, kind=found.kind))
        cells.append(f'{said}<br><span class="tb-soft">Counted: {counts}</span>')
    return cells


def over_time(
    city: CityData, view: View, indicator: str, places: Sequence[str], *, tell: Tell
) -> None:
    """Show one number over the years for each place and the rest, in panels on one scale.

    Where no rate can be given the counts of the places are shown, and why.
    """
    asked = ask_of(view, indicator, by=("year",), offered=data.offered(city))
    asked = _with_rest(asked, places)
    found = _measured(city, asked)
    count = _count_of(indicator)
    if isinstance(found, CannotMeasure) and count:
        _counts(city, view, count, places, tell=tell)
        return
    if found is None or isinstance(found, CannotMeasure):
        ask(catalogue()[indicator].question)
        if found is not None:
            why_missing(city, found)
        return
    drawn = found.table[found.table["place"].isin(places)]
    if drawn["value"].isna().all() and count:
        _counts(city, view, count, places, tell=tell)
        return
    show_measured(
        found,
        draw=sketch_of,
        said=_latest(found),
        care=tell(found.caveats),
        notes=asked.notes,
        take=take_away(city, found.indicator, asked.query),
        name=figure_name(city, found.indicator, asked.query),
        linked=row_links(city, found, asked.query),
    )


def _count_of(rate: str) -> str:
    """Name what is counted where a rate cannot be given; nothing where the number is no rate."""
    return next((one.id for one in catalogue().values() if one.per_resident == rate), "")


def _counts(
    city: CityData, view: View, indicator: str, places: Sequence[str], *, tell: Tell
) -> None:
    """Show raw counts of the places, one panel each where there are several."""
    chosen = replace(view, place=tuple(places[:1]), vs=tuple(places[1:]), show="counts")
    asked = ask_of(chosen, indicator, by=("year",), offered=data.offered(city))
    found = _measured(city, asked)
    if not isinstance(found, Measured):
        ask(catalogue()[indicator].question)
        if found is not None:
            why_missing(city, found)
        return
    single = partial(sketch_of, statements=promise_marks(city, indicator))
    note = "Counts only: no rate can be given here, or too few were counted for one."
    show_measured(
        found,
        draw=sketch_panels if asked.compared else single,
        care=tell(found.caveats),
        notes=(*asked.notes, note),
        take=take_away(city, indicator, asked.query),
        name=figure_name(city, indicator, asked.query),
        linked=row_links(city, found, asked.query),
    )


def _latest(found: Measured) -> str:
    """Say the numbers of the latest year that can be judged for the city."""
    lines = lines_of(found)
    judged = [row["period"] for row in lines if row["place"] == REST and row["state"] == "ok"]
    if not judged:
        return ""
    year = judged[-1]
    named = {found.label("place", row["place"]): row for row in lines if row["period"] == year}
    return f"In {year}, {beside_answer(named, kind=found.kind, unit=found.unit)}"


def _with_rest(asked: Asked, places: Sequence[str]) -> Asked:
    """Ask the same of some places and of the rest of their city."""
    filters = (*asked.query.filters, ("place", tuple(places)))
    by = (*asked.query.by, "place")
    return replace(asked, query=replace(asked.query, by=by, filters=filters, rest="beside"))


def _measured(city: CityData, asked: Asked) -> Measured | CannotMeasure | None:
    """Measure; a question that cannot be asked of this city is answered with why."""
    try:
        return data.measured(city.slug, city.data_hash, asked.indicator, asked.query)
    except QueryError as refusal:
        html(refused(city, asked.query, refusal))
        return None
