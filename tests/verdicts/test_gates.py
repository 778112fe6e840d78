"""The six gates: each stops a verdict for its own reason, in order, and says what would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from verdict_promises import change, city_with, only_test, promise, steady

from factories import make_city
from trustboard.citydata import Accounting, CityData
from trustboard.indicator import Unit
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts import AssessedTest, assess
from trustboard.verdicts.model import GATES
from trustboard.verdicts.series import ask
from trustboard.verdicts.timed_reading import coverage_of

FIVE_YEARS = [30] * 60


def _stopped(test: AssessedTest, reason: Reason) -> CannotTell:
    """Check that exactly this gate stopped the test, after all earlier ones were passed."""
    assert isinstance(test.outcome, CannotTell), test.outcome
    assert test.outcome.reason is reason
    assert [gate.name for gate in test.gates] == list(GATES[: GATES.index(reason) + 1])
    assert [gate.passed for gate in test.gates] == [True] * (len(test.gates) - 1) + [False]
    assert test.gates[-1].found == test.outcome.found
    assert test.outcome.found in test.sentence
    return test.outcome


def test_a_verdict_shows_all_six_gates_passed() -> None:
    test = only_test(promise(change()), city_with(FIVE_YEARS))
    assert [gate.name for gate in test.gates] == list(GATES)
    assert all(gate.passed and gate.found for gate in test.gates)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"indicator": "happiness"}, "no indicator 'happiness'"),
        ({"deadline": date(2020, 1, 1)}, "before the statement"),
        ({"target_change": 0.2}, "wrong side"),
        ({"filters": {"category": ["sorcery"]}}, "sorcery"),
        ({"indicator": "days-to-close"}, "a number of days"),
    ],
)
def test_a_test_that_does_not_fit_together_is_not_measurable(
    bad: dict[str, Any], said: str
) -> None:
    cannot = _stopped(
        only_test(promise(change(**bad)), city_with(FIVE_YEARS)), Reason.NOT_MEASURABLE
    )
    assert said in cannot.found


def test_a_commitment_said_to_be_untestable_has_no_test_and_a_reason() -> None:
    stated = {"why": "Nothing can be counted.", "would_need": "A number and a date."}
    found = assess(promise(not_measurable=stated), city_with(FIVE_YEARS))
    assert found.tests == ()
    assert found.not_measurable == CannotTell(
        Reason.NOT_MEASURABLE, "Nothing can be counted.", "A number and a date."
    )


def test_eleven_complete_months_are_too_early_and_twelve_are_not() -> None:
    promised = promise(change())
    early = only_test(promised, city_with([30] * 41))
    cannot = _stopped(early, Reason.TOO_EARLY)
    assert cannot.found.startswith("11 months are complete")
    assert "July 2021 to June 2022" in cannot.would_resolve
    assert isinstance(only_test(promised, city_with([30] * 42)).outcome, Verdict)


def test_unsettled_months_do_not_count_as_complete() -> None:
    _stopped(only_test(promise(change()), city_with([30] * 44, settles=3)), Reason.TOO_EARLY)


def test_a_table_that_is_not_here_is_not_published() -> None:
    city = city_with(FIVE_YEARS)
    city = replace(city, tables={"places": city.tables["places"]}, absent=("complaints",))
    city = _with_data_date(city)
    _stopped(only_test(promise(change()), city), Reason.NOT_PUBLISHED)


def _with_data_date(city: CityData) -> CityData:
    """Retrieve the places late enough for the promise not to be too early."""
    places = city.tables["places"]
    source = places.spec.source.model_copy(update={"retrieved": date(2024, 1, 5)})
    spec = places.spec.model_copy(update={"source": source})
    return replace(city, tables={**city.tables, "places": replace(places, spec=spec)})


def test_a_publisher_behind_its_own_rhythm_is_not_published() -> None:
    city = city_with(FIVE_YEARS, coverage={"publishing_interval_months": 12})
    promised = promise(change())
    on_time = only_test(promised, city, as_of=date(2025, 6, 30))
    assert isinstance(on_time.outcome, Verdict)
    late = only_test(promised, city, as_of=date(2025, 7, 31))
    assert "December 2023" in _stopped(late, Reason.NOT_PUBLISHED).found


def test_an_old_file_still_answers_for_a_deadline_it_covers() -> None:
    city = city_with(FIVE_YEARS, coverage={"publishing_interval_months": 1})
    promised = promise(change(deadline=date(2023, 6, 30)))
    assert isinstance(only_test(promised, city, as_of=date(2030, 1, 1)).outcome, Verdict)


def test_a_collection_that_nobody_calls_complete_is_never_a_basis() -> None:
    city = city_with(FIVE_YEARS, coverage={"complete": False})
    cannot = _stopped(only_test(promise(change()), city), Reason.NOT_PUBLISHED)
    assert "claims to be complete" in cannot.found


def test_closed_cases_alone_are_never_a_basis() -> None:
    city = city_with(FIVE_YEARS, coverage={"closed_cases_only": True})
    _stopped(only_test(promise(change()), city), Reason.NOT_PUBLISHED)


def test_a_baseline_that_begins_before_the_rows_is_not_published() -> None:
    city = city_with(FIVE_YEARS)
    test = only_test(promise(change(baseline_months=36)), city)
    assert "June 2018" in _stopped(test, Reason.NOT_PUBLISHED).found


def _break(on: date, *affects: str) -> dict[str, Any]:
    return {"complaints": {"breaks": [{"on": on, "why": "A new form", "affects": affects}]}}


@pytest.mark.parametrize(
    ("on", "affects", "stops"),
    [
        (date(2021, 7, 1), (), True),
        (date(2021, 7, 1), ("complaints-received",), True),
        (date(2021, 7, 1), ("findings",), False),
        (date(2019, 6, 1), (), False),  # the first day of the baseline: both windows lie after it
        (date(2019, 6, 2), (), True),
        (date(2023, 12, 31), (), True),
    ],
)
def test_a_break_between_the_windows_makes_them_not_comparable(
    on: date, affects: tuple[str, ...], stops: bool
) -> None:
    test = only_test(promise(change()), city_with(FIVE_YEARS, of_table=_break(on, *affects)))
    if stops:
        assert "A new form" in _stopped(test, Reason.NOT_COMPARABLE).found
        assert test.estimate is None
        assert test.literal == ""
    else:
        assert isinstance(test.outcome, Verdict)


@pytest.mark.parametrize(("filters", "stops"), [({}, False), ({"category": ["force"]}, True)])
def test_words_that_changed_stop_only_a_test_that_filters_by_them(
    filters: dict[str, list[str]], stops: bool
) -> None:
    renamed = {"on": date(2021, 7, 1), "why": "Other words", "words": ["category"]}
    city = city_with(FIVE_YEARS, of_table={"complaints": {"breaks": [renamed]}})
    test = only_test(promise(change(filters=filters)), city)
    if stops:
        assert "Other words" in _stopped(test, Reason.NOT_COMPARABLE).found
    else:
        assert isinstance(test.outcome, Verdict)


def _unlabeled(count: int, *, year: int, column: str) -> list[dict[str, Any]]:
    """Give rows of one year that lack one field."""
    full = {"place_id": "alder", "category": "force", "filed_by": "civilian"}
    del full[column]
    return [
        {"complaint_id": f"u{year}-{n}", "filed_on": date(year, 1 + n % 12, 1), **full}
        for n in range(count)
    ]


@pytest.mark.parametrize(("column", "least"), [("filed_by", 41), ("place_id", 64)])
def test_a_field_missing_too_often_makes_a_window_incomplete(column: str, least: int) -> None:
    name = column.removesuffix("_id")
    value = {"filed_by": "civilian", "place": "alder"}[name]
    promised = promise(change(filters={name: [value]}))
    counts = [*steady(30, 48), *steady(10, 12)]
    few, many = (
        only_test(
            promised,
            city_with(counts, extra=_unlabeled(number, year=2023, column=column)),
        )
        for number in (least // 5, least)
    )
    assert isinstance(few.outcome, Verdict)
    assert (
        f"{name.replace('_', ' ').capitalize()} is missing"
        in _stopped(many, Reason.INCOMPLETE).found
    )


@pytest.mark.parametrize("narrowed", [False, True])
def test_what_is_missing_is_told_of_all_rows_and_of_those_that_fit_the_other_filters(
    narrowed: bool,
) -> None:
    others = [
        {"complaint_id": f"o{n}", "filed_on": date(2023, 1 + n % 12, 1), "place_id": "alder",
         "category": "courtesy", "filed_by": "civilian"}
        for n in range(100)
    ]  # fmt: skip
    extra = [*_unlabeled(12, year=2023, column="filed_by"), *others]
    asked = {"filed_by": ["civilian"], **({"category": ["force"]} if narrowed else {})}
    counts = [*steady(60, 48), *steady(10, 12, wobble=0)]
    test = only_test(promise(change(filters=asked)), city_with(counts, extra=extra))
    (gate,) = (one for one in test.gates if one.name is Reason.INCOMPLETE)
    assert gate.found.startswith("Filed by is missing in 12 of 232 rows (5.2%) after")
    told = "; among rows that fit everything else that is asked, in 12 of 132 (9.1%)."
    assert (told in gate.found) == narrowed


def test_filling_that_would_change_the_answer_makes_it_incomplete() -> None:
    counts = [*steady(60, 48), *steady(50, 12)]
    promised = promise(change(filters={"filed_by": ["civilian"]}))
    sure = only_test(promised, city_with(counts))
    assert sure.raw == Verdict(VerdictState.MOVING_AS_PROMISED)
    extra = _unlabeled(55, year=2023, column="filed_by")
    cannot = _stopped(only_test(promised, city_with(counts, extra=extra)), Reason.INCOMPLETE)
    assert "would change the answer" in cannot.found


def test_rows_without_a_date_may_lie_in_either_window() -> None:
    counts = [*steady(60, 48), *steady(50, 12)]
    promised = promise(change(filters={"category": ["force"]}))

    def undated(number: int, **row: Any) -> AssessedTest:
        shared = {"place_id": "alder", "category": "force", "filed_by": "civilian", **row}
        extra = [{"complaint_id": f"u{n}", "filed_on": None, **shared} for n in range(number)]
        return only_test(promised, city_with(counts, extra=extra))

    assert isinstance(undated(1).outcome, Verdict)
    cannot = _stopped(undated(60), Reason.INCOMPLETE)
    assert "would change the answer" in cannot.found
    assert isinstance(undated(60, category="courtesy").outcome, Verdict)  # not among those asked


@pytest.mark.parametrize(
    ("after", "undated", "is_told"), [(175, 0, True), (175, 6, False), (185, 6, True)]
)
def test_cases_without_a_date_may_raise_the_share_of_either_window(
    after: int, undated: int, is_told: bool
) -> None:
    """Half of 300 were closed in time before; 175 of 300 since are just enough to tell."""
    rows = [{"complaint_id": f"u{n}", "filed_on": None} for n in range(undated)]
    for year, hits in ((2019, 150), (2022, after)):
        for number in range(300):
            filed = date(year, 1 + number % 12, 1)
            closed = filed.replace(day=28) if number < hits else date(2024, 6, 1)
            one = f"c{year}-{number}"
            rows.append({"complaint_id": one, "filed_on": filed, "closed_on": closed})
    coverage = {"from": date(2019, 1, 1), "to": date(2024, 12, 31), "settles_after_months": 0}
    in_time = change(
        indicator="closed-within-180-days",
        direction="increase",
        baseline={"from": date(2019, 1, 1), "to": date(2019, 12, 31)},
        deadline=date(2022, 12, 31),
    )
    promised = promise(in_time, said_on=date(2021, 12, 31))
    test = only_test(promised, make_city(complaints=rows, coverage=coverage))
    if is_told:
        assert test.outcome == Verdict(VerdictState.KEPT)
    else:
        assert "would change the answer" in _stopped(test, Reason.INCOMPLETE).found


def test_too_many_quarantined_rows_make_a_table_incomplete() -> None:
    city = city_with(FIVE_YEARS)
    assert isinstance(only_test(promise(change()), _set_aside(city, 18)).outcome, Verdict)
    _stopped(only_test(promise(change()), _set_aside(city, 19)), Reason.INCOMPLETE)


def _set_aside(city: CityData, number: int) -> CityData:
    table = city.tables["complaints"]
    account = Accounting(1800, 1800 - number, number, 0, 0)
    return replace(city, tables={**city.tables, "complaints": replace(table, accounting=account)})


def test_nine_events_in_a_window_are_too_few_and_ten_are_enough() -> None:
    counts = [2] * 48
    nine = only_test(promise(change()), city_with([*counts, *[1] * 9, 0, 0, 0]))
    ten = only_test(promise(change()), city_with([*counts, *[1] * 10, 0, 0]))
    _stopped(nine, Reason.TOO_FEW)
    assert nine.numbers["events after"] == 9
    assert isinstance(ten.outcome, Verdict)


def test_a_rate_without_a_reliable_population_is_too_few() -> None:
    test = only_test(promise(change(indicator="complaints-per-10000")), city_with(FIVE_YEARS))
    assert isinstance(test.outcome, CannotTell)
    assert test.outcome.reason in (Reason.TOO_FEW, Reason.NOT_PUBLISHED)
    assert test.estimate is None


def test_the_first_gate_that_is_not_passed_decides() -> None:
    test = only_test(promise(change()), city_with([1] * 41, of_table=_break(date(2021, 7, 1))))
    _stopped(test, Reason.TOO_EARLY)


def _decided(pending: int) -> AssessedTest:
    """Compare findings of 100 complaints in 2019 and in 2022, so many of the latter pending."""
    complaints, outcomes = [], []
    for year, open_ones in ((2019, 0), (2022, pending)):
        for number in range(100):
            one, filed = f"c{year}-{number}", date(year, 1 + number % 12, 1)
            still_open = number >= 100 - open_ones
            closed = None if still_open else filed.replace(day=28)
            complaints.append({"complaint_id": one, "filed_on": filed, "closed_on": closed})
            word = "pending" if still_open else "sustained" if number < 90 else "unfounded"
            outcomes.append((one, word, "not_applicable", closed))
    city = make_city(
        complaints=complaints,
        outcomes=outcomes,
        coverage={"from": date(2019, 1, 1), "to": date(2022, 12, 31), "settles_after_months": 0},
    )
    of_decided = change(
        indicator="findings",
        direction="increase",
        filters={"finding": ["sustained"]},
        baseline={"from": date(2019, 1, 1), "to": date(2019, 12, 31)},
    )
    return only_test(promise(of_decided), city)


def test_a_share_of_decided_cases_must_hold_however_the_pending_ones_are_decided() -> None:
    assert isinstance(_decided(0).outcome, Verdict)
    cannot = _stopped(_decided(20), Reason.INCOMPLETE)
    assert "would change the answer" in cannot.found


def test_months_are_settled_once_the_slowest_table_of_the_question_is() -> None:
    slow = {"outcomes": {"coverage": {"settles_after_months": 12}}}
    city = make_city(complaints=[("a", "2022-03-10")], outcomes=[("a", "sustained")], of_table=slow)
    months = {}
    units: tuple[Unit, ...] = ("complaint", "allegation")
    for unit in units:
        coverage = coverage_of(ask(city, "complaints-received", filters={}, unit=unit))
        assert coverage is not None
        months[unit] = coverage.settles_after_months
    assert months == {"complaint": 3, "allegation": 12}
