"""Addresses at which nothing is: answered with 404, where Streamlit would send its empty page.

Streamlit leaves it to its script in the browser to find out that there is no such page. Whoever
asks without a browser (a search engine, a newsroom's link checker) would read that as success. What
begins with `/api/` the API answers itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard import shared
from trustboard.api.naming import home
from trustboard.first_view.markup import listed, text, to_page
from trustboard.first_view.still import headline, masthead, page_title, style
from trustboard.view import only

#: The one page that is not drawn by Streamlit.
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
                await _answer(Request(scope), self._pages)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, unless_a_page)


def _is_page(started: Message) -> bool:
    kinds = (value for name, value in started["headers"] if name.lower() == b"content-type")
    return started["status"] == 200 and next(kinds, b"").startswith(b"text/html")


def _answer(request: Request, pages: Sequence[str]) -> Response:
    """Say what is wrong, what was likely meant, and which pages there are."""
    slug = only(request.query_params.getlist("city"))
    city = {"city": slug} if slug in shared.slugs() else {}
    asked = request.url.path.strip("/").split("/")[0].lower()
    near = get_close_matches(asked, [one for one in pages if one], n=1, cutoff=0.7)
    meant = "".join(
        f'<p class="fv-lead">Did you mean {to_page(one, page_title(one), **city)}?</p>'
        for one in near
    )
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><base href="{text(home(request))}/">'
        f"<title>No such page – TrustBoard</title>{style()}</head>"
        f'<body><div class="fv">{masthead()}<main>'
        f"{headline('There is no page at this address', '', kicker='Page not found')}{meant}"
        "<p>The address may be mistyped or cut off. These are the pages there are:</p>"
        f"{listed(to_page(one, page_title(one), **city) for one in pages)}"
        '<p>Every number is also there <a href="./api">for programs</a>.</p>'
        "</main></div></body></html>"
    )
    return HTMLResponse(page, 404, headers={"Cache-Control": "no-cache"})
