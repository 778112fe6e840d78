"""The API described for programs: an OpenAPI 3.1 document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, __version__, shared
from trustboard.api import asked, replies
from trustboard.api.measures import FORMATS
from trustboard.api.naming import ROOT, home
from trustboard.api.promises import FORMATS as VERDICT_FORMATS
from trustboard.indicator import catalogue

_OBJECT: Final = {"type": "object"}
_DATE: Final = r"^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def document(request: Request) -> Response:
    """Answer `/openapi.json`."""
    asked.known_only(request.query_params, ())
    cities = shared.slugs()
    named = hashlib.sha256(" ".join(cities).encode()).hexdigest()[:16]
    edition = f"{__version__}-{METHOD_VERSION}-{named}"
    had = replies.already_there(request, edition)
    body = replies.as_json(described(server=home(request) + ROOT, cities=cities))
    return had or replies.send(body, edition=edition)


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
        "paths": _paths(cities),
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "responses": {name: _problem(words) for name, words in _PROBLEMS.items()},
        },
    }


def _paths(cities: Sequence[str]) -> dict[str, Any]:
    slug = _in_path("city", cities, "A city's short name, as in `/cities`.")
    indicator = _in_path("indicator", sorted(catalogue()), "What is measured; see `/indicators`.")
    city, page = [slug], [_parameter(name) for name in asked.PAGING]
    measure = [slug, indicator, *(_parameter(name) for name in asked.MEASURE)]
    verdicts = [slug, _choice("format", VERDICT_FORMATS, "JSON, or schema.org as JSON-LD.")]
    return {
        "/cities": _get("cities", "Every city", [], "application/json"),
        "/indicators": _get("indicators", "Every question", [], "application/json"),
        "/openapi.json": _get("openapi", "This document", [], "application/json"),
        "/{city}": _get("city", "One city and what can be asked of it", city, "application/json"),
        "/{city}/measures/{indicator}": _get(
            "measure", "A measured table", measure, "application/json", "text/csv"
        ),
        "/{city}/measures/{indicator}/rows": _get(
            "rows", "The rows behind it", measure, "application/json", "text/csv"
        ),
        "/{city}/commitments": _get("commitments", "The promises", city, "application/json"),
        "/{city}/verdicts": _get(
            "verdicts",
            "What the data say on each promise",
            verdicts,
            "application/json",
            "application/ld+json",
        ),
        "/{city}/history": _get(
            "history", "The log of verdicts", [*city, *page], "application/json"
        ),
        "/{city}/sources": _get("sources", "What the numbers rest on", city, "application/json"),
        "/{city}/package": _get("package", "The whole city", city, "application/zip"),
        "/{city}/feeds/verdicts.atom": _get(
            "verdictFeed", "Changes of verdicts", city, "application/atom+xml"
        ),
        "/{city}/feeds/data.atom": _get(
            "dataFeed", "Updates of data", city, "application/atom+xml"
        ),
    }


def _get(name: str, summary: str, parameters: list[Any], *media: str) -> dict[str, Any]:
    content = {one: {"schema": _OBJECT if one.endswith("json") else {}} for one in media}
    tag = {"ETag": {"schema": {"type": "string"}, "description": "Names the version."}}
    failures = {"400": "Bad", "404": "NotFound", "503": "Busy"}
    if not parameters:
        failures.pop("404")
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "headers": tag, "content": content},
                "304": {"description": "You have this version already."},
                **{
                    code: {"$ref": f"#/components/responses/{kind}"}
                    for code, kind in failures.items()
                },
            },
        }
    }


def _parameter(name: str) -> dict[str, Any]:
    """Describe one parameter of a query."""
    if name in ("limit", "offset"):
        least, most, usual = (
            (1, asked.MOST_ROWS, asked.USUAL_ROWS) if name == "limit" else (0, asked.FURTHEST, 0)
        )
        schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
        return _query(name, schema, "Which stretch of the rows.")
    if name == "format":
        return _choice("format", FORMATS, "JSON or CSV.")
    if name == "about":
        return _choice("about", ("yes", "no"), "Whether CSV begins with lines that describe it.")
    if name == "unit":
        return _choice("unit", asked.UNITS, "Count by complaint or by allegation.")
    if name in ("from", "to"):
        words = "First day, month or year." if name == "from" else "Last day, month or year."
        return _query(name, {"type": "string", "pattern": _DATE}, words)
    text = {"type": "string", "minLength": 1, "maxLength": asked.LONGEST_VALUE}
    words = {
        "by": "Split by year, quarter, month or a group; may be repeated.",
        "where": "GROUP=VALUE: only this value of any group; may be repeated.",
    }.get(name, f"Only this {name.replace('_', ' ')}; may be repeated.")
    return _query(name, {"type": "array", "items": text}, words)


def _query(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": words}


def _in_path(name: str, known: Sequence[str], words: str) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(known)} if known else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": words}


def _choice(name: str, allowed: tuple[str, ...], words: str) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(allowed), "default": allowed[0]}
    return _query(name, schema, words)


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


_PROBLEMS: Final = {
    "Bad": "A parameter is wrong; it is named, with what is allowed.",
    "NotFound": "There is no such city or indicator, or no table of it as CSV.",
    "Busy": "Too many requests, or the city cannot be opened; try again.",
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
    },
}
