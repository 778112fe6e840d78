"""What differs between two editions of a table, and that nothing else does."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from trustboard.snapshots.differences import Difference, apply, as_values, diff

FEW = settings(max_examples=45, deadline=None, derandomize=True)
CELL = st.sampled_from(["", "a", "b", "ä,\n", "0", "NA"])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Draw a small table with few distinct cells, so that keys and rows repeat."""
    columns = draw(st.lists(st.sampled_from(["id", "x", "y", "z"]), unique=True, max_size=4))
    width = len(columns)
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=8))
    return pd.DataFrame(rows if width else [], columns=columns, dtype="str")


KEY = st.sampled_from([None, "id", "absent"])


@FEW
@given(tables(), KEY)
def test_an_edition_does_not_differ_from_itself(table: pd.DataFrame, key: str | None) -> None:
    assert diff(table, after=table, key=key).is_empty()


@FEW
@given(tables(), tables(), KEY)
def test_what_differs_leads_from_the_older_edition_to_the_newer(
    older: pd.DataFrame, newer: pd.DataFrame, key: str | None
) -> None:
    found = apply(older, difference=diff(older, after=newer, key=key))
    assert_frame_equal(found, newer, check_index_type=False, check_column_type=False)


@FEW
@given(tables(), tables(), KEY)
def test_every_row_of_both_editions_is_accounted_for_once(
    older: pd.DataFrame, newer: pd.DataFrame, key: str | None
) -> None:
    found = diff(older, after=newer, key=key)
    before = [*found.pairs["before"], *found.removed.index]
    after = [*found.pairs["after"], *found.added.index]
    assert sorted(before) == list(range(len(older)))
    assert sorted(after) == list(range(len(newer)))


@FEW
@given(tables(), st.randoms(use_true_random=False), KEY)
def test_another_order_is_no_difference(table: pd.DataFrame, chance: Any, key: str | None) -> None:
    order = chance.sample(range(len(table)), len(table))
    assert diff(table, after=table.iloc[order], key=key).is_empty()


def _table(*rows: tuple[str, ...], columns: tuple[str, ...] = ("id", "finding")) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns), dtype="str")


OLD = _table(("1", "open"), ("2", "open"), ("3", "sustained"))


def _counts(found: Difference) -> tuple[int, int, int]:
    counts = found.counts()
    return counts["added"], counts["removed"], counts["changed"]


def test_a_changed_row_says_which_field_went_from_what_to_what() -> None:
    new = _table(("2", "sustained"), ("3", "sustained"), ("4", "open"))
    told = as_values(diff(OLD, after=new, key="id"), key="id", limit=None)
    assert told["counts"] == {"added": 1, "removed": 1, "changed": 1}
    assert told["added"] == [{"id": "4", "finding": "open"}]
    assert told["removed"] == [{"id": "1", "finding": "open"}]
    fields = {"finding": {"from": "open", "to": "sustained"}}
    assert told["changed"] == [{"key": "2", "fields": fields}]


def test_without_a_key_a_changed_row_is_one_removed_and_one_added() -> None:
    new = _table(("1", "closed"), ("2", "open"), ("3", "sustained"))
    assert _counts(diff(OLD, after=new)) == (1, 1, 0)


def test_a_key_that_stands_twice_falls_back_on_whole_rows() -> None:
    new = _table(("1", "open"), ("1", "closed"), ("2", "open"), ("3", "sustained"))
    found = diff(OLD, after=new, key="id")
    assert _counts(found) == (1, 0, 0)
    assert found.added.to_dict("list") == {"id": ["1"], "finding": ["closed"]}


def test_equal_rows_are_counted_not_merged() -> None:
    twice, thrice = _table(("1", "x"), ("1", "x")), _table(*[("1", "x")] * 3)
    assert _counts(diff(twice, after=thrice)) == (1, 0, 0)
    assert _counts(diff(thrice, after=twice)) == (0, 1, 0)


def test_a_new_column_is_named_once_and_not_listed_as_a_change_of_every_row() -> None:
    new = OLD.assign(race="unknown")
    found = diff(OLD, after=new, key="id")
    assert found.columns_added == ("race",)
    assert _counts(found) == (0, 0, 0)
    assert not found.is_empty()
    back = diff(new, after=OLD, key="id")
    assert back.columns_removed == ("race",)


def test_a_key_that_the_newer_edition_lost_is_no_key() -> None:
    new = _table(("open",), ("open",), ("sustained",), columns=("finding",))
    found = diff(OLD, after=new, key="id")
    assert found.columns_removed == ("id",)
    assert _counts(found) == (0, 0, 0)


def test_a_listing_can_be_kept_short_while_its_counts_stay_whole() -> None:
    new = _table(("1", "x"), ("2", "x"), ("3", "x"))
    told = as_values(diff(OLD, after=new, key="id"), key="id", limit=1)
    assert len(told["changed"]) == 1
    assert told["counts"]["changed"] == 3


def test_a_large_table_is_compared_in_seconds() -> None:
    size = 60_000
    old = pd.DataFrame({"id": [str(n) for n in range(size)], "x": "a"}, dtype="str")
    new = old.iloc[10:].assign(x=lambda rows: rows["x"].where(rows["id"] != "500", "b"))
    assert _counts(diff(old, after=new, key="id")) == (0, 10, 1)
    assert _counts(diff(old, after=new)) == (1, 11, 0)


def test_missing_cells_count_as_empty() -> None:
    holes = pd.DataFrame({"id": ["1", None], "x": [None, "b"]}, dtype="str")
    assert diff(holes, after=holes.fillna(""), key="id").is_empty()


@pytest.mark.parametrize("key", [None, "id"])
def test_nothing_at_all_and_something_differ_by_all_rows(key: str | None) -> None:
    nothing = OLD.iloc[:0]
    assert _counts(diff(nothing, after=OLD, key=key)) == (3, 0, 0)
    assert _counts(diff(OLD, after=nothing, key=key)) == (0, 3, 0)
