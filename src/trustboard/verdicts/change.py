"""Change tests: did an indicator move as promised between the time before and the time after?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trustboard.commitments import ChangeTest, Commitment
from trustboard.months import last_complete, last_day, month_text
from trustboard.rule import QuarterlyReading, shown_outcomes
from trustboard.tidy import CannotMeasure
from trustboard.verdict_states import CannotTell, Reason, Verdict
from trustboard.verdicts.building import assembled
from trustboard.verdicts.change_reading import ChangeReading
from trustboard.verdicts.model import AssessedTest, GateResult
from trustboard.verdicts.sentences import (
    CANNOT_SHOW_WHY,
    COMPLAINTS_CUT_BOTH_WAYS,
    PERSISTENCE,
    REAL_VARIATION,
    clause,
    headline,
    joined,
    literal,
)
from trustboard.verdicts.series import Question, ask
from trustboard.verdicts.timed_reading import coverage_of, cut_coverage
from trustboard.verdicts.view import View, cut_at


def assess_change(commitment: Commitment, test: ChangeTest, view: View) -> AssessedTest:
    """Assess one change test: gates, comparison, rule, and steadying while the deadline is open."""
    reading = reading_of(commitment, test, view)
    steady = steadied(reading)
    return _assembled(reading, view, steady)


def reading_of(commitment: Commitment, test: ChangeTest, view: View) -> ChangeReading:
    """Read a change test once, on the view's own day."""
    question = ask(view.city, test.indicator, filters=test.filters, unit=test.unit)
    return ChangeReading(commitment, question, coverage_of(question), view.day, test)


@dataclass(frozen=True, slots=True)
class Steadied:
    """The outcome to show, and how many quarterly looks it was taken from."""

    shown: Verdict | CannotTell
    looks: int


def steadied(reading: ChangeReading) -> Steadied:
    """Decide what to show, so that chance alone does not make a verdict flip each quarter.

    Looks three months apart, back from the end of the data to the first with enough months, are
    read with the rows known by then. "Cannot tell" and verdicts at a deadline need no looks.
    """
    if isinstance(reading.outcome, CannotTell) or reading.after.at_deadline:
        return Steadied(reading.outcome, 1)
    looks = [reading, *earlier_looks(reading)][::-1]
    shown = shown_outcomes([QuarterlyReading(one.outcome, _firm(one)) for one in looks])
    return Steadied(shown[-1], len(looks))


def earlier_looks(reading: ChangeReading) -> Iterator[ChangeReading]:
    """Go back quarter by quarter until it was too early to tell."""
    assert reading.coverage is not None  # noqa: S101 - a reading with a verdict has tables
    newest, question = last_complete(reading.coverage.to), reading.question
    for quarters in range(1, 200):
        day = last_day(newest - 3 * quarters)
        if question.indicator.kind == "share":
            if not _can_be_cut(question):
                return
            question = ask(
                cut_at(reading.question.city, day),
                reading.test.indicator,
                filters=reading.test.filters,
                unit=reading.test.unit,
            )
        coverage = cut_coverage(reading.coverage, day)
        look = ChangeReading(reading.commitment, question, coverage, day, reading.test)
        if isinstance(look.outcome, CannotTell) and look.outcome.reason is Reason.TOO_EARLY:
            return
        yield look


def _can_be_cut(question: Question) -> bool:
    """Say whether rows tell when something was decided, so that it can be taken back."""
    return question.city.has("complaints.closed_on") or question.city.has("outcomes.decided_on")


def _firm(reading: ChangeReading) -> bool:
    outcome = reading.outcome
    return isinstance(outcome, Verdict) and reading.comparison.holds_at_99_8


def _assembled(reading: ChangeReading, view: View, steady: Steadied) -> AssessedTest:
    """Turn a reading into the result; numbers are left out where windows cannot be compared."""
    test, outcome = reading.test, steady.shown
    held = _held_back(reading, outcome)
    tables = reading.question.tables
    measured = reading.question.measured
    series = None if isinstance(measured, CannotMeasure) else measured
    more = _numbers(reading) if reading.has_figure else {}
    return assembled(
        reading.commitment,
        test,
        view,
        outcome,
        raw=reading.outcome,
        sentence=_sentence(reading, outcome, held),
        windows=reading.labels if tables else (),
        series=series,
        gates=_gates(reading, outcome),
        sources=() if series is None else series.sources,
        caveats=_caveats(reading),
        provisional=not reading.after.at_deadline,
        held_back=held,
        **more,
    )


def _gates(reading: ChangeReading, shown: Verdict | CannotTell) -> tuple[GateResult, ...]:
    """Give the gates as tried; an unconfirmed first look is what stops at "too early"."""
    tried = reading.tried[0]
    if not isinstance(shown, CannotTell) or isinstance(reading.outcome, CannotTell):
        return tried
    waiting = GateResult(shown.reason, False, shown.found, shown.would_resolve)
    return tuple(waiting if one.name is shown.reason else one for one in tried)


def _numbers(reading: ChangeReading) -> dict[str, Any]:
    comparison = reading.comparison
    return {
        "literal": literal(comparison.meets),
        "estimate": comparison.estimate,
        "estimate_is": comparison.estimate_is,
        "numbers": dict(comparison.numbers),
        "formula": comparison.formula,
        "smallest_detectable": comparison.smallest_detectable,
    }


def _held_back(reading: ChangeReading, shown: Verdict | CannotTell) -> str:
    if shown == reading.outcome or isinstance(reading.outcome, CannotTell):
        return ""
    if isinstance(shown, CannotTell):
        return f"{shown.found.rstrip('.')}."
    return (
        f"This quarter's numbers alone say “{headline(reading.outcome).lower()}”. A new state is "
        "shown once it repeats next quarter, or at once if a 99.8% range gives it too."
    )


def _sentence(reading: ChangeReading, shown: Verdict | CannotTell, held: str) -> str:
    """Say the number, its range, what it means and what it cannot show."""
    if isinstance(reading.outcome, CannotTell):
        return ""
    comparison, title = reading.comparison, reading.question.subject
    last = month_text(reading.after.last)
    spans = f"in the {len(reading.after.months)} months to {last} than in the "
    spans += f"{len(reading.before)} months to {month_text(reading.before[-1])}"
    if reading.question.indicator.kind == "share":
        first = f"{title}: {comparison.said} ({spans.replace(' than in', ' against')})."
    elif comparison.said.startswith("the same"):
        first = f"{title} were {comparison.said} {spans.replace(' than in', ' as in')}."
    else:
        first = f"{title} were {comparison.said} {spans}."
    if isinstance(shown, CannotTell):
        return joined(first, CANNOT_SHOW_WHY)
    meaning = held or clause(comparison.verdict, margin=comparison.margin, target=comparison.target)
    return joined(first, meaning, CANNOT_SHOW_WHY)


def _caveats(reading: ChangeReading) -> tuple[str, ...]:
    indicator, measured = reading.question.indicator, reading.question.measured
    listed = list(() if isinstance(measured, CannotMeasure) else measured.filters)
    if reading.has_figure:
        listed += [REAL_VARIATION, PERSISTENCE] if indicator.kind != "share" else [REAL_VARIATION]
    if indicator.topic == "complaints":
        listed.append(COMPLAINTS_CUT_BOTH_WAYS)
    if reading.test.chosen_for_high_value:
        listed.append(
            "The place was chosen because its number was high. Such a number falls back by chance "
            "alone, so the year before the statement is left out of the comparison."
        )
    if reading.after.shorter:
        listed.append("The deadline leaves less than a year: only the same months are compared.")
    own = () if isinstance(measured, CannotMeasure) else measured.caveats
    return (*listed, *own)
