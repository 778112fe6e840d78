"""A whole city to take away."""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, replies
from trustboard.api.naming import city_of
from trustboard.api.once import Later
from trustboard.api.written import Written, written
from trustboard.citydata import CityData
from trustboard.exports import data_package
from trustboard.shared import Opened
from trustboard.shelves import Shelf

#: The packed cities asked for last, as files; packing one takes seconds.
_PACKAGES: Final[Shelf[Written]] = Shelf(most=2)


def package(request: Request) -> Response | Later:
    """Answer `/{city}/package`: a Frictionless Data Package of the whole city."""
    asked.known_only(request.query_params, asked.OF_CITY)
    opened = city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    key = (opened.city.slug, opened.edition)
    kept = _PACKAGES.find(key)
    if kept is not None:
        return _reply(kept, opened)
    make = partial(_PACKAGES.get, key, partial(_packed, opened.city))
    return Later(("package", *key), make, partial(_reply, opened=opened))


def _packed(city: CityData) -> Written:
    return written(lambda file: file.write(data_package(city)))[0]


def _reply(packed: Written, opened: Opened) -> Response:
    name = f"trustboard-{opened.city.slug}.zip"
    media = "application/zip"
    return replies.send(packed, edition=opened.edition, media=media, filename=name)
