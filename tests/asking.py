"""Ask an ASGI application without a network."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import httpx

#: `ask("/api/v1/cities", method="GET", headers={...}, content=b"")`
Ask = Callable[..., httpx.Response]

#: What some addresses cannot be asked without, of the invented city and of its hostile copy.
NEEDED: Final = {
    "commitment": "calmer-streets",
    "test": "force-down-a-fifth",
    "table": "complaints",
}


def needed(parameters: list[dict[str, Any]]) -> str:
    """Write what an address cannot be asked without, as the OpenAPI document describes it."""
    names = [one["name"] for one in parameters if one.get("required") and one["in"] == "query"]
    return urlencode({name: NEEDED[name] for name in names})


def csv_rows(text: str) -> list[dict[str, str]]:
    """Read the rows of a CSV that was taken away, without the lines that say what it holds."""
    return list(csv.DictReader(one for one in text.splitlines() if not one.startswith("# ")))


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
