"""Rates, shares and the comparison of two rates.

The counts are complete, not sampled. They are treated as outcomes of an underlying rate, so a
range says what chance variation alone would produce; it is not a margin of error.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from .checks import check_alpha, check_count, check_counts, check_exposure
from .results import Interval, RatioTest

_Floats = NDArray[np.float64]

_UNDEFINED = Interval(math.nan, math.nan, math.nan)


def rate(count: float, exposure: float, *, per: float = 1.0, alpha: float = 0.05) -> Interval:
    """How many events happened per unit of exposure?

    `exposure` is residents × years (or any other amount of opportunity); `per=1000` gives events
    per 1,000. Exact Poisson (Garwood) limits, also for a count of zero. All `nan` where the count
    is missing or there is no exposure. ValueError for a negative or partial count.
    """
    check_alpha(alpha)
    check_count("count", count)
    check_exposure("exposure", exposure)
    if math.isnan(count) or math.isnan(exposure) or exposure == 0:
        return _UNDEFINED
    (lower,), (upper,) = count_limits([count], alpha=alpha)
    each = per / exposure
    return Interval(count * each, float(lower) * each, float(upper) * each)


def proportion(count: float, nobs: float, *, alpha: float = 0.05) -> Interval:
    """What share of `nobs` is `count`?

    Wilson limits, always between 0 and 1. All `nan` where a number is missing or `nobs` is 0.
    ValueError for counts that are negative, partial, or larger than what they are part of.
    """
    (share,), (lower,), (upper,) = proportions([count], [nobs], alpha=alpha)
    return Interval(float(share), float(lower), float(upper))


def proportions(
    counts: ArrayLike, nobs: ArrayLike, *, alpha: float = 0.05
) -> tuple[_Floats, _Floats, _Floats]:
    """Give many shares at once with their limits: each as `proportion` does."""
    check_alpha(alpha)
    n, of = np.asarray(counts, dtype=float), np.asarray(nobs, dtype=float)
    for name, values in (("count", n), ("nobs", of)):
        check_counts(name, values)
    known = ~np.isnan(n) & (of > 0)
    for one in np.flatnonzero(known & (n > of)):
        raise ValueError(f"count is {n[one]}, more than the {of[one]} it should be part of")
    share, lower, upper = np.full((3, len(n)), np.nan)
    if known.any():
        n, of = n[known], of[known]
        low, high = proportion_confint(n, of, method="wilson", alpha=alpha)
        share[known] = n / of
        # At 0% and 100% one limit is exact; rounding must not move it past the share itself.
        lower[known], upper[known] = np.where(n == 0, 0.0, low), np.where(n == of, 1.0, high)
    return share, lower, upper


def count_limits(counts: ArrayLike, *, alpha: float = 0.05) -> tuple[_Floats, _Floats]:
    """Give the exact Poisson (Garwood) limits of many counts; `nan` for a missing one."""
    check_alpha(alpha)
    n = np.asarray(counts, dtype=float)
    check_counts("count", n)
    known = ~np.isnan(n)
    lower, upper = np.full((2, len(n)), np.nan)
    if known.any():
        lower[known], upper[known] = confint_poisson(n[known], 1.0, method="exact-c", alpha=alpha)
    return lower, upper


def rate_ratio(
    count1: float, exposure1: float, count2: float, exposure2: float, *, alpha: float = 0.05
) -> RatioTest:
    """How many times as large is the first rate as the second?

    Exact, conditional on the sum of both counts (Clopper-Pearson limits for the first group's
    share of the events, turned into a ratio), so zero counts need no correction. With no event in
    the second group the ratio and upper limit are `inf`; with none in either the ratio is `nan`
    and anything from 0 to `inf` is possible. The p-value is the usual two-sided exact one; very
    near the level it can disagree with the limits, which split the level evenly.
    """
    check_alpha(alpha)
    for name, count in (("count1", count1), ("count2", count2)):
        check_count(name, count)
    for name, exposure in (("exposure1", exposure1), ("exposure2", exposure2)):
        check_exposure(name, exposure)
    numbers = (count1, exposure1, count2, exposure2)
    if any(math.isnan(number) for number in numbers) or exposure1 == 0 or exposure2 == 0:
        return RatioTest(math.nan, math.nan, math.nan, math.nan)
    total = count1 + count2
    if total == 0:
        return RatioTest(math.nan, 0.0, math.inf, 1.0)
    low, high = proportion_confint(count1, total, method="beta", alpha=alpha)
    # The same test as statsmodels' "exact-cond", which divides by zero where count2 is 0.
    p = binomtest(int(count1), int(total), exposure1 / (exposure1 + exposure2)).pvalue
    per_event = exposure2 / exposure1
    return RatioTest(
        _odds(count1 / total) * per_event,
        _odds(float(low)) * per_event,
        _odds(float(high)) * per_event,
        float(p),
    )


def _odds(share: float) -> float:
    """Turn the first group's share of the events into odds; a share of 1 is beyond any ratio."""
    return math.inf if share >= 1 else share / (1 - share)
