"""Documented outreach events, one by one, to take away: a list, never a count.

What a page lists and what its file holds are the same rows: both ask `listed_events`.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from trustboard import terms
from trustboard.citydata import CityData
from trustboard.exports.addressing import pairs_text, query_pairs
from trustboard.exports.citing import Citation, named_citation
from trustboard.exports.describing import About, in_lines, of_source, only_sentence, place_line
from trustboard.exports.fields import FIELDS, with_wording
from trustboard.exports.naming import file_name
from trustboard.groups import districts_of, names_of, places_of
from trustboard.pins import pin_of
from trustboard.provenance import filter_words, source_line
from trustboard.query import Query
from trustboard.whereabouts import lies_in

#: What an events list can be narrowed by, besides days.
GROUPS: Final = ("place", "district")
#: The page that lists them.
PAGE: Final = "outreach"
TITLE: Final = "Outreach events documented, one by one"
NOT_COMPLETE: Final = (
    "Nobody claims that this list is complete, so it is never a rate or a trend: an event that is "
    "not listed may have been held."
)
_COLUMNS: Final = {
    "line": "the line in the published file",
    "held_on": "the day; of a date known to the month or the year, the first one of it",
    "event_status": "what is known of whether it took place",
    "evidence": "; ".join(f"{word}: {meaning}" for word, meaning in terms.EVIDENCE.items()),
    "place": "the name of place_id",
    "publisher": "who published the document that names the event",
    "url": "the address of that document",
    "repeated": "whether the row may be a duplicate of one before it",
}


def listed_events(city: CityData, query: Query) -> pd.DataFrame | None:
    """Give the documented events of the places, districts and days asked for, newest first.

    All columns of the city's table; None if the city has none. An event without a district lies in
    those of its place.
    """
    events = city.frame("outreach")
    if events is None:
        return None
    kept = pd.Series(True, index=events.index)
    nowhere = pd.Series(None, index=events.index, dtype="str")
    where, district = (events.get(f"{name}_id", nowhere) for name in GROUPS)
    places, districts = (query.kept(name) for name in GROUPS)
    if places:
        kept &= where.isin(places)
    if districts:
        inside = [one for one, homes in lies_in(city).items() if homes & set(districts)]
        kept &= district.isin(districts) | (district.isna() & where.isin(inside))
    if query.from_ is not None:
        kept &= events["held_on"] >= pd.Timestamp(query.from_)
    if query.to is not None:
        kept &= events["held_on"] <= pd.Timestamp(query.to)
    return events[kept].sort_values("held_on", ascending=False, kind="stable")


def known_in(city: CityData, group: str) -> list[str]:
    """List the ids of places or districts that events can be narrowed by."""
    described = places_of(city) if group == "place" else districts_of(city)
    named = city.tables["outreach"].words(f"{group}_id") if "outreach" in city.tables else ()
    return list(dict.fromkeys([*described, *sorted(named)]))


def event_rows(city: CityData, query: Query) -> pd.DataFrame | None:
    """Give the same rows with the columns that may be taken away: no free text, nothing personal.

    `place` and `publisher` stand beside the columns of a download of rows.
    """
    events = listed_events(city, query)
    if events is None:
        return None
    if "place_id" in events:
        ids = events["place_id"].dropna().unique().tolist()
        events = events.assign(place=events["place_id"].map(names_of(city, "place", ids)))
    wanted = with_wording(FIELDS["outreach"], events.columns)
    for name, before in (("place", "district_id"), ("publisher", "url")):
        if name in events:
            at = wanted.index(before) if before in wanted else len(wanted)
            wanted.insert(at, name)
    return events[wanted].reset_index(drop=True)


def is_complete(city: CityData) -> bool:
    """Say whether the source of the events claims to hold all of them."""
    coverage = city.tables["outreach"].spec.coverage
    return coverage is None or coverage.complete


def limits_of(city: CityData) -> tuple[str, ...]:
    """Say what the list cannot show: first of all that nobody claims it to be complete."""
    spec = city.tables["outreach"].spec
    missing = () if spec.coverage is None else spec.coverage.missing
    return (
        *(() if is_complete(city) else (NOT_COMPLETE,)),
        *spec.notes,
        *((f"Left out: {'; '.join(missing)}.",) if missing else ()),
    )


def events_name(city: CityData, query: Query) -> str:
    """Name a file of the list: city, events, and what was chosen."""
    return file_name(city, "outreach-events-listed", query)


def events_path(city: CityData, query: Query) -> str:
    """Give the address of the page that lists just these events, as seen from the site's root."""
    pairs = [("city", city.slug), *query_pairs(query), ("pin", pin_of(city))]
    return f"{PAGE}?{pairs_text(pairs)}"


def about_events(city: CityData, query: Query, *, link: str = "") -> About:
    """Say what a reader needs to judge and cite the list. Only of a city that has such a table."""
    table = city.tables["outreach"]
    pairs = [
        ("Title", TITLE),
        ("City", place_line(city)),
        ("Filters", events_filters(city, query)),
        *((f"Column {name}", words) for name, words in _COLUMNS.items()),
        *(("Read with care", one) for one in limits_of(city)),
        ("Source", source_line(table)),
        *of_source(table.spec.source),
        ("Data to", city.as_of.isoformat()),
        ("Data hash", f"sha256 {city.data_hash}"),
        ("Link", link),
        ("Citation", events_citation(city, query, link).plain),
    ]
    return in_lines(pairs)


def events_filters(city: CityData, query: Query) -> str:
    """Say in one sentence what was filtered."""
    every = "Nothing is filtered: every event in the table."
    return only_sentence(filter_words(city, query), nothing=every)


def events_citation(city: CityData, query: Query, link: str = "") -> Citation:
    """Cite the list, with what it was narrowed by."""
    chosen = "; ".join(filter_words(city, query))
    what = TITLE + (f" ({chosen})" if chosen else "")
    sources = (source_line(city.tables["outreach"]),)
    return named_citation("events", what, city, sources=sources, link=link)
