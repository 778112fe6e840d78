"""The API as routes: which address is answered by which function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard.api import (
    changes,
    cites,
    cities,
    crawlers,
    events,
    feeds,
    letters,
    measures,
    openapi,
    packages,
    page,
    places,
    promises,
    quality,
    rightness,
    rows_behind,
    verdict_tables,
)
from trustboard.api.gate import Gate
from trustboard.api.naming import ROOT
from trustboard.api.once import Once
from trustboard.api.problems import ProblemError
from trustboard.api.running import Answer, endpoint

_ANSWERS: Final[dict[str, Answer]] = {
    "/cities": cities.cities,
    "/indicators": cities.indicators,
    "/method": rightness.method,
    "/openapi.json": openapi.document,
    "/{city}": cities.city,
    "/{city}/measures/{indicator}": measures.measure,
    "/{city}/measures/{indicator}/rows": measures.behind,
    "/{city}/measures/{indicator}/citation": cites.cite,
    "/{city}/places": places.listed,
    "/{city}/events": events.listed,
    "/{city}/commitments": promises.commitments,
    "/{city}/verdicts": promises.verdicts,
    "/{city}/verdicts/rows": rows_behind.rows_behind,
    "/{city}/verdicts/table": verdict_tables.table,
    "/{city}/history": promises.history,
    "/{city}/sources": cities.sources,
    "/{city}/quality": quality.quality,
    "/{city}/quality/rows": quality.set_aside,
    "/{city}/records-request": letters.letter,
    "/{city}/changes": changes.changes,
    "/{city}/package": packages.package,
    "/{city}/feeds/verdicts.atom": feeds.verdict_feed,
    "/{city}/feeds/data.atom": feeds.data_feed,
}
_METHODS: Final = "GET, HEAD, OPTIONS"
#: Added to every answer of the API. Data may be read by any page; nothing in it may run.
_HEADERS: Final = {
    b"access-control-allow-origin": b"*",
    b"access-control-expose-headers": b"ETag, Link, Content-Disposition, Retry-After",
    b"cross-origin-resource-policy": b"cross-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
}
_PREFLIGHT: Final = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def addresses() -> list[str]:
    """List what is answered below `/api/v1`, as patterns: `/{city}/verdicts`."""
    return list(_ANSWERS)


def routes(*, pages: Sequence[str] = ("",)) -> list[BaseRoute]:
    """Give all routes: the API below `/api/v1`, its page, and what crawlers ask for.

    `pages` are the addresses of the dashboard's pages, for the sitemap.
    """
    gate = Gate(at_once=4, waiting=60)
    slow = Once(Gate(at_once=2, waiting=6, retry_after=20), readers=30)
    inner = Starlette(
        routes=[Route(path, endpoint(one, gate=gate, slow=slow)) for path, one in _ANSWERS.items()],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)],
        exception_handlers={HTTPException: _as_problem},
    )
    inner.router.redirect_slashes = False
    beside = Starlette(
        routes=[Route("/", _to_the_page)], exception_handlers={HTTPException: _as_problem}
    )
    own: dict[str, Answer] = {
        "/api": page.page,
        "/robots.txt": crawlers.robots,
        "/sitemap.xml": crawlers.sitemap(pages),
    }
    return [
        Mount(ROOT, app=Open(inner)),
        *(Route(path, endpoint(one, gate=gate, slow=slow)) for path, one in own.items()),
        Mount("/api", app=Open(beside)),  # whatever a program may have mistyped
    ]


async def _to_the_page(_request: Request) -> Response:
    return RedirectResponse("../api", 301)


async def _as_problem(_request: Request, error: Exception) -> Response:
    """Turn "no such address" and "not this method" into problems."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {
        404: "There is no such address; /api explains which there are.",
        405: f"This address answers {_METHODS} only.",
    }
    headers = {"Allow": _METHODS} if status == 405 else {}
    return ProblemError(
        status, words.get(status, "It cannot be answered."), headers=headers
    ).response()


class Open:
    """Lets pages of other sites read what lies behind it; answers their questions beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer OPTIONS, with the headers of the API."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                given += [pair for pair in _HEADERS.items() if pair[0] not in names]
                message = {**message, "headers": given}
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)
