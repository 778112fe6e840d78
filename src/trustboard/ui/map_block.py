"""Where the places of a city lie, shaded by complaints, with what each shade stands for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports import filters_sentence
from trustboard.listing import together
from trustboard.query import Query, QueryError
from trustboard.tidy import Measured, lines_of, plain_rows
from trustboard.ui import data
from trustboard.ui.chart_block import ask, chart, folded, source_lines
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.map_key import map_key, off_the_map
from trustboard.ui.place_map import draw_map, map_places, places_drawn
from trustboard.ui.take_map import map_name, take_map
from trustboard.view import View
from trustboard.view import ask as ask_of
from trustboard.wording import whole


def where_is(city: CityData, view: View, places: Sequence[str]) -> None:
    """Show the map, shaded by complaints where they are published, its key, and a table."""
    asked = ask_of(view, "complaints-received", by=("place",))
    found = _counts(city, asked.query)
    drawn = map_places(city, None if found is None else found.table[["place", "n"]])
    names = [data.offered(city).profiled[one] for one in places]
    verb, they = ("is", "It has") if len(names) == 1 else ("are", "They have")
    whose = together(names) if names else f"the {city.city.places.plural}"
    shaded = "Darker means more complaints in all; places with more residents have more."
    nothing = "Nothing is shaded: complaints by place are not published."
    framed = f"{they} the heavy frame. " if names else ""
    ask(f"Where {verb} {whose}?", framed + (shaded if found is not None else nothing))
    figure = draw_map(city, drawn, chosen=places)
    if figure is None:
        html("<p>No map of these places can be drawn here; the table lists them.</p>")
    else:
        marked = f" with {whose} marked" if names else ""
        alt = f"Map of {city.city.name}{marked}. The key and the table say the same."
        chart(figure, alt=alt, name=map_name(city, asked.query))
    key = "" if figure is None or found is None else _key(city, found, drawn, query=asked.query)
    source = "" if found is None else source_lines(found.sources)
    take = take_map(city, asked.query, found, drawn=figure is not None)
    html(key, folded("The map in words", _table(city, drawn)), take, source, _note(city))


def _counts(city: CityData, query: Query) -> Measured | None:
    """Count the complaints of each place; None where they cannot be told by place."""
    try:
        found = data.measured(city.slug, city.data_hash, "complaints-received", query)
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


def _table(city: CityData, drawn: pd.DataFrame) -> str:
    rows = [
        [row["name"], row["short"], whole(row["n"]) if pd.notna(row["n"]) else "–"]
        for row in plain_rows(drawn)
    ]
    heads = [city.city.places.singular.capitalize(), "On the map", "Complaints"]
    caption = f"Every {city.city.places.singular} on the map"
    return html_table(heads, rows, caption=caption, numeric=[2])


def _note(city: CityData) -> str:
    note = city.city.places.population_note
    return f'<p class="tb-soft">{text(note)}</p>' if note else ""
