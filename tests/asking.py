"""Ask an ASGI application without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import httpx

#: `ask("/api/v1/cities", method="GET", headers={...}, content=b"")`
Ask = Callable[..., httpx.Response]


def asking(app: Any) -> Ask:
    """Give a function that sends one request to an application and waits for the answer."""

    async def send(path: str, **request: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://board.test") as client:
            return await client.request(request.pop("method"), path, **request)

    def ask(
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[Any, Any] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        return asyncio.run(send(path, method=method, headers=headers, content=content))

    return ask
