"""What can be wrong with a test as it is written down, found before any number is looked at."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final

from trustboard.commitments import (
    AnyTest,
    Commitment,
)
from trustboard.definitions.flaws import Flaw, Known, one_of, unknown_ids, unknown_publications
from trustboard.definitions.kind_checks import CHECKS

#: Which kinds of indicator each kind of test can use.
_KINDS: Final = MappingProxyType(
    {
        "change": ("count", "rate", "share"),
        "threshold": ("share",),
        "delivery": ("count",),
        "coverage": ("custom", "share"),
    }
)


def flaws(commitment: Commitment, known: Known) -> list[tuple[str, Flaw]]:
    """Find every flaw of a commitment, each with the id of its test ("" for the commitment)."""
    found = [("", flaw) for flaw in flaws_of_commitment(commitment, known)]
    for test in commitment.tests:
        found += [(test.id, flaw) for flaw in flaws_of_test(commitment, test, known)]
    return found


def flaws_of_commitment(commitment: Commitment, known: Known) -> list[Flaw]:
    """Find places and publications that a commitment names and nobody describes."""
    return [
        *unknown_ids("places", commitment.places, known.places, "place"),
        *unknown_publications(commitment.publications, known),
    ]


def flaws_of_test(commitment: Commitment, test: AnyTest, known: Known) -> list[Flaw]:
    """Find what is wrong with one test of a commitment."""
    found = _deadline(commitment, test)
    indicator = getattr(test, "indicator", None)
    if indicator is not None:
        found += _indicator(test, indicator, known)
    return found + CHECKS[test.kind](commitment, test, known)


def _deadline(commitment: Commitment, test: AnyTest) -> list[Flaw]:
    deadline: date | None = getattr(test, "deadline", None)
    if deadline is None or deadline >= commitment.said_on:
        return []
    message = f"The deadline ({deadline}) is before the statement ({commitment.said_on})."
    return [Flaw("deadline", message, "Correct one of the two dates.")]


def _indicator(test: AnyTest, wanted: str, known: Known) -> list[Flaw]:
    indicator = known.indicators.get(wanted)
    if indicator is None:
        listed = ", ".join(sorted(known.indicators))
        return [Flaw("indicator", f"There is no indicator {wanted!r}.", f"Use one of: {listed}.")]
    found = []
    if indicator.kind not in _KINDS[test.kind]:
        message = f"A {test.kind} test cannot use {wanted!r}, which gives {_KIND[indicator.kind]}."
        fix = f"Use an indicator that gives {one_of(_KIND[kind] for kind in _KINDS[test.kind])}."
        found.append(Flaw("indicator", message, fix))
    unit = getattr(test, "unit", "complaint")
    if unit not in indicator.units:
        message = f"{wanted!r} is not counted in the unit {unit!r}."
        found.append(Flaw("unit", message, f"Use one of: {', '.join(indicator.units)}."))
    filters: dict[str, tuple[str, ...]] = getattr(test, "filters", {})
    if indicator.parts and indicator.parts not in filters and test.kind != "coverage":
        message = f"{wanted!r} splits into parts; the test does not say which one it means."
        fix = f"Add a filter on {indicator.parts}: {', '.join(indicator.part_ids)}."
        found.append(Flaw("filters", message, fix))
    for column, ids in filters.items():
        if column not in indicator.by:
            message = f"{wanted!r} cannot be filtered by {column!r}."
            fix = f"Use one of: {', '.join(indicator.by)}."
            found.append(Flaw(f"filters.{column}", message, fix))
        elif column == "place":
            found += unknown_ids("filters.place", ids, known.places, "place")
    return found


_KIND: Final = MappingProxyType(
    {
        "count": "a count",
        "rate": "a rate",
        "share": "a share",
        "days": "a number of days",
        "custom": "an answer of its own shape",
    }
)
