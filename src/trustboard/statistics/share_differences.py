"""Two shares compared: how many points apart, and what difference could have been seen."""

from __future__ import annotations

import math

from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep

from .checks import check_alpha, check_count
from .results import Interval


def share_difference(
    hits: float, cases: float, old_hits: float, old_cases: float, *, alpha: float = 0.05
) -> Interval:
    """How far apart are two shares (the first minus the second), and within what range?

    Newcombe 1998, method 10 (from both Wilson ranges). All `nan` where either has no cases.
    ValueError for counts that are negative or partial, or hits above cases.
    """
    check_alpha(alpha)
    for name, count in (("hits", hits), ("cases", cases)):
        check_count(name, count)
    for name, count in (("old_hits", old_hits), ("old_cases", old_cases)):
        check_count(name, count)
    if hits > cases or old_hits > old_cases:
        raise ValueError("there are more hits than cases")
    if not cases or not old_cases:
        return Interval(math.nan, math.nan, math.nan)
    lower, upper = confint_proportions_2indep(
        hits, cases, old_hits, old_cases, method="newcomb", compare="diff", alpha=alpha
    )
    return Interval(hits / cases - old_hits / old_cases, float(lower), float(upper))


def smallest_detectable_difference(
    share: float, old_cases: float, cases: float, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """What is the smallest difference of two shares this comparison could reveal?

    Large-sample approximation at the old share: (z for alpha, two-sided, + z for power) standard
    errors. `inf` where either has no cases.
    """
    check_alpha(alpha)
    check_alpha(1 - power)
    if not old_cases or not cases or math.isnan(share):
        return math.inf
    spread = share * (1 - share) * (1 / old_cases + 1 / cases)
    return float(norm.isf(alpha / 2) + norm.isf(1 - power)) * math.sqrt(spread)


def smallest_detectable_shortfall(
    target: float, cases: float, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """What is the smallest distance from a promised share that this many cases could reveal?

    Large-sample approximation at the promised share; `inf` without cases.
    """
    check_alpha(alpha)
    check_alpha(1 - power)
    if not cases:
        return math.inf
    reach = float(norm.isf(alpha / 2) + norm.isf(1 - power))
    return reach * math.sqrt(target * (1 - target) / cases)
