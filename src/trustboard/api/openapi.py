"""The API described for programs: an OpenAPI 3.1 document.

Every indicator has an address of its own in it, since each can be split and filtered by something
else. What the document allows is answered: with numbers, with the reason why there are none, or,
where a city has no such place, with 404.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, __version__, shared
from trustboard.api import asked, cites, files, parameters, replies, schemas
from trustboard.api.naming import ROOT, home
from trustboard.indicator import Indicator, catalogue

_JSON: Final = "application/json"
_CITY: Final = parameters.ref("city")
_PIN: Final = parameters.ref("pin")
_PAGING: Final = [parameters.ref(name) for name in asked.PAGING]
#: Statuses that any address may answer with, and those of addresses that name something.
_ANYWHERE: Final = {
    "304": "Unchanged",
    "400": "Bad",
    "405": "NotAllowed",
    "414": "TooLong",
    "503": "Busy",
}
_ATOM: Final = "application/atom+xml"
_NAMING: Final = {"404": "NotFound"}
_MEASURING: Final = {"403": "TooMuch", **_NAMING}
#: Addresses of a city, besides the measures, whose answer could be too long.
_LONG: Final = frozenset({"/verdicts/rows", "/events"})


def document(request: Request) -> Response:
    """Answer `/openapi.json`."""
    asked.known_only(request.query_params, ())
    cities = shared.slugs()
    named = hashlib.sha256(" ".join(cities).encode()).hexdigest()[:16]
    edition = f"{__version__}-{METHOD_VERSION}-{named}"
    had = replies.already_there(request, edition)
    if had is not None:
        return had
    body = replies.as_json(described(server=home(request) + ROOT, cities=cities))
    return replies.send(body, edition=edition)


def described(*, server: str, cities: Sequence[str]) -> dict[str, Any]:
    """Write the whole document; `server` is the address below which the API answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "TrustBoard",
            "version": __version__,
            "summary": "Public promises, published data, and what they say.",
            "description": "Read only. No key is needed. A request that cannot be answered gets "
            "a problem in JSON that names the parameter and what is allowed.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "paths": {**_of_site(), **_of_city(), **_of_measures()},
        "components": {
            "parameters": parameters.components(cities),
            "schemas": schemas.SCHEMAS,
            "responses": {
                "Unchanged": {"description": "You have this version already."},
                **{name: _problem(words) for name, words in _PROBLEMS.items()},
            },
        },
    }


def _of_site() -> dict[str, Any]:
    return {
        "/cities": _get("cities", "Every city", [], {_JSON: "Cities"}),
        "/indicators": _get("indicators", "Every question", [], {_JSON: "Indicators"}),
        "/method": _get(
            "method",
            "How often the rule for verdicts is right, on invented series",
            parameters.of_method(),
            {_JSON: "Rightness", **dict.fromkeys(map(_plain, files.MEDIA.values()), "")},
        ),
        "/openapi.json": _get("openapi", "This document", [], {_JSON: "OpenApi"}),
    }


_Address: TypeAlias = tuple[str, str, list[dict[str, Any]], dict[str, str]]


def _of_city() -> dict[str, Any]:
    addresses = {**_of_promises(), **_of_data()}
    return {
        f"/{{city}}{path}": _get(
            name, summary, [_CITY, *own], media, more=_MEASURING if path in _LONG else _NAMING
        )
        for path, (name, summary, own, media) in addresses.items()
    }


def _of_promises() -> dict[str, _Address]:
    """Describe what is told of promises: operation, summary, parameters, media."""
    return {
        "/commitments": ("commitments", "The promises", [_PIN], {_JSON: "Commitments"}),
        "/verdicts": (
            "verdicts",
            "What the data say on each promise",
            [*parameters.of_verdicts(), _PIN],
            {_JSON: "Verdicts", "application/ld+json": "Linked"},
        ),
        "/verdicts/rows": (
            "rowsBehind",
            "The rows behind one verdict, all of them",
            [*parameters.of_rows_behind(), _PIN],
            {"text/csv": ""},
        ),
        "/verdicts/table": (
            "verdictTable",
            "The table that the chart of one verdict draws",
            [*parameters.of_verdict_table(), _PIN],
            dict.fromkeys(map(_plain, files.MEDIA.values()), ""),
        ),
        "/history": ("history", "The log of verdicts", _PAGING, {_JSON: "History"}),
        "/feeds/verdicts.atom": ("verdictFeed", "Changes of verdicts", [], {_ATOM: ""}),
    }


def _of_data() -> dict[str, _Address]:
    """Describe what is told of a city and its data, in the same way."""
    return {
        "": ("city", "One city and what can be asked of it", [_PIN], {_JSON: "City"}),
        "/sources": ("sources", "What the numbers rest on", [_PIN], {_JSON: "Sources"}),
        "/places": (
            "places",
            "The list of places: by which id each is asked for, residents, and where it is drawn",
            [parameters.ref("format"), parameters.ref("about"), _PIN],
            {_JSON: "Places", **dict.fromkeys(map(_plain, files.MEDIA.values()), "")},
        ),
        "/events": (
            "events",
            "Documented outreach events, one by one. A list that is not complete is never counted: "
            "`complete` and `read_with_care` say so.",
            [*parameters.of_events(), _PIN],
            {_JSON: "Events", **dict.fromkeys(map(_plain, files.MEDIA.values()), "")},
        ),
        "/quality": (
            "quality",
            "What is wrong with the data",
            [*parameters.of_quality(), _PIN],
            {_JSON: "Quality", **dict.fromkeys(map(_plain, files.MEDIA.values()), "")},
        ),
        "/quality/rows": (
            "setAside",
            "The rows of a table that are in no number, as published",
            [*parameters.of_set_aside(), _PIN],
            {"text/csv": ""},
        ),
        "/records-request": (
            "recordsRequest",
            "A letter that asks for what is missing, dated today",
            [*parameters.of_letter(), _PIN],
            {"text/plain": ""},
        ),
        "/changes": (
            "changes",
            "What publishers changed",
            [*parameters.of_changes(), *_PAGING, _PIN],
            {_JSON: "Changes", "text/csv": ""},
        ),
        "/package": ("package", "The whole city", [_PIN], {"application/zip": ""}),
        "/feeds/data.atom": ("dataFeed", "Updates of data", [], {_ATOM: ""}),
    }


def _of_measures() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in catalogue().values():
        path = f"/{{city}}/measures/{one.id}"
        found[path] = _measure(one, "measure", one.question, "Measured")
        found[f"{path}/rows"] = _measure(one, "rows", f"The rows behind: {one.title}", "Rows")
        found[f"{path}/citation"] = _get(
            f"citation-{one.id}",
            f"How to cite: {one.title}",
            [_CITY, *parameters.of_citation(one)],
            {_JSON: "Cited CannotTell", **dict.fromkeys(map(_plain, cites.MEDIA.values()), "")},
            more=_MEASURING,
        )
    return found


def _measure(one: Indicator, kind: str, summary: str, schema: str) -> dict[str, Any]:
    own = parameters.of_rows(one) if kind == "rows" else parameters.of_measure(one)
    asked_for = [_CITY, *own]
    media = {_JSON: f"{schema} CannotTell", **dict.fromkeys(map(_plain, files.MEDIA.values()), "")}
    return _get(f"{kind}-{one.id}", summary, asked_for, media, more=_MEASURING)


def _plain(media: str) -> str:
    """Give a media type without its parameters, as the document names it."""
    return media.partition(";")[0]


def _get(
    name: str,
    summary: str,
    asked_for: list[Any],
    media: dict[str, str],
    *,
    more: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Describe one address; `media` maps each form of the answer to the names of its schemas."""
    tag = {"ETag": {"schema": {"type": "string"}, "description": "Names the version."}}
    content = {
        form: {"schema": schemas.answer(*names.split())} if names else {}
        for form, names in media.items()
    }
    others = {
        code: {"$ref": f"#/components/responses/{kind}"}
        for code, kind in sorted({**_ANYWHERE, **(more or {})}.items())
    }
    done = {"description": summary, "headers": tag, "content": content}
    responses = {"200": done, **others}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": asked_for,
            "responses": responses,
        }
    }


def _problem(words: str) -> dict[str, Any]:
    schema = schemas.answer("Problem")
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


_PROBLEMS: Final = {
    "Bad": "The request cannot be read; the parameter is named, with what is allowed.",
    "TooMuch": "The table or the file would be too long; ask for a part of it, or do as it says.",
    "NotFound": "There is no such city, place or other value, no day in between, or no table of "
    "it as a file.",
    "NotAllowed": "Only GET, HEAD and OPTIONS are answered.",
    "TooLong": "The address is longer than any of ours.",
    "Busy": "Too many requests, or the city cannot be opened; try again.",
}
