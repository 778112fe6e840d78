"""When is a number steady enough to be shown?

The presentation standards of the US National Center for Health Statistics (Series 2, nos. 175 and
200). Where they say no, the page says "too few to tell" and shows the raw count.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .checks import check_count, check_counts
from .results import Interval

_Floats = NDArray[np.float64]

FEWEST_EVENTS = 10
FEWEST_CASES = 30
WIDEST_RELATIVE_RATE = 1.60
WIDEST_SHARE = 0.30
NARROW_SHARE = 0.05
WIDEST_RELATIVE_SHARE = 1.30


def show_rate(count: float, interval: Interval) -> bool:
    """May this rate be shown? Needs 10 events and a range no wider than 160% of the rate."""
    check_count("count", count)
    return interval.estimate > 0 and bool(_steady(interval.upper - interval.lower,
                                                  of=interval.estimate, counts=count))  # fmt: skip


def show_rates(counts: ArrayLike, *, lower: _Floats, upper: _Floats) -> NDArray[np.bool_]:
    """Say of many counts with their limits whether a rate may be shown: each as `show_rate`."""
    n = np.asarray(counts, dtype=float)
    check_counts("count", n)
    return _steady(upper - lower, of=n, counts=n)


def _steady(width: ArrayLike, *, of: ArrayLike, counts: ArrayLike) -> NDArray[np.bool_]:
    """Say of ranges so wide, of rates or counts so large, which are steady enough."""
    with np.errstate(divide="ignore", invalid="ignore"):
        narrow: NDArray[np.bool_] = np.divide(width, of) <= WIDEST_RELATIVE_RATE
    return narrow & (np.asarray(counts) >= FEWEST_EVENTS)


def show_proportion(count: float, nobs: float, interval: Interval) -> bool:
    """May this share be shown?

    Needs 30 cases and a range narrower than 30 points; unless the range is at most 5 points wide,
    it may also be no wider than 130% of the share.
    """
    limits = {"lower": np.array([interval.lower]), "upper": np.array([interval.upper])}
    return bool(show_proportions([count], [nobs], **limits)[0])


def show_proportions(
    counts: ArrayLike, nobs: ArrayLike, *, lower: _Floats, upper: _Floats
) -> NDArray[np.bool_]:
    """Say of many shares with their limits whether they may be shown: each as `show_proportion`."""
    n, of = np.asarray(counts, dtype=float), np.asarray(nobs, dtype=float)
    for name, values in (("count", n), ("nobs", of)):
        check_counts(name, values)
    width = upper - lower
    with np.errstate(divide="ignore", invalid="ignore"):
        steady: NDArray[np.bool_] = (n > 0) & (width / (n / of) <= WIDEST_RELATIVE_SHARE)
    return (steady | (width <= NARROW_SHARE)) & (of >= FEWEST_CASES) & (width < WIDEST_SHARE)
