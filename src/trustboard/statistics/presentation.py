"""When is a number steady enough to be shown?

The presentation standards of the US National Center for Health Statistics (Series 2, nos. 175 and
200). Where they say no, the page says "too few to tell" and shows the raw count.
"""

from __future__ import annotations

from .checks import check_count
from .results import Interval

FEWEST_EVENTS = 10
FEWEST_CASES = 30
WIDEST_RELATIVE_RATE = 1.60
WIDEST_SHARE = 0.30
NARROW_SHARE = 0.05
WIDEST_RELATIVE_SHARE = 1.30


def show_rate(count: float, interval: Interval) -> bool:
    """May this rate be shown? Needs 10 events and a range no wider than 160% of the rate."""
    check_count("count", count)
    if not count >= FEWEST_EVENTS or not interval.estimate > 0:
        return False
    return (interval.upper - interval.lower) / interval.estimate <= WIDEST_RELATIVE_RATE


def show_proportion(count: float, nobs: float, interval: Interval) -> bool:
    """May this share be shown?

    Needs 30 cases and a range narrower than 30 points; unless the range is at most 5 points wide,
    it may also be no wider than 130% of the share.
    """
    check_count("count", count)
    check_count("nobs", nobs)
    width = interval.upper - interval.lower
    if not nobs >= FEWEST_CASES or not width < WIDEST_SHARE:
        return False
    return width <= NARROW_SHARE or (count > 0 and width / (count / nobs) <= WIDEST_RELATIVE_SHARE)
