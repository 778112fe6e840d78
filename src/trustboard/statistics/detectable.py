"""What could a comparison of this size have shown?"""

from __future__ import annotations

import math

from scipy.optimize import brentq, minimize_scalar
from scipy.stats import norm

from .checks import check_alpha, check_count, check_exposure


def smallest_detectable_change(
    baseline_count: float,
    current_exposure_ratio: float,
    *,
    dispersion: float = 1.0,
    power: float = 0.8,
    alpha: float = 0.05,
) -> float:
    """What is the smallest relative fall this before/after comparison could reveal?

    `baseline_count` is the number of events before; `current_exposure_ratio` is how long the time
    after is compared with the time before (12 months after 24: 0.5). Returns 0.21 for "a fall of
    21%". A fall to the share r leaves baseline_count × current_exposure_ratio × r events, so the
    log ratio has variance dispersion × (1/before + 1/after); the answer is the fall 1 - r whose
    -ln r equals (z for alpha, two-sided, + z for power) standard errors. This is a large-sample
    approximation; season, trend and months that resemble each other only make it larger. Returns
    `inf` where no fall would show, because too few events would be left to judge by.
    """
    check_alpha(alpha)
    check_alpha(1 - power)
    check_count("baseline_count", baseline_count)
    check_exposure("current_exposure_ratio", current_exposure_ratio)
    if not dispersion > 0:
        raise ValueError(f"dispersion is {dispersion}; it must be above zero")
    expected_after = baseline_count * current_exposure_ratio
    if math.isnan(expected_after) or expected_after == 0:
        return math.inf
    reach = float(norm.isf(alpha / 2) + norm.isf(1 - power))

    def clearance(log_fall: float) -> float:
        """By how much the fall exceeds what the scatter hides, on the log scale."""
        remaining = expected_after * math.exp(-log_fall)
        return log_fall - reach * math.sqrt(dispersion * (1 / baseline_count + 1 / remaining))

    best = minimize_scalar(lambda fall: -clearance(fall), bounds=(0, 20), method="bounded")
    if clearance(float(best.x)) <= 0:
        return math.inf
    return 1 - math.exp(-float(brentq(clearance, 0.0, float(best.x))))
