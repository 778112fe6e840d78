"""Seeded draws that every table uses, built on nothing but uniform numbers.

Only `Generator.random` is used, so that the stream depends on as little of numpy as possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import NormalDist
from typing import TypeVar

import numpy as np

T = TypeVar("T")
NORMAL = NormalDist()


class Draw:
    """A seeded source of choices, whole numbers, days and durations."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64(seed))

    def share(self) -> float:
        """Give a number from 0 up to, but not including, 1."""
        return float(self._rng.random())

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.share() < probability

    def whole(self, low: int, *, high: int) -> int:
        """Give a whole number from `low` to `high`, both possible."""
        return low + int(self.share() * (high - low + 1))

    def one(self, options: Sequence[T]) -> T:
        """Pick one of these, each equally likely."""
        return options[self.whole(0, high=len(options) - 1)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Pick one key, each as likely as its weight."""
        left = self.share() * sum(weights.values())
        for option, weight in weights.items():
            left -= weight
            if left < 0:
                return option
        return next(reversed(weights))

    def some(self, options: Sequence[T], *, count: int) -> list[T]:
        """Pick `count` different ones."""
        pool = list(options)
        return [pool.pop(self.whole(0, high=len(pool) - 1)) for _ in range(count)]

    def normal(self) -> float:
        """Give a number from the standard normal distribution."""
        return NORMAL.inv_cdf(min(max(self.share(), 1e-9), 1 - 1e-9))

    def days(self, median: float, *, spread: float) -> int:
        """Give a log-normal number of whole days with this median."""
        return max(1, round(median * float(np.exp(spread * self.normal()))))

    def day_of(self, month: date) -> date:
        """Pick a day of the month, weekends less often than working days."""
        length = (next_month(month) - month).days
        days = [month + timedelta(days=i) for i in range(length)]
        return self.weighted({day: (1.0, 0.5)[day.weekday() > 4] for day in days})


def next_month(month: date) -> date:
    """Give the first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months(first: date, *, last: date) -> list[date]:
    """List the first day of every month from `first` to the month of `last`."""
    found = [first.replace(day=1)]
    while next_month(found[-1]) <= last:
        found.append(next_month(found[-1]))
    return found
