"""How to take the map of a city's places away: its numbers where there are any, and the picture."""

from __future__ import annotations

from typing import Final

from trustboard.citydata import CityData
from trustboard.exports import file_name
from trustboard.exports.citing import named_citation
from trustboard.provenance import source_line
from trustboard.query import Query
from trustboard.tidy import Measured
from trustboard.ui.copying import cited_texts, copy_citation, link_to, save_chart, take_row
from trustboard.ui.files import places_address
from trustboard.ui.forms import DRAWN, MAP, Form, form_embed, form_path
from trustboard.ui.site import home
from trustboard.ui.take_away import take_away

INDICATOR: Final = DRAWN[MAP]


def map_name(city: CityData, query: Query) -> str:
    """Name the file of a saved map."""
    return file_name(city, INDICATOR, query, part="map")


def places_source(city: CityData) -> tuple[str, ...]:
    """Name the source of the list of places; nothing where no list is published."""
    places = city.tables.get("places")
    return () if places is None else (source_line(places),)


def take_map(city: CityData, query: Query, found: Measured | None, *, form: Form) -> str:
    """Give, as HTML, the numbers of a map as files, where it has some; and what can be saved.

    `found` is what shades it, `form` what is drawn, if anything. A map without numbers is taken
    away as the list of its places.
    """
    drawn = bool(form.height)
    if found is not None:
        chosen = f" ({'; '.join(found.filters)})" if found.filters else ""
        title = f"{found.title} by {city.city.places.singular}: darker means more{chosen}"
        name = map_name(city, query)
        return take_away(city, INDICATOR, query, drawn=drawn, name=name, title=title, form=form)
    link = f"{home()}/{form_path(city, query, form, pinned=True)}"
    title = f"The {city.city.places.plural} of {city.city.name}, without numbers"
    cited = named_citation("map", title, city, sources=form.sources, link=link)
    links = [
        link_to(places_address(city, form="csv"), "CSV"),
        link_to(places_address(city, form="xlsx"), "Excel"),
        *(save_chart() if drawn else ()),
        copy_citation(),
    ]
    texts = [
        *cited_texts(cited, link=link),
        *([form_embed(city, query, form)] if drawn else []),
    ]
    picture = (map_name(city, query), title)
    return take_row(
        links, texts, label=title, summary="Cite, embed" if drawn else "Cite", picture=picture
    )
