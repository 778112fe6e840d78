"""Addresses at which nothing is: answered with 404, where Streamlit would send its empty page.

Streamlit leaves it to its script in the browser to find out that there is no such page. Whoever
asks without a browser (a search engine, a newsroom's link checker, a program with a mistyped
address of the API) would read that as success.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard import TAGLINE, shared
from trustboard.api.naming import home
from trustboard.api.problems import ProblemError
from trustboard.first_view.markup import listed, paragraph, text, to_page
from trustboard.first_view.still import headline, style

#: What stands under this is for programs, and so is the answer.
_FOR_PROGRAMS: Final = "/api/"
_API_PAGE: Final = "/api"


class NoSuchPage:
    """Puts an answer of 404 in the place of Streamlit's page where no page of ours is.

    `pages` are told to whoever comes there; `unlisted` ones are reached by links alone.
    """

    def __init__(
        self, app: ASGIApp, *, pages: Collection[str], unlisted: Collection[str] = ()
    ) -> None:
        self._app = app
        self._pages = tuple(pages)
        self._known = frozenset({_API_PAGE, *(f"/{name}" for name in (*pages, *unlisted))})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; look at the answer where the address is none of our pages."""
        if scope["type"] != "http" or scope["path"] in self._known:
            await self._app(scope, receive, send)
            return
        replaced = False

        async def unless_a_page(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_page(message):
                replaced = True
                await missing(Request(scope), self._pages)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, unless_a_page)


def _is_page(started: Message) -> bool:
    kinds = (value for name, value in started["headers"] if name.lower() == b"content-type")
    return started["status"] == 200 and next(kinds, b"").startswith(b"text/html")


def missing(request: Request, pages: Iterable[str]) -> Response:
    """Say that nothing is at an address: to a program as a problem, to a person as a page."""
    if request.url.path.startswith(_FOR_PROGRAMS):
        words = "There is no such address. /api lists those there are, with examples."
        return ProblemError(404, words, parameter="path").response()
    return HTMLResponse(_page(request, list(pages)), 404, headers={"Cache-Control": "no-cache"})


def _page(request: Request, pages: list[str]) -> str:
    """Write the page: what is wrong, what was likely meant, and every page there is."""
    slug = request.query_params.get("city", "")
    city = {"city": slug} if slug in shared.slugs() else {}
    asked = request.url.path.strip("/").split("/")[0].lower()
    near = get_close_matches(asked, [one for one in pages if one], n=1, cutoff=0.7)
    meant = "".join(
        f'<p class="fv-lead">Did you mean {to_page(one, _title(one), **city)}?</p>' for one in near
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><base href="{text(home(request))}/">'
        f"<title>No such page – TrustBoard</title>{style()}</head>"
        f'<body><div class="fv"><header><p class="fv-name">TrustBoard</p>'
        f"{paragraph(TAGLINE, 'fv-soft')}</header><main>"
        f"{headline('There is no page at this address', '', kicker='Page not found')}{meant}"
        "<p>The address may be mistyped or cut off. These are the pages there are:</p>"
        f"{listed(to_page(one, _title(one), **city) for one in pages)}"
        '<p>Every number is also there <a href="./api">for programs</a>.</p>'
        "</main></div></body></html>"
    )


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize() if name else "First page"
