"""The shapes in which every calculation answers.

A limit that cannot be reached is `inf`; a value that is not defined is `nan`. Neither is ever
replaced by a number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .log_log import log_log_limits


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the range expected from chance variation around it."""

    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class RatioTest:
    """How many times as large one rate is as another, with its range and p-value."""

    ratio: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, slots=True)
class BeforeAfter(RatioTest):
    """The rate after divided by the rate before, with what the range was built from.

    `dispersion` is the value used (never below 1), `dispersion_raw` the one found in the data;
    `lag1` is how strongly each month's surprise resembles the last one's; `df` counts the months
    left to judge the scatter by. `lower_if_independent` and `upper_if_independent` are the limits
    before they were widened for months that resemble their neighbors.
    """

    dispersion: float
    lag1: float
    df: int
    dispersion_raw: float
    lower_if_independent: float
    upper_if_independent: float


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalCurve:
    """How large a share is still open after each number of days.

    `table` has one row per time at which something closed: `time`, `survival` (share still open
    after it) and `se`. `median` is `inf` while fewer than half have closed. `followed_until` is the
    longest time anything was observed: beyond it nothing is known.
    """

    table: pd.DataFrame
    median: float
    median_lower: float
    median_upper: float
    followed_until: float

    def at(self, time: ArrayLike, *, alpha: float = 0.05) -> pd.DataFrame:
        """What share is still open after each of these times, and within what range?

        Returns one row per time: `time, survival, se, lower, upper` (log-log limits). Values are
        `nan` beyond the longest time observed, unless everything has closed by then.
        """
        asked = np.atleast_1d(np.asarray(time, dtype=float))
        step = np.searchsorted(self.table["time"].to_numpy(dtype=float), asked, side="right")
        survival = np.concatenate([[1.0], self.table["survival"].to_numpy(dtype=float)])[step]
        se = np.concatenate([[0.0], self.table["se"].to_numpy(dtype=float)])[step]
        unknown = ~((asked <= self.followed_until) | (survival == 0))
        survival, se = np.where(unknown, np.nan, survival), np.where(unknown, np.nan, se)
        lower, upper = log_log_limits(survival, se, alpha=alpha)
        return pd.DataFrame(
            {"time": asked, "survival": survival, "se": se, "lower": lower, "upper": upper}
        )
