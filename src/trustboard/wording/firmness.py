"""How small a change a test could have seen, in words."""

from __future__ import annotations

import math
from typing import Final, Literal

from trustboard.wording.numbers import share

Measure = Literal["ratio", "difference", "share"]

_NONE: Final = "There is too little to judge by: no change of any size would have shown."


def detectable(value: float, *, measure: Measure) -> str:
    """Say what a test of this size could have seen.

    `value` is a relative change (measure "ratio") or a distance between shares (0.05 is 5 points),
    in eight of ten cases; `inf` where nothing could have been seen.
    """
    if not math.isfinite(value):
        return _NONE
    seen = "that is the smallest that shows in 8 of 10 cases"
    if measure == "ratio":
        return f"A change of less than {share(value)} would often have stayed unseen: {seen}."
    points = f"{100 * value:.1f} points"
    if measure == "difference":
        return f"A difference of less than {points} would often have stayed unseen: {seen}."
    return (
        f"A share that misses the promised level by less than {points} would often have looked "
        f"like one that meets it: {seen}."
    )
