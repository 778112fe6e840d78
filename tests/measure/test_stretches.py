"""Rows are named by a slice where they lie together, else one by one: the same rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trustboard.stretches import among, found, length

MASKS = st.lists(st.booleans(), max_size=12)


@given(MASKS)
def test_the_rows_found_are_those_of_the_mask(mask: list[bool]) -> None:
    rows, wanted = np.arange(len(mask)), np.flatnonzero(mask)
    at = found(np.array(mask, dtype=bool))
    assert rows[at].tolist() == wanted.tolist()
    assert length(at) == len(wanted)
    assert isinstance(at, slice) is bool(np.all(np.diff(wanted) == 1))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
def test_rows_found_among_rows_are_those_of_both_masks(masks: list[tuple[bool, bool]]) -> None:
    rows = np.arange(len(masks))
    first, second = np.array(masks, dtype=bool).reshape(-1, 2).T
    at = found(first)
    both = among(at, found(second[at]))
    assert rows[both].tolist() == np.flatnonzero(first & second).tolist()


def test_a_slice_of_a_column_is_no_copy() -> None:
    column = np.arange(1000)
    at = among(found(column > 99), found(column[:800] < 500))
    assert isinstance(at, slice)
    assert np.shares_memory(column[at], column)
