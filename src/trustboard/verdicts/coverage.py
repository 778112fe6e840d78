"""Coverage tests: was every place reached in every period?"""

from __future__ import annotations

from typing import Any

from trustboard.commitments import Commitment, CoverageTest
from trustboard.months import (
    last_day,
)
from trustboard.statistics import Interval
from trustboard.tidy import Measured
from trustboard.verdict_states import Verdict
from trustboard.verdicts.building import assembled
from trustboard.verdicts.coverage_reading import CoverageReading
from trustboard.verdicts.model import AssessedTest, LabeledWindow
from trustboard.verdicts.sentences import joined, literal
from trustboard.verdicts.series import ask
from trustboard.verdicts.timed_reading import coverage_of
from trustboard.verdicts.view import View
from trustboard.wording import period_name, share, whole

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def assess_coverage(commitment: Commitment, test: CoverageTest, view: View) -> AssessedTest:
    """Assess one coverage test: all places are counted in each period, so no range applies."""
    question = ask(view.city, test.indicator, filters={}, unit="complaint")
    reading = CoverageReading(commitment, question, coverage_of(question), view.day, test)
    return _assembled(reading, view)


def _assembled(reading: CoverageReading, view: View) -> AssessedTest:
    measured = reading.measured
    series = measured if isinstance(measured, Measured) else None
    shown = isinstance(reading.outcome, Verdict) or len(reading.tried[0]) > 3
    return assembled(
        reading.commitment,
        reading.test,
        view,
        reading.outcome,
        sentence=_sentence(reading) if isinstance(reading.outcome, Verdict) else "",
        series=series,
        gates=reading.tried[0],
        sources=() if series is None else series.sources,
        caveats=() if series is None else series.caveats,
        provisional=not reading.at_deadline,
        **(_numbers(reading) if shown else {}),
    )


def _numbers(reading: CoverageReading) -> dict[str, Any]:
    periods, met = reading.periods, len(reading.periods) - len(reading.missed)
    first, last = periods["first"].iloc[0].start_time.date(), last_day(periods["last"].iloc[-1])
    listed: dict[str, int | float | str] = {
        f"reached in {period_name(row.period)}": f"{row.n:.0f} of {row.exposure:.0f}"
        for row in periods.itertuples()
    }
    totals = {"periods that met it": met, "periods": len(periods), "share": reading.test.target}
    return {
        "literal": literal(reading.missed.empty),
        "estimate": Interval(float(met), float(met), float(met)),
        "estimate_is": "count",
        "numbers": listed | totals,
        "formula": (
            f"{whole(met)} of {whole(len(periods))} periods reached "
            f"{share(reading.test.target)} of the {reading.test.of}s"
        ),
        "windows": (LabeledWindow("counted", first, last),),
    }


def _sentence(reading: CoverageReading) -> str:
    """Say in how many periods the promise was met, and where it was missed first."""
    missed, total = reading.missed, len(reading.periods)
    what = "every" if reading.test.target == 1 else f"{share(reading.test.target)} of every"
    first = (
        f"In {whole(total - len(missed))} of {whole(total)} settled {reading.test.each}s "
        f"{what} {reading.test.of} had at least one event."
    )
    second = ""
    if not missed.empty:
        row = missed.iloc[0]
        second = (
            f"The first to miss it was {period_name(row['period'])}: {whole(row['n'])} of "
            f"{whole(row['exposure'])}."
        )
    return joined(first, second, "This cannot show who came, or what they took from it.")
