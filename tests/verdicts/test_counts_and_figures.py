"""Thresholds, deliveries, coverage, printed figures and agreement: the tests without a season."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
import pytest
from verdict_promises import CITATION, SAID_ON, only_test, promise

from factories import make_city
from trustboard.citydata import Accounting, CityData
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts import Agreement

YEARS = {"from": date(2019, 1, 1), "to": date(2023, 12, 31), "settles_after_months": 0}
EMPTY = make_city(complaints=[], coverage=YEARS)


def _reason(outcome: object) -> Reason:
    assert isinstance(outcome, CannotTell), outcome
    return outcome.reason


# Thresholds


def _closed(hits: int, cases: int) -> CityData:
    """Build a city where, of so many complaints filed in 2022, so many were closed in 30 days."""
    rows = []
    for number in range(cases):
        filed = date(2022, 1 + number % 12, 1)
        closed = filed.replace(day=28) if number < hits else date(2023, 12, 1)
        rows.append({"complaint_id": f"c{number}", "filed_on": filed, "closed_on": closed})
    return make_city(complaints=rows, coverage=YEARS)


def _threshold(**more: Any) -> dict[str, Any]:
    level = {"indicator": "closed-within-180-days", "target": 0.8}
    return {"kind": "threshold", "deadline": date(2022, 12, 31), **level, **more}


@pytest.mark.parametrize(
    ("hits", "cases", "state"),
    [
        (340, 400, VerdictState.KEPT),  # 85%, Wilson from 81.2%
        (320, 400, VerdictState.KEPT),  # 80%, Wilson from 75.8%: within 5 points
        (80, 100, VerdictState.TOO_CLOSE_TO_CALL),  # 80%, but Wilson from 71.1%
        (76, 100, VerdictState.TOO_CLOSE_TO_CALL),
        (60, 100, VerdictState.NOT_KEPT),
    ],
)
def test_a_threshold_follows_the_wilson_rule(hits: int, cases: int, state: VerdictState) -> None:
    test = only_test(promise(_threshold()), _closed(hits, cases))
    assert test.outcome == Verdict(state)
    assert test.numbers["hits"] == hits
    assert test.literal == (
        f"The published figure {'meets' if hits / cases >= 0.8 else 'misses'} the target."
    )


@pytest.mark.parametrize(("hits", "is_told"), [(320, False), (340, True)])
def test_a_level_holds_only_if_it_does_with_the_cases_that_have_no_date(
    hits: int, is_told: bool
) -> None:
    undated = make_city(complaints=[{"complaint_id": f"u{n}", "filed_on": None} for n in range(8)])
    city, more = _closed(hits, 400), undated.tables["complaints"].frame
    table = city.tables["complaints"]
    table = replace(table, frame=pd.concat([table.frame, more], ignore_index=True))
    outcome = only_test(
        promise(_threshold()), replace(city, tables={**city.tables, "complaints": table})
    ).outcome
    if is_told:
        assert outcome == Verdict(VerdictState.KEPT)
    else:
        assert _reason(outcome) is Reason.INCOMPLETE


def test_a_threshold_is_not_judged_before_its_deadline() -> None:
    test = only_test(promise(_threshold(deadline=date(2025, 6, 30))), _closed(10, 100))
    assert _reason(test.outcome) is Reason.TOO_EARLY


def test_an_at_most_promise_is_met_from_below() -> None:
    test = only_test(promise(_threshold(direction="decrease", target=0.5)), _closed(20, 200))
    assert test.outcome == Verdict(VerdictState.KEPT)


def test_young_cohorts_are_not_judged() -> None:
    test = only_test(promise(_threshold(deadline=None)), _closed(100, 120))
    assert test.windows[0].to == date(2023, 6, 30)  # 180 days before the end of 2023


# Deliveries


def _item(on: date | None, status: str = "verified", **more: Any) -> dict[str, Any]:
    return {"what": "A report", "on": on, "status": status, "source": CITATION, **more}


def _delivery(*evidence: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "delivery", "evidence": list(evidence), **more}


def test_what_was_delivered_in_time_is_kept() -> None:
    test = only_test(promise(_delivery(_item(date(2022, 3, 1)), deadline=date(2022, 6, 30))), EMPTY)
    assert test.outcome == Verdict(VerdictState.KEPT)
    assert "by 1 March 2022: 1 verified, 0 reported" in test.sentence


@pytest.mark.parametrize(
    "item",
    [
        _item(date(2022, 3, 1), "announced"),
        _item(date(2022, 3, 1), counts=False),
        _item(date(2022, 7, 1)),
        _item(date(2021, 6, 14)),
        _item(date(2022, 1, 1), precision="year"),  # may have come after the deadline
        _item(None),
    ],
    ids=["announced", "context", "late", "before the statement", "only the year", "no date"],
)
def test_what_was_not_delivered_in_time_is_listed_and_not_counted(item: dict[str, Any]) -> None:
    test = only_test(promise(_delivery(item, deadline=date(2022, 6, 30))), EMPTY)
    assert _reason(test.outcome) is Reason.NOT_PUBLISHED
    assert len(test.evidence) == 1
    assert test.numbers["found"] == 0
    assert test.literal == "No published figure can be held against the target."


def test_too_few_found_is_not_kept_only_where_all_would_have_been_published() -> None:
    items = [_item(date(2022, 3, 1))]
    deadline = date(2022, 6, 30)
    whole = _delivery(*items, count=2, deadline=deadline, whole_period_published=True)
    assert only_test(promise(whole), EMPTY).outcome == Verdict(VerdictState.NOT_KEPT)
    partly = _delivery(*items, count=2, deadline=deadline)
    assert _reason(only_test(promise(partly), EMPTY).outcome) is Reason.NOT_PUBLISHED


def test_before_a_deadline_a_delivery_is_too_early_unless_it_is_complete() -> None:
    ahead = date(2030, 1, 1)
    one = _item(date(2022, 3, 1))
    waiting = promise(_delivery(one, count=2, deadline=ahead, whole_period_published=True))
    assert _reason(only_test(waiting, EMPTY).outcome) is Reason.TOO_EARLY
    assert only_test(promise(_delivery(one, deadline=ahead)), EMPTY).outcome == Verdict(
        VerdictState.KEPT
    )


def test_the_publications_that_should_show_a_delivery_are_named() -> None:
    listed = {
        "id": "annual",
        "title": "Annual report 2022",
        "holder": "Oversight Board",
        "topics": ["complaints"],
        "should_contain": ["totals"],
        "status": "exists_not_read",
    }
    city = make_city(complaints=[], coverage=YEARS, publications=[listed])
    test = only_test(promise(_delivery(publications=["annual"])), city)
    assert isinstance(test.outcome, CannotTell)
    assert test.outcome.would_resolve == "To read “Annual report 2022” (Oversight Board)."


def _meetings(number: int, **coverage: Any) -> CityData:
    rows = [
        (f"e{n}", date(2022, 1 + n % 12, 1 + n), "town_hall", "held", "alder")
        for n in range(number)
    ]
    return make_city(
        outreach=[*rows, ("old", date(2020, 1, 1), "town_hall", "held", "alder")],
        places=[("alder", "Alder", "neighborhood", "d1"), ("birch", "Birch", "neighborhood", "d2")],
        coverage={**YEARS, **coverage},
    )


def _meetings_promised(**more: Any) -> dict[str, Any]:
    return {"kind": "delivery", "indicator": "outreach-events", "count": 12, **more}


@pytest.mark.parametrize(("held", "state"), [(12, VerdictState.KEPT), (11, VerdictState.NOT_KEPT)])
def test_promised_meetings_are_counted_from_the_statement_to_the_deadline(
    held: int, state: VerdictState
) -> None:
    test = only_test(promise(_meetings_promised(deadline=date(2022, 12, 31))), _meetings(held))
    assert test.outcome == Verdict(state)
    assert test.numbers == {"counted": held, "promised": 12}


@pytest.mark.parametrize(
    ("on", "kind"), [(None, "town_hall"), (date(2022, 5, 1), None)], ids=["no date", "no kind"]
)
def test_one_meeting_short_is_not_told_while_a_row_lacks_what_would_tell(
    on: date | None, kind: str | None
) -> None:
    deadline = date(2022, 12, 31)
    town_halls = _meetings_promised(deadline=deadline, filters={"event_kind": ["town_hall"]})
    held, more = _meetings(11), make_city(outreach=[("new", on, kind, "held", "alder")])
    frame = pd.concat([held.tables["outreach"].frame, more.tables["outreach"].frame])
    table = replace(held.tables["outreach"], frame=frame.reset_index(drop=True))
    city = replace(held, tables={**held.tables, "outreach": table})
    assert _reason(only_test(promise(town_halls), city).outcome) is Reason.INCOMPLETE
    far = promise({**town_halls, "count": 14})
    assert only_test(far, city).outcome == Verdict(VerdictState.NOT_KEPT)


def test_one_meeting_short_is_not_told_while_a_row_could_not_be_read() -> None:
    held = _meetings(11)
    account = Accounting(200, 199, 1, 0, 0)
    table = replace(held.tables["outreach"], accounting=account)
    city = replace(held, tables={**held.tables, "outreach": table})
    cannot = only_test(promise(_meetings_promised(deadline=date(2022, 12, 31))), city).outcome
    assert _reason(cannot) is Reason.INCOMPLETE


def test_meetings_are_never_counted_from_a_collection_that_is_not_complete() -> None:
    promised = promise(_meetings_promised(deadline=date(2022, 12, 31)))
    test = only_test(promised, _meetings(20, complete=False))
    assert _reason(test.outcome) is Reason.NOT_PUBLISHED
    assert test.estimate is None


def test_meetings_that_end_before_the_deadline_are_too_early_or_not_published() -> None:
    waiting = promise(_meetings_promised(deadline=date(2024, 6, 30)))
    assert _reason(only_test(waiting, _meetings(3)).outcome) is Reason.TOO_EARLY
    endless = promise(_meetings_promised())
    assert _reason(only_test(endless, _meetings(3)).outcome) is Reason.NOT_PUBLISHED


# Coverage


def _visits(*skipped: tuple[int, str]) -> CityData:
    """Visit Alder and Birch in each quarter of 2022 and 2023, but for these (quarter, place)."""
    rows = [
        (f"e{q}-{place}", date(2022 + q // 4, 1 + 3 * (q % 4), 5), "town_hall", "held", place)
        for q in range(8)
        for place in ("alder", "birch")
        if (q, place) not in skipped
    ]
    places = [
        ("alder", "Alder", "neighborhood", "d1"),
        ("birch", "Birch", "neighborhood", "d2"),
    ]
    return make_city(outreach=rows, places=places, coverage=YEARS)


def _everywhere(**more: Any) -> dict[str, Any]:
    return {"kind": "coverage", "indicator": "places-reached", **more}


@pytest.mark.parametrize("of", ["neighborhood", "district"])
def test_every_place_reached_in_every_settled_quarter_is_kept(of: str) -> None:
    promised = promise(_everywhere(of=of), said_on=date(2021, 12, 10))
    test = only_test(promised, _visits())
    assert test.outcome == Verdict(VerdictState.KEPT)
    assert test.numbers["periods that met it"] == 8


@pytest.mark.parametrize("of", ["neighborhood", "district"])
def test_one_quarter_without_one_place_is_not_kept(of: str) -> None:
    promised = promise(_everywhere(of=of), said_on=date(2021, 12, 10))
    test = only_test(promised, _visits((5, "birch")))
    assert test.outcome == Verdict(VerdictState.NOT_KEPT)
    assert "In 7 of 8 settled quarters" in test.sentence
    assert "April to June 2023: 1 of 2" in test.sentence


def test_a_share_of_the_places_may_be_promised() -> None:
    promised = promise(_everywhere(target=0.5), said_on=date(2021, 12, 10))
    assert only_test(promised, _visits((5, "birch"))).outcome == Verdict(VerdictState.KEPT)


def test_a_coverage_promise_with_time_left_is_kept_only_at_its_end() -> None:
    promised = promise(_everywhere(deadline=date(2025, 12, 31)), said_on=date(2021, 12, 10))
    assert _reason(only_test(promised, _visits()).outcome) is Reason.TOO_EARLY
    missed = only_test(promised, _visits((5, "birch")))
    assert missed.outcome == Verdict(VerdictState.NOT_KEPT)


# Printed figures


def _figures(*rows: dict[str, Any]) -> CityData:
    spans = {"period_from": date(2021, 1, 1), "period_to": date(2021, 12, 31)}
    base = {"unit": "crimes", "publisher": "The Lantern", "period": "2021", **spans}
    return make_city(complaints=[], figures=[{**base, **row} for row in rows], coverage=YEARS)


def _two(before: float, after: float, **more: Any) -> CityData:
    return _figures(
        {"figure_id": "f1", "value": before, **more},
        {
            "figure_id": "f2",
            "value": after,
            "period": "2022",
            "period_from": date(2022, 1, 1),
            "period_to": date(2022, 12, 31),
            **more,
        },
    )


def _figure_change(**more: Any) -> dict[str, Any]:
    return {
        "kind": "figure_change",
        "before": ["f1"],
        "after": ["f2"],
        "direction": "decrease",
        **more,
    }


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (1000, 700, VerdictState.MOVING_AS_PROMISED),
        (1000, 1300, VerdictState.MOVING_AGAINST),
        (10_000, 10_010, VerdictState.NO_REAL_CHANGE),
        (40, 36, VerdictState.NO_CLEAR_CHANGE),
    ],
)
def test_two_printed_counts_without_a_target_move_or_do_not(
    before: float, after: float, state: VerdictState
) -> None:
    test = only_test(promise(_figure_change()), _two(before, after))
    assert test.outcome == Verdict(state)
    assert "cannot show how much the number varies from month to month" in test.sentence


#: Before a deadline with a number, half of what was promised matters.
_TENTH_BY_2030: Final = {"target_change": -0.1, "deadline": date(2030, 12, 31)}


@pytest.mark.parametrize(
    ("asked", "after", "state", "said"),
    [
        ({}, 89_000, VerdictState.MOVING_AS_PROMISED, "by more than chance and by at least 10%."),
        ({}, 111_500, VerdictState.MOVING_AGAINST, "beyond chance and beyond 11%."),
        ({}, 110_000, VerdictState.NO_REAL_CHANGE, "between 10% lower and 11% higher than the old"),
        ({}, 110_500, VerdictState.NO_CLEAR_CHANGE, "too weak for an answer"),
        (_TENTH_BY_2030, 93_000, VerdictState.MOVING_AS_PROMISED, "by at least 5.1%."),
        (_TENTH_BY_2030, 107_000, VerdictState.MOVING_AGAINST, "beyond chance and beyond 5.4%."),
        (
            _TENTH_BY_2030,
            100_100,
            VerdictState.NO_REAL_CHANGE,
            "between 5.1% lower and 5.4% higher",
        ),
    ],
)
def test_how_much_matters_is_said_as_it_is_weighed_down_and_up(
    asked: dict[str, Any], after: float, state: VerdictState, said: str
) -> None:
    test = only_test(promise(_figure_change(**asked)), _two(100_000, after))
    assert test.outcome == Verdict(state)
    assert said in test.sentence


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (700, VerdictState.KEPT),
        (990, VerdictState.NOT_KEPT),
        (820, VerdictState.TOO_CLOSE_TO_CALL),
    ],
)
def test_two_printed_counts_are_judged_at_the_deadline(after: float, state: VerdictState) -> None:
    test = only_test(
        promise(_figure_change(target_change=-0.2, deadline=date(2022, 12, 31))), _two(1000, after)
    )
    assert test.outcome == Verdict(state)
    assert test.literal.endswith(" the target.")


def test_percentages_are_not_counts() -> None:
    test = only_test(promise(_figure_change()), _two(40, 30, unit="percent"))
    assert _reason(test.outcome) is Reason.NOT_MEASURABLE


def test_a_figure_that_is_not_one_number_is_not_published() -> None:
    test = only_test(promise(_figure_change()), _two(1000, float("nan")))
    assert _reason(test.outcome) is Reason.NOT_PUBLISHED


def test_figures_under_ten_are_too_few() -> None:
    test = only_test(promise(_figure_change()), _two(30, 9))
    assert _reason(test.outcome) is Reason.TOO_FEW


def test_figures_for_different_lengths_of_time_are_compared_per_month() -> None:
    city = _figures(
        {"figure_id": "f1", "value": 1200},
        {
            "figure_id": "f2",
            "value": 600,
            "period_from": date(2022, 1, 1),
            "period_to": date(2022, 6, 30),
        },
    )
    test = only_test(promise(_figure_change()), city)
    assert test.estimate is not None
    assert test.estimate.estimate == pytest.approx(1.0)
    assert "6 months" in test.formula


# Agreement


def _agreement(**more: Any) -> dict[str, Any]:
    return {"kind": "agreement", "claim": ["f1"], "against": ["f2"], **more}


def test_figures_within_the_tolerance_agree() -> None:
    test = only_test(promise(_agreement()), _two(105, 100))
    assert test.outcome == Agreement(claimed=105, published=100, tolerance=0.05)
    assert test.outcome.agrees
    assert "105" in test.sentence
    assert "100" in test.sentence


def test_figures_further_apart_conflict_and_both_are_shown() -> None:
    test = only_test(promise(_agreement()), _two(106, 100))
    assert _reason(test.outcome) is Reason.SOURCES_CONFLICT
    assert "106" in test.sentence
    assert "100" in test.sentence
    assert test.literal == ""


def test_percentages_can_agree() -> None:
    test = only_test(promise(_agreement()), _two(67, 66, unit="percent"))
    assert isinstance(test.outcome, Agreement)


def test_a_percentage_and_a_count_are_not_comparable() -> None:
    city = _figures(
        {"figure_id": "f1", "value": 67, "unit": "percent"}, {"figure_id": "f2", "value": 67}
    )
    assert _reason(only_test(promise(_agreement()), city).outcome) is Reason.NOT_COMPARABLE


def test_the_statement_day_is_the_same_in_all_these_promises() -> None:
    assert promise(_agreement()).said_on == SAID_ON
