"""What the page seen last leads to is drawn first, and nothing is while somebody may be waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard import ahead
from trustboard.ahead import Ahead, Outlook, Wanted


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "QUIET_AFTER", 0.0)


def leading_to(*queries: str) -> Outlook:
    return Outlook(Wanted("page", one, "http://localhost/page") for one in queries)


def taken(waiting: Ahead) -> list[str]:
    found = []
    while (one := waiting.take()) is not None:
        found.append(one.query)
    return found


def test_what_the_page_seen_last_leads_to_comes_first_in_its_order() -> None:
    waiting = Ahead()
    waiting.look(leading_to("a", "b", "c"))
    waiting.look(leading_to("d", "e"))
    assert taken(waiting) == ["d", "e", "a", "b", "c"]
    assert not waiting.has_more


def test_a_page_that_is_seen_again_goes_on_where_it_was_left() -> None:
    waiting, first = Ahead(most=2), leading_to("a", "b")
    waiting.look(first)
    assert waiting.take() is not None
    for other in ("c", "d", "e"):
        waiting.look(leading_to(other))
    waiting.look(first)
    assert taken(waiting) == ["b", "e"]


def test_a_page_that_was_put_back_is_the_next_from_where_it_was_taken() -> None:
    waiting = Ahead()
    waiting.look(leading_to("a", "b"))
    left = waiting.take()
    assert left is not None
    waiting.put_back(left)
    waiting.look(leading_to("c"))
    assert taken(waiting) == ["c", "a", "b"]


def test_what_was_all_drawn_a_while_ago_is_to_be_looked_at_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outlook = leading_to("a")
    assert outlook.take() is not None
    monkeypatch.setattr(ahead, "STALE_AFTER", -1.0)
    assert not outlook.is_stale  # something may be left
    assert outlook.take() is None
    assert outlook.is_stale
    monkeypatch.setattr(ahead, "STALE_AFTER", 1_000.0)
    assert not outlook.is_stale


def test_no_page_is_worked_out_before_its_turn() -> None:
    waiting, worked_out = Ahead(), list[str]()

    def pages() -> Iterator[Wanted]:
        for one in ("a", "b"):
            worked_out.append(one)
            yield Wanted("page", one, "http://localhost/page")

    waiting.look(Outlook(pages()))
    assert worked_out == []
    waiting.take()
    assert worked_out == ["a"]


@given(st.lists(st.lists(st.text(max_size=2), max_size=9), max_size=9))
def test_only_what_the_last_pages_lead_to_is_remembered(seen: list[list[str]]) -> None:
    waiting = Ahead(most=3)
    for queries in seen:
        waiting.look(leading_to(*queries))
    assert taken(waiting) == [one for queries in reversed(seen[-3:]) for one in queries]


def test_nothing_is_drawn_while_somebody_may_be_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Ahead()
    waiting.look(leading_to("a"))
    monkeypatch.setattr(ahead, "QUIET_AFTER", 1_000.0)
    waiting.stir()
    assert waiting.take() is None
    monkeypatch.setattr(ahead, "QUIET_AFTER", 0.0)
    assert taken(waiting) == ["a"]


def test_after_the_likeliest_pages_there_is_time_until_somebody_asks_again() -> None:
    waiting = Ahead()
    waiting.look(leading_to(*map(str, range(ahead.LIKELIEST + 2))))
    pressing = []
    while waiting.take() is not None:
        pressing.append(waiting.is_pressing)
    assert pressing == [True] * ahead.LIKELIEST + [False, False]
    waiting.stir()
    assert waiting.is_pressing
