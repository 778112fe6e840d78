"""What was drawn is kept only for the state it was drawn in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from trustboard.ui import kept_runs
from trustboard.ui.kept_runs import State, kept_for_others
from trustboard.ui.script_run import Piece

BEFORE = State("page", None, "data of yesterday")  # type: ignore[arg-type]
AFTER = State("page", None, "data of today")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _a_run_of_one_message(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    run: dict[str, Any] = {
        "context": lambda: SimpleNamespace(),
        "overhearing": lambda _run, **_: nullcontext([]),
        "pieces_of": lambda _heard, **_: [Piece(b"a message")],
        "widgets_of": lambda _run: [],
    }
    for name, stand_in in run.items():
        monkeypatch.setattr(kept_runs.script_run, name, stand_in)
    monkeypatch.setattr(kept_runs, "stayed", lambda: None)
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
