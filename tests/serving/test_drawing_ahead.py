"""Drawing ahead takes one page after the other, and lets go of what only it has looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from trustboard import ahead, shared
from trustboard.ahead import Ahead, Wanted
from trustboard.serving import drawing_ahead as drawing


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what happens, in its order: the queries that are visited, and "let go"."""
    happened: list[str] = []

    async def visit(wanted: Wanted, _ahead: Ahead) -> None:
        happened.append(wanted.query)

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


def wishes(number: int) -> list[Wanted]:
    return [Wanted("page", f"{one}", "http://localhost/page") for one in range(number)]


def test_after_so_many_pages_and_after_the_last_sums_are_let_go_of(drawn: list[str]) -> None:
    waiting, most = Ahead(), drawing.MOST_IN_A_ROW
    waiting.want(wishes(2 * most + 3))
    draw(waiting, until=lambda: drawn.count("let go") == 3)
    runs = " ".join(drawn).split("let go")
    assert [len(run.split()) for run in runs] == [most, most, 3, 0]
    assert [one for one in drawn if one != "let go"] == [f"{one}" for one in range(2 * most + 3)]


def test_where_nothing_was_drawn_nothing_is_let_go_of(drawn: list[str]) -> None:
    looks = iter(range(50))
    draw(Ahead(), until=lambda: next(looks, None) is None)
    assert drawn == []
