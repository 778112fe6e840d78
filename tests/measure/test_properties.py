"""What must hold for any rows whatever."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_city
from trustboard.citydata import CityData
from trustboard.measure import Query, measure
from trustboard.tidy import NUMBERS, Measured

PLACES = [
    ("a", "Alder", "neighborhood", "d1", 2000),
    ("b", "Birch", "neighborhood", "d1", 3000),
    ("c", "Cedar", "neighborhood", "d2", 4000),
]
FIRST, LAST = date(2022, 1, 1), date(2023, 12, 31)
DAYS = st.dates(FIRST, LAST)
#: One closed complaint, so that closing dates and places are published whatever is drawn.
ANCHOR = ("z", FIRST, FIRST + timedelta(days=9), "a", "x", None)


@st.composite
def complaints(draw: st.DrawFn) -> list[tuple]:
    """Complaints with places known, unknown and outside, open and closed."""
    count = draw(st.integers(1, 60))
    rows = []
    for i in range(count):
        filed = draw(DAYS)
        after = draw(st.none() | st.integers(0, 700))
        closed = filed + timedelta(days=after) if after is not None else None
        closed = closed if closed is None or closed <= LAST else None
        place = draw(st.sampled_from(["a", "b", "c", "outside", None]))
        rows.append((f"c{i}", filed, closed, place, draw(st.sampled_from(["x", "y"])), None))
    return rows


def outcomes_of(rows: list[tuple]) -> list[tuple]:
    words = ("sustained", "unfounded", "no_finding")
    return [(r[0], words[i % 3] if r[2] else "pending", None, r[2]) for i, r in enumerate(rows)]


def city_of(rows: list[tuple], **changes: object) -> CityData:
    return make_city(
        **{"complaints": rows, "outcomes": outcomes_of(rows), "places": PLACES} | changes
    )


def table(city: CityData, indicator: str, *by: str) -> pd.DataFrame:
    found = measure(city, indicator, Query(by=by))
    assert isinstance(found, Measured), found
    return found.table


@settings(max_examples=6, deadline=None)
@given(complaints(), st.randoms())
def test_row_order_is_irrelevant(rows: list[tuple], random: object) -> None:
    outcomes = outcomes_of(rows)
    city = make_city(complaints=[*rows, ANCHOR], outcomes=outcomes, places=PLACES)
    mixed, mixed_outcomes, mixed_places = [*rows, ANCHOR], [*outcomes], [*PLACES]
    for one in (mixed, mixed_outcomes, mixed_places):
        random.shuffle(one)  # type: ignore[attr-defined]
    shuffled = make_city(complaints=mixed, outcomes=mixed_outcomes, places=mixed_places)
    for indicator in ("complaints-received", "findings", "days-to-close", "still-open"):
        for by in (("quarter",), ("year", "place")):
            pd.testing.assert_frame_equal(
                table(city, indicator, *by), table(shuffled, indicator, *by)
            )


@settings(max_examples=10, deadline=None)
@given(complaints())
def test_places_districts_and_categories_sum_to_the_city(rows: list[tuple]) -> None:
    city = city_of([*rows, ANCHOR])
    whole = table(city, "complaints-received", "month")["n"]
    for group in ("place", "district", "category"):
        parts = table(city, "complaints-received", "month", group)
        assert parts.groupby("period", sort=False)["n"].sum().tolist() == whole.tolist()
    assert whole.sum() == len(rows) + 1


@settings(max_examples=10, deadline=None)
@given(complaints(), DAYS)
def test_an_unrelated_row_changes_nothing(rows: list[tuple], day: date) -> None:
    rows = [*rows, ANCHOR]
    more = [*rows, ("new", day, None, "c", "y", None)]
    for indicator in ("complaints-received", "complaints-per-10000", "findings", "still-open"):
        before = table(city_of(rows), indicator, "year", "place")
        after = table(
            make_city(complaints=more, outcomes=outcomes_of(rows), places=PLACES),
            indicator,
            "year",
            "place",
        )
        elsewhere = [one[one["place"] != "c"].reset_index(drop=True) for one in (before, after)]
        pd.testing.assert_frame_equal(*elsewhere)


@settings(max_examples=10, deadline=None)
@given(complaints(), st.dates(LAST - timedelta(days=364), LAST))
def test_an_open_recent_complaint_never_changes_a_mature_figure(
    rows: list[tuple], day: date
) -> None:
    rows = [*rows, ANCHOR]
    more = [*rows, ("new", day, None, "a", "x", None)]
    for by in ((), ("quarter",), ("year", "place")):
        before = table(city_of(rows), "sustained-within-12-months", *by)
        after = table(city_of(more), "sustained-within-12-months", *by)
        mature = before["state"] != "immature"
        assert mature.tolist() == (after["state"] != "immature").tolist()
        pd.testing.assert_frame_equal(before[mature], after[mature])


@settings(max_examples=10, deadline=None)
@given(complaints(), st.integers(2, 50))
def test_scaling_residents_scales_rates_inversely(rows: list[tuple], factor: int) -> None:
    rows = [*rows, *((f"z{i}", FIRST, None, "a", "x", None) for i in range(12))]
    more = [(*place[:4], place[4] * factor) for place in PLACES]
    before = table(city_of(rows), "complaints-per-10000", "place")
    after = table(city_of(rows, places=more), "complaints-per-10000", "place")
    assert before["value"].notna().any()
    for column in ("value", "lower", "upper"):
        pd.testing.assert_series_equal(before[column], after[column] * factor)
    pd.testing.assert_series_equal(before["state"], after["state"])


@settings(max_examples=10, deadline=None)
@given(complaints())
def test_every_value_lies_within_its_range_and_states_agree_with_values(rows: list[tuple]) -> None:
    city = city_of([*rows, ANCHOR])
    drawn = ("ok", "unsettled", "partial", "cut")
    for indicator in ("complaints-received", "complaints-per-10000", "findings", "days-to-close"):
        found = table(city, indicator, "quarter")
        known = found[found["value"].notna() & found["lower"].notna()]
        assert (known["lower"] <= known["value"]).all()
        assert (known["value"] <= known["upper"]).all()
        assert found["value"].notna().tolist() == found["state"].isin(drawn).tolist()
        assert set(found[list(NUMBERS)].dtypes.astype(str)) == {"float64"}
