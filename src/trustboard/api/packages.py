"""A whole city to take away."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, replies
from trustboard.api.naming import city_of
from trustboard.exports import data_package
from trustboard.shelves import Shelf

#: The packed cities asked for last; packing one takes seconds.
_PACKAGES: Final[Shelf[bytes]] = Shelf(most=2)


def package(request: Request) -> Response:
    """Answer `/{city}/package`: a Frictionless Data Package of the whole city."""
    asked.known_only(request.query_params, asked.OF_CITY)
    opened = city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    key = (opened.city.slug, opened.edition)
    body = _PACKAGES.get(key, lambda: data_package(opened.city))
    name = f"trustboard-{opened.city.slug}.zip"
    media = "application/zip"
    return replies.send(body, edition=opened.edition, media=media, filename=name)
