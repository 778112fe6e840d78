"""The page that a link preview, a search engine or a feed reader sees before any script runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from trustboard import shared
from trustboard.api.naming import ROOT, home
from trustboard.api.running import Endpoint

_TITLE: Final = "<title>Streamlit</title>"
_TAGLINE: Final = "What officials promised, and what published data show"
_LONGEST: Final = 300


def first_pages(names: Sequence[str]) -> list[BaseRoute]:
    """Give the routes of the dashboard's own pages; "" is the first, "complaints" another.

    Each sends Streamlit's page with the title, the description and the feeds of the city that the
    address names.
    """
    return [Route(f"/{name}", _answer(name)) for name in names]


def _answer(name: str) -> Endpoint:
    async def answer(request: Request) -> Response:
        head = await run_in_threadpool(head_of, request, name)
        page = _page().replace(_TITLE, head, 1)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    return answer


def head_of(request: Request, name: str) -> str:
    """Write the title, description and alternates of one page, every piece of data escaped."""
    slug = request.query_params.get("city", "")
    city = shared.described(slug)
    parts = [name.replace("_", " ").capitalize(), city.name if city else "", "TrustBoard"]
    title = " – ".join(part for part in parts if part)
    about = f"{_TAGLINE}."
    if city is not None:
        invented = "Invented data. " if city.fictional else ""
        about = f"{invented}{_TAGLINE}, in {city.name}, {city.region}. {city.about}"
    about = " ".join(about.split())[:_LONGEST]
    where = f"/{quote(name)}" + (f"?city={slug}" if city else "")
    tags = [
        f"<title>{escape(title)}</title>",
        _meta("name", "description", about),
        _meta("property", "og:site_name", "TrustBoard"),
        _meta("property", "og:type", "website"),
        _meta("property", "og:title", title),
        _meta("property", "og:description", about),
        _meta("property", "og:url", home(request) + where),
        _meta("name", "twitter:card", "summary"),
    ]
    if city is not None:
        api = f"{home(request)}{ROOT}/{slug}"
        atom, linked = "application/atom+xml", "application/ld+json"
        tags += [
            _link(atom, f"{api}/feeds/verdicts.atom", "Changes of verdicts"),
            _link(atom, f"{api}/feeds/data.atom", "Updates of data"),
            _link(linked, f"{api}/verdicts?format=jsonld", "Verdicts for programs"),
        ]
    return "\n    ".join(tags)


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def _link(media: str, url: str, title: str) -> str:
    return f'<link rel="alternate" type="{media}" href="{escape(url)}" title="{escape(title)}">'


@cache
def _page() -> str:
    return files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
