"""The list of a city's places: by which name an address asks for each, and who lives there."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, files, replies
from trustboard.api.measures import records
from trustboard.api.naming import city_of, home
from trustboard.api.once import Later
from trustboard.api.problems import ProblemError
from trustboard.api.values import head_of, source_values
from trustboard.citydata import CityData
from trustboard.exports import places

FORMATS: Final = ("json", *files.MEDIA)
PARAMETERS: Final = ("format", "about")


def listed(request: Request) -> Response | Later:
    """Answer `/{city}/places`: every listed place, as JSON or as a file."""
    opened, given = city_of(request), request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    form = asked.one_of(given, "format", FORMATS)
    header = asked.one_of(given, "about", ("yes", "no")) == "yes"
    rows = places.place_rows(opened.city)
    if rows is None:
        raise ProblemError(404, "No list of places is published here.")
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    link = f"{home(request)}/{places.places_path(opened.city)}"
    if form == "json":
        body = replies.as_json(_values(opened.city, rows, link))
        return replies.send(body, edition=opened.edition)
    return files.send_list(
        request,
        rows,
        places.about_places(opened.city, link=link),
        name=f"{opened.city.slug}-places",
        form=form,
        header=header,
        edition=opened.edition,
        city=opened.city,
    )


def _values(city: CityData, rows: pd.DataFrame, link: str) -> dict[str, Any]:
    cited = places.places_citation(city, link)
    return {
        **head_of(city),
        "title": places.places_title(city),
        "read_with_care": list(places.limits_of(city)),
        "sources": [source_values(city.tables["places"].spec.source)],
        "link": link,
        "citation": cited.plain,
        "bibtex": cited.bibtex,
        "total": len(rows),
        "rows": records(rows),
    }
