"""Drawing ahead takes one page after the other, and lets go of what only it has looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from trustboard import ahead, shared
from trustboard.ahead import Ahead, Outlook, Wanted
from trustboard.serving import drawing_ahead as drawing


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what happens, in its order: the queries that are visited, and "let go"."""
    happened: list[str] = []

    async def visit(wanted: Wanted, _ahead: Ahead) -> bool:
        happened.append(wanted.query)
        return False

    monkeypatch.setenv(drawing.SWITCH, "yes")
    monkeypatch.setattr(ahead, "QUIET_AFTER", 0.0)
    monkeypatch.setattr(drawing, "_visit", visit)
    monkeypatch.setattr(drawing, "_LOOK_EVERY", 0.001)
    monkeypatch.setattr(drawing.Runtime, "exists", lambda: True)
    monkeypatch.setattr(shared, "let_go", lambda: happened.append("let go"))
    return happened


def draw(waiting: Ahead, *, until: Callable[[], bool]) -> None:
    async def some_time() -> None:
        async with asyncio.timeout(20), drawing.drawing_ahead(ahead=waiting):
            while not until():
                await asyncio.sleep(0.001)

    asyncio.run(some_time())


def wishes(number: int) -> Outlook:
    return Outlook(Wanted("page", f"{one}", "http://localhost/page") for one in range(number))


def test_after_so_many_pages_and_after_the_last_sums_are_let_go_of(drawn: list[str]) -> None:
    waiting, most = Ahead(), drawing.MOST_IN_A_ROW
    waiting.look(wishes(2 * most + 3))
    draw(waiting, until=lambda: drawn.count("let go") == 3)
    runs = " ".join(drawn).split("let go")
    assert [len(run.split()) for run in runs] == [most, most, 3, 0]
    assert [one for one in drawn if one != "let go"] == [f"{one}" for one in range(2 * most + 3)]


@pytest.mark.parametrize(("is_pressing", "least", "most"), [(True, 0.5, 0.8), (False, 0.05, 0.35)])
def test_the_likeliest_pages_come_quickly_and_the_others_are_seldom_in_the_way(
    is_pressing: bool, least: float, most: float
) -> None:
    for seconds in (0.001, 0.05, 0.2):
        rest = drawing.rest_after(seconds, is_pressing=is_pressing)
        assert least <= seconds / (seconds + rest) <= most
    assert drawing.rest_after(60.0, is_pressing=is_pressing) <= 1.0


def test_where_nothing_was_drawn_nothing_is_let_go_of(drawn: list[str]) -> None:
    looks = iter(range(50))
    draw(Ahead(), until=lambda: next(looks, None) is None)
    assert drawn == []


def test_a_page_that_was_left_for_a_reader_is_drawn_later_and_first(
    drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visit(wanted: Wanted, _ahead: Ahead) -> bool:
        drawn.append(wanted.query)
        return drawn.count("1") == 1 and wanted.query == "1"

    monkeypatch.setattr(drawing, "_visit", visit)
    waiting = Ahead()
    waiting.look(wishes(3))
    draw(waiting, until=lambda: "let go" in drawn)
    assert drawn == ["0", "1", "1", "2", "let go"]


class Drawing:
    """Streamlit's runtime, in which a page is being drawn until `end` says that it has ended."""

    def __init__(self) -> None:
        self.open: dict[str, Any] = {}

    def connect_session(self, client: Any, **_: object) -> str:
        self.open["visit"] = client
        return "visit"

    def get_app_session(self, _session: str) -> None:
        return None

    def handle_backmsg(self, _session: str, _message: object) -> None:
        pass

    def close_session(self, session: str) -> None:
        del self.open[session]

    def end(self) -> None:
        message = ForwardMsg()
        message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        self.open["visit"].write_forward_msg(message)


@pytest.mark.parametrize("somebody_asks", [True, False])
def test_a_page_is_left_as_soon_as_somebody_asks(
    monkeypatch: pytest.MonkeyPatch, somebody_asks: bool
) -> None:
    runtime, waiting = Drawing(), Ahead()
    monkeypatch.setattr(drawing.Runtime, "instance", lambda: runtime)

    async def visit() -> bool:
        going = asyncio.create_task(
            drawing._visit(Wanted("page", "", "http://localhost/page"), waiting)
        )
        await asyncio.sleep(0)
        assert runtime.open
        waiting.stir() if somebody_asks else runtime.end()
        async with asyncio.timeout(20):
            return await going

    assert asyncio.run(visit()) is somebody_asks
    assert not runtime.open
    waiting.stir()  # nobody is in the way any more
