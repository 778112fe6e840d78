"""A view put to the indicators, and said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from trustboard.indicator import catalogue
from trustboard.measure import measure
from trustboard.query import Query, QueryError
from trustboard.tidy import CannotMeasure, Measured
from trustboard.view import Offered, View, ask, said
from viewing import city, riverbend, views


def test_a_view_of_everything_asks_what_the_page_asked_before():
    assert ask(View(), "findings", by=("year",)).query == Query(by=("year",))
    assert ask(View(), "findings", by=("year",)).notes == ()


@pytest.mark.parametrize(
    ("view", "level", "shown"),
    [
        (View(place=("a",), vs=("b",)), "neighborhood", ("a", "b")),
        (View(district=("1",), vs=("2",)), "neighborhood", ()),
        (View(district=("1",), vs=("2",)), "district", ("1", "2")),
        (View(place=("1",), district=("2",)), "district", ("1",)),
    ],
)
def test_the_places_shown_by_themselves_are_those_chosen_and_those_beside_them(view, level, shown):
    assert view.profiled(level=level) == shown


def test_every_filter_reaches_a_question_that_can_take_it():
    view = View(
        from_="2019-03", to="2020", place=("millrace",), finding=("sustained",), unit="allegation"
    )
    asked = ask(view, "complaints-received", by=("year",))
    assert asked.notes == ()
    assert asked.query == Query(
        by=("year",),
        from_=date(2019, 3, 1),
        to=date(2020, 12, 31),
        filters=(("place", ("millrace",)), ("finding", ("sustained",))),
        unit="allegation",
    )


@pytest.mark.parametrize(
    ("indicator", "note"),
    [
        ("outreach-events", "Not narrowed by category, finding or who filed: outreach events"),
        ("still-open", "Not narrowed by finding: this question is about complaints whatever"),
        ("findings", "Not narrowed by finding: it shows all of them, each with its share."),
        ("outreach-where-complaints", "Not narrowed by place: this question is about the whole"),
    ],
)
def test_a_filter_that_a_question_cannot_take_is_left_out_and_said(indicator, note):
    view = View(
        place=("millrace",), category=("bias",), finding=("sustained",), filed_by=("civilian",)
    )
    asked = ask(view, indicator)
    assert any(one.startswith(note) for one in asked.notes)
    kept = {group for group, _ in asked.query.filters}
    one = catalogue()[indicator]
    assert kept == {"place", "category", "filed_by", "finding"} & (set(one.by) - {one.parts})


def test_a_question_of_whole_complaints_says_that_it_is_not_counted_by_allegation():
    asked = ask(View(unit="allegation"), "sustained-within-12-months")
    assert asked.query.unit == "complaint" and "Counted by complaint" in asked.notes[0]
    assert ask(View(unit="allegation"), "outreach-events").notes == ()


def test_whole_complaints_are_not_narrowed_by_a_category_of_allegations_and_say_so():
    offered = Offered(
        category={"insult": "Insult", "blow": "Blow", "shove": "Shove"},
        counted_as={
            "complaint": frozenset({"insult"}),
            "allegation": frozenset({"insult", "blow", "shove"}),
        },
        units=("complaint", "allegation"),
    )

    def asked(*ids: str, of: str = "still-open"):
        found = ask(View(category=ids, unit="allegation"), of, offered=offered)
        return found.query.kept("category"), found.notes[1:]

    alone = "Not narrowed by category: complaints have no category “Blow” here."
    assert asked("blow") == ((), (alone,))
    assert asked("insult", "blow", "shove") == (
        ("insult",),
        ("Narrowed to “Insult” only: complaints have no category “Blow” (and 1 more) here.",),
    )
    assert asked("insult") == (("insult",), ())
    assert asked("blow", of="complaints-received") == (("blow",), ())


def test_rates_take_the_place_of_counts_where_there_are_any():
    view = View(show="rates")
    assert ask(view, "complaints-received").indicator == "complaints-per-10000"
    assert ask(view, "complaints-per-10000").indicator == "complaints-per-10000"
    assert ask(view, "findings").notes == ()
    assert "Shown as counts" in ask(view, "open-case-age").notes[0]


def test_places_stand_beside_each_other_unless_the_chart_is_split_already():
    view = View(place=("millrace",), vs=("old-orchard",))
    beside = ask(view, "complaints-received", by=("year",))
    assert beside.query.by == ("year", "place") and beside.compared == "place"
    assert beside.query.filters == (("place", ("millrace", "old-orchard")),)
    alone = ask(view, "complaints-received", by=("year", "category"))
    assert alone.query.filters == (("place", ("millrace",)),)
    said = "Only millrace is shown, not old-orchard: this chart is split by category already."
    assert alone.notes == (said,)
    offered = Offered(place={"millrace": "Millrace", "old-orchard": "Old Orchard"})
    named = ask(view, "findings", by=("year",), offered=offered).notes[0]
    assert named.startswith("Only Millrace is shown, not Old Orchard: ")
    assert "split by finding already" in named


def test_the_rows_of_two_places_together_are_those_of_each():
    def total(*places: str) -> float:
        asked = ask(View(place=places, finding=("sustained",)), "complaints-received")
        return float(measure(city(), asked.indicator, asked.query).table["n"].sum())

    assert total("millrace", "old-orchard") == total("millrace") + total("old-orchard") > 0


def test_findings_of_complaints_add_up_to_all_of_them():
    found = measure(city(), "complaints-received", Query(by=("finding",)))
    everything = measure(city(), "complaints-received", Query())
    assert found.table["n"].sum() == everything.table["n"].sum()
    assert any("Allegation" in one or "allegation" in one for one in found.sources)


def test_counts_by_finding_are_unsettled_for_two_years_and_say_that_open_cases_are_missing():
    asked = ask(View(finding=("sustained",)), "complaints-received", by=("year",))
    found = measure(city(), asked.indicator, asked.query)
    states = dict(zip(found.table["period"], found.table["state"], strict=True))
    assert (states["2022"], states["2023"], states["2024"]) == ("ok", "unsettled", "unsettled")
    assert found.caveats[0].startswith("Cases without a finding yet")
    plain = measure(city(), "complaints-received", Query(by=("year",)))
    assert dict(zip(plain.table["period"], plain.table["state"], strict=True))["2023"] == "ok"


def test_a_place_outside_the_district_is_refused_in_words_rather_than_counted_as_zero():
    query = Query(filters=(("place", ("clocktower",)), ("district", ("hill",))))
    with pytest.raises(QueryError, match="Clocktower does not lie in Hill district"):
        measure(city(), "complaints-received", query)


def test_the_sentence_names_everything_that_is_chosen():
    view = View(
        from_="2019",
        to="2020-06",
        place=("heron-flats", "millrace"),
        vs=("old-orchard",),
        category=("use_of_force",),
        finding=("not_sustained",),
        filed_by=("officer",),
        unit="allegation",
        show="rates",
    )
    assert said(view, riverbend()) == (
        "Shown: Heron Flats and Millrace, beside Old Orchard; 2019 to June 2020; about use of "
        "force; with the finding not sustained; filed by a police employee; counted by allegation; "
        "per 10,000 residents a year where that can be told."
    )
    assert said(View(), riverbend()) == (
        "Shown: all of Riverbend; 2019 to 2024; counted by complaint."
    )
    assert said(View(from_="2020"), riverbend()).count("from 2020 on") == 1


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (("pending",), "without a finding yet"),
        (("no_finding",), "closed without a finding"),
        (("sustained", "pending"), "with the finding sustained or without a finding yet"),
        (
            ("sustained", "exonerated", "no_finding", "pending"),
            "with the finding sustained and exonerated, closed without a finding or without a "
            "finding yet",
        ),
    ],
)
def test_to_have_no_finding_is_not_called_a_finding(chosen, words):
    assert f"; {words}; " in said(View(finding=chosen), riverbend())


def test_the_row_of_a_source_that_counts_officers_is_called_what_it_is():
    offered = replace(riverbend(), row_word="officer-allegation")
    assert "counted by officer-allegation" in said(View(unit="allegation"), offered)


def test_nothing_is_counted_by_complaint_where_events_are_counted():
    shown = said(View(), riverbend(), needs="outreach")
    assert shown == "Shown: all of Riverbend; 2019 to 2024."


INDICATORS = [one.id for one in catalogue().values() if one.topic != "figures"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(view=views())
def test_every_view_is_answered_or_refused_in_words_by_every_question(view):
    if riverbend().impossible(view.place, view.district):
        view = replace(view, district=())
    for indicator in INDICATORS:
        asked = ask(view, indicator)
        try:
            found = measure(city(), asked.indicator, asked.query)
        except QueryError as refusal:
            assert len(str(refusal)) > 20
        else:
            assert isinstance(found, Measured | CannotMeasure)
