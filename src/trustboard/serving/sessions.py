"""The sockets by which open pages talk with the server: whose, how many, and what may come in."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

#: The one address at which Streamlit's page opens its socket.
STREAM: Final = "/_stcore/stream"
#: Open pages at a time; each holds up to half a megabyte.
MOST: Final = 2_000
#: What a page says to Streamlit, of all that it could.
_OURS: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
_NOT_TAKEN: Final = 1003
_NOT_ALLOWED: Final = 1008
_COME_BACK: Final = 1013


class Sessions:
    """Lets our own pages open sockets, so many at a time, and only data of Streamlit's kind in."""

    def __init__(self, app: ASGIApp, *, most: int = MOST) -> None:
        self._app, self._most, self._open = app, most, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a socket on, or close it before it opens."""
        if scope["path"] != STREAM or not from_here(scope):
            await send({"type": "websocket.close", "code": _NOT_ALLOWED})
        elif self._open >= self._most:
            await send({"type": "websocket.close", "code": _COME_BACK})
        else:
            self._open += 1
            try:
                await self._app(scope, _taken(receive, send), send)
            finally:
                self._open -= 1


def from_here(scope: Scope) -> bool:
    """Say whether a page of this site opens the socket, or a program, which names no origin.

    The site is the host that is asked, or the one that `TRUSTBOARD_URL` names.
    """
    headers = dict(scope.get("headers", ()))
    origin = headers.get(b"origin")
    if origin is None:
        return True
    try:
        asked = urlsplit(origin.decode("ascii"))
        ours = urlsplit(os.environ.get("TRUSTBOARD_URL", ""))
    except ValueError:
        return False
    if asked.scheme not in ("http", "https") or not asked.netloc:
        return False
    same_host: bool = asked.netloc.encode() == headers.get(b"host")
    return same_host or asked[:2] == ours[:2]


def _taken(receive: Receive, send: Send) -> Receive:
    """Pass on what pages of ours say, and close a socket that sends text, which no page does.

    Anything else is left unheard: asked to, Streamlit would clear its caches for everybody.
    """

    async def checked() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if message.get("bytes") is None:
                await send({"type": "websocket.close", "code": _NOT_TAKEN})
                return {"type": "websocket.disconnect", "code": _NOT_TAKEN}
            if _is_ours(message["bytes"]):
                return message

    return checked


def _is_ours(said: bytes) -> bool:
    """Say whether a page of ours may say this; what cannot be read, Streamlit itself refuses."""
    try:
        return BackMsg.FromString(said).WhichOneof("type") in _OURS
    except DecodeError:
        return True
