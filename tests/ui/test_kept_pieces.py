"""What pages said lies in a temporary file, is found again there, and makes room when told to."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard.ui.kept_pieces import PieceStore
from trustboard.ui.script_run import Piece

_PIECES = st.builds(
    Piece, st.binary(max_size=3_000), st.text(), st.binary(), st.text(), st.binary()
)


@given(st.lists(st.lists(_PIECES, max_size=8), max_size=5))
def test_each_run_is_given_back_in_its_order(runs: list[list[Piece]]) -> None:
    store = PieceStore()
    numbers = [store.put(run) for run in runs]
    assert [store.get(one) for one in numbers if one is not None] == runs


def test_what_is_let_go_of_is_gone_and_its_neighbors_stay() -> None:
    store = PieceStore()
    first, second, third = (_put(store, [Piece(body)]) for body in (b"1", b"2", b"3"))
    store.drop(second)
    assert (store.get(first), store.get(second), store.get(third)) == (
        [Piece(b"1")],
        [],
        [Piece(b"3")],
    )


def test_room_is_used_again() -> None:
    store = PieceStore()
    page = [Piece(os.urandom(50_000)) for _ in range(4)]
    kept = [_put(store, page) for _ in range(5)]
    before = _pages(store)
    for _ in range(20):
        store.drop(kept.pop(0))
        kept.append(_put(store, page))
    assert _pages(store) <= before * 1.2


def test_many_threads_may_use_it_at_once() -> None:
    store = PieceStore()

    def one(body: int) -> bool:
        run = [Piece(str(body).encode() * 1_000)]
        return store.get(_put(store, run)) == run

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(one, range(200)))


@pytest.mark.parametrize("act", [lambda one: one.put([Piece(b"1")]), lambda one: one.get(0)])
def test_without_a_place_for_the_file_nothing_is_kept_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: Callable[[PieceStore], object]
) -> None:
    monkeypatch.setattr(
        "trustboard.ui.kept_pieces.FILE", str(tmp_path / "no folder" / "file.sqlite")
    )
    store = PieceStore()
    assert not act(store)
    store.drop(0)


def test_a_full_disk_keeps_what_was_there_before() -> None:
    store = PieceStore()
    first = _put(store, [Piece(b"1")])
    store._open().execute(f"PRAGMA max_page_count = {_pages(store) + 1}")
    assert store.put([Piece(os.urandom(500_000))]) is None
    assert store.get(first) == [Piece(b"1")]
    assert store.put([Piece(b"2")]) is not None


def _put(store: PieceStore, run: list[Piece]) -> int:
    number = store.put(run)
    assert number is not None
    return number


def _pages(store: PieceStore) -> int:
    return int(store._open().execute("PRAGMA page_count").fetchone()[0])
