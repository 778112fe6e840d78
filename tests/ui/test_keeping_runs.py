"""What was drawn is kept only for the state it was drawn in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from trustboard import ahead
from trustboard.ahead import Ahead, Outlook, Wanted
from trustboard.ui import kept_runs
from trustboard.ui.kept_runs import State, kept_for_others, shown_again
from trustboard.ui.script_run import Piece

BEFORE = State("page", None, "data of yesterday")  # type: ignore[arg-type]
AFTER = State("page", None, "data of today")  # type: ignore[arg-type]


def wanted(page: str) -> Wanted:
    return Wanted(f"next to {page}", "", "http://localhost/")


@pytest.fixture(autouse=True)
def runs_of_one_message(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let runs be of one message, each leading to one other page."""
    run: dict[str, Any] = {
        "context": lambda: SimpleNamespace(session_id="a reader's", cached_message_hashes=set()),
        "go_to": lambda *_: None,
        "register": lambda *_: None,
        "say": lambda *_: None,
        "overhearing": lambda _run, **_: nullcontext([]),
        "pieces_of": lambda _heard, **_: [Piece(b"a message")],
        "widgets_of": lambda _run: [],
    }
    for name, stand_in in run.items():
        monkeypatch.setattr(kept_runs.script_run, name, stand_in)
    for name in ("stayed", "take_note"):
        monkeypatch.setattr(kept_runs, name, lambda *_: None)
    monkeypatch.setattr(kept_runs, "outlook", lambda _city, page: Outlook(iter([wanted(page)])))
    monkeypatch.setattr(kept_runs, "AHEAD", Ahead())
    monkeypatch.setattr(ahead, "QUIET_AFTER", 0.0)
    kept_runs._RUNS.clear()
    yield
    kept_runs._RUNS.clear()


def kept(monkeypatch: pytest.MonkeyPatch, *, then: State | None) -> bool:
    """Draw a page in one state, which ends in another; say whether it was kept."""
    monkeypatch.setattr(kept_runs, "state_of_run", lambda: then)
    with kept_for_others(BEFORE):
        pass
    return kept_runs._RUNS.get(BEFORE.key) is not None


def test_a_page_that_ends_as_it_began_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept(monkeypatch, then=BEFORE)


@pytest.mark.parametrize("then", [AFTER, None], ids=["newer data", "something to be told once"])
def test_a_page_during_which_something_came_is_not(
    monkeypatch: pytest.MonkeyPatch, then: State | None
) -> None:
    assert not kept(monkeypatch, then=then)


def test_a_page_that_breaks_off_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_runs, "state_of_run", lambda: BEFORE)
    with pytest.raises(ValueError, match="broken"), kept_for_others(BEFORE):
        raise ValueError("broken")
    assert kept_runs._RUNS.get(BEFORE.key) is None


def test_a_page_that_is_seen_again_leads_to_what_has_not_been_drawn_of_it_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = [wanted("first"), wanted("second")]
    monkeypatch.setattr(kept_runs, "outlook", lambda *_, **__: Outlook(iter(steps)))
    assert kept(monkeypatch, then=BEFORE)
    assert kept_runs.AHEAD.take() == steps[0]
    for number in range(5):  # other pages are seen meanwhile
        kept_runs.AHEAD.look(Outlook(iter([wanted(str(number))])))
    assert shown_again(BEFORE)
    assert kept_runs.AHEAD.take() == steps[1]


def test_a_page_of_which_all_was_drawn_long_ago_leads_to_all_of_it_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert kept(monkeypatch, then=BEFORE)
    assert [kept_runs.AHEAD.take() for _ in range(2)] == [wanted("page"), None]
    assert shown_again(BEFORE)
    assert kept_runs.AHEAD.take() is None
    monkeypatch.setattr(ahead, "STALE_AFTER", -1.0)
    assert shown_again(BEFORE)
    assert kept_runs.AHEAD.take() == wanted("page")


def test_from_a_page_that_was_drawn_ahead_nobody_looks_ahead_before_a_reader_sees_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as nobody:
        nobody.setattr(kept_runs.AHEAD, "session", "a reader's")
        assert kept(monkeypatch, then=BEFORE)
        assert shown_again(BEFORE)  # nobody is shown anything
    assert kept_runs.AHEAD.take() is None
    assert shown_again(BEFORE)
    assert kept_runs.AHEAD.take() == wanted("page")
