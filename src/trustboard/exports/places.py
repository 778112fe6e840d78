"""The list of a city's places to take away: names, residents, and where the map draws each."""

from __future__ import annotations

from typing import Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports.addressing import pairs_text
from trustboard.exports.citing import Citation, named_citation
from trustboard.exports.describing import About, in_lines, of_source, place_line
from trustboard.exports.fields import FIELDS
from trustboard.pins import pin_of
from trustboard.provenance import source_line

#: The page that shows them.
PAGE: Final = "neighborhoods"
_COLUMNS: Final = {
    "line": "the line in the published file",
    "place_id": "by which addresses name the place, as in place=…",
    "population": "residents; empty where nobody publishes them",
    "rates_ok": "whether residents are known well enough for a rate",
    "tile_row": "the row of its square, counted from the top, where a map is drawn in squares",
    "tile_col": "its column, counted from the left",
}


def place_rows(city: CityData) -> pd.DataFrame | None:
    """Give every listed place in the order of the published file; None if no list is published."""
    places = city.frame("places")
    if places is None:
        return None
    wanted = [name for name in FIELDS["places"] if name in places]
    return places[wanted].reset_index(drop=True)


def places_title(city: CityData) -> str:
    """Say what the list is."""
    return f"The {city.city.places.plural} of {city.city.name}"


def places_path(city: CityData) -> str:
    """Give the address of the page that shows these places, as seen from the site's root."""
    return f"{PAGE}?{pairs_text([('city', city.slug), ('pin', pin_of(city))])}"


def limits_of(city: CityData) -> tuple[str, ...]:
    """Say what must be known of the list before it is used."""
    note = city.city.places.population_note
    return tuple(filter(None, (note, *city.tables["places"].spec.notes)))


def about_places(city: CityData, *, link: str = "") -> About:
    """Say what a reader needs to judge and cite the list. Only of a city that has such a table."""
    table, rows = city.tables["places"], place_rows(city)
    there = () if rows is None else tuple(rows)
    pairs = [
        ("Title", places_title(city)),
        ("City", place_line(city)),
        *((f"Column {name}", words) for name, words in _COLUMNS.items() if name in there),
        *(("Read with care", one) for one in limits_of(city)),
        ("Source", source_line(table)),
        *of_source(table.spec.source),
        ("Data hash", f"sha256 {city.data_hash}"),
        ("Link", link),
        ("Citation", places_citation(city, link).plain),
    ]
    return in_lines(pairs)


def places_citation(city: CityData, link: str = "") -> Citation:
    """Cite the list."""
    sources = (source_line(city.tables["places"]),)
    return named_citation("places", places_title(city), city, sources=sources, link=link)
