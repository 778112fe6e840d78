"""A place and the rest of its city: the same number for each, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from test_figures import measured, rows
from trustboard.beside import REST, beside_rest, times_the_rest
from trustboard.statistics import proportion, rate, rate_ratio


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
    assert beside(rates(), state="unsettled").table["state"].iloc[-1] == "unsettled"
    young = beside(rates(), state="immature").table.iloc[-1]
    assert young["state"] == "immature" and young["value"] != young["value"]


def test_only_rates_and_shares_can_stand_beside_a_rest():
    with pytest.raises(ValueError, match="neither a rate nor a share"):
        beside(replace(rates(), kind="count"))
