"""Are outreach events spread out, over places and over the year, or bunched?"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .checks import check_alpha, check_count, known_numbers
from .results import Interval


def gini(counts: ArrayLike) -> float:
    """How unequally are events spread over places, from 0 (equally) towards 1 (all in one)?

    `nan` where there are no places or no events: nothing has been spread. Show it only beside
    `gini_chance_range`, because few events over many places look unequal by chance alone.
    """
    # Imported here because the package brings a mapping library along.
    from inequality.gini import Gini

    spread = known_numbers("counts", counts)
    if (spread < 0).any():
        raise ValueError("counts cannot be below zero")
    if len(spread) == 0 or spread.sum() == 0:
        return math.nan
    return max(0.0, float(Gini(spread).g))


def gini_chance_range(
    total_events: int,
    populations: ArrayLike,
    *,
    seed: int,
    draws: int = 2000,
    alpha: float = 0.05,
) -> Interval:
    """How unequal would the spread look if every resident were equally likely to get an event?

    Deals `total_events` out over the places by population, `draws` times from the given `seed`;
    returns the median Gini and the middle 1 - alpha of them. A Gini within the range is no sign
    of unequal treatment. All `nan` without events, places or residents.
    """
    check_alpha(alpha)
    check_count("total_events", total_events)
    people = known_numbers("populations", populations)
    if (people < 0).any() or draws < 1:
        raise ValueError("populations cannot be below zero, and at least one draw is needed")
    if total_events == 0 or people.sum() == 0:
        return Interval(math.nan, math.nan, math.nan)
    dealt = np.random.default_rng(seed).multinomial(
        int(total_events), people / people.sum(), size=draws
    )
    by_chance = [gini(row) for row in dealt]
    lower, middle, upper = np.quantile(by_chance, [alpha / 2, 0.5, 1 - alpha / 2])
    return Interval(float(middle), float(lower), float(upper))


def expected_empty_months(events: float, months: int = 12) -> float:
    """How many months would stay empty if so many events fell on months at random?

    months × (1 - 1/months)^events.
    """
    check_count("events", events)
    if months < 1:
        raise ValueError(f"months is {months}; at least one month is needed")
    return float(months * (1 - 1 / months) ** events)


def fewest_with_half(counts: pd.Series) -> list[str]:
    """Name the fewest areas that together hold at least half of what was counted.

    `counts` has one number per area. Ties go by the area's id; where nothing was counted, none.
    """
    ordered = counts.sort_index().sort_values(ascending=False, kind="stable")
    needed = int((ordered.cumsum() < counts.sum() / 2).sum()) + 1
    return list(ordered.index[:needed]) if counts.sum() else []
