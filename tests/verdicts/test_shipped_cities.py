"""The two shipped cities: Riverbend reaches every state and reason, St. Louis stays honest."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from trustboard.load import load_city
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts import AssessedCommitment, assess_all

DATA = Path(__file__).resolve().parents[2] / "data"
#: A line of the ledger at the head of Riverbend's commitments: what each test is made to show.
LEDGER = re.compile(r"^# ([a-z0-9-]+)(?: / ([a-z0-9-]+))? +([A-Z_]+)( \(part-way\))?", re.MULTILINE)


@cache
def _assessed(slug: str) -> tuple[AssessedCommitment, ...]:
    return assess_all(load_city(slug, data=DATA))


def _found(slug: str) -> dict[tuple[str, str], tuple[str, bool]]:
    """Give state or reason, and whether part of the way, by commitment and test."""
    found = {}
    for one in _assessed(slug):
        if one.not_measurable is not None:
            found[one.commitment.id, ""] = (one.not_measurable.reason.name, False)
        for test in one.tests:
            outcome = test.outcome
            if isinstance(outcome, CannotTell):
                found[one.commitment.id, test.test.id] = (outcome.reason.name, False)
            elif isinstance(outcome, Verdict):
                found[one.commitment.id, test.test.id] = (outcome.state.name, outcome.part_way)
    return found


def test_riverbend_shows_what_its_ledger_says_it_was_made_to_show() -> None:
    text = (DATA / "riverbend" / "commitments.yml").read_text(encoding="utf-8")
    intended = {(c, t): (state, bool(part)) for c, t, state, part in LEDGER.findall(text)}
    assert len(intended) > 15
    assert _found("riverbend") == intended


def test_riverbend_reaches_every_state_and_every_reason() -> None:
    reached = {state for state, _ in _found("riverbend").values()}
    assert reached == {s.name for s in VerdictState} | {r.name for r in Reason}


def test_no_verdict_of_st_louis_rests_on_the_sample_of_events() -> None:
    for one in _assessed("st-louis"):
        for test in one.tests:
            if isinstance(test.outcome, Verdict):
                assert test.series is None or test.series.indicator not in (
                    "outreach-events",
                    "places-reached",
                    "months-without-event",
                )


def test_complaints_and_schedules_of_st_louis_are_not_published() -> None:
    found = _found("st-louis")
    assert found["captains-schedules", "six-schedules"][0] == "NOT_PUBLISHED"
    assert found["hold-officers-accountable", "discipline"][0] == "NOT_PUBLISHED"


def test_what_st_louis_did_deliver_is_kept() -> None:
    found = _found("st-louis")
    assert found["subpoena-power", "power-enacted"][0] == "KEPT"
    assert found["outside-review", "review-delivered"][0] == "KEPT"


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_every_outcome_has_a_headline_a_sentence_and_a_way_to_check_it(slug: str) -> None:
    for one in _assessed(slug):
        for test in one.tests:
            assert test.headline
            assert test.sentence.rstrip().endswith((".", "?", "”"))
            assert test.gates
            if isinstance(test.outcome, Verdict):
                assert test.formula
                assert all(gate.passed for gate in test.gates)
