"""Where the places of a city lie, shaded by complaints, with what each shade stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports import filters_sentence
from trustboard.listing import together
from trustboard.query import Query, QueryError
from trustboard.tidy import Measured, lines_of, plain_rows
from trustboard.ui import data
from trustboard.ui.chart_block import chart, folded, headed, source_lines
from trustboard.ui.escape import text
from trustboard.ui.forms import MAP, Form, form_foot
from trustboard.ui.frame import html
from trustboard.ui.framed import foot_html
from trustboard.ui.html_table import html_table
from trustboard.ui.map_key import map_key, off_the_map
from trustboard.ui.place_map import draw_map, map_places, places_drawn
from trustboard.ui.take_map import INDICATOR, map_name, places_source, take_map
from trustboard.view import View
from trustboard.view import ask as ask_of
from trustboard.wording import whole

#: Pixels of a folded piece below a drawing.
_FOLD: Final = 40


def where_is(city: CityData, view: View, places: Sequence[str]) -> None:
    """Show the map, shaded by complaints where they are published, its key, and a table."""
    show_map(city, ask_of(view, INDICATOR, by=("place",)).query, places)


def show_map(city: CityData, query: Query, places: Sequence[str], *, framed: bool = False) -> None:
    """Show the same for a question that is not a view's; `framed`, without what surrounds it."""
    found = _counts(city, query)
    drawn = map_places(city, None if found is None else found.table[["place", "n"]])
    names = [data.offered(city).profiled[one] for one in places]
    figure = draw_map(city, drawn, chosen=places)
    unit = "" if found is None else found.unit
    form = Form(
        MAP,
        places,
        question=_question(city, names),
        said=_said(names, drawn=figure is not None, unit=unit),
        unit="",
        key="" if figure is None or found is None else _key(city, found, drawn, query=query),
        height=0 if figure is None else int(figure.layout.height) + _FOLD,
        sources=places_source(city),
    )
    html(form.head if framed else headed(form.question, form.said))
    if figure is not None:
        marked = f" with {together(names)} marked" if names else ""
        alt = f"Map of {city.city.name}{marked}. The key and the table say the same."
        chart(figure, alt=alt, name=map_name(city, query))
    words = folded("The map in words", _table(city, drawn, unit=unit))
    if framed:
        html(form.key, words, foot_html(form_foot(city, query, form)))
        return
    source = "" if found is None else source_lines(found.sources)
    html(form.key, words, take_map(city, query, found, form=form), source, _note(city))


def _question(city: CityData, names: Sequence[str]) -> str:
    whose = together(names) if names else f"the {city.city.places.plural}"
    return f"Where {'is' if len(names) == 1 else 'are'} {whose}?"


def _said(names: Sequence[str], *, drawn: bool, unit: str) -> str:
    """Say what the map shows; `unit` is what shades it, if anything."""
    if not drawn:
        return "No map of these places can be drawn here; the table lists them."
    they = "It has" if len(names) == 1 else "They have"
    framed = f"{they} the heavy frame. " if names else ""
    if not unit:
        return f"{framed}Nothing is shaded: complaints by place are not published."
    return f"{framed}Darker means more {unit} in all; places with more residents have more."


def _counts(city: CityData, query: Query) -> Measured | None:
    """Count the complaints of each place; None where they cannot be told by place."""
    try:
        found = data.measured(city.slug, city.data_hash, INDICATOR, query)
    except QueryError:
        return None
    return found if isinstance(found, Measured) else None


def _key(city: CityData, found: Measured, drawn: pd.DataFrame, *, query: Query) -> str:
    """Build what stands right below the map: its classes, and what is not on it."""
    ids = places_drawn(city, drawn)
    left = off_the_map(lines_of(found), drawn=ids, names=found.names.get("place", {}))
    said, saved = filters_sentence(found), map_name(city, query)
    parts = [map_key(drawn, drawn=ids, unit=found.unit, about=said, figure=saved)]
    parts += [f'<p class="tb-unit">{text(left)}</p>'] if left else []
    return "".join(parts)


def _table(city: CityData, drawn: pd.DataFrame, *, unit: str) -> str:
    rows = [
        [row["name"], row["short"], whole(row["n"]) if pd.notna(row["n"]) else "–"]
        for row in plain_rows(drawn)
    ]
    place, counted = city.city.places.singular, unit or "complaints"
    heads = [place.capitalize(), "On the map", counted.capitalize()]
    caption = f"Every {place} on the map"
    return html_table(heads, rows, caption=caption, numeric=[2])


def _note(city: CityData) -> str:
    note = city.city.places.population_note
    return f'<p class="tb-soft">{text(note)}</p>' if note else ""
