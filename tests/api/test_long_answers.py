"""Files that take long to write: once each, two at a time, and in nobody else's way."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import BinaryIO
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import Response

from trustboard import api, judging, shared
from trustboard.api import application, once, packages, rows_behind
from trustboard.api import files as excel_files
from trustboard.api.gate import Gate
from trustboard.api.problems import ProblemError
from trustboard.api.replies import PIECE, send
from trustboard.api.written import Written, written
from trustboard.citydata import CityData
from trustboard.shelves import Heap, Shelf
from trustboard.verdicts import AssessedTest

V1 = "/api/v1"
#: More than the API's gate lets in at once, so that one place taken too many would be noticed.
MANY = 12
Asking = Callable[[str], Awaitable[httpx.Response]]


def files() -> list[str]:
    """Name the file of every test of the invented city."""
    return [
        f"{V1}/riverbend/verdicts/rows?"
        + urlencode({"commitment": test.commitment_id, "test": test.test.id})
        for one in shared.assessed(shared.opened("riverbend"))
        for test in one.tests
    ]


class Desk:
    """Writes files when it is let to, and remembers which, and how many at a time."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.most = self._now = self.asked = 0
        self.go, self._lock = threading.Event(), threading.Lock()

    def write(self, test: AssessedTest, city: CityData, *, to: BinaryIO) -> int:
        with self._lock:
            self.written.append(test.test.id)
            self._now += 1
            self.most = max(self.most, self._now)
        assert self.go.wait(30)
        with self._lock:
            self._now -= 1
        return judging.rows_file(test, city, to=to)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk()

    class Counting(once.Once):
        """Counts what was found to take long, before it waits for its turn."""

        async def answer(self, later: once.Later) -> Response:
            made.asked += 1
            return await super().answer(later)

    monkeypatch.setattr(application, "Once", Counting)
    monkeypatch.setattr(rows_behind, "rows_file", made.write)
    monkeypatch.setattr(rows_behind, "_FILES", Heap(most=1_000_000))
    yield made
    made.go.set()


def together(ask: Callable[[Asking], Awaitable[None]]) -> None:
    """Ask one copy of the API many things at the same time."""

    async def run() -> None:
        app = httpx.ASGITransport(app=Starlette(routes=api.routes()))
        async with httpx.AsyncClient(transport=app, base_url="http://board.test") as client:
            await asyncio.wait_for(ask(client.get), timeout=60)

    asyncio.run(run())


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.002)


def test_a_file_is_written_once_however_many_ask_for_it_at_once_and_later(desk: Desk) -> None:
    async def ask(get: Asking) -> None:
        first, other, *_ = files()
        same = [asyncio.create_task(get(first)) for _ in range(MANY)]
        await until(lambda: len(desk.written) == 1)
        different = asyncio.create_task(get(other))
        await until(lambda: len(desk.written) == 2)  # it need not wait for the first
        desk.go.set()
        found = await asyncio.gather(*same)
        assert {(one.status_code, one.content) for one in found} == {(200, found[0].content)}
        assert (await different).content not in ("", found[0].content)
        assert (await get(first)).content == found[0].content
        assert len(desk.written) == 2

    together(ask)


def test_two_files_are_written_at_a_time_and_the_others_after_them(desk: Desk) -> None:
    async def ask(get: Asking) -> None:
        asked = [asyncio.create_task(get(one)) for one in files()[:5]]
        await until(lambda: desk.asked == 5 and len(desk.written) == 2)
        await get(f"{V1}/cities")
        assert len(desk.written) == 2
        desk.go.set()
        assert {one.status_code for one in await asyncio.gather(*asked)} == {200}
        assert (len(desk.written), desk.most) == (5, 2)

    together(ask)


def test_everything_else_is_answered_while_files_are_written(desk: Desk) -> None:
    async def ask(get: Asking) -> None:
        slow = [asyncio.create_task(get(one)) for one in files()[:8] for _ in range(4)]
        await until(lambda: len(desk.written) == 2)
        quick = [get(f"{V1}/riverbend/sources") for _ in range(MANY)]
        assert {one.status_code for one in await asyncio.gather(*quick)} == {200}
        assert not any(one.done() for one in slow)
        desk.go.set()
        await asyncio.gather(*slow)

    together(ask)


def test_where_too_many_files_wait_the_next_is_told_when_to_come_back(desk: Desk) -> None:
    async def ask(get: Asking) -> None:
        several = files()
        ready, *others = several
        desk.go.set()
        whole = await get(ready)
        desk.go.clear()
        asked = [asyncio.create_task(get(one)) for one in others[:8]]
        await until(lambda: desk.asked == 1 + 8)
        full = await get(others[8])
        assert (full.status_code, full.headers["retry-after"]) == (503, "20")
        assert full.headers["content-type"] == "application/problem+json"
        assert "20 seconds" in full.json()["detail"]
        # what needs no writing is answered all the same
        assert (await get(ready)).content == whole.content
        assert (await get(f"{ready}x")).status_code == 404
        assert (await get(f"{ready}&limit=1")).json()["parameter"] == "limit"
        desk.go.set()
        assert {one.status_code for one in await asyncio.gather(*asked)} == {200}
        assert (await get(others[8])).status_code == 200

    together(ask)


def test_a_packed_city_is_not_in_the_way_of_others_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go, packed = threading.Event(), []

    def pack(city: CityData) -> bytes:
        packed.append(city.slug)
        assert go.wait(30)
        return b"packed" * PIECE

    async def ask(get: Asking) -> None:
        slow = [asyncio.create_task(get(f"{V1}/riverbend/package")) for _ in range(MANY)]
        await until(lambda: bool(packed))
        assert (await get(f"{V1}/riverbend/sources")).status_code == 200
        go.set()
        found = await asyncio.gather(*slow, get(f"{V1}/riverbend/package"))
        assert {one.content for one in found} == {b"packed" * PIECE}
        assert packed == ["riverbend"]

    monkeypatch.setattr(packages, "_PACKAGES", Shelf(most=2))
    monkeypatch.setattr(packages, "data_package", pack)
    together(ask)


@pytest.mark.parametrize("rows", ["", "/rows"])
def test_an_excel_file_is_not_in_the_way_of_others_either(
    rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, written_ones = threading.Event(), []
    excel = "excel_of_rows" if rows else "excel_of_table"
    usual = getattr(excel_files, excel)

    def write(*given: object, **named: object) -> bytes:
        written_ones.append(1)
        assert go.wait(30)
        return usual(*given, **named)

    async def ask(get: Asking) -> None:
        address = f"{V1}/riverbend/measures/complaints-received{rows}"
        slow = [asyncio.create_task(get(f"{address}?format=xlsx&limit=5")) for _ in range(MANY)]
        await until(lambda: bool(written_ones))
        quick = [get(f"{address}?format={form}&limit=5") for form in ("csv", "json")]
        assert {one.status_code for one in await asyncio.gather(*quick)} == {200}
        assert not any(one.done() for one in slow)
        go.set()
        found = await asyncio.gather(*slow)
        assert {(one.status_code, one.content[:2]) for one in found} == {(200, b"PK")}
        assert len(written_ones) == 1

    monkeypatch.setattr(excel_files, excel, write)
    together(ask)


def test_what_cannot_be_made_is_told_to_all_who_wait_and_tried_again_for_the_next() -> None:
    tries = []

    def make() -> bytes:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("No space left on device")
        return b"made"

    async def run() -> None:
        desk = once.Once(Gate(at_once=1, waiting=0), readers=3)
        later = once.Later("key", make, lambda made: send(made, edition="1"))
        asked = [desk.answer(later) for _ in range(4)]
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(one) for one in found] == [OSError, OSError, OSError, ProblemError]
        assert (await desk.answer(later)).body == b"made"

    asyncio.run(run())


def test_one_who_leaves_does_not_take_the_file_from_the_others() -> None:
    go = threading.Event()

    async def run() -> None:
        desk = once.Once(Gate(at_once=1, waiting=0), readers=3)
        later = once.Later("key", lambda: b"made" * go.wait(30), lambda made: made)
        leaves, stays = (asyncio.create_task(desk.answer(later)) for _ in range(2))
        await asyncio.sleep(0)
        leaves.cancel()
        await asyncio.sleep(0.01)
        go.set()
        assert await stays == b"made"
        assert leaves.cancelled()

    asyncio.run(run())


@given(st.binary(max_size=200), st.integers(0, 250), st.integers(0, 250))
def test_any_part_of_what_was_written_can_be_read(data: bytes, start: int, end: int) -> None:
    found, size = written(lambda file: file.write(data))
    assert (found.size, size) == (len(data), len(data))
    assert found.part(start, end) == data[start:end]


def test_a_file_is_closed_when_nobody_holds_it_and_when_it_cannot_be_written() -> None:
    opened: list[BinaryIO] = []

    def write(file: BinaryIO) -> None:
        opened.append(file)
        file.write(b"rows")

    def fail(file: BinaryIO) -> None:
        write(file)
        raise OSError("No space left on device")

    heap: Heap[Written] = Heap(most=4)
    heap.put("first", written(write)[0], size=4)
    reader = heap.get("first")
    heap.put("second", written(write)[0], size=4)
    gc.collect()
    assert reader is not None
    assert reader.part(0, 4) == b"rows", "pushed out, and read to the end all the same"
    del reader
    gc.collect()
    with pytest.raises(OSError, match="No space"):
        written(fail)
    assert [file.closed for file in opened] == [True, False, True]
