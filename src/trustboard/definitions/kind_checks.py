"""What can be wrong with each kind of test as it is written down."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from trustboard.commitments import (
    AgreementTest,
    ChangeTest,
    Commitment,
    CoverageTest,
    DeliveryTest,
    FigureChangeTest,
    ThresholdTest,
)
from trustboard.definitions.flaws import Flaw, Known, both_sides, unknown_ids, unknown_publications
from trustboard.months import (
    earliest_day,
    first_complete,
    first_day,
    how_many,
    last_complete,
    month_of,
)

#: The least that can be compared: fewer months cannot be told from the season.
FEWEST_MONTHS: Final = 4


def _change(commitment: Commitment, test: ChangeTest, known: Known) -> list[Flaw]:  # noqa: ARG001
    found = _side(test)
    said = earliest_day(commitment.said_on, commitment.said_on_precision)
    if test.baseline is not None:
        if test.baseline.to >= first_day(month_of(said)):
            message = (
                f"The baseline ends on {test.baseline.to}, not before the month of the statement "
                f"({commitment.said_on}): the windows would overlap."
            )
            found.append(Flaw("baseline.to", message, "End the baseline a month earlier or more."))
        last = last_complete(test.baseline.to)
        if test.chosen_for_high_value:
            last = min(last, month_of(said) - 13)
        if how_many(first_complete(test.baseline.from_), last) < 12:
            message = "The baseline holds fewer than 12 complete months that may be used."
            fix = (
                "Begin it earlier; the year in which a place was chosen for its number is left out."
            )
            found.append(Flaw("baseline", message, fix))
    if test.deadline is not None and test.deadline >= commitment.said_on:
        room = how_many(month_of(commitment.said_on) + 1, last_complete(test.deadline))
        if room < FEWEST_MONTHS:
            message = (
                f"Only {room} complete months lie between the statement and the deadline; "
                f"{FEWEST_MONTHS} are the least that can be compared."
            )
            found.append(Flaw("deadline", message, "Say not_measurable, with what it would need."))
    return found


def _side(test: ChangeTest | FigureChangeTest) -> list[Flaw]:
    target = test.target_change
    if target is None or ((target < 0) == (test.direction == "decrease") and target != 0):
        return []
    message = f"A target of {target:+g} is on the wrong side of the direction {test.direction!r}."
    fix = "A decrease needs a negative target (-0.2 is 20% lower), an increase a positive one."
    return [Flaw("target_change", message, fix)]


def _delivery(commitment: Commitment, test: DeliveryTest, known: Known) -> list[Flaw]:  # noqa: ARG001
    found = unknown_publications(test.publications, known)
    if test.indicator is not None and test.evidence:
        message = "Both an indicator and a list of evidence are given."
        found.append(Flaw("evidence", message, "Keep one of the two: which one is counted?"))
    return found


def _coverage(commitment: Commitment, test: CoverageTest, known: Known) -> list[Flaw]:  # noqa: ARG001
    found = []
    if test.window is not None and test.window.to < commitment.said_on:
        message = f"The window ends ({test.window.to}) before the statement."
        found.append(Flaw("window.to", message, "A promise is tested on the time after it."))
    if test.window is not None and test.deadline is not None and test.window.to > test.deadline:
        message = f"The window ends ({test.window.to}) after the deadline ({test.deadline})."
        found.append(Flaw("window.to", message, "End the window at the deadline."))
    return found


def _figure_change(commitment: Commitment, test: FigureChangeTest, known: Known) -> list[Flaw]:  # noqa: ARG001
    found = _side(test)
    for name, ids in (("before", test.before), ("after", test.after)):
        found += unknown_ids(name, ids, known.figures, "figure", strict=True)
    return found + both_sides(test.before, test.after, "after")


def _agreement(commitment: Commitment, test: AgreementTest, known: Known) -> list[Flaw]:  # noqa: ARG001
    found = []
    for name, ids in (("claim", test.claim), ("against", test.against)):
        found += unknown_ids(name, ids, known.figures, "figure", strict=True)
    return found + both_sides(test.claim, test.against, "against")


def _threshold(commitment: Commitment, test: ThresholdTest, known: Known) -> list[Flaw]:  # noqa: ARG001
    return []


CHECKS: Final[MappingProxyType[str, Callable[[Commitment, Any, Known], list[Flaw]]]] = (
    MappingProxyType(
        {
            "change": _change,
            "threshold": _threshold,
            "delivery": _delivery,
            "coverage": _coverage,
            "figure_change": _figure_change,
            "agreement": _agreement,
        }
    )
)
