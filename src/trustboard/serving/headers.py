"""The headers that keep a visitor's browser safe, and the requests that are refused outright."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Final
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard.api.problems import ProblemError
from trustboard.api.running import has_body
from trustboard.serving import build

#: A longer query than this is no filter that anybody set.
LONGEST_QUERY: Final = 8_000
#: Below this, Streamlit itself talks with the page; everything else only reads.
_STREAMLIT: Final = "/_stcore/"
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST: Final = re.compile(rb"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_PERMISSIONS: Final = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "serial=(), usb=(), clipboard-write=(self), fullscreen=(self)"
)
_ALWAYS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": _PERMISSIONS.encode(),
    b"cross-origin-opener-policy": b"same-origin",
    b"x-permitted-cross-domain-policies": b"none",
}


class Guard:
    """Refuses what no reader sends, and adds security headers to every answer.

    A header that an answer sets itself is left as it is. Pages may be framed by other sites only
    with `?embed=true`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                added = headers_for(scope)
                given += [pair for pair in added.items() if pair[0] not in names]
                message = {**message, "headers": given}
            await send(message)

        problem = refusal(scope)
        if problem is not None:
            await problem.response()(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)


def refusal(scope: Scope) -> ProblemError | None:
    """Say why a request is refused before anybody reads it; None if it is not."""
    if len(scope.get("query_string", b"")) > LONGEST_QUERY:
        longest = f"The address is longer than {LONGEST_QUERY} characters."
        return ProblemError(400, longest, parameter="query")
    if _CONTROL.search(scope["path"]):
        return ProblemError(400, "The address holds signs that no address has.", parameter="path")
    if scope["path"].startswith(_STREAMLIT):
        return None
    if scope["method"] not in _READING:
        allow = {"Allow": ", ".join(sorted(_READING))}
        return ProblemError(405, "Nothing can be changed here; only read.", headers=allow)
    if has_body(scope):
        return ProblemError(400, "This address takes no request body.", parameter="body")
    return None


def headers_for(scope: Scope) -> dict[bytes, bytes]:
    """Give the headers of an answer to this request."""
    framed = embeds(scope.get("query_string", b""))
    found = {**_ALWAYS, b"content-security-policy": policy(scope, framed=framed).encode()}
    if not framed:
        found[b"x-frame-options"] = b"SAMEORIGIN"
    if scope.get("scheme") == "https":
        found[b"strict-transport-security"] = b"max-age=31536000"
    return found


def embeds(query: bytes) -> bool:
    """Say whether a page was asked for as a part of another page."""
    try:
        values = parse_qs(query.decode("ascii", "replace"), max_num_fields=200)
    except ValueError:
        return False
    return [value.lower() for value in values.get("embed", [])] == ["true"]


def policy(scope: Scope, *, framed: bool) -> str:
    """Write the content security policy of a page.

    Scripts come from this site only; styles may be inline, which Streamlit's own are. The page may
    talk to the host it was asked from and to no other.
    """
    host = dict(scope.get("headers", ())).get(b"host", b"")
    talk = ""
    if _HOST.fullmatch(host):
        talk = f" ws://{host.decode()} wss://{host.decode()}"
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {_hashes()} blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{talk}",
            "worker-src 'self' blob:",
            "media-src 'self' data: blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {'*' if framed else chr(39) + 'self' + chr(39)}",
        )
    )


@cache
def _hashes() -> str:
    """Name the inline scripts of Streamlit's own page by their hashes; no others may run."""
    page = build.index()
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(page)]
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)
