"""The letter that asks for what is missing in a city, with the date of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, replies
from trustboard.api.naming import city_of
from trustboard.api.problems import ProblemError, nothing, shown
from trustboard.citydata import CityData
from trustboard.clock import today
from trustboard.records_request import askable, records_request
from trustboard.silence import Missing, known_on, missing

#: Offices have long names: "the custodian of records of the department of …".
LONGEST_HOLDER: Final = 500
_MEDIA: Final = "text/plain; charset=utf-8"


def letter(request: Request) -> Response:
    """Answer `/{city}/records-request`: the letter to everybody, or about one holder's records.

    Its version changes with the day it is dated, so nobody keeps it without asking again.
    """
    given = request.query_params
    asked.known_only(given, ("holder", *asked.OF_CITY), longest={"holder": LONGEST_HOLDER})
    opened, day = city_of(request), today()
    edition = f"{opened.edition}-{day}"
    had = replies.already_there(request, edition, fresh=0)
    if had is not None:
        return had
    city = opened.city
    wanted = _held_by(given.get("holder"), _missing(city, day))
    body = records_request(city.city, wanted, on=day).encode()
    name = f"{city.slug}-records-request.txt"
    return replies.send(body, edition=edition, media=_MEDIA, filename=name, fresh=0)


def has_letter(city: CityData) -> bool:
    """Say whether there is anything to ask for."""
    return bool(_missing(city, today()))


def _missing(city: CityData, day: date) -> list[Missing]:
    return askable(missing(city.city, on=known_on(city, today=day)))


def _held_by(holder: str | None, found: Sequence[Missing]) -> list[Missing]:
    """Keep what one holder has, or everything. Raises a `ProblemError` (404) if that is nothing."""
    wanted = [one for one in found if holder in (None, one.holder)]
    if wanted:
        return wanted
    if holder is None:
        raise ProblemError(404, "Nothing that could be asked for is known to be missing.")
    known = list(dict.fromkeys(one.holder for one in found))
    raise nothing("holder", f"{shown(holder)} holds nothing that is missing here.", allowed=known)
