"""The newest wishes are drawn first, and nothing is while somebody may be waiting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard import ahead
from trustboard.ahead import Ahead, Wanted


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "QUIET_AFTER", 0.0)


def wishes(*queries: str) -> list[Wanted]:
    return [Wanted("page", one, "http://localhost/page") for one in queries]


def taken(waiting: Ahead) -> list[str]:
    found = []
    while (one := waiting.take()) is not None:
        found.append(one.query)
    return found


def test_what_was_wanted_last_comes_first_each_wish_once_and_in_its_order() -> None:
    waiting = Ahead()
    waiting.want(wishes("a", "b", "c"))
    waiting.want(wishes("d", "b"))
    assert taken(waiting) == ["d", "b", "a", "c"]


@given(st.lists(st.lists(st.text(max_size=2), max_size=9), max_size=9))
def test_there_is_an_end_to_what_can_be_wanted(asked: list[list[str]]) -> None:
    waiting = Ahead(most=5)
    for queries in asked:
        waiting.want(wishes(*queries))
        assert len(waiting) <= 5
    latest = dict.fromkeys(one for queries in reversed(asked) for one in queries)
    assert taken(waiting) == list(latest)[:5]


def test_nothing_is_drawn_while_somebody_may_be_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Ahead()
    waiting.want(wishes("a"))
    monkeypatch.setattr(ahead, "QUIET_AFTER", 1_000.0)
    waiting.stir()
    assert waiting.take() is None
    monkeypatch.setattr(ahead, "QUIET_AFTER", 0.0)
    assert taken(waiting) == ["a"]
