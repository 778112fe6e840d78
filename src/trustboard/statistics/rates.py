"""Rates, shares and the comparison of two rates.

The counts are complete, not sampled. They are treated as outcomes of an underlying rate, so a
range says what chance variation alone would produce; it is not a margin of error.
"""

from __future__ import annotations

import math

from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from .checks import check_alpha, check_count, check_exposure
from .results import Interval, RatioTest

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
    lower, upper = confint_poisson(count, exposure, method="exact-c", alpha=alpha)
    return Interval(count / exposure * per, float(lower) * per, float(upper) * per)


def proportion(count: float, nobs: float, *, alpha: float = 0.05) -> Interval:
    """What share of `nobs` is `count`?

    Wilson limits, always between 0 and 1. All `nan` where a number is missing or `nobs` is 0.
    ValueError for counts that are negative, partial, or larger than what they are part of.
    """
    check_alpha(alpha)
    check_count("count", count)
    check_count("nobs", nobs)
    if math.isnan(count) or math.isnan(nobs) or nobs == 0:
        return _UNDEFINED
    if count > nobs:
        raise ValueError(f"count is {count}, more than the {nobs} it should be part of")
    lower, upper = proportion_confint(count, nobs, method="wilson", alpha=alpha)
    # At 0% and 100% one limit is exact; rounding must not move it past the share itself.
    return Interval(
        count / nobs,
        0.0 if count == 0 else float(lower),
        1.0 if count == nobs else float(upper),
    )


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
