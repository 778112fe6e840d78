"""The published rows behind one verdict, as one file: the one whose hash stands on the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api import asked, files, replies
from trustboard.api.naming import city_of
from trustboard.api.once import Later
from trustboard.api.problems import nothing, refused, shown
from trustboard.api.promises import promised
from trustboard.api.written import Written, written
from trustboard.judging import MOST_ROWS, rows_file
from trustboard.pins import pin_of
from trustboard.shared import Opened
from trustboard.shelves import Heap
from trustboard.verdicts import AssessedCommitment, AssessedTest

PARAMETERS: Final = ("commitment", "test")
#: Bytes of the disk for the files asked for last, and how many: each is a file that stays open.
MOST_BYTES: Final = 100_000_000
MOST_FILES: Final = 64


@dataclass(frozen=True, slots=True)
class _File:
    """How many rows are behind a test; the file is empty where they are too many."""

    rows: int
    csv: Written


_FILES: Final[Heap[_File]] = Heap(most=MOST_BYTES, number=MOST_FILES)


def rows_behind(request: Request) -> Response | Later:
    """Answer `/{city}/verdicts/rows`: the rows that one outcome rests on, as CSV.

    A file that nobody asked for before is written first: each may bring in all rows of a city.
    """
    given = request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    commitment, test = (asked.needed(given, name) for name in PARAMETERS)
    opened = city_of(request)
    found = test_named(promised(commitment, shared.assessed(opened)), test)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    reply = partial(_reply, test=found, opened=opened)
    key = (opened.city.slug, opened.edition, commitment, test)
    kept = _FILES.get(key)
    return Later(key, partial(_write, key, found, opened), reply) if kept is None else reply(kept)


def test_named(one: AssessedCommitment, name: str) -> AssessedTest:
    """Give a test of a promise. Raises a `ProblemError` (404) that names those there are."""
    for test in one.tests:
        if test.test.id == name:
            return test
    known = [test.test.id for test in one.tests]
    raise nothing("test", f"This commitment has no test {shown(name)}.", allowed=known)


def _write(key: tuple[str, ...], test: AssessedTest, opened: Opened) -> _File:
    csv, rows = written(lambda file: rows_file(test, opened.city, to=file))
    found = _File(rows, csv)
    _FILES.put(key, found, size=csv.size)
    return found


def _reply(found: _File, *, test: AssessedTest, opened: Opened) -> Response:
    city = opened.city
    if not found.csv.size:
        line = f"trustboard reproduce {city.slug} {test.commitment_id} --pin {pin_of(city)}"
        words = f"{found.rows:,} rows are behind it; up to {MOST_ROWS:,} are handed out at once."
        raise refused("test", f"{words} `{line} --rows FILE` writes all of them.")
    name = f"{city.slug}-{test.commitment_id}-{test.test.id}-rows.csv"
    media = files.MEDIA["csv"]
    return replies.send(found.csv, edition=opened.edition, media=media, filename=name)
