"""Every place against the rest of the city, and where the chosen ones lie."""

from __future__ import annotations

from collections.abc import Sequence

from trustboard.against_city import WIDENED, AgainstCity, against_city
from trustboard.citydata import CityData
from trustboard.figures import sketch_funnel
from trustboard.listing import together
from trustboard.query import QueryError
from trustboard.residents import comparable_places
from trustboard.tidy import CannotMeasure, plain_rows
from trustboard.ui import data
from trustboard.ui.chart_block import TABLE, ask, chart, folded, headed, source_lines
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.limits import Tell
from trustboard.ui.missing import why_missing
from trustboard.ui.refused import refused
from trustboard.ui.take_away import figure_name, take_away
from trustboard.view import View
from trustboard.view import ask as ask_of
from trustboard.wording import amount, whole
from trustboard.wording.places import (
    no_rate_answer,
    place_answer,
    places_answer,
    within_answer,
)


def against_rest(city: CityData, view: View, places: Sequence[str], *, tell: Tell) -> None:
    """Show the funnel: which places stand out by more than chance, the chosen ones marked."""
    asked = ask_of(view, "complaints-per-10000", by=("place",))
    names = [data.offered(city).profiled[one] for one in places]
    whose = together(names) if names else f"any {city.city.places.singular}"
    question = f"Are complaints in {whose} more frequent than in the rest of {city.city.name}?"
    try:
        found = data.measured(city.slug, city.data_hash, asked.indicator, asked.query)
    except QueryError as refusal:
        ask(question)
        html(refused(city, asked.query, refusal))
        return
    if isinstance(found, CannotMeasure):
        ask(question)
        why_missing(city, found)
        return
    compared = against_city(found, comparable=comparable_places(city))
    said = _said(compared, places, names)
    drawn = not compared.table.empty
    unit = "Each dot is a place. Between the lines lies what is expected of places here"
    chosen = f" ({'; '.join(found.filters)})" if found.filters else ""
    html(
        headed(question, said),
        *(f'<p class="tb-narrow">{text(note)}</p>' for note in asked.notes),
        f'<p class="tb-unit">{text(unit + chosen)}</p>' if drawn else "",
    )
    key = ""
    if drawn:
        counted = found.unit.partition(" per ")[0]
        saved = figure_name(city, asked.indicator, asked.query)
        sketch, numbered = sketch_funnel(compared.table, chosen=places, unit=counted)
        chart(sketch, alt=said, name=saved)
        key = _key(compared, numbered, figure=saved)
    limits = (*found.caveats, *_limits(compared))
    html(
        key,
        folded(TABLE, _funnel_table(compared)),
        take_away(city, asked.indicator, asked.query, drawn=drawn),
        source_lines(found.sources, limits, measured=found, care=tell(limits)),
    )


def _said(compared: AgainstCity, places: Sequence[str], names: Sequence[str]) -> str:
    if not places:
        return places_answer(list(compared.table["standing"]))
    many = len(compared.table)
    rows = [(name, compared.row(place)) for place, name in zip(places, names, strict=True)]
    known = [(name, row) for name, row in rows if row is not None]
    within = [(name, row) for name, row in known if row["standing"] == "within"]
    alike = within if len(within) > 1 else []
    said = [
        place_answer(row, name=name, places=many) for name, row in known if (name, row) not in alike
    ]
    said += [within_answer(alike)] if alike else []
    unknown = [name for name, row in rows if row is None]
    said += [no_rate_answer(unknown)] if unknown else []
    # Above, the rest is the city without any of the chosen places: other numbers, another question.
    each = ["The rest of each is all other places, the chosen ones included."]
    return " ".join(said + each * (len(places) > 1))


def _key(compared: AgainstCity, numbered: Sequence[str], *, figure: str) -> str:
    """Say, as HTML, which places the numbers on a chart stand for.

    The saved picture of the chart (`figure` names it) says the same.
    """
    rows = [(place, compared.row(place) or {}) for place in numbered]
    said = [
        f"<b>{number}</b>&nbsp;{text(row.get('name', place))} ({text(row.get('standing', ''))})"
        for number, (place, row) in enumerate(rows, start=1)
    ]
    if not said:
        return ""
    words = f"Numbers on the chart: {'; '.join(said)}."
    return f'<p class="tb-unit tb-key" data-figure="{text(figure)}">{words}</p>'


def _limits(compared: AgainstCity) -> tuple[str, ...]:
    said = ["Residents are not the only people that police meet in a place."]
    if compared.overdispersed:
        said.append(WIDENED)
    return tuple(said)


def _funnel_table(compared: AgainstCity) -> str:
    rows = [
        [row["name"], whole(row["observed"]), amount(round(row["expected"], 1)), row["standing"]]
        for row in plain_rows(compared.table)
    ]
    heads = ["Place", "Complaints", "Expected", "Against chance"]
    caption = "In the city’s own order; “within” means that chance alone could explain it"
    return html_table(heads, rows, caption=caption, numeric=[1, 2])
