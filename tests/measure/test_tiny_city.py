"""A city small enough to count by hand.

Two years of coverage, 2022-01-01 to 2023-12-31, settled three months later. Places: Alder (d1,
2,000 residents), Birch (d1, 1,000), Cedar (d2, 500), Park (d2, nobody).

    id   filed        closed       place    by        allegations: finding (decided), discipline
    c1   2022-01-10   2022-03-11   alder    civilian  sustained (2022-03-11) reprimand
                                                      unfounded (2022-03-11) not_applicable
    c2   2022-01-20   2023-02-24   alder    officer   sustained (2023-02-24) suspension
    c3   2022-06-30   2022-07-30   birch    civilian  not_sustained (2022-07-30)
    c4   2022-12-31   -            -        civilian  pending
    c5   2023-02-01   2023-02-11   outside  civilian  exonerated (2023-02-11)
    c6   2023-11-15   -            alder    anonymous pending

Days: c1 60, c2 400, c3 30, c5 10; open on 2023-12-31: c4 365, c6 46.
Received: 4 in 2022, 2 in 2023; Alder 3, Birch 1, outside 1, not known 1, Cedar and Park 0.
Decided: c1 sustained, c2 sustained, c3 not sustained, c5 exonerated (4 of 6).
Filed at least 365 days before the data date: c1 to c4; sustained within 365 days: c1 only.
Held outreach: alder 2022-01-05, alder 2022-01-25, birch 2022-05-02, one citywide 2023-07-01.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from factories import make_city
from trustboard.citydata import CityData
from trustboard.measure import Query, measure
from trustboard.tidy import Measured

PLACES = [
    ("alder", "Alder", "neighborhood", "d1", 2000),
    ("birch", "Birch", "neighborhood", "d1", 1000),
    ("cedar", "Cedar", "neighborhood", "d2", 500),
    ("park", "The Park", "park", "d2", None),
]
COMPLAINTS = [
    ("c1", "2022-01-10", "2022-03-11", "alder", "force", "civilian"),
    ("c2", "2022-01-20", "2023-02-24", "alder", "conduct", "officer"),
    ("c3", "2022-06-30", "2022-07-30", "birch", "conduct", "civilian"),
    ("c4", "2022-12-31", None, None, "force", "civilian"),
    ("c5", "2023-02-01", "2023-02-11", "outside", "force", "civilian"),
    ("c6", "2023-11-15", None, "alder", "conduct", "anonymous"),
]
OUTCOMES = [
    ("c1", "sustained", "reprimand", "2022-03-11"),
    ("c1", "unfounded", "not_applicable", "2022-03-11"),
    ("c2", "sustained", "suspension", "2023-02-24"),
    ("c3", "not_sustained", None, "2022-07-30"),
    ("c4", "pending", None, None),
    ("c5", "exonerated", None, "2023-02-11"),
    ("c6", "pending", None, None),
]
OUTREACH = [
    ("e1", "2022-01-05", "town_hall", "held", "alder"),
    ("e2", "2022-01-25", "giveaway", "held", "alder"),
    ("e3", "2022-05-02", "town_hall", "held", "birch"),
    ("e4", "2022-06-01", "town_hall", "announced", "cedar"),
    ("e5", "2022-06-02", "town_hall", "absent", "cedar"),
    ("e6", "2022-06-03", "town_hall", "cancelled", "cedar"),
    ("e7", "2022-06-04", "recruitment", "held", "cedar"),
    {
        "event_id": "e8",
        "held_on": "2023-07-01",
        "event_kind": "forum_panel",
        "event_status": "held",
        "citywide": True,
    },
]


@pytest.fixture(scope="module")
def city() -> CityData:
    return make_city(complaints=COMPLAINTS, outcomes=OUTCOMES, outreach=OUTREACH, places=PLACES)


def answer(city: CityData, indicator: str, *by: str, **query: object) -> pd.DataFrame:
    found = measure(city, indicator, Query(by=by, **query))  # type: ignore[arg-type]
    assert isinstance(found, Measured), found
    return found.table


def column(table: pd.DataFrame, group: str, name: str = "n") -> dict[str, float]:
    return dict(zip(table[group], table[name], strict=True))


def test_complaints_are_counted_on_the_day_they_were_filed(city: CityData) -> None:
    table = answer(city, "complaints-received", "year")
    assert column(table, "period") == {"2022": 4, "2023": 2}
    assert list(table["state"]) == ["ok", "unsettled"]
    # exact Poisson limits of 4 events: 1.0899 and 10.2416
    assert table.loc[0, ["lower", "upper"]].tolist() == pytest.approx([1.0899, 10.2416], abs=1e-4)


def test_every_covered_month_and_every_place_is_there_also_without_complaints(
    city: CityData,
) -> None:
    table = answer(city, "complaints-received", "month", "place")
    assert len(table) == 24 * 6
    assert table["n"].sum() == 6
    alder = table[table["place"] == "alder"]
    assert alder.loc[alder["period"] == "2022-01", "n"].item() == 2
    assert alder.loc[alder["period"] == "2022-02", "n"].item() == 0


def test_unknown_and_outside_are_shown_beside_the_places(city: CityData) -> None:
    table = answer(city, "complaints-received", "place")
    assert column(table, "place") == {
        "alder": 3,
        "birch": 1,
        "cedar": 0,
        "park": 0,
        "outside": 1,
        "unknown": 1,
    }
    by_district = answer(city, "complaints-received", "district")
    assert column(by_district, "district") == {"d1": 4, "d2": 0, "outside": 1, "unknown": 1}


def test_allegations_are_counted_by_the_day_their_complaint_was_filed(city: CityData) -> None:
    table = answer(city, "complaints-received", "year", unit="allegation")
    assert column(table, "period") == {"2022": 5, "2023": 2}


def test_findings_are_shares_of_the_decided(city: CityData) -> None:
    table = answer(city, "findings")
    assert column(table, "finding") == {
        "sustained": 2,
        "not_sustained": 1,
        "exonerated": 1,
        "unfounded": 0,
    }
    assert set(table["exposure"]) == {4}
    assert set(table["state"]) == {"too_few"}
    assert table["value"].isna().all()


def test_a_filter_on_the_finding_leaves_the_denominator_alone(city: CityData) -> None:
    table = answer(city, "findings", filters=(("finding", ("sustained",)),))
    assert table[["finding", "n", "exposure"]].values.tolist() == [["sustained", 2, 4]]


def test_sustained_within_12_months_looks_at_old_enough_complaints_only(city: CityData) -> None:
    found = measure(city, "sustained-within-12-months")
    assert isinstance(found, Measured)
    assert found.table[["n", "exposure"]].values.tolist() == [[1, 4]]
    assert any("1 of 3" in caveat for caveat in found.caveats)
    by_year = answer(city, "sustained-within-12-months", "year")
    assert by_year["state"].tolist() == ["too_few", "immature"]


def test_open_complaints_are_a_share_of_those_received(city: CityData) -> None:
    table = answer(city, "still-open", "year")
    assert table[["n", "exposure"]].values.tolist() == [[1, 4], [1, 2]]


def test_open_complaints_are_sorted_by_age(city: CityData) -> None:
    table = answer(city, "open-case-age")
    assert column(table, "age") == {
        "0-90": 1,
        "91-180": 0,
        "181-365": 1,
        "366-730": 0,
        "over-730": 0,
    }
    assert set(table["exposure"]) == {2}


def test_closed_within_180_days_counts_c1_and_c3_in_2022(city: CityData) -> None:
    table = answer(city, "closed-within-180-days", "year")
    assert table[["n", "exposure"]].values.tolist() == [[2, 4], [1, 2]]
    assert table["state"].tolist() == ["too_few", "immature"]


def test_too_few_complaints_give_no_median(city: CityData) -> None:
    table = answer(city, "days-to-close")
    assert table[["n", "exposure", "state"]].values.tolist() == [[4, 6, "too_few"]]


def test_discipline_follows_the_sustained_allegation(city: CityData) -> None:
    table = answer(city, "discipline-after-sustained")
    assert table[["n", "exposure"]].values.tolist() == [[2, 2]]


def test_only_held_outreach_counts(city: CityData) -> None:
    table = answer(city, "outreach-events", "place")
    assert column(table, "place") == {"alder": 2, "birch": 1, "cedar": 0, "park": 0, "citywide": 1}


def test_places_reached_leaves_the_park_out(city: CityData) -> None:
    table = answer(city, "places-reached")
    first = table.head(3)
    assert first["period"].tolist() == ["2022-Q1", "2022-Q2", "2022-Q3"]
    assert first[["n", "exposure"]].values.tolist() == [[1, 3], [1, 3], [0, 3]]
    assert first["value"].tolist() == pytest.approx([1 / 3, 1 / 3, 0])
    by_district = answer(city, "places-reached", "year", "district")
    assert by_district[["district", "n", "exposure"]].values.tolist()[:2] == [
        ["d1", 2, 2],
        ["d2", 0, 1],
    ]


def test_months_without_event_stand_beside_what_chance_would_leave(city: CityData) -> None:
    table = answer(city, "months-without-event")
    # 2022: events in January (2) and May (1): 10 empty; 12 × (11/12)^3 = 9.243
    # 2023: one event in July: 11 empty; 12 × 11/12 = 11
    assert table[["period", "value", "exposure", "events"]].values.tolist() == [
        ["2022", 10, 12, 3],
        ["2023", 11, 12, 1],
    ]
    assert table["expected"].tolist() == pytest.approx([12 * (11 / 12) ** 3, 11])


def test_months_chosen_in_part_are_not_counted_as_empty_and_not_called_unpublished(
    city: CityData,
) -> None:
    limits = [(date(2022, 1, 15), date(2022, 6, 30)), (date(2022, 3, 10), date(2022, 3, 25))]
    whole, none = (
        measure(city, "months-without-event", Query(from_=first, to=last)) for first, last in limits
    )
    assert isinstance(whole, Measured)
    assert isinstance(none, Measured)
    columns = ["period", "value", "exposure", "state"]
    assert whole.table[columns].values.tolist() == [["2022", 4, 5, "cut"]]  # May is not empty
    assert none.table[["period", "exposure", "state"]].values.tolist() == [["2022", 0, "cut"]]
    assert none.table["value"].isna().all()


def test_half_of_the_complaints_come_from_the_fewest_areas(city: CityData) -> None:
    table = answer(city, "outreach-where-complaints").set_index("measure")
    # located in an area: Alder 3, Birch 1 -> Alder alone holds half; 2 of 3 located events
    assert table.loc["areas", ["n", "exposure"]].tolist() == [1, 3]
    assert table.loc["complaints", ["n", "exposure"]].tolist() == [3, 4]
    assert table.loc["events", ["n", "exposure", "state"]].tolist() == [2, 3, "too_few"]
    assert table.loc["residents", ["n", "exposure"]].tolist() == [2000, 3500]
    assert table.loc["residents", "value"] == pytest.approx(2000 / 3500)
    assert table.loc["rank_agreement", "state"] == "too_few"


def test_every_table_has_the_agreed_columns_and_types(city: CityData) -> None:
    found = measure(city, "complaints-received", Query(by=("month", "place", "filed_by")))
    assert isinstance(found, Measured)
    numbers = ["value", "lower", "upper", "n", "exposure"]
    assert list(found.table) == ["period", "place", "filed_by", *numbers, "state"]
    assert set(found.table[numbers].dtypes.astype(str)) == {"float64"}
    assert not found.table[["period", "place", "filed_by", "state"]].isna().any().any()
    assert found.sources[0] == "Office of Records, The complaints, retrieved 2024-01-05"
    assert found.label("place", "unknown") == "Place not known"
    assert found.label("place", "park") == "The Park"
