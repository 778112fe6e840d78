"""Threshold tests: did a share reach the promised level?"""

from __future__ import annotations

from typing import Any

from trustboard.commitments import Commitment, ThresholdTest
from trustboard.months import (
    month_text,
)
from trustboard.rule import LEEWAY
from trustboard.statistics.share_differences import smallest_detectable_shortfall
from trustboard.tidy import CannotMeasure
from trustboard.verdict_states import Verdict
from trustboard.verdicts.building import assembled
from trustboard.verdicts.model import AssessedTest
from trustboard.verdicts.sentences import (
    CANNOT_SHOW_WHY,
    REAL_VARIATION,
    joined,
    level_clause,
    literal,
    share_with_range,
)
from trustboard.verdicts.series import ask
from trustboard.verdicts.threshold_reading import ThresholdReading
from trustboard.verdicts.timed_reading import coverage_of
from trustboard.verdicts.view import View
from trustboard.verdicts.windows import labeled
from trustboard.wording import share, whole


def assess_threshold(commitment: Commitment, test: ThresholdTest, view: View) -> AssessedTest:
    """Assess one threshold test by the Wilson rule of docs/methods.md section 6."""
    question = ask(view.city, test.indicator, filters=test.filters, unit=test.unit)
    reading = ThresholdReading(commitment, question, coverage_of(question), view.day, test)
    return _assembled(reading, view)


def _assembled(reading: ThresholdReading, view: View) -> AssessedTest:
    test, measured = reading.test, reading.question.measured
    series = None if isinstance(measured, CannotMeasure) else measured
    return assembled(
        reading.commitment,
        test,
        view,
        reading.outcome,
        sentence=_sentence(reading) if isinstance(reading.outcome, Verdict) else "",
        windows=(labeled("after", reading.after.months),) if reading.after.months else (),
        series=series,
        gates=reading.tried[0],
        sources=() if series is None else series.sources,
        caveats=() if series is None else (REAL_VARIATION, *series.filters, *series.caveats),
        provisional=test.deadline is None or not reading.after.at_deadline,
        **(_numbers(reading) if reading.has_figure else {}),
    )


def _numbers(reading: ThresholdReading) -> dict[str, Any]:
    (hits, cases), found, target = reading.totals, reading.share, reading.test.target
    least = target + LEEWAY if reading.test.direction == "decrease" else target - LEEWAY
    return {
        "literal": literal(reading.meets),
        "estimate": found,
        "estimate_is": "share",
        "numbers": {
            "hits": int(hits),
            "cases": int(cases),
            "share": found.estimate,
            "share, lower end": found.lower,
            "share, upper end": found.upper,
            "promised share": target,
            "by how much the range may miss it": least,
        },
        "formula": (
            f"{whole(hits)} ÷ {whole(cases)} = {found.estimate:.4f}; 95% range "
            f"{found.lower:.4f} to {found.upper:.4f}; promised {target:.4f}; "
            f"the range may reach {least:.4f}"
        ),
        "smallest_detectable": smallest_detectable_shortfall(target, cases),
    }


def _sentence(reading: ThresholdReading) -> str:
    outcome = reading.outcome
    assert isinstance(outcome, Verdict)  # noqa: S101 - only called for a verdict
    hits, cases = reading.totals
    word = "at most" if reading.test.direction == "decrease" else "at least"
    first = (
        f"{reading.question.subject}: {share_with_range(reading.share)}, {whole(hits)} of "
        f"{whole(cases)}, in the {len(reading.after.months)} months to "
        f"{month_text(reading.after.last)}; promised was {word} {share(reading.test.target)}."
    )
    level = f"level of {share(reading.test.target)}"
    meaning = level_clause(outcome, target=level, leeway=f"{LEEWAY * 100:.0f} points")
    return joined(first, meaning, CANNOT_SHOW_WHY)
