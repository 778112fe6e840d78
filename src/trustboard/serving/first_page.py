"""The page that a link preview, a search engine or a feed reader sees before any script runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from textwrap import shorten
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from trustboard import TAGLINE, shared
from trustboard.api.naming import ROOT, home
from trustboard.api.running import Endpoint
from trustboard.serving import build
from trustboard.serving.encodings import PLAIN, chosen, packed
from trustboard.serving.in_source import linked_data
from trustboard.serving.in_time import view_in_time
from trustboard.serving.scripts import script_tag
from trustboard.serving.static_files import ELEMENTS
from trustboard.view import only

_TITLE: Final = "<title>Streamlit</title>"
_ROOT: Final = '<div id="root"></div>'
_FOR_PROGRAMS: Final = re.compile(r'<link rel="service-desc"[^>]*>')
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_LATER: Final = (
    "<noscript><p>The data of this page are being opened. Without JavaScript, load it again in a "
    'few seconds; <a href="./api">every number can also be had as a table</a>.</p></noscript>'
)
_LONGEST: Final = 300
_FONT: Final = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/?>')
#: Files of `static/fonts` that every page shows.
FONTS: Final = ("source-sans-3-latin", "newsreader-latin")
#: Streamlit shows its own font until the page has told it which one to take. The typeface is the
#: same: of two faces the later is used for the signs it names, the large file for others only.
_SAME_FACE: Final = (
    "<style>@font-face { font-family: Source Sans; font-weight: 100 900; font-style: normal; "
    "src: url(./app/static/fonts/source-sans-3-latin.woff2) format('woff2'); "
    "unicode-range: U+20-7E, U+A0-FF, U+131, U+152-153, U+2BB-2BC, U+2C6, U+2DA, U+2DC, U+2009, "
    "U+200B, U+2013-2014, U+2018-201A, U+201C-201E, U+2022, U+2026, U+2032-2033, U+2039-203A, "
    "U+2044, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215; }</style>"
)


def first_pages(names: Sequence[str]) -> list[BaseRoute]:
    """Give the routes of the dashboard's own pages; "" is the first, "complaints" another.

    Each sends Streamlit's page with the title, the description and the feeds of the city that the
    address names.
    """
    return [Route(f"/{name}", _answer(name, names)) for name in names]


def _answer(name: str, names: Sequence[str]) -> Endpoint:
    async def answer(request: Request) -> Response:
        drawn = await view_in_time(request, name, names)
        return await run_in_threadpool(page_of, request, name, drawn)

    return answer


def page_of(request: Request, name: str, drawn: str = "") -> Response:
    """Answer with one page around its first view, packed in the form that the browser takes."""
    whole = _page().replace(_TITLE, head_of(request, name), 1)
    whole = _NO_SCRIPT.sub("" if drawn else _LATER, whole, count=1)
    whole = whole.replace(_ROOT, f'<div id="root">{drawn}</div>', 1)
    page = whole.encode()
    form = chosen(request.headers.get("accept-encoding", ""))
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if form != PLAIN:
        headers["Content-Encoding"] = form
    return HTMLResponse(packed(page, form), headers=headers)


def head_of(request: Request, name: str) -> str:
    """Write the title, description and alternates of one page, every piece of data escaped."""
    slug = only(request.query_params.getlist("city"))
    city = shared.described(slug)
    parts = [name.replace("_", " ").capitalize(), city.name if city else "", "TrustBoard"]
    title = " – ".join(part for part in parts if part)
    about = f"{TAGLINE}."
    if city is not None:
        invented = "Invented data. " if city.fictional else ""
        about = f"{invented}{TAGLINE}, in {city.name}, {city.region}. {city.about}"
    about = shorten(about, _LONGEST, placeholder=" …")
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
        tags.append(linked_data(request, name))
    return "\n    ".join([*filter(None, tags), script_tag()])


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def _link(media: str, url: str, title: str) -> str:
    return f'<link rel="alternate" type="{media}" href="{escape(url)}" title="{escape(title)}">'


@cache
def _page() -> str:
    """Give Streamlit's page; it preloads a font of its own that our pages never show.

    It points programs to an interface of Streamlit's that is closed here; ours has the numbers.
    """
    described = f'<link rel="service-desc" type="application/json" href=".{ROOT}/openapi.json">'
    page = _FOR_PROGRAMS.sub(described, _FONT.sub("", build.index()))
    return page.replace("</head>", f"  {_preloads()}\n    {_SAME_FACE}\n  </head>", 1)


def _preloads() -> str:
    """Name what every page needs soon and the browser would find late: fonts, scripts of elements.

    The addresses are relative, as Streamlit's own are, so that a path in front does not matter.
    """
    fonts = [
        f'<link rel="preload" href="./app/static/fonts/{name}.woff2" as="font" '
        'type="font/woff2" crossorigin>'
        for name in FONTS
    ]
    scripts = dict.fromkeys(one for name in ELEMENTS for one in build.scripts_of(name))
    return "\n    ".join([*fonts, *map(_script, scripts)])


def _script(name: str) -> str:
    return f'<link rel="modulepreload" crossorigin href="./static/js/{escape(name)}">'
