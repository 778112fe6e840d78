"""Invented complaint counts whose truth is known, month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Months: TypeAlias = Literal["alike", "seasonal", "persistent"]

PER_MONTH: Final = (10, 30, 100)
#: The fall that the invented official promises, and the falls that come true.
PROMISED_CHANGE: Final = -0.20
TRUE_CHANGES: Final = (0.0, -0.10, -0.20, -0.30)

MONTHS_BEFORE: Final = 24
MONTHS_AFTER: Final = 36

#: How each kind of month is invented, in words for a reader.
KINDS: Final = MappingProxyType(
    {
        "alike": "Months independent of each other, no season",
        "seasonal": "Months independent of each other, with a season",
        "persistent": "Months that resemble the month before, more scatter, with a season",
    }
)

#: Each calendar month as a share of the average month: a summer high, a December low.
SEASON: Final = (0.85, 0.83, 0.95, 1.00, 1.10, 1.17, 1.22, 1.20, 1.08, 1.00, 0.85, 0.75)
#: How strongly the level of a persistent month carries over from the month before.
CARRIED_OVER: Final = 0.5
#: How many times as large the variance of a persistent month is as that of pure chance.
SCATTER: Final = 2.0

_KEYS: Final = MappingProxyType({"alike": 0, "seasonal": 1, "persistent": 2})


@dataclass(frozen=True, slots=True)
class Scenario:
    """One world: how busy, how its months hang together, and what truly changed at the promise."""

    months: Months
    per_month: int
    true_change: float

    @property
    def nine_looks(self) -> bool:
        """Say whether the quarterly looks are followed, not the look at the deadline alone."""
        return self.true_change in (0.0, PROMISED_CHANGE)


def scenarios() -> tuple[Scenario, ...]:
    """List every world of the published table. The season alone is tried at 30 a month only."""
    listed = (Scenario(*one) for one in product(KINDS, PER_MONTH, TRUE_CHANGES))  # type: ignore[arg-type]
    return tuple(one for one in listed if one.months != "seasonal" or one.per_month == 30)


def invent(scenario: Scenario, *, seed: int, number: int) -> NDArray[np.int64]:
    """Draw the monthly counts of series `number`: 24 months before a promise, then 36 after it.

    The same seed, world and number always give the same counts, whatever else is drawn. January
    comes first. Persistent months are Poisson counts around a level that follows a first-order
    autoregression on the log scale, set so that their variance is `SCATTER` times their mean.
    """
    lowered = round(-100 * scenario.true_change)
    key = (_KEYS[scenario.months], scenario.per_month, lowered, number)
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    level = np.full(MONTHS_BEFORE + MONTHS_AFTER, float(scenario.per_month))
    level[MONTHS_BEFORE:] *= 1 + scenario.true_change
    if scenario.months != "alike":
        level *= np.resize(SEASON, level.size)
    if scenario.months == "persistent":
        level *= _wandering(random, level.size, spread=math.log1p((SCATTER - 1) / level.mean()))
    return random.poisson(level)


def _wandering(random: np.random.Generator, size: int, *, spread: float) -> NDArray[np.float64]:
    """Draw factors around 1 that resemble the one before; `spread` is their variance in logs."""
    surprise = random.standard_normal(size)
    path = np.empty(size)
    path[0] = surprise[0]
    fresh = math.sqrt(1 - CARRIED_OVER**2)
    for month in range(1, size):
        path[month] = CARRIED_OVER * path[month - 1] + fresh * surprise[month]
    return np.exp(math.sqrt(spread) * path - spread / 2)
