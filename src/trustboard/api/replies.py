"""How answers are sent: JSON that any reader takes, a version tag, and "you have it already"."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from trustboard.api.written import Written

#: A reader may keep an answer this long before asking whether it is still the newest.
FRESH_SECONDS: Final = 60
JSON: Final = "application/json"
#: Long answers are sent in pieces of so many bytes, each once the one before has been read.
PIECE: Final = 65_536
_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')


def as_json(values: Any) -> bytes:
    """Write values as JSON; numbers that JSON cannot hold become null."""
    return json.dumps(_ready(values), ensure_ascii=True, allow_nan=False).encode()


def _ready(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _ready(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_ready(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


class Pieces(Response):
    """An answer that is not copied for each of its readers, however slowly they read."""

    def __init__(self, content: bytes | Written, *, headers: dict[str, str], media: str) -> None:
        self._from = content if isinstance(content, Written) else None
        self._size = content.size if isinstance(content, Written) else len(content)
        known = {**headers, "Content-Length": str(self._size)}
        body = b"" if isinstance(content, Written) else content
        super().__init__(body, headers=known, media_type=media)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the head, then piece after piece."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        for at in range(0, max(self._size, 1), PIECE):
            piece, more = await self._piece(at), at + PIECE < self._size
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    async def _piece(self, at: int) -> bytes:
        if self._from is not None:
            return await run_in_threadpool(self._from.part, at, at + PIECE)
        await asyncio.sleep(0)  # others have their turn between two pieces
        return bytes(memoryview(self.body)[at : at + PIECE])


def send(
    body: bytes | Written,
    *,
    edition: str,
    media: str = JSON,
    filename: str = "",
    links: Mapping[str, str] | None = None,
    fresh: int = FRESH_SECONDS,
) -> Response:
    """Send an answer with its version tag.

    `filename` asks browsers to save it; `links` maps a relation to an address; `fresh` is for how
    many seconds nobody need ask again.
    """
    headers = caching(edition, fresh=fresh)
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    if links:
        headers["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items())
    return Pieces(body, headers=headers, media=media)


def already_there(request: Request, edition: str, *, fresh: int = FRESH_SECONDS) -> Response | None:
    """Give a 304 if the asker holds this version of the answer; else None.

    To be asked once it is known that there is such an answer.
    """
    asked = request.headers.get("if-none-match", "")
    held = asked.strip() == "*" or edition in _TAG.findall(asked[:4096])
    return Response(status_code=304, headers=caching(edition, fresh=fresh)) if held else None


def caching(edition: str, *, fresh: int = FRESH_SECONDS) -> dict[str, str]:
    """Give the headers that name a version and say how long it may be kept unasked."""
    keep = f"max-age={fresh}" if fresh else "no-cache"
    return {"ETag": f'W/"{edition}"', "Cache-Control": f"public, {keep}"}


def site(request: Request, *, fixed: str = "") -> str:
    """Give the address of this site without a slash at its end.

    `fixed` where whoever runs it has said what it is; else what the request names, if that is the
    name of a host and nothing else.
    """
    if fixed:
        return fixed.rstrip("/")
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = "localhost"
    scheme = "https" if request.url.scheme in ("https", "wss") else "http"
    return f"{scheme}://{host}{_prefix(request)}"


def _prefix(request: Request) -> str:
    """Give the path below which the whole site is served; mounts of our own do not count."""
    path = str(request.scope.get("app_root_path", ""))
    return path.rstrip("/") if re.fullmatch(r"(?:/[\w.~-]+)*/?", path) else ""
