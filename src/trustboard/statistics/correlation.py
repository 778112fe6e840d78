"""Do two things that were counted in the same places rise and fall together?"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm, spearmanr

from .checks import check_alpha, known_numbers, same_length
from .results import Interval


def spearman(x: ArrayLike, y: ArrayLike, *, alpha: float = 0.05) -> Interval:
    """How closely do the ranks of two series agree, from -1 to 1?

    Limits after Bonett & Wright (2000). Use counts, never two rates per resident: dividing both by
    population makes them agree by itself. All `nan` where a series is shorter than 2 or does not
    vary. Limits are `nan` below 4 places and for perfect agreement, where the scale ends.
    ValueError if a value is missing.
    """
    check_alpha(alpha)
    first, second = known_numbers("x", x), known_numbers("y", y)
    same_length(x=first, y=second)
    n = len(first)
    if n < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return Interval(math.nan, math.nan, math.nan)
    r = float(spearmanr(first, second).statistic)
    if abs(r) >= 1 - 1e-12:
        return Interval(math.copysign(1.0, r), math.nan, math.nan)
    if n < 4:
        return Interval(r, math.nan, math.nan)
    half = float(norm.isf(alpha / 2)) * math.sqrt((1 + r * r / 2) / (n - 3))
    return Interval(r, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))
