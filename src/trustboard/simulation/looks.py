"""Quarterly looks at one invented series, with the product's own comparison and rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustboard.rule import (
    USUAL_ALPHA,
    WIDE_ALPHA,
    QuarterlyReading,
    shown_outcomes,
    state_at_deadline,
    state_before_deadline,
)
from trustboard.simulation.scenarios import MONTHS_AFTER, MONTHS_BEFORE, PROMISED_CHANGE
from trustboard.statistics import BeforeAfter, before_after
from trustboard.verdict_states import CannotTell, Outcome, Verdict, VerdictState

CURRENT_MONTHS: Final = 12
#: Complete months since the promise at each look.
LOOKS: Final = tuple(range(CURRENT_MONTHS, MONTHS_AFTER + 1, 3))
#: The promise falls due here: its deadline is judged on the same months as the look before it.
DEADLINE: Final = 24
#: How an outcome without a verdict is written.
CANNOT_TELL: Final = "CANNOT_TELL"


@dataclass(frozen=True, slots=True)
class Story:
    """What one series led to: states look by look, alone and as shown, and at the deadline."""

    raw: tuple[str, ...]
    shown: tuple[str, ...]
    at_deadline: str


def follow(counts: NDArray[np.int64], *, nine_looks: bool) -> Story:
    """Judge one series, at every quarterly look or at the deadline alone."""
    changes = {
        look: _change(counts, look, USUAL_ALPHA) for look in (LOOKS if nine_looks else [DEADLINE])
    }
    at_deadline = state_at_deadline(
        changes[DEADLINE], direction="decrease", target_ratio=_TARGET
    ).state.value
    if not nine_looks:
        return Story((), (), at_deadline)
    readings: list[QuarterlyReading] = []
    for look, change in changes.items():
        state = _state(change)
        # The wider range decides only where a claim does not repeat, so only then is it computed.
        repeats = bool(readings) and readings[-1].outcome == state
        asks = not repeats and state.state is not VerdictState.NO_CLEAR_CHANGE
        firm = asks and _state(_change(counts, look, WIDE_ALPHA)) == state
        readings.append(QuarterlyReading(state, holds_at_99_8=firm))
    raw = tuple(_name(one.outcome) for one in readings)
    return Story(raw, tuple(_name(one) for one in shown_outcomes(readings)), at_deadline)


_TARGET: Final = 1 + PROMISED_CHANGE
_MONTH: Final = np.resize(np.arange(1, 13), MONTHS_BEFORE + MONTHS_AFTER)


def _change(counts: NDArray[np.int64], look: int, alpha: float) -> BeforeAfter:
    """Compare the 24 months before with the latest 12, as a verdict on a change does."""
    last = MONTHS_BEFORE + look
    used = np.r_[0:MONTHS_BEFORE, last - CURRENT_MONTHS : last]
    period = np.repeat([0, 1], [MONTHS_BEFORE, CURRENT_MONTHS])
    return before_after(counts[used], period=period, month=_MONTH[used], alpha=alpha)


def _state(change: BeforeAfter) -> Verdict:
    return state_before_deadline(change, direction="decrease", target_ratio=_TARGET)


def _name(outcome: Outcome) -> str:
    return CANNOT_TELL if isinstance(outcome, CannotTell) else outcome.state.value
