"""A place and the rest of its city: the same number for each, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from factories import make_city
from test_figures import measured, rows
from trustboard.beside import REST, beside_rest, times_the_rest
from trustboard.exports import rows_of
from trustboard.figures import can_draw, figure_of
from trustboard.groups import areas_of
from trustboard.load import data_root, load_city
from trustboard.measure import Query, QueryError, measure
from trustboard.query import NoSuchValueError, Rest
from trustboard.residents import comparable_places
from trustboard.statistics import proportion, rate, rate_ratio
from trustboard.tidy import Measured


def by_place(kind: str, **columns):
    """Make numbers of four places over one period; the last lies nowhere."""
    table = rows(["all"] * 4, [1.0] * 4, place=["1", "2", "3", "unknown"], **columns)
    found = measured(table, kind=kind, groups=("place",), period="all")
    name = "complaints-per-10000" if kind == "rate" else "sustained-within-12-months"
    return replace(found, indicator=name)


def whole(state: str = "ok"):
    """Give the city as a whole, whose state is that of the period."""
    table = rows(["all"], [1.0])
    return measured(table.assign(state=state), kind="rate", groups=(), period="all")


def rates():
    """Give counts and resident-years."""
    return by_place("rate", n=[40.0, 30.0, 90.0, 500.0], exposure=[1e4, 2e4, 3e4, float("nan")])


def beside(table, *, state: str = "ok", places=("1",), among=("1", "2", "3")):
    """Put places beside the rest."""
    return beside_rest(
        table, whole(state), places=places, among=frozenset(among), rest_name="Rest of Town"
    )


def test_the_rest_is_all_other_places_and_none_that_lies_nowhere():
    found = beside(rates())
    rest = found.table.set_index("place").loc[REST]
    by_hand = rate(120, 5e4, per=10_000)
    assert (rest["n"], rest["exposure"]) == (120, 5e4)
    assert rest["value"] == pytest.approx(24.0)
    assert (rest["lower"], rest["upper"]) == pytest.approx((by_hand.lower, by_hand.upper))
    assert found.label("place", REST) == "Rest of Town"


def test_the_chosen_come_first_in_the_order_asked_for_and_are_left_as_they_were():
    found = beside(rates(), places=("3", "1"))
    assert list(found.table["place"]) == ["3", "1", REST]
    assert found.table["n"].tolist() == [90, 40, 30]


def test_a_place_without_reliable_residents_is_in_no_rest():
    assert beside(rates(), among=("1", "2")).table["n"].tolist() == [40, 30]


def test_how_many_times_the_rest_is_exact():
    test = times_the_rest(beside(rates()))["1"]
    assert test == rate_ratio(40, 1e4, 120, 5e4)
    assert test.ratio == pytest.approx(40 / 24)


def test_a_place_without_a_rate_is_compared_with_nothing():
    table = rates()
    few = table.table.assign(value=float("nan"), state="too_few")
    assert times_the_rest(beside(replace(table, table=few))) == {}


def test_a_share_of_the_rest_is_out_of_all_others():
    found = beside(by_place("share", n=[4.0, 6.0, 24.0, 9.0], exposure=[40.0, 60.0, 240.0, 9.0]))
    rest = found.table.set_index("place").loc[REST]
    by_hand = proportion(30, 300)
    assert rest["value"] == pytest.approx(0.1)
    assert (rest["lower"], rest["upper"]) == pytest.approx((by_hand.lower, by_hand.upper))


def test_a_period_that_cannot_be_judged_for_the_city_cannot_be_for_the_rest():
    for state in ("unsettled", "cut"):
        assert beside(rates(), state=state).table["state"].iloc[-1] == state
    young = beside(rates(), state="immature").table.iloc[-1]
    assert young["state"] == "immature" and young["value"] != young["value"]


def test_only_rates_and_shares_can_stand_beside_a_rest():
    with pytest.raises(ValueError, match="neither a rate nor a share"):
        beside(replace(rates(), kind="count"))


PLACES = ("heron-flats", "kiln-yards")
ASKED = Query(by=("year", "place"), filters=(("place", PLACES),), rest="beside")


@pytest.fixture(scope="module")
def riverbend():
    return load_city("riverbend", data=data_root())


def test_a_question_beside_the_rest_gives_the_places_as_they_are_and_the_rest_by_hand(riverbend):
    found = measure(riverbend, "sustained-within-12-months", ASKED)
    alone = measure(riverbend, "sustained-within-12-months", Query(by=("year", "place")))
    lines = found.table.set_index(["place", "period"])
    each = alone.table.set_index(["place", "period"])
    for place in PLACES:
        assert lines.loc[place].equals(each.loc[place][lines.columns])
    others = alone.table[alone.table["place"].isin(set(areas_of(riverbend)) - set(PLACES))]
    assert lines.loc[REST]["n"].to_dict() == others.groupby("period")["n"].sum().to_dict()
    assert found.filters == ("Place: Heron Flats, Kiln Yards", "Beside the rest of Riverbend")


def test_a_rate_of_the_rest_leaves_out_places_whose_residents_are_not_reliable(riverbend):
    query = replace(ASKED, by=("place",), filters=(("place", ("heron-flats",)),), rest="only")
    rest = measure(riverbend, "complaints-per-10000", query).table
    assert list(rest["place"]) == [REST]
    assert rest["exposure"].iloc[0] == pytest.approx(
        riverbend.places["population"]
        .drop("heron-flats")[lambda people: people.index.isin(comparable_places(riverbend))]
        .sum()
        * 6
    )


@pytest.mark.parametrize(
    ("indicator", "query"),
    [
        ("complaints-received", ASKED),
        ("findings", ASKED),
        ("complaints-per-10000", replace(ASKED, by=("year",))),
        ("complaints-per-10000", replace(ASKED, by=("place", "category"))),
        ("complaints-per-10000", replace(ASKED, filters=())),
        ("still-open", replace(ASKED, filters=(*ASKED.filters, ("district", ("north",))))),
    ],
)
def test_what_has_no_rest_is_refused(riverbend, indicator, query):
    with pytest.raises(QueryError):
        measure(riverbend, indicator, query)


def test_a_place_that_does_not_exist_stands_beside_nothing(riverbend):
    query = replace(ASKED, filters=(("place", ("nowhere",)),))
    with pytest.raises(NoSuchValueError):
        measure(riverbend, "still-open", query)


def test_the_chart_beside_the_rest_has_a_panel_for_each_place_and_one_for_the_rest(riverbend):
    found = measure(riverbend, "sustained-within-12-months", ASKED)
    assert can_draw(found)
    titles = [one.text for one in figure_of(found).layout.annotations]
    assert [t for t in titles if "Rest of Riverbend" in t]
    assert len({axis for axis in figure_of(found).layout if str(axis).startswith("xaxis")}) >= 3


@pytest.mark.parametrize("rest", ["beside", "only"])
def test_without_a_list_of_places_a_share_is_compared_with_the_others_that_rows_name(
    rest: Rest,
) -> None:
    days = {"filed_on": "2022-02-01", "closed_on": "2022-03-01"}
    late = {"filed_on": "2022-02-01", "closed_on": "2023-11-01"}
    complaints = [
        {"complaint_id": "a", "place_id": "d1", **days},
        {"complaint_id": "b", "place_id": "d2", **days},
        {"complaint_id": "c", "place_id": "d3", **late},
        {"complaint_id": "d", **late},  # lies in no place that is known: in neither
    ]
    city = make_city(complaints=complaints)
    query = Query(by=("place",), filters=(("place", ("d1",)),), rest=rest)
    found = measure(city, "closed-within-180-days", query)
    assert isinstance(found, Measured)
    kept = found.table.set_index("place")[["n", "exposure"]]
    assert kept.loc[REST].tolist() == [1, 2]
    assert list(kept.index) == (["d1", REST] if rest == "beside" else [REST])
    behind = rows_of(city, "closed-within-180-days", query)
    assert isinstance(behind, pd.DataFrame)
    assert set(behind["place"]) == ({"d1", "d2", "d3"} if rest == "beside" else {"d2", "d3"})
