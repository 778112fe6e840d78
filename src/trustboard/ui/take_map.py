"""How to take the map of a city's places away: its numbers where there are any, and the picture."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.exports import file_name
from trustboard.exports.citing import named_citation
from trustboard.pins import pin_of
from trustboard.provenance import source_line
from trustboard.query import Query
from trustboard.tidy import Measured
from trustboard.ui.copying import cited_texts, copy_citation, link_to, save_chart, take_row
from trustboard.ui.files import package_address
from trustboard.ui.pages import NEIGHBORHOODS, address_of
from trustboard.ui.site import home
from trustboard.ui.take_away import take_away

_COUNTED: Final = "complaints-received"


def map_name(city: CityData, query: Query) -> str:
    """Name the file of a saved map."""
    return file_name(city, _COUNTED, query, part="map")


def take_map(city: CityData, query: Query, found: Measured | None, *, drawn: bool) -> str:
    """Give, as HTML, the numbers of a map as files, where it has some; and what can be saved.

    `found` is what shades it, `drawn` says whether there is a picture. A map without numbers shows
    the places as the Data Package lists them.
    """
    if found is not None:
        chosen = f" ({'; '.join(found.filters)})" if found.filters else ""
        title = f"{found.title} by {city.city.places.singular}: darker means more{chosen}"
        return take_away(
            city, _COUNTED, query, drawn=drawn, name=map_name(city, query), title=title
        )
    asked = urlencode({"city": city.slug, "pin": pin_of(city)})
    link = f"{home()}/{address_of(NEIGHBORHOODS)}?{asked}"
    title = f"The {city.city.places.plural} of {city.city.name}, without numbers"
    places = city.tables.get("places")
    sources = () if places is None else (source_line(places),)
    cited = named_citation("map", title, city, sources=sources, link=link)
    links = [
        link_to(package_address(city), "The places as CSV, in the Data Package"),
        *(save_chart() if drawn else ()),
        copy_citation(),
    ]
    texts = cited_texts(cited, link=link)
    picture = (map_name(city, query), title)
    return take_row(links, texts, label=title, summary="Cite", picture=picture)
