"""Rates, shares and medians: when they are drawn, and with which denominators."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from factories import make_city
from trustboard.measure import Query, measure
from trustboard.tidy import Measured

PLACES = [
    ("big", "Big", "neighborhood", "d1", 10_000, True),
    ("tiny", "Tiny", "neighborhood", "d1", 999, True),
    ("odd", "Odd", "neighborhood", "d2", 5_000, False),
    ("park", "Park", "park", "d2", None, True),
]


def filed(count: int, place: str | None, year: int = 2022, *, closed: int = 0) -> list[tuple]:
    """So many complaints, one a day; the first `closed` of them closed after 20 days."""
    days = pd.date_range(f"{year}-01-01", periods=count).date
    return [
        (f"{place}-{year}-{i}", day, day + pd.Timedelta(days=20) if i < closed else None, place)
        for i, day in enumerate(days)
    ]


def table(city: object, indicator: str, query: Query) -> pd.DataFrame:
    found = measure(city, indicator, query)  # type: ignore[arg-type]
    assert isinstance(found, Measured), found
    return found.table


def rates(complaints: list[tuple], *by: str, **query: object) -> pd.DataFrame:
    city = make_city(complaints=complaints, places=PLACES)
    return table(city, "complaints-per-10000", Query(by=by, **query))  # type: ignore[arg-type]


def test_a_rate_divides_by_residents_and_covered_years() -> None:
    found = rates(filed(40, "big"), "place").set_index("place")
    big = found.loc["big"]
    assert big["exposure"] == pytest.approx(20_000)
    assert big["value"] == pytest.approx(20)
    assert (big["lower"], big["upper"]) == pytest.approx((14.289, 27.234), abs=1e-3)
    one_year = rates(filed(40, "big"), "year", "place").set_index(["period", "place"])
    assert one_year.loc[("2022", "big"), "value"] == pytest.approx(40)


@pytest.mark.parametrize("place", ["tiny", "odd", "park", "unknown"])
def test_no_rate_is_drawn_where_residents_are_few_doubtful_or_none(place: str) -> None:
    rows = [*filed(50, None if place == "unknown" else place), *filed(1, "big")]
    found = rates(rows, "place").set_index("place").loc[place]
    assert found["state"] == "too_few"
    assert np.isnan(found["value"])
    assert found["n"] == 50


def test_fewer_than_ten_events_give_no_rate() -> None:
    assert rates(filed(9, "big"))["state"].item() == "too_few"
    assert rates(filed(10, "big"))["state"].item() == "ok"


def test_a_district_with_a_doubtful_neighborhood_has_no_rate_and_says_why() -> None:
    rows = [*filed(50, "big"), *filed(50, "odd")]
    city = make_city(complaints=rows, places=PLACES)
    found = measure(city, "complaints-per-10000", Query(by=("district",)))
    assert isinstance(found, Measured)
    of = found.table.set_index("district")
    assert of.loc["d1", "state"] == "ok"
    assert of.loc["d2", "state"] == "too_few" and np.isnan(of.loc["d2", "value"])
    assert of.loc["d2", "n"] == 50  # the count is shown all the same
    assert found.caveats[0] == (
        "No rate is given for District d2 (with Odd): the number of residents there is not "
        "reliable."
    )
    alone = measure(city, "complaints-per-10000", Query(filters=(("district", ("d2",)),)))
    assert isinstance(alone, Measured) and set(alone.table["state"]) == {"too_few"}
    sound = measure(city, "complaints-per-10000", Query(filters=(("district", ("d1",)),)))
    assert isinstance(sound, Measured) and set(sound.table["state"]) == {"ok"}
    assert not any("not reliable" in one for one in sound.caveats)


def test_a_city_keeps_its_rate_and_says_how_many_residents_are_counted_unreliably() -> None:
    city = make_city(complaints=filed(50, "big"), places=PLACES)
    found = measure(city, "complaints-per-10000", Query())
    assert isinstance(found, Measured) and set(found.table["state"]) == {"ok"}
    wanted = "31.3% of the city’s residents are counted in Odd, where their number is not reliable."
    assert wanted in found.caveats  # 5,000 of 15,999
    counts = measure(city, "complaints-received", Query())
    assert isinstance(counts, Measured) and wanted not in counts.caveats


def test_the_city_and_a_district_add_up_their_neighborhoods() -> None:
    found = rates(filed(50, "big"))
    assert found["exposure"].item() == pytest.approx(2 * 15_999)
    by_district = rates(filed(50, "big"), "district").set_index("district")
    assert by_district.loc["d1", "exposure"] == pytest.approx(2 * 10_999)
    chosen = rates(filed(50, "big"), filters=(("place", ("big", "tiny")),))
    assert chosen["exposure"].item() == pytest.approx(2 * 10_999)
    doubtful = rates(filed(50, "big"), filters=(("place", ("big", "odd")),))
    assert doubtful["state"].item() == "too_few"


def test_a_neighborhood_whose_residents_are_not_published_leaves_the_city_without_a_rate() -> None:
    places = [*PLACES, ("new", "New", "neighborhood", "d2", None, True)]
    city = make_city(complaints=filed(50, "big"), places=places)
    assert table(city, "complaints-per-10000", Query())["state"].item() == "too_few"


def test_a_place_listed_as_having_no_residents_does_not() -> None:
    places = [*PLACES, ("airport", "Airport", "neighborhood", "d2", None, True)]
    also = {"also": {"airport": "The airport"}}
    city = make_city(complaints=filed(50, "big"), places=places, places_spec=also)
    found = table(city, "complaints-per-10000", Query())
    assert found[["exposure", "state"]].values.tolist() == [[pytest.approx(2 * 15_999), "ok"]]


def test_a_share_needs_thirty_cases() -> None:
    for cases, state in ((29, "too_few"), (60, "ok")):
        city = make_city(complaints=filed(cases, "big", closed=cases // 2))
        found = table(city, "closed-within-180-days", Query(by=("year",)))
        assert found["state"].tolist() == [state, "immature"]
    assert found["value"].iloc[0] == 0.5
    assert (found["lower"].iloc[0], found["upper"].iloc[0]) == pytest.approx(
        (0.3774, 0.6226), abs=1e-4
    )


def test_a_young_cohort_shows_its_count_and_no_share() -> None:
    city = make_city(complaints=filed(60, "big", 2023, closed=60))
    young = table(city, "closed-within-180-days", Query(by=("year",))).iloc[1]
    assert np.isnan(young["value"])
    assert (young["n"], young["exposure"], young["state"]) == (60, 60, "immature")
    # January to March are old enough: the last complaint was filed on 2023-03-01
    months = table(city, "closed-within-180-days", Query(by=("quarter",), from_=date(2023, 1, 1)))
    assert months["state"].tolist()[0] == "ok"


def test_the_median_counts_open_cases_as_running() -> None:
    # 12 complaints: 7 closed after 20 days, 5 open: more than half closed
    city = make_city(complaints=filed(12, "big", closed=7))
    assert table(city, "days-to-close", Query())["state"].item() == "too_few"
    city = make_city(complaints=filed(19, "big", closed=10))
    found = table(city, "days-to-close", Query())
    assert found[["value", "n", "exposure", "state"]].values.tolist() == [[20, 10, 19, "ok"]]


def test_a_median_not_reached_says_so() -> None:
    city = make_city(complaints=filed(40, "big", closed=12))
    found = table(city, "days-to-close", Query()).iloc[0]
    assert found["state"] == "not_reached"
    assert np.isnan(found["value"])
    assert np.isinf(found["upper"])
    assert (found["n"], found["exposure"]) == (12, 40)


def test_a_case_closed_before_it_was_filed_counts_and_has_no_duration() -> None:
    rows = [*filed(20, "big", closed=20), ("odd", "2022-05-05", "2022-05-01", "big")]
    city = make_city(complaints=rows)
    assert table(city, "complaints-received", Query())["n"].item() == 21
    found = measure(city, "days-to-close")
    assert isinstance(found, Measured)
    assert found.table["exposure"].item() == 20
    assert any(caveat.startswith("1 complaint is left out") for caveat in found.caveats)


def test_a_word_the_source_never_uses_is_not_shown_as_zero() -> None:
    outcomes = [(f"big-2022-{i}", "sustained" if i else "pending") for i in range(40)]
    city = make_city(complaints=filed(40, "big"), outcomes=outcomes)
    found = measure(city, "findings")
    assert isinstance(found, Measured)
    assert found.table[["finding", "n", "exposure"]].values.tolist() == [["sustained", 39, 39]]
    assert "Not among the decided: 1 has no finding yet." in found.caveats


def test_pending_discipline_is_told_apart() -> None:
    words = ["reprimand", "none", "pending", None]
    outcomes = [(f"big-2022-{i}", "sustained", words[i % 4]) for i in range(40)]
    # one more allegation of the first complaint awaits its decision: it stays disciplined
    outcomes.append(("big-2022-0", "sustained", "pending"))
    city = make_city(complaints=filed(40, "big"), outcomes=outcomes)
    found = measure(city, "discipline-after-sustained")
    assert isinstance(found, Measured)
    assert found.table[["n", "exposure"]].values.tolist() == [[10, 20]]
    assert any("10 still await" in c and "of 10 nothing" in c for c in found.caveats)


def test_where_all_discipline_is_published_nothing_is_said_to_be_left_out() -> None:
    city = make_city(
        complaints=[("c1", "2022-02-01")], outcomes=[("c1", "sustained", "reprimand", "2022-03-01")]
    )
    found = measure(city, "discipline-after-sustained")
    assert isinstance(found, Measured)
    assert not [one for one in found.caveats if "not in the share" in one]


def test_possible_duplicates_are_counted_both_ways() -> None:
    outcomes = [(f"big-2022-{i % 30}", "unfounded") for i in range(40)]
    city = make_city(complaints=filed(40, "big"), outcomes=outcomes)
    found = measure(city, "complaints-received", Query(unit="allegation"))
    assert isinstance(found, Measured)
    assert found.table["n"].item() == 40
    assert found.unit == "allegations"
    assert any("Without them there are 30, not 40" in caveat for caveat in found.caveats)
    as_complaints = measure(city, "complaints-received")
    assert isinstance(as_complaints, Measured)
    assert not any("both ways" in caveat for caveat in as_complaints.caveats)


def test_twelve_areas_are_needed_to_compare_ranks() -> None:
    for areas, state in ((11, "too_few"), (12, "ok")):
        places = [(f"a{i}", f"A{i}", "neighborhood", "d", 2000) for i in range(areas)]
        complaints = [
            (f"c{i}-{j}", "2022-05-01", None, f"a{i}") for i in range(areas) for j in range(i + 1)
        ]
        events = [
            (f"e{i}-{j}", "2022-05-02", "festival", "held", f"a{i}")
            for i in range(areas)
            for j in range((i * 5) % areas + 1)
        ]
        city = make_city(complaints=complaints, outreach=events, places=places)
        found = table(city, "outreach-where-complaints", Query()).set_index("measure")
        assert found.loc["rank_agreement", "state"] == state


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("officer-allegation", "an officer-allegation"),
        ("claimed allegation", "a claimed allegation"),
    ],
)
def test_words_about_complaints_become_words_about_what_a_row_is(row: str, word: str) -> None:
    city = make_city(
        complaints=[("c1", "2022-02-01")],
        outcomes=[("c1", "sustained", "reprimand", "2022-03-01")],
        of_table={"outcomes": {"unit": row}},
    )
    found = measure(city, "discipline-after-sustained", Query(unit="allegation"))
    assert found.question == f"When {word} was sustained, did discipline follow?"
