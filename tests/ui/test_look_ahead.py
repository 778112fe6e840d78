"""What is drawn ahead is one choice away from what is shown, and can be chosen there."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trustboard.ui.look_ahead import choices
from trustboard.view import Offered, View, pairs_of, read_view

NAMES = {one: one.title() for one in ("a", "b", "c")}
OFFERED = Offered(
    first=date(2019, 3, 1),
    last=date(2022, 6, 30),
    place=NAMES,
    district={"x": "X", "y": "Y"},
    category=NAMES,
    finding=NAMES,
    filed_by={"resident": "A resident"},
    units=("complaint", "allegation"),
)
#: The same city, had it other categories for allegations than for complaints.
TWO_LISTS = replace(
    OFFERED,
    counted_as={"complaint": frozenset({"a", "b"}), "allegation": frozenset({"b", "c"})},
)
CHOSEN = st.sampled_from([(), ("a",), ("a", "b")])
VIEWS = st.builds(
    View,
    from_=st.sampled_from(["", "2019", "2020-02"]),
    to=st.sampled_from(["", "2020", "2021-05-01"]),
    place=CHOSEN,
    category=CHOSEN,
    finding=CHOSEN,
    unit=st.sampled_from(["complaint", "allegation"]),
    show=st.sampled_from(["counts", "rates"]),
)


@given(VIEWS, st.booleans())
def test_each_step_changes_exactly_one_choice_or_takes_all_away(view: View, in_panel: bool) -> None:
    for step in choices(view, OFFERED, in_panel=in_panel):
        if step.is_everything:
            assert not view.is_everything
            continue
        changed = [
            one.name for one in fields(View) if getattr(view, one.name) != getattr(step, one.name)
        ]
        assert len(changed) == 1


@given(VIEWS, st.booleans(), st.sampled_from([OFFERED, TWO_LISTS]))
def test_each_step_is_an_address_that_is_read_without_a_note(
    view: View, in_panel: bool, offered: Offered
) -> None:
    if read_view(_given(view), offered) != (view, ()):
        return
    for step in choices(view, offered, in_panel=in_panel):
        assert read_view(_given(step), offered) == (step, ())


def test_with_the_panel_closed_only_places_can_be_chosen() -> None:
    closed = list(choices(View(), OFFERED, in_panel=False))
    assert [one.place for one in closed] == [("a",), ("b",), ("c",)]
    assert list(choices(View(place=("a",)), OFFERED, in_panel=False)) == [View()]


def test_in_the_open_panel_what_it_offers_comes_before_the_places() -> None:
    steps = list(choices(View(category=("a",)), OFFERED, in_panel=True))
    in_panel = [one for one in steps if not one.place]
    assert len(steps) == len(in_panel) + len(OFFERED.place)
    assert steps[: len(in_panel)] == in_panel
    assert steps[0] == View()


def test_with_the_panel_open_everything_that_it_offers_can_be_chosen() -> None:
    steps = set(choices(View(), OFFERED, in_panel=True))
    assert {View(category=("b",)), View(finding=("c",)), View(district=("y",))} <= steps
    assert {View(from_="2019"), View(to="2022"), View(unit="allegation")} <= steps
    assert View(show="rates") in steps
    assert not [one for one in steps if one.filed_by]  # one group of filers is no choice


def test_only_categories_of_the_unit_are_drawn_ahead_and_only_units_that_have_the_category() -> (
    None
):
    steps = set(choices(View(unit="allegation"), TWO_LISTS, in_panel=True))
    assert {one.category for one in steps if one.category} == {("b",), ("c",)}
    assert View(unit="allegation", category=("b",)) in set(
        choices(View(category=("b",)), TWO_LISTS, in_panel=True)
    )
    from_a = list(choices(View(category=("a",)), TWO_LISTS, in_panel=True))
    assert from_a and not [one for one in from_a if one.unit == "allegation"]


def test_what_the_city_does_not_publish_is_not_drawn_ahead() -> None:
    assert list(choices(View(), Offered(no_rates="no rows are published"), in_panel=True)) == []


def _given(view: View) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for name, value in pairs_of(view):
        given.setdefault(name, []).append(value)
    return given
