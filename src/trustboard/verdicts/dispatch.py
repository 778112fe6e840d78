"""Which module assesses which kind of test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from trustboard.commitments import AnyTest, Commitment
from trustboard.verdicts.agreement import assess_agreement
from trustboard.verdicts.building import ill_defined
from trustboard.verdicts.change import assess_change
from trustboard.verdicts.coverage import assess_coverage
from trustboard.verdicts.delivery import assess_delivery
from trustboard.verdicts.figure_change import assess_figure_change
from trustboard.verdicts.model import AssessedTest
from trustboard.verdicts.threshold import assess_threshold
from trustboard.verdicts.view import View

_ASSESS: Final[MappingProxyType[str, Callable[[Commitment, Any, View], AssessedTest]]] = (
    MappingProxyType(
        {
            "change": assess_change,
            "threshold": assess_threshold,
            "delivery": assess_delivery,
            "coverage": assess_coverage,
            "figure_change": assess_figure_change,
            "agreement": assess_agreement,
        }
    )
)


#: Printed in place of "meets" or "misses" where nothing published can be held against a target.
#: "Misses" would lay at an official's door what is only not published.
NO_FIGURE: Final = "No published figure can be held against the target."


def has_target(test: AnyTest) -> bool:
    """Say whether a test names a level, a number or a change that was promised."""
    if test.kind in ("change", "figure_change"):
        return test.target_change is not None
    return test.kind != "agreement"


def assess_test(commitment: Commitment, test: AnyTest, view: View) -> AssessedTest:
    """Assess one test of a commitment in a view of the city."""
    refused = ill_defined(commitment, test, view)
    found = refused or _ASSESS[test.kind](commitment, test, view)
    if not found.literal and has_target(test):
        return replace(found, literal=NO_FIGURE)
    return found
