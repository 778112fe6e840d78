"""Verdicts: what published data say about a spoken promise, computed and never typed."""

from __future__ import annotations

from datetime import date

from trustboard.citydata import CityData
from trustboard.commitments import Commitment, NotMeasurable
from trustboard.verdict_states import CannotTell, Reason
from trustboard.verdicts.dispatch import assess_test
from trustboard.verdicts.model import (
    Agreement,
    AssessedCommitment,
    AssessedTest,
    GateResult,
    LabeledWindow,
    Outcome,
)
from trustboard.verdicts.view import view_of

__all__ = [
    "Agreement",
    "AssessedCommitment",
    "AssessedTest",
    "GateResult",
    "LabeledWindow",
    "Outcome",
    "assess",
    "assess_all",
]


def assess(
    commitment: Commitment, city: CityData, *, as_of: date | None = None
) -> AssessedCommitment:
    """What do the published data say about this commitment?

    All of its tests, each with its own outcome; they are never averaged. With `as_of`, only what
    had been published by that day is seen, and deadlines are judged on that day; without it,
    everything here is seen and the day is the date of the data. The clock is never asked.
    """
    view = view_of(city, as_of=as_of)
    tests = tuple(assess_test(commitment, test, view) for test in commitment.tests)
    stated = commitment.not_measurable
    return AssessedCommitment(
        commitment=commitment,
        tests=tests,
        as_of=view.day,
        data_hash=city.data_hash,
        not_measurable=None if stated is None else _not_measurable(stated),
    )


def assess_all(city: CityData, *, as_of: date | None = None) -> tuple[AssessedCommitment, ...]:
    """Assess every commitment of a city that had been made by the day asked for, in file order."""
    made = [one for one in city.commitments if as_of is None or one.said_on <= as_of]
    return tuple(assess(one, city, as_of=as_of) for one in made)


def _not_measurable(stated: NotMeasurable) -> CannotTell:
    return CannotTell(Reason.NOT_MEASURABLE, found=stated.why, would_resolve=stated.would_need)
