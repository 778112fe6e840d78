"""A verdict is no score, and "cannot tell" is no verdict."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable
from itertools import combinations

import pandas as pd
import pytest

from trustboard.verdict_states import DEADLINE_STATES, CannotTell, Reason, Verdict, VerdictState

TOO_FEW = CannotTell(Reason.TOO_FEW, "7 complaints in a year", "a longer window")
EARLY = CannotTell(Reason.TOO_EARLY, "5 complete months", "7 more months")


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_cannot_tell_is_neither_better_nor_worse(compare: Callable[[object, object], bool]) -> None:
    for other in (EARLY, Verdict(VerdictState.KEPT), 0):
        with pytest.raises(TypeError, match="cannot be sorted"):
            compare(TOO_FEW, other)


def test_cannot_tell_cannot_be_put_in_order() -> None:
    with pytest.raises(TypeError, match="cannot be sorted"):
        sorted([TOO_FEW, EARLY])


@pytest.mark.parametrize(
    "attempt", [int, float, lambda x: x + 1, lambda x: 1 + x, lambda x: sum([x])]
)
def test_cannot_tell_is_no_number(attempt: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="not a number"):
        attempt(TOO_FEW)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda x: Counter([x, x]),
        lambda x: {x},
        lambda x: {x: 1},
        lambda x: pd.Series([x, x]).nunique(),
        lambda x: pd.Series([1, 2]).groupby([x, x]).size(),
    ],
)
def test_cannot_tell_cannot_be_tallied(attempt: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="cannot be tallied"):
        attempt(TOO_FEW)


def test_cannot_tell_cannot_be_averaged_in_a_column() -> None:
    with pytest.raises(TypeError):
        pd.Series([TOO_FEW, EARLY]).mean()


def test_the_same_reason_in_the_same_words_is_equal() -> None:
    assert CannotTell(Reason.TOO_FEW, "7 complaints in a year", "a longer window") == TOO_FEW
    assert TOO_FEW != EARLY
    assert Verdict(VerdictState.NOT_KEPT) != TOO_FEW


@pytest.mark.parametrize(("found", "resolve"), [("", "data"), ("nothing", " ")])
def test_cannot_tell_must_say_what_was_found_and_what_would_help(found: str, resolve: str) -> None:
    with pytest.raises(ValueError, match="say in words"):
        CannotTell(Reason.TOO_FEW, found, resolve)


@pytest.mark.parametrize("kind", [VerdictState, Reason])
def test_no_state_or_reason_outranks_another(kind: type[VerdictState] | type[Reason]) -> None:
    for one, other in combinations(kind, 2):
        with pytest.raises(TypeError):
            operator.lt(one, other)
        with pytest.raises(TypeError):
            operator.add(one, other)
    with pytest.raises(TypeError):
        int(next(iter(kind)))  # type: ignore[call-overload]


def test_no_verdict_outranks_another() -> None:
    with pytest.raises(TypeError):
        operator.lt(Verdict(VerdictState.NOT_KEPT), Verdict(VerdictState.KEPT))


def test_only_a_promise_not_kept_can_be_part_way() -> None:
    assert Verdict(VerdictState.NOT_KEPT, part_way=True).part_way
    for state in set(VerdictState) - {VerdictState.NOT_KEPT}:
        with pytest.raises(ValueError, match="part-way"):
            Verdict(state, part_way=True)


def test_states_and_reasons_are_the_published_ones() -> None:
    assert [state.name for state in VerdictState] == [
        "MOVING_AS_PROMISED",
        "MOVING_AGAINST",
        "NO_REAL_CHANGE",
        "NO_CLEAR_CHANGE",
        "KEPT",
        "NOT_KEPT",
        "TOO_CLOSE_TO_CALL",
    ]
    assert [reason.name for reason in Reason] == [
        "NOT_MEASURABLE",
        "TOO_EARLY",
        "NOT_PUBLISHED",
        "NOT_COMPARABLE",
        "INCOMPLETE",
        "TOO_FEW",
        "SOURCES_CONFLICT",
    ]
    assert {state.name for state in DEADLINE_STATES} == {"KEPT", "NOT_KEPT", "TOO_CLOSE_TO_CALL"}
