"""Promises, verdicts and their history as plain values, for JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.verdict_states import CannotTell, Verdict
from trustboard.verdicts import Agreement, AssessedCommitment, AssessedTest, Outcome
from trustboard.wording import verdict_word


def commitments_of(city: CityData) -> list[dict[str, Any]]:
    """Give every promise with its source, its tests as they were written, and any reply."""
    return [commitment_values(one) for one in city.commitments]


def commitment_values(one: Commitment) -> dict[str, Any]:
    """Give one promise; `said_on` is no more exact than it is known."""
    values = one.model_dump(mode="json", by_alias=True)
    return {**values, "said_on": said_on(one)}


def said_on(one: Commitment) -> str:
    """Write when something was said as exactly as it is known: 2018-02-28, 2018-04 or 2020."""
    length = {"day": 10, "month": 7, "year": 4}[one.said_on_precision]
    return one.said_on.isoformat()[:length]


def verdicts_of(found: Sequence[AssessedCommitment]) -> list[dict[str, Any]]:
    """Give what the data say about each promise, test by test; there is no overall outcome."""
    return [_commitment(one) for one in found]


def outcome_word(outcome: Outcome) -> str:
    """Say an outcome in a few words."""
    return "Figures agree" if isinstance(outcome, Agreement) else verdict_word(outcome)


def _commitment(one: AssessedCommitment) -> dict[str, Any]:
    said = one.commitment
    return {
        "commitment": said.id,
        "title": said.title,
        "statement": said.statement,
        "said_on": said_on(said),
        "said_by": {"name": said.said_by.name, "office": said.said_by.office},
        "where": said.where,
        "source": str(said.source.url),
        "as_of": one.as_of.isoformat(),
        "data_hash": one.data_hash,
        "tests": [_test(test) for test in one.tests],
        "not_measurable": _reason(one.not_measurable),
    }


def _test(one: AssessedTest) -> dict[str, Any]:
    interval = one.estimate
    verdict = one.outcome if isinstance(one.outcome, Verdict) else None
    return {
        "test": one.test.id,
        "kind": one.test.kind,
        "question": one.test.question,
        "outcome": outcome_word(one.outcome),
        "state": verdict.state.value if verdict else None,
        "part_way": verdict.part_way if verdict else False,
        "cannot_tell": _reason(one.cannot_tell),
        "headline": one.headline,
        "sentence": one.sentence,
        "literal": one.literal,
        "estimate_is": one.estimate_is,
        "estimate": _number(interval.estimate) if interval else None,
        "lower": _number(interval.lower) if interval else None,
        "upper": _number(interval.upper) if interval else None,
        "formula": one.formula,
        "numbers": {name: _number(value) for name, value in one.numbers.items()},
        "windows": [
            {"label": w.label, "from": w.from_.isoformat(), "to": w.to.isoformat()}
            for w in one.windows
        ],
        "smallest_detectable": _number(one.smallest_detectable),
        "provisional": one.provisional,
        "held_back": one.held_back,
        "sources": list(one.sources),
        "caveats": list(one.caveats),
        "method_version": one.method_version,
    }


def _reason(reason: CannotTell | None) -> dict[str, str] | None:
    if reason is None:
        return None
    return {
        "reason": reason.reason.value,
        "found": reason.found,
        "would_resolve": reason.would_resolve,
    }


def _number(value: float | str | None) -> float | str | None:
    """Give a number that JSON can hold; what it cannot hold becomes null."""
    if isinstance(value, str) or value is None:
        return value
    return value if math.isfinite(value) else None
