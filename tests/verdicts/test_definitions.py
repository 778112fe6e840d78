"""Bad definitions: each is found before any number is looked at, with its field and its fix."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from verdict_promises import change, promise

from trustboard.commitments import Commitment
from trustboard.definitions import flaws
from trustboard.definitions.flaws import Known

KNOWN = Known(figures=frozenset({"f1", "f2"}), places=frozenset({"alder", "birch"}))


def _flaws(commitment: Commitment, known: Known) -> list[tuple[str, str, str, str, str]]:
    return [
        (commitment.id, test, flaw.path, flaw.message, flaw.fix)
        for test, flaw in flaws(commitment, known)
    ]


def _found(test: dict[str, Any], **more: Any) -> list[tuple[str, str, str, str, str]]:
    return _flaws(promise(test, **more), KNOWN)


FIGURES = {"kind": "figure_change", "before": ["f1"], "after": ["f2"], "direction": "decrease"}
BAD = [
    (change(deadline=date(2021, 6, 14)), "deadline", "before the statement"),
    (change(indicator="happiness"), "indicator", "no indicator"),
    (change(indicator="days-to-close"), "indicator", "cannot use"),
    (change(target_change=0.2), "target_change", "wrong side"),
    (change(direction="increase", target_change=-0.2), "target_change", "wrong side"),
    (change(target_change=0.0), "target_change", "wrong side"),
    (
        change(baseline={"from": date(2019, 6, 1), "to": date(2021, 6, 30)}),
        "baseline.to",
        "overlap",
    ),
    (
        change(baseline={"from": date(2020, 1, 1), "to": date(2020, 11, 30)}),
        "baseline",
        "fewer than 12",
    ),
    (change(deadline=date(2021, 8, 31)), "deadline", "Only 2 complete months"),
    (change(filters={"shoe_size": ["9"]}), "filters.shoe_size", "cannot be filtered"),
    (change(filters={"place": ["atlantis"]}), "filters.place", "no place 'atlantis'"),
    (change(indicator="findings"), "filters", "splits into parts"),
    (change(indicator="outreach-events", unit="allegation"), "unit", "not counted in"),
    ({**FIGURES, "before": ["f9"]}, "before", "no figure 'f9'"),
    ({**FIGURES, "after": ["f1"]}, "after", "both sides"),
    ({**FIGURES, "target_change": 0.3}, "target_change", "wrong side"),
    ({"kind": "agreement", "claim": ["f1"], "against": ["f8"]}, "against", "no figure 'f8'"),
    ({"kind": "delivery", "publications": ["ghost"]}, "publications", "no publication 'ghost'"),
    (
        {
            "kind": "coverage",
            "indicator": "places-reached",
            "window": {"from": date(2020, 1, 1), "to": date(2020, 12, 31)},
        },
        "window.to",
        "before the statement",
    ),
    (
        {"kind": "threshold", "indicator": "complaints-received", "target": 0.5},
        "indicator",
        "share",
    ),
]


@pytest.mark.parametrize(("test", "path", "said"), BAD, ids=[f"{b[1]}: {b[2]}" for b in BAD])
def test_a_bad_definition_is_found_with_its_field_and_its_fix(
    test: dict[str, Any], path: str, said: str
) -> None:
    (problem,) = _found(test)
    commitment, test_id, field, message, fix = problem
    assert (commitment, test_id, field) == ("a-promise", "test-0", path)
    assert said in message + fix
    assert fix.strip()


def test_a_good_definition_has_no_flaw() -> None:
    assert _found(change(target_change=-0.2, deadline=date(2023, 6, 30))) == []
    assert _found(FIGURES) == []


def test_unknown_places_and_publications_of_a_commitment_are_found() -> None:
    found = _found(change(), places=["atlantis"], publications=["ghost"])
    assert [(problem[1], problem[2]) for problem in found] == [("", "places"), ("", "publications")]


def test_a_city_without_places_is_not_asked_for_them() -> None:
    found = _flaws(promise(change(), places=["anywhere"]), Known())
    assert found == []
