"""What is wrong with a city's data, and the rows that could not be used."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api import asked, replies
from trustboard.api.changes import TABLES as PUBLISHED
from trustboard.api.files import MEDIA
from trustboard.api.naming import address, city_of, this
from trustboard.api.problems import nothing
from trustboard.api.values import head_of
from trustboard.exports import csv_of_rows
from trustboard.exports.quality import quality_csv, quality_excel, quality_rows
from trustboard.quality import COLUMNS, Part, as_published

TABLES: Final = tuple(COLUMNS)
FORMATS: Final = ("json", *MEDIA)
#: The table that a file holds where none is named: every check and what it found.
ALL_CHECKS: Final = "checks"
PARAMETERS: Final = ("table", "format", "about")


def quality(request: Request) -> Response:
    """Answer `/{city}/quality`: every question with its table, or one of them, also as a file."""
    opened, given = city_of(request), request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    wanted = asked.one_of(given, "table", TABLES) if "table" in given else None
    form = asked.one_of(given, "format", FORMATS)
    header = asked.one_of(given, "about", ("yes", "no")) == "yes"
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    city, found = opened.city, shared.quality(opened.city)
    if form != "json":
        chosen, link = wanted or ALL_CHECKS, this(request)
        if form == "xlsx":
            body = quality_excel(found[chosen], city, link=link)
        else:
            body = quality_csv(found[chosen], city, link=link, header=header)
        name = f"{city.slug}-quality-{chosen}.{form}"
        return replies.send(body, edition=opened.edition, media=MEDIA[form], filename=name)
    parts = [found[wanted]] if wanted is not None else list(found.parts.values())
    values = {
        **head_of(city),
        "tables": [_values(request, city.slug, one) for one in parts],
    }
    return replies.send(replies.as_json(values), edition=opened.edition)


def set_aside(request: Request) -> Response:
    """Answer `/{city}/quality/rows`: a table's rows that are in no number, as published, as CSV."""
    given = request.query_params
    asked.known_only(given, ("table", *asked.OF_CITY))
    asked.needed(given, "table")
    name, opened = asked.one_of(given, "table", PUBLISHED), city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    city = opened.city
    tables = {str(key): table for key, table in city.tables.items()}
    if name not in tables:
        raise nothing("table", f"No table of {name} is here.", allowed=list(tables))
    body = csv_of_rows(as_published(tables[name]))
    filename = f"{city.slug}-{name}-set-aside.csv"
    return replies.send(body, edition=opened.edition, media=MEDIA["csv"], filename=filename)


def _values(request: Request, slug: str, part: Part) -> dict[str, Any]:
    return {
        "table": part.id,
        "question": part.question,
        "answer": part.said,
        "what_is_done": part.action,
        "read_with_care": list(part.limits),
        "sources": list(part.sources),
        "columns": dict(COLUMNS[part.id]),
        "csv": address(request, slug, "quality", table=part.id, format="csv"),
        "rows": quality_rows(part),
    }
