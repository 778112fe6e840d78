"""Which cities and indicators there are, and what each city's numbers rest on."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, __version__, shared
from trustboard.api import asked, replies
from trustboard.api.naming import address, city_of
from trustboard.api.values import source_values
from trustboard.citydata import CityData, Table
from trustboard.errors import CannotRunError
from trustboard.exports import data_to
from trustboard.groups import districts_of, names_of, places_of
from trustboard.indicator import Indicator, catalogue
from trustboard.pins import pin_of

#: What may follow a city's address, besides its measures.
PARTS = (
    "places",
    "events",
    "commitments",
    "verdicts",
    "history",
    "sources",
    "quality",
    "changes",
    "package",
)
FEEDS = ("verdicts", "data")


def cities(request: Request) -> Response:
    """Answer `/cities`."""
    asked.known_only(request.query_params, ())
    rows, editions = [], []
    for slug in shared.slugs():
        try:
            opened = shared.opened(slug)
        except CannotRunError:
            rows.append({"city": slug, "cannot_be_opened": True})
            continue
        editions.append(opened.edition)
        rows.append({**_summary(opened.city), "link": address(request, slug)})
    edition = hashlib.sha256(repr((rows, editions)).encode()).hexdigest()[:32]
    had = replies.already_there(request, edition)
    return had or replies.send(replies.as_json({"cities": rows}), edition=edition)


def city(request: Request) -> Response:
    """Answer `/{city}`: what it is, what can be asked of it, and where."""
    asked.known_only(request.query_params, asked.OF_CITY)
    opened = city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    one = opened.city
    links = {name: address(request, one.slug, name) for name in PARTS}
    links |= {f"feed of {n}": address(request, one.slug, "feeds", f"{n}.atom") for n in FEEDS}
    values = {
        **_summary(one),
        "about": one.city.about,
        "indicators": [_indicator(request, i, one) for i in catalogue().values()],
        "places": names_of(one, "place", places_of(one)),
        "districts": names_of(one, "district", districts_of(one)),
        "links": links,
    }
    return replies.send(replies.as_json(values), edition=opened.edition)


def sources(request: Request) -> Response:
    """Answer `/{city}/sources`: publishers, licences, hashes, and where every row went."""
    asked.known_only(request.query_params, asked.OF_CITY)
    opened = city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    one = opened.city
    values = {
        **_summary(one),
        "tables": [_table(table) for table in one.tables.values()],
        "not_on_this_machine": list(one.absent),
        "how_to_get": one.city.how_to_get,
        "publications": [p.model_dump(mode="json") for p in one.city.publications],
        "problems": len(one.problems),
    }
    return replies.send(replies.as_json(values), edition=opened.edition)


def indicators(request: Request) -> Response:
    """Answer `/indicators`: every question that published rows can answer."""
    asked.known_only(request.query_params, ())
    rows = [_described(one) for one in catalogue().values()]
    edition = f"{__version__}-{METHOD_VERSION}"
    had = replies.already_there(request, edition)
    return had or replies.send(replies.as_json({"indicators": rows}), edition=edition)


def _summary(one: CityData) -> dict[str, Any]:
    return {
        "city": one.slug,
        "name": one.city.name,
        "region": one.city.region,
        "invented": one.city.fictional,
        "as_of": data_to(one),
        "data_hash": one.data_hash,
        "method_version": METHOD_VERSION,
        "pin": pin_of(one),
    }


def _described(one: Indicator) -> dict[str, Any]:
    return {
        "indicator": one.id,
        "title": one.title,
        "question": one.question,
        "unit": one.unit,
        "denominator": one.denominator,
        "split_by": [*(p for p in one.periods if p != "all"), *one.by],
        "counted_by": list(one.units),
        "method": one.method,
    }


def _indicator(request: Request, one: Indicator, of: CityData) -> dict[str, Any]:
    return {
        "indicator": one.id,
        "title": one.title,
        "question": one.question,
        "not_published": [need for need in one.needs if not of.has(need)],
        "link": address(request, of.slug, "measures", one.id),
    }


def _table(table: Table) -> dict[str, Any]:
    coverage, account = table.spec.coverage, table.accounting
    return {
        "table": table.name,
        "one_row_is": table.spec.unit,
        **source_values(table.spec.source),
        "file": table.file,
        "sha256": table.sha256,
        "covers": None if coverage is None else {"from": coverage.from_, "to": coverage.to},
        "complete": None if coverage is None else coverage.complete,
        "leaves_out": [] if coverage is None else list(coverage.missing),
        "breaks": [
            {"on": one.on, "why": one.why, "words": list(one.words)} for one in table.spec.breaks
        ],
        "rows": {
            "read": account.read,
            "kept": account.kept,
            "kept_aside": account.quarantined,
            "dropped": account.dropped,
            "possible_duplicates": account.possible_duplicates,
        },
        "checked_against": table.spec.verified,
        "notes": list(table.spec.notes),
    }
