"""Whatever can go wrong on the wire, at each request of each type of source: served, or refused."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from dialects import ArcGis, Carto, Ckan, PoliceUk, Soda
from local_publisher import Answering, Asked, Publisher, Reply
from trying import Naps

from trustboard.sources import Fetched, FetchRefusedError
from trustboard.sources.refusals import (
    BusyPublisherError,
    DamagedAnswerError,
    EmptyAnswerError,
    ForbiddenRedirectError,
    NotDataError,
    RefusedByPublisherError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from trustboard.sources.wire.client import Client

COLUMNS = ("id", "finding")
CELLS = [(f"c{n}", "Sustained") for n in range(7)]
RECORDS = [{"id": one, "finding": two} for one, two in CELLS]
FIELDS = [
    {"name": "OBJECTID", "type": "esriFieldTypeOID", "domain": None},
    {"name": "id", "type": "esriFieldTypeString", "domain": None},
    {"name": "finding", "type": "esriFieldTypeString", "domain": None},
]
EVENT = {"title": "Beat surgery", "type": "meeting", "start_date": "2026-12-01T17:00:00"}
Fetching = Callable[..., Fetched]
Fault = Callable[[Reply, Asked], Reply]


@dataclass(frozen=True)
class Speaking:
    """A publisher of one type, what to declare about it and how often it is asked."""

    answering: Answering
    declared: dict[str, Any]
    requests: int


def speaking(kind: str, site: str) -> Speaking:
    """Set up one type so that it takes more than one request, where it ever does."""
    layer = "arcgis/rest/services/Police/FeatureServer/0"
    places = [{"id": name, "name": name} for name in ("NC04", "NC66")]
    text = "\n".join([",".join(COLUMNS), *(",".join(row) for row in CELLS)]) + "\n"
    known = {
        "file": Speaking(
            lambda _: Reply(text.encode(), kind="text/csv"), {"url": f"{site}/rows.csv"}, 1
        ),
        "socrata": Speaking(
            Soda(COLUMNS, list(CELLS)),
            {"domain": site, "dataset": "abcd-1234", "page_rows": 4},
            4,  # count, two pages, count again
        ),
        "arcgis": Speaking(
            ArcGis(
                FIELDS,
                [{"OBJECTID": n, **row} for n, row in enumerate(RECORDS, start=1)],
                announced=4,
                limit=4,
            ),
            {"layer": f"{site}/{layer}"},
            4,  # the layer, its ids, two pages
        ),
        "carto": Speaking(
            Carto({"complaints": (("cartodb_id", *COLUMNS), [("1", *row) for row in CELLS])}),
            {"account": "phl", "site": site, "table": "complaints"},
            2,  # the rows, their number
        ),
        "ckan": Speaking(
            Ckan([*COLUMNS], [{"_id": n, **row} for n, row in enumerate(RECORDS)]),
            {"portal": site, "resource": "r-1", "page_rows": 4},
            2,
        ),
        "police_uk": Speaking(
            PoliceUk(places, {"NC04": [EVENT], "NC66": [EVENT]}),
            {"force": "leicestershire", "what": "events", "site": site},
            3,  # the neighbourhoods, the events of each
        ),
    }
    return known[kind]


KINDS = ("arcgis", "carto", "ckan", "file", "police_uk", "socrata")


@pytest.fixture(params=KINDS)
def one(request: pytest.FixtureRequest, publisher: Publisher) -> Speaking:
    return speaking(request.param, publisher.site)


@pytest.fixture
def fetch(
    one: Speaking, fetching: Fetching, tmp_path: Path, request: pytest.FixtureRequest
) -> Fetching:
    """Fetch what the type offers into a folder of its own."""
    folders: Iterator[int] = iter(range(100))
    kind = request.node.callspec.params["one"]

    def run(**more: Any) -> Fetched:
        into = tmp_path / f"try-{next(folders)}"
        return fetching("rows.csv", into=into, kind=kind, **one.declared, **more)

    return run


def faulty(one: Speaking, fault: Fault, *, at: int, times: int) -> Answering:
    """Answer as documented, but let something go wrong at one request, so many times."""
    answered, left = [0], [times]

    def answer(asked: Asked) -> Reply:
        begun = left[0] != times  # from the first fault on, the same request comes once more
        if left[0] > 0 and (begun or answered[0] == at):
            left[0] -= 1
            return fault(one.answering(asked), asked)
        answered[0] += 1
        return one.answering(asked)

    return answer


def rows(fetched: Fetched) -> bytes:
    return fetched.table_file.read_bytes()


def throttled(_: Reply, __: Asked) -> Reply:
    return Reply(b'{"message": "too many"}', 429, {"Retry-After": "7"})


def broken(_: Reply, __: Asked) -> Reply:
    return Reply(b"<html>Oops</html>", 500, kind="text/html")


def cut(reply: Reply, _: Asked) -> Reply:
    assert isinstance(reply.body, bytes)
    return replace(reply, body=reply.body[: len(reply.body) // 2], claims=len(reply.body))


def web_page(_: Reply, __: Asked) -> Reply:
    return Reply(b"<!DOCTYPE html><title>Maintenance</title>", kind="text/html")


def web_page_called_data(_: Reply, __: Asked) -> Reply:
    return Reply(b"\n <html><body>Please log in</body></html>", kind="application/json")


def nothing(_: Reply, __: Asked) -> Reply:
    return Reply(b"")


def huge(reply: Reply, _: Asked) -> Reply:
    return replace(reply, body=iter([b"x"]), claims=2_000_000_000)


def endless(reply: Reply, _: Asked) -> Reply:
    def pieces() -> Iterator[bytes]:
        while True:
            yield b'["x", ' * 20_000

    return replace(reply, body=pieces(), claims=None)


def packed(reply: Reply, _: Asked) -> Reply:
    assert isinstance(reply.body, bytes)
    headers = {**reply.headers, "Content-Encoding": "gzip"}
    return replace(reply, body=gzip.compress(reply.body), headers=headers)


def silent(reply: Reply, _: Asked) -> Reply:
    time.sleep(0.6)
    return reply


def dripping(reply: Reply, _: Asked) -> Reply:
    def drops() -> Iterator[bytes]:
        for _ in range(200):
            time.sleep(0.02)
            yield b" "

    return replace(reply, body=drops(), claims=None)


def test_each_type_asks_as_often_as_is_said_here(
    one: Speaking, fetch: Fetching, publisher: Publisher
) -> None:
    publisher.answering = one.answering
    assert fetch().rows == (2 if "force" in one.declared else 7)
    assert len(publisher.asked) == one.requests
    assert publisher.most_at_once == 1


@pytest.mark.parametrize("fault", [throttled, broken, cut, packed])
def test_what_passes_is_waited_for_or_unpacked_and_every_row_comes(
    one: Speaking, fetch: Fetching, publisher: Publisher, naps: Naps, fault: Fault
) -> None:
    publisher.answering = one.answering
    expected = rows(fetch())
    for at in range(one.requests):
        publisher.answering = faulty(one, fault, at=at, times=1)
        assert rows(fetch()) == expected
    if fault is throttled:
        assert naps.slept == [7.0] * one.requests
    assert not (fault is packed and naps.slept)


REFUSED: list[tuple[Fault, type[FetchRefusedError]]] = [
    (throttled, BusyPublisherError),
    (broken, BusyPublisherError),
    (cut, DamagedAnswerError),
    (web_page, NotDataError),
    (web_page_called_data, NotDataError),
    (nothing, EmptyAnswerError),
    (huge, TooLargeError),
    (endless, TooLargeError),
]


@pytest.mark.parametrize(("fault", "refusal"), REFUSED)
def test_what_stays_wrong_is_refused_at_every_request_and_leaves_no_table(
    one: Speaking,
    fetch: Fetching,
    publisher: Publisher,
    tmp_path: Path,
    fault: Fault,
    refusal: type[FetchRefusedError],
) -> None:
    for at in range(one.requests):
        publisher.answering = faulty(one, fault, at=at, times=1000)
        with pytest.raises(refusal):
            fetch()
    assert not list(tmp_path.rglob("rows.csv.part"))
    assert not [path for path in tmp_path.rglob("rows.csv") if path.is_file()]


@pytest.mark.parametrize(
    ("fault", "refusal"), [(silent, UnreachableError), (dripping, TooSlowError)]
)
def test_a_publisher_that_is_silent_or_slow_is_given_up_in_time(
    one: Speaking,
    fetch: Fetching,
    publisher: Publisher,
    hasty: Client,
    fault: Fault,
    refusal: type[FetchRefusedError],
) -> None:
    publisher.answering = faulty(one, fault, at=one.requests - 1, times=1000)
    with pytest.raises(refusal):
        fetch(client=hasty)


def test_a_redirect_is_followed_on_the_host_and_never_elsewhere(
    one: Speaking, fetch: Fetching, publisher: Publisher, elsewhere: Publisher
) -> None:
    def moved(asked: Asked) -> Reply:
        if asked.path.startswith("/moved"):
            return one.answering(replace(asked, path=asked.path.removeprefix("/moved")))
        return Reply(
            status=307, headers={"Location": f"/moved{asked.path}?{urlencode(asked.query)}"}
        )

    publisher.answering = one.answering
    expected = rows(fetch())
    publisher.answering = moved
    assert rows(fetch()) == expected

    def away(_: Reply, asked: Asked) -> Reply:
        return Reply(status=302, headers={"Location": f"{elsewhere.site}{asked.path}"})

    for at in range(one.requests):
        publisher.answering = faulty(one, away, at=at, times=1000)
        with pytest.raises(ForbiddenRedirectError):
            fetch()
    assert elsewhere.asked == []


@pytest.mark.parametrize("kind", ["arcgis", "carto", "ckan", "socrata"])
def test_a_column_that_is_asked_for_and_gone_is_refused_by_its_name(
    kind: str, publisher: Publisher, fetching: Fetching
) -> None:
    known = speaking(kind, publisher.site)
    publisher.answering = known.answering
    asked = {"fields" if kind in {"arcgis", "ckan"} else "select": ["id", "disposition"]}
    with pytest.raises((RefusedByPublisherError, DamagedAnswerError), match="disposition"):
        fetching("rows.csv", kind=kind, **known.declared, **asked)
