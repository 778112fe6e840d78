"""The documented outreach events of a city, one by one: also where they must not be counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, files, replies
from trustboard.api.measures import records
from trustboard.api.naming import city_of, home, this
from trustboard.api.once import Later
from trustboard.api.problems import ProblemError, nothing, refused, shown
from trustboard.api.values import head_of, source_values
from trustboard.citydata import CityData
from trustboard.exports import events
from trustboard.query import Query
from trustboard.shared import Opened

FORMATS: Final = ("json", *files.MEDIA)
PARAMETERS: Final = ("from", "to", *events.GROUPS, "format", "about")


@dataclass(frozen=True, slots=True)
class _Listed:
    """The events asked for; `link` is the full address of the page that lists them."""

    opened: Opened
    query: Query
    rows: pd.DataFrame
    link: str

    @property
    def city(self) -> CityData:
        return self.opened.city


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
    found = _Listed(opened, query, rows=rows, link=link)
    if form == "json":
        return replies.send(replies.as_json(_values(found)), edition=opened.edition)
    send = partial(_file, found, form=form, header=header)
    if form == "csv":
        return send()
    return Later((opened.edition, this(request)), send, lambda answer: answer)


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


def _values(found: _Listed) -> dict[str, Any]:
    city, query = found.city, found.query
    cited = events.events_citation(city, query, found.link)
    return {
        **head_of(city),
        "title": events.TITLE,
        "filters_sentence": events.events_filters(city, query),
        "complete": events.is_complete(city),
        "read_with_care": list(events.limits_of(city)),
        "sources": [source_values(city.tables["outreach"].spec.source)],
        "link": found.link,
        "citation": cited.plain,
        "bibtex": cited.bibtex,
        "total": len(found.rows),
        "rows": records(found.rows),
    }


def _file(found: _Listed, *, form: str, header: bool) -> Response:
    city = found.city
    told = events.about_events(city, found.query, link=found.link)
    return replies.send(
        files.body_of(found.rows, told, form=form, header=header, city=city),
        edition=found.opened.edition,
        media=files.MEDIA[form],
        filename=f"{events.events_name(city, found.query)}.{form}",
    )
