"""When a row was first seen, changed and last seen, over a chain of snapshots."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from trustboard.snapshots.differences import diff
from trustboard.snapshots.ledger import first_ledger, gone_rows, next_ledger

Row = tuple[str, str]


def _day(number: int) -> datetime:
    return datetime(2024, 1, number, tzinfo=UTC)


def _table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "finding"], dtype="str")


def _chain(*editions: list[Row], key: str | None = "id") -> pd.DataFrame:
    """Give the ledger after these editions, published on the 1st, 2nd, 3rd ... of a month."""
    before = _table(editions[0])
    lines = list(range(2, len(before) + 2))
    ledger = first_ledger(before, lines=lines, key=key, at=_day(1))
    for number, rows in enumerate(editions[1:], start=2):
        after = _table(rows)
        ledger = next_ledger(
            ledger,
            difference=diff(before, after=after, key=key),
            rows=after,
            lines=list(range(2, len(after) + 2)),
            key=key,
            at=_day(number),
        )
        before = after
    return ledger


def _days(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(moment) else moment.day for moment in column]


def test_a_row_keeps_the_day_on_which_it_was_first_seen() -> None:
    ledger = _chain([("a", "open")], [("b", "open"), ("a", "open")], [("b", "open"), ("a", "x")])
    assert list(ledger["key"]) == ["b", "a"]
    assert list(ledger["line"]) == [2, 3]
    assert _days(ledger["first_seen"]) == [2, 1]
    assert _days(ledger["changed"]) == [None, 3]
    assert _days(ledger["last_seen"]) == [3, 3]


def test_a_removed_row_is_kept_as_it_was_with_the_day_it_was_last_seen() -> None:
    ledger = _chain([("a", "open"), ("b", "x")], [("a", "open"), ("b", "x")], [("b", "x")], [])
    gone = gone_rows(ledger)
    assert sorted(gone["id"]) == ["a", "b"]
    by_id = gone.set_index("id")
    assert by_id.loc["a", "last_seen"].day == 2
    assert by_id.loc["b", "last_seen"].day == 3
    assert by_id.loc["a", "finding"] == "open"
    assert _days(gone["first_seen"]) == [1, 1]


def test_a_row_that_comes_back_is_not_new() -> None:
    ledger = _chain([("a", "open"), ("b", "x")], [("b", "x")], [("b", "x"), ("a", "closed")])
    assert gone_rows(ledger).empty
    row = ledger.set_index("key").loc["a"]
    assert row["first_seen"].day == 1
    assert row["changed"].day == 3


def test_without_a_key_equal_rows_carry_days_of_their_own() -> None:
    same = ("a", "x")
    ledger = _chain([same], [same, same], [same, same, same], key=None)
    assert sorted(_days(ledger["first_seen"])) == [1, 2, 3]


def test_a_key_that_comes_to_stand_twice_does_not_make_the_old_row_new() -> None:
    ledger = _chain([("a", "x")], [("a", "x"), ("a", "y")])
    assert _days(ledger["first_seen"]) == [1, 2]


EDITION = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=5)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(EDITION, min_size=1, max_size=5), st.sampled_from([None, "id"]))
def test_the_ledger_follows_every_row_of_every_edition(
    editions: list[list[Row]], key: str | None
) -> None:
    ledger = _chain(*editions, key=key)
    here = ledger[ledger["line"].notna()]
    assert list(here["line"]) == list(range(2, len(editions[-1]) + 2))
    assert (here["last_seen"].dt.day == len(editions)).all()
    assert (ledger["first_seen"] <= ledger["last_seen"]).all()
    gone = gone_rows(ledger)
    assert (gone["last_seen"].dt.day < len(editions)).all()
    seen = {row for edition in editions for row in edition}
    if key is None:  # each row that was ever published is still here
        kept = set(editions[-1]) | {(r["id"], r["finding"]) for _, r in gone.iterrows()}
        assert kept == seen
