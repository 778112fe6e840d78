"""The published rows behind one verdict, as one file: the one whose hash stands on the page."""

from __future__ import annotations

from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api import asked, files, replies
from trustboard.api.naming import city_of
from trustboard.api.problems import nothing, refused, shown
from trustboard.api.promises import promised
from trustboard.judging import MOST_ROWS, RowsFile, rows_file
from trustboard.pins import pin_of
from trustboard.shared import Opened
from trustboard.shelves import Heap
from trustboard.verdicts import AssessedCommitment, AssessedTest

PARAMETERS: Final = ("commitment", "test")
#: Bytes of the files asked for last: those of a large city come from another process.
_FILES: Final[Heap[RowsFile]] = Heap(most=32_000_000)
#: One is written at a time: each may bring in all rows of a city.
_WRITING: Final = Lock()


def rows_behind(request: Request) -> Response:
    """Answer `/{city}/verdicts/rows`: the rows that one outcome rests on, as CSV."""
    given = request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    commitment, test = (asked.needed(given, name) for name in PARAMETERS)
    opened = city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    found = _test(promised(commitment, shared.assessed(opened)), test)
    name = f"{opened.city.slug}-{commitment}-{test}-rows.csv"
    body, media = _csv(found, opened), files.MEDIA["csv"]
    return replies.send(body, edition=opened.edition, media=media, filename=name)


def _test(one: AssessedCommitment, name: str) -> AssessedTest:
    for test in one.tests:
        if test.test.id == name:
            return test
    known = [test.test.id for test in one.tests]
    raise nothing("test", f"This commitment has no test {shown(name)}.", allowed=known)


def _csv(test: AssessedTest, opened: Opened) -> bytes:
    found, city = _file(test, opened), opened.city
    if found.csv is None:
        line = f"trustboard reproduce {city.slug} {test.commitment_id} --pin {pin_of(city)}"
        words = f"{found.rows:,} rows are behind it; up to {MOST_ROWS:,} are handed out at once."
        raise refused("test", f"{words} `{line} --rows FILE` writes all of them.")
    return found.csv


def _file(test: AssessedTest, opened: Opened) -> RowsFile:
    """Write a file, or give it as it was written for whoever asked before."""
    city = opened.city
    key = (city.slug, opened.edition, test.commitment_id, test.test.id)
    with _WRITING:
        found = _FILES.get(key)
        if found is None:
            found = rows_file(test, city)
            _FILES.put(key, found, size=len(found.csv or b""))
    return found
