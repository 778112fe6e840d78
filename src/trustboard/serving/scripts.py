"""The one script of our own: it copies texts, saves charts and leads to the heading of a page.

Its parts are files beside this one, sent as one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

_PARTS: Final = ("take_away.js", "skip_to_heading.js")
_FOREVER: Final = "public, max-age=31536000, immutable"


def script_routes() -> list[BaseRoute]:
    """Give the route of the script. Its name changes with it, so that browsers may keep it."""
    return [Route(f"/{script_name()}", _answer)]


def script_tag() -> str:
    """Give the element that loads the script, as seen from any page."""
    return f'<script src="./{script_name()}" defer></script>'


@cache
def script_name() -> str:
    """Name the script after its content."""
    return f"page.{hashlib.sha256(_script()).hexdigest()[:12]}.js"


@cache
def _script() -> bytes:
    folder = files("trustboard.serving")
    return b"".join(folder.joinpath(one).read_bytes() for one in _PARTS)


async def _answer(_request: Request) -> Response:
    headers = {"Cache-Control": _FOREVER}
    return Response(_script(), media_type="text/javascript", headers=headers)
