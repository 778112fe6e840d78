"""Every place against the rest of the city, and where the chosen ones lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from trustboard.against_city import WIDENED, AgainstCity, against_city
from trustboard.citydata import CityData
from trustboard.exports import filters_sentence
from trustboard.figures import Funnel, sketch_funnel
from trustboard.listing import together
from trustboard.query import Query, QueryError
from trustboard.residents import comparable_places
from trustboard.tidy import CannotMeasure, Measured, plain_rows
from trustboard.ui import data
from trustboard.ui.chart_block import TABLE, ask, chart, folded, headed, source_lines
from trustboard.ui.escape import text
from trustboard.ui.forms import DRAWN, FUNNEL, Form, form_foot
from trustboard.ui.frame import html
from trustboard.ui.framed import foot_html
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

INDICATOR: Final = DRAWN[FUNNEL]
_UNIT: Final = "Each dot is a place. Between the lines lies what is expected of places here"


def against_rest(city: CityData, view: View, places: Sequence[str], *, tell: Tell) -> None:
    """Show the funnel: which places stand out by more than chance, the chosen ones marked."""
    asked = ask_of(view, INDICATOR, by=("place",))
    show_funnel(city, asked.query, places, notes=asked.notes, tell=tell)


def show_funnel(
    city: CityData,
    query: Query,
    places: Sequence[str],
    *,
    notes: Sequence[str] = (),
    tell: Tell,
    framed: bool = False,
) -> None:
    """Show the same for a question that is not a view's; `framed`, without what surrounds it."""
    names = [data.offered(city).profiled[one] for one in places]
    rest = f"in {_whose(city, names)} more frequent than in the rest of {city.city.name}?"
    found = _measured(city, query, question=f"Are complaints {rest}")
    if found is None:
        return
    compared = against_city(found, comparable=comparable_places(city))
    saved = figure_name(city, INDICATOR, query)
    counted = found.unit.partition(" per ")[0]
    drawn = _drawn(compared, places, unit=counted)
    limits = _limits(compared, unit=counted)
    form = Form(
        FUNNEL,
        places,
        question=f"Are {counted} {rest}",
        said=_only(found) + _said(compared, places, names, unit=counted),
        unit="" if drawn is None else _UNIT,
        key="" if drawn is None else _key(compared, drawn.key, figure=saved),
        height=0 if drawn is None else drawn.sketch.layout["height"],
        limits=limits[1:],
    )
    html(form.head if framed else _head(form, notes))
    if drawn is not None:
        chart(drawn.sketch, alt=form.said, name=saved)
    table = _funnel_table(compared, unit=counted)
    if framed:
        html(form.key, "" if drawn else table, foot_html(form_foot(city, query, form)))
        return
    every = (*found.caveats, *limits)
    html(
        form.key,
        folded(TABLE, table),
        take_away(city, INDICATOR, query, drawn=drawn is not None, form=form),
        source_lines(found.sources, every, measured=found, care=tell(every)),
    )


def _whose(city: CityData, names: Sequence[str]) -> str:
    return together(names) if names else f"any {city.city.places.singular}"


def _measured(city: CityData, query: Query, *, question: str) -> Measured | None:
    """Measure every place; where that cannot be, say why under the question, and give None."""
    try:
        found = data.measured(city.slug, city.data_hash, INDICATOR, query)
    except QueryError as refusal:
        ask(question)
        html(refused(city, query, refusal))
        return None
    if isinstance(found, CannotMeasure):
        ask(question)
        why_missing(city, found)
        return None
    return found


def _drawn(compared: AgainstCity, places: Sequence[str], *, unit: str) -> Funnel | None:
    if compared.table.empty:
        return None
    return sketch_funnel(compared.table, chosen=places, unit=unit)


def _only(found: Measured) -> str:
    """Begin an answer with what was filtered, if anything was."""
    return f"{filters_sentence(found)} " if found.filters else ""


def _head(form: Form, notes: Sequence[str]) -> str:
    narrowed = "".join(f'<p class="tb-narrow">{text(note)}</p>' for note in notes)
    unit = f'<p class="tb-unit">{text(form.unit)}</p>' if form.unit else ""
    return headed(form.question, form.said) + narrowed + unit


def _said(compared: AgainstCity, places: Sequence[str], names: Sequence[str], *, unit: str) -> str:
    if not places:
        return places_answer(list(compared.table["standing"]))
    many = len(compared.table)
    rows = [(name, compared.row(place)) for place, name in zip(places, names, strict=True)]
    known = [(name, row) for name, row in rows if row is not None]
    within = [(name, row) for name, row in known if row["standing"] == "within"]
    alike = within if len(within) > 1 else []
    said = [
        place_answer(row, name=name, places=many, unit=unit)
        for name, row in known
        if (name, row) not in alike
    ]
    said += [within_answer(alike, unit=unit)] if alike else []
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


def _limits(compared: AgainstCity, *, unit: str) -> tuple[str, ...]:
    """Say what the funnel cannot show, first what no funnel can."""
    said = ["Residents are not the only people that police meet in a place."]
    if unit != "complaints":
        said.append(f"Several {unit} can belong to one complaint, and do not come by chance alone.")
    if compared.overdispersed:
        said.append(WIDENED)
    return tuple(said)


def _funnel_table(compared: AgainstCity, *, unit: str) -> str:
    rows = [
        [row["name"], whole(row["observed"]), amount(round(row["expected"], 1)), row["standing"]]
        for row in plain_rows(compared.table)
    ]
    heads = ["Place", unit.capitalize(), "Expected", "Against chance"]
    caption = "In the city’s own order; “within” means that chance alone could explain it"
    return html_table(heads, rows, caption=caption, numeric=[1, 2])
