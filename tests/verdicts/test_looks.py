"""Hysteresis: while the deadline is open, a new state has to repeat before it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from verdict_promises import change, city_with, only_test, promise, steady

from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts.change import earlier_looks, reading_of, steadied
from trustboard.verdicts.view import cut_at, view_of

AS_PROMISED = Verdict(VerdictState.MOVING_AS_PROMISED)


def test_looks_go_back_quarter_by_quarter_to_the_first_year_after_the_statement() -> None:
    promised = promise(change())
    reading = reading_of(promised, promised.tests[0], view_of(city_with(steady(30, 60))))
    days = [look.day for look in earlier_looks(reading)]
    assert days[0] == date(2023, 9, 30)
    assert days[-1] == date(2022, 6, 30)  # July 2021 to June 2022: the first twelve months
    assert steadied(reading).looks == len(days) + 1


def test_a_state_that_just_appeared_is_held_back_until_it_repeats() -> None:
    counts = [*steady(60, 54), *steady(42, 9)]
    test = only_test(promise(change()), city_with(counts))
    assert test.raw == AS_PROMISED
    assert test.outcome == Verdict(VerdictState.NO_CLEAR_CHANGE)
    assert "shown once it repeats" in test.held_back
    assert test.held_back in test.sentence
    later = only_test(promise(change()), city_with([*counts, *steady(42, 3)]))
    assert later.raw == later.outcome == AS_PROMISED
    assert later.held_back == ""


def test_a_change_beyond_a_99_8_range_is_shown_at_once() -> None:
    counts = [*steady(100, 54), *steady(66, 9)]
    before = only_test(promise(change()), city_with(counts[:-3]))
    assert before.raw == Verdict(VerdictState.NO_CLEAR_CHANGE)
    now = only_test(promise(change()), city_with(counts))
    assert now.outcome == now.raw == AS_PROMISED


def test_a_clear_first_look_is_shown_and_an_unclear_one_waits_for_the_next() -> None:
    clear = only_test(promise(change()), city_with([*steady(30, 30), *steady(18, 12)]))
    assert clear.outcome == clear.raw == AS_PROMISED
    counts = [*steady(30, 30), *steady(24, 12)]
    unclear = only_test(promise(change()), city_with(counts))
    assert unclear.raw == AS_PROMISED
    assert isinstance(unclear.outcome, CannotTell)
    assert unclear.outcome.reason is Reason.TOO_EARLY
    assert [gate.name for gate in unclear.gates if not gate.passed] == [Reason.TOO_EARLY]
    assert "20% lower" in unclear.sentence
    assert only_test(promise(change()), city_with([*counts, *steady(24, 3)])).outcome == AS_PROMISED


def test_a_deadline_verdict_is_not_held_back() -> None:
    counts = [*steady(60, 54), *steady(42, 9)]
    test = only_test(promise(change(deadline=date(2024, 3, 31))), city_with(counts))
    assert test.outcome == test.raw == Verdict(VerdictState.KEPT)
    assert test.held_back == ""


def test_a_city_cut_at_a_day_forgets_what_came_later() -> None:
    city = city_with([2] * 24, row={"closed_on": date(2020, 6, 1)})
    cut = cut_at(city, date(2019, 12, 31))
    assert len(cut.tables["complaints"].frame) == 24
    assert cut.tables["complaints"].frame["closed_on"].isna().all()
    assert cut.as_of == date(2019, 12, 31)
    assert len(city.tables["complaints"].frame) == 48  # the original is untouched


def test_cutting_after_the_last_day_changes_nothing() -> None:
    city = city_with([2] * 24)
    assert cut_at(city, date(2030, 1, 1)) == replace(city)
