"""The documented outreach events of a city, one by one: also where they must not be counted."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, files, replies
from trustboard.api.measures import records
from trustboard.api.naming import city_of, home
from trustboard.api.once import Later
from trustboard.api.problems import ProblemError, nothing, refused, shown
from trustboard.api.values import head_of, source_values
from trustboard.citydata import CityData
from trustboard.exports import events
from trustboard.query import Query

FORMATS: Final = ("json", *files.MEDIA)
PARAMETERS: Final = ("from", "to", *events.GROUPS, "format", "about")


def listed(request: Request) -> Response | Later:
    """Answer `/{city}/events`: documented events, whole, as JSON or as a file."""
    opened, given = city_of(request), request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    form = asked.one_of(given, "format", FORMATS)
    header = asked.one_of(given, "about", ("yes", "no")) == "yes"
    query = _query(request, opened.city)
    rows = _rows(opened.city, query)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    link = f"{home(request)}/{events.events_path(opened.city, query)}"
    if form == "json":
        body = replies.as_json(_values(opened.city, query, rows, link))
        return replies.send(body, edition=opened.edition)
    return files.send_list(
        request,
        rows,
        events.about_events(opened.city, query, link=link),
        name=events.events_name(opened.city, query),
        form=form,
        header=header,
        edition=opened.edition,
        city=opened.city,
    )


def _query(request: Request, city: CityData) -> Query:
    """Read which events are wanted. Raises a `ProblemError` that names what is wrong with it."""
    given = request.query_params
    first, last = asked.day(given, "from"), asked.day(given, "to", last=True)
    if first and last and first > last:
        raise nothing("from", f"No day lies between: {first} is after {last}.")
    filters = []
    for name in events.GROUPS:
        ids = tuple(dict.fromkeys(given.getlist(name)))
        known = events.known_in(city, name) if ids else []
        strange = [one for one in ids if one not in known]
        if strange:
            raise nothing(name, f"There is no {name} {shown(strange[0])} here.", allowed=known)
        filters += [(name, ids)] if ids else []
    return Query(from_=first, to=last, filters=tuple(filters))


def _rows(city: CityData, query: Query) -> pd.DataFrame:
    """List them. Raises a `ProblemError` where none are published, or too many for one answer."""
    rows = events.event_rows(city, query)
    if rows is None:
        raise ProblemError(404, "No outreach events are published here one by one.")
    if len(rows) > asked.MOST_ROWS:
        words = f"{len(rows):,} events are listed; {asked.MOST_ROWS:,} is the most."
        raise refused("from", f"{words} Ask for fewer days or places.")
    return rows


def _values(city: CityData, query: Query, rows: pd.DataFrame, link: str) -> dict[str, Any]:
    cited = events.events_citation(city, query, link)
    return {
        **head_of(city),
        "title": events.TITLE,
        "filters_sentence": events.events_filters(city, query),
        "complete": events.is_complete(city),
        "read_with_care": list(events.limits_of(city)),
        "sources": [source_values(city.tables["outreach"].spec.source)],
        "link": link,
        "citation": cited.plain,
        "bibtex": cited.bibtex,
        "total": len(rows),
        "rows": records(rows),
    }
