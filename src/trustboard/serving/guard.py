"""What is refused before anybody reads it: requests that no reader of these pages sends."""

from __future__ import annotations

import re
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard.api.problems import ProblemError
from trustboard.api.running import has_body
from trustboard.serving.encodings import BROTLI, GZIP, chosen
from trustboard.serving.headers import headers_for, with_one_vary
from trustboard.serving.sessions import Sessions

#: A longer query than this is no filter that anybody set.
LONGEST_QUERY: Final = 8_000
#: Longer paths, and longer names in them, no file system would take.
LONGEST_PATH: Final = 1_000
LONGEST_NAME: Final = 200
#: What Streamlit's page asks its server for; the rest of what Streamlit could answer is not used.
_STREAMLIT: Final = frozenset({"/_stcore/health", "/_stcore/host-config"})
_UNUSED: Final = ("/_stcore", "/component", "/auth", "/oauth2callback")
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_STRANGE: Final = re.compile(r"[\x00-\x1f\x7f\\\u2028\u2029\ufffd\ud800-\udfff]|^[^/]|^$|//")


class Guard:
    """Refuses what no reader sends, and adds security headers to every answer.

    A header that an answer sets itself is left as it is. Pages may be framed by other sites only
    with `?embed=true`. Sockets are counted and must come from our own pages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._sessions = Sessions(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "websocket":
            await self._sessions(scope, receive, send)
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = with_one_vary(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                added = headers_for(scope)
                given += [pair for pair in added.items() if pair[0] not in names]
                message = {**message, "headers": given}
            await send(message)

        problem = refusal(scope)
        if problem is None:
            await self._app(_read_as_meant(scope), receive, with_headers)
        else:
            await problem.response()(scope, receive, with_headers)


def _read_as_meant(scope: Scope) -> Scope:
    """Write anew which packed forms are taken, where the word "gzip" alone would be misread.

    "gzip;q=0" is a no, and "*" a yes; what packs the answers of the API looks for the word.
    """
    asked = [value for name, value in scope["headers"] if name == b"accept-encoding"]
    if not asked:
        return scope
    said = b", ".join(asked).decode("latin-1")
    if (GZIP in said) == bool(chosen(said, offered=(GZIP,))):
        return scope
    taken = [one for one in (BROTLI, GZIP) if chosen(said, offered=(one,))]
    others = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    written = (b"accept-encoding", ", ".join(taken or ["identity"]).encode())
    return {**scope, "headers": [*others, written]}


def refusal(scope: Scope) -> ProblemError | None:
    """Say why a request is refused before anybody reads it; None if it is not."""
    path = scope["path"]
    too_long = _too_long(path, scope.get("query_string", b""))
    if too_long:
        return ProblemError(414, "The address is longer than any of ours.", parameter=too_long)
    if _STRANGE.search(path):
        return ProblemError(400, "The address holds signs that no address has.", parameter="path")
    if scope["method"] not in _READING:
        allow = {"Allow": ", ".join(sorted(_READING)), **_CLOSING}
        return ProblemError(405, "Nothing can be changed here; only read.", headers=allow)
    hosts = [value for name, value in scope.get("headers", ()) if name == b"host"]
    if len(hosts) > 1 or (not hosts and scope.get("http_version") == "1.1"):
        words = "A request names one host (RFC 9112, section 3.2)."
        return ProblemError(400, words, parameter="Host", headers=_CLOSING)
    if has_body(scope):
        words = "This address takes no request body."
        return ProblemError(400, words, parameter="body", headers=_CLOSING)
    if path not in _STREAMLIT and any(f"{path}/".startswith(f"{one}/") for one in _UNUSED):
        return ProblemError(404, "There is no such address.", parameter="path")
    return None


def _too_long(path: str, query: bytes) -> str:
    """Name the part of an address that is too long; nothing if none is."""
    names = path.encode(errors="replace").split(b"/")
    if len(path) > LONGEST_PATH or max(map(len, names)) > LONGEST_NAME:
        return "path"
    return "query" if len(query) > LONGEST_QUERY else ""


#: Whoever sends what is not wanted is not listened to any longer.
_CLOSING: Final = {"Connection": "close"}
