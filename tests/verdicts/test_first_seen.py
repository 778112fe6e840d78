"""What could be known on a day, of rows that were fetched: those first seen here by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from factories import make_city
from trustboard.citydata import CityData
from trustboard.verdicts.view import view_of

ROWS = [("a", "2022-03-01"), ("b", "2022-05-10"), ("c", "2023-06-30")]
SEEN = ["2022-06-01 23:59:59", "2022-06-02 00:00:01", "2023-07-01 04:17:00"]


def city(*, seen: list[str | None] | None = None) -> CityData:
    rows = [{"complaint_id": name, "filed_on": day} for name, day in ROWS]
    made = make_city(complaints=rows)
    if seen is None:
        return made
    table = made.tables["complaints"]
    frame = table.frame.assign(first_seen=pd.to_datetime(pd.Series(seen)))
    return replace(made, tables={"complaints": replace(table, frame=frame)})


def ids(made: CityData, day: date | None) -> list[str]:
    frame = view_of(made, as_of=day).city.frame("complaints")
    return [] if frame is None else list(frame["complaint_id"])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 5, 31), []),
        (date(2022, 6, 1), ["a"]),
        (date(2022, 6, 2), ["a", "b"]),
        (date(2023, 6, 30), ["a", "b"]),
        (date(2023, 7, 1), ["a", "b", "c"]),
        (None, ["a", "b", "c"]),
    ],
)
def test_a_view_shows_the_rows_first_seen_on_or_before_its_day(
    day: date | None, expected: list[str]
) -> None:
    assert ids(city(seen=SEEN), day) == expected


def test_a_view_reaches_no_further_than_the_rows_it_shows() -> None:
    seen = view_of(city(seen=SEEN), as_of=date(2023, 6, 30)).city.tables["complaints"]
    assert seen.spec.coverage.to == date(2022, 5, 10)
    whole = view_of(city(seen=SEEN), as_of=date(2023, 7, 1)).city.tables["complaints"]
    assert whole.spec.coverage.to == date(2023, 12, 31)


def test_a_view_says_how_many_rows_it_leaves_out_or_that_a_table_is_not_there() -> None:
    view = view_of(city(seen=SEEN), as_of=date(2022, 6, 2))
    assert "1 rows of complaints were first seen here after 2022-06-02" in view.notes[0]
    early = view_of(city(seen=SEEN), as_of=date(2022, 5, 1))
    assert early.city.absent == ("complaints",)
    assert "No row of complaints had been seen here" in early.notes[0]


def test_a_row_whose_first_day_is_not_known_counts_from_the_day_the_table_was_fetched() -> None:
    made = city(seen=[SEEN[0], None, None])
    fetched = made.tables["complaints"].spec.source.retrieved
    assert ids(made, date(2023, 1, 1)) == ["a"]
    assert ids(made, fetched) == ["a", "b", "c"]


def test_a_table_that_does_not_say_when_rows_were_seen_is_shown_whole_once_it_was_published() -> (
    None
):
    made = city()
    fetched = made.tables["complaints"].spec.source.retrieved
    assert ids(made, date(2022, 6, 2)) == []
    assert ids(made, fetched) == ["a", "b", "c"]
