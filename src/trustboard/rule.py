"""The verdict rule, as arithmetic: numbers in, a verdict out. It knows no city and no file.

Everything happens on one scale: progress, which is positive when things move the promised way.
For a change of a rate, progress is the logarithm of the ratio, turned round for a decrease; equal
steps up and down then weigh the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .statistics import Interval, RatioTest
from .verdict_states import DEADLINE_STATES, CannotTell, Outcome, Reason, Verdict, VerdictState

Direction = Literal["decrease", "increase"]

#: The smallest relative change that matters, unless a commitment states another.
MARGIN: Final = 0.10
#: How far, in shares, the range may reach below a promised level that was met.
LEEWAY: Final = 0.05
#: The usual range leaves out this share of what chance alone would produce: a 95% range.
USUAL_ALPHA: Final = 0.05
#: The wider range, 99.8%, that lets a new state be shown without waiting for a second look.
WIDE_ALPHA: Final = 0.002


def promised_progress(
    direction: Direction, target_ratio: float | None, *, margin: float = MARGIN
) -> float:
    """How much progress was promised (tau)? Without a number: the smallest that matters.

    ValueError if the target lies on the other side of the promised direction.
    """
    if target_ratio is None:
        return smallest_that_matters(direction, None, margin=margin)
    promised = _sign(direction) * _log(target_ratio)
    if not promised > 0:
        raise ValueError(f"a target of {target_ratio} times the old rate is no {direction}")
    return promised


def smallest_that_matters(
    direction: Direction, target_ratio: float | None, *, margin: float = MARGIN
) -> float:
    """How much progress is enough to matter (delta)? Never more than half of what was promised."""
    if not 0 < margin < 1:
        raise ValueError(f"the margin is {margin}; it must lie between 0 and 1 (0.10 for 10%)")
    matters = -math.log(1 - margin)
    if target_ratio is None:
        return matters
    return min(matters, promised_progress(direction, target_ratio, margin=margin) / 2)


def progress_of_ratio(ratio_interval: RatioTest, direction: Direction) -> Interval:
    """How far did a rate move the promised way, with its range?"""
    ends = (_log(ratio_interval.lower), _log(ratio_interval.upper))
    if direction == "decrease":
        return Interval(-_log(ratio_interval.ratio), -ends[1], -ends[0])
    return Interval(_log(ratio_interval.ratio), *ends)


def state_before_deadline(
    ratio_interval: RatioTest,
    *,
    direction: Direction,
    target_ratio: float | None = None,
    margin: float = MARGIN,
) -> Verdict:
    """Where is a promise heading while its deadline is still to come?

    As promised or against it only when the change is both larger than chance and large enough to
    matter; no real change only when the whole range is too small to matter; otherwise not clear.
    """
    matters = smallest_that_matters(direction, target_ratio, margin=margin)
    return state_of_progress(progress_of_ratio(ratio_interval, direction), matters=matters)


def state_of_progress(progress: Interval, *, matters: float) -> Verdict:
    """Apply the rule before the deadline to progress on any scale, such as points of a share."""
    if progress.lower > 0 and progress.estimate >= matters:
        return Verdict(VerdictState.MOVING_AS_PROMISED)
    if progress.upper < 0 and progress.estimate <= -matters:
        return Verdict(VerdictState.MOVING_AGAINST)
    if -matters < progress.lower and progress.upper < matters:
        return Verdict(VerdictState.NO_REAL_CHANGE)
    return Verdict(VerdictState.NO_CLEAR_CHANGE)


def state_at_deadline(
    ratio_interval: RatioTest,
    *,
    direction: Direction,
    target_ratio: float | None = None,
    margin: float = MARGIN,
) -> Verdict:
    """Was a promised change kept when its deadline and the reporting lag are over?

    Kept when the promised change was reached and is larger than chance; not kept when even the
    favorable end of the range misses it (part-way if the change still exceeds chance).
    """
    promised = promised_progress(direction, target_ratio, margin=margin)
    progress = progress_of_ratio(ratio_interval, direction)
    # A figure that meets its target exactly must not miss it by a rounding of logarithms.
    reached = progress.estimate >= promised or math.isclose(
        progress.estimate, promised, rel_tol=1e-12
    )
    if reached and progress.lower > 0:
        return Verdict(VerdictState.KEPT)
    if progress.upper < promised:
        return Verdict(VerdictState.NOT_KEPT, part_way=progress.lower > 0)
    return Verdict(VerdictState.TOO_CLOSE_TO_CALL)


def state_of_threshold(
    share: Interval, *, target: float, direction: Direction = "increase", leeway: float = LEEWAY
) -> Verdict:
    """Was a promised level of a share kept ("80% closed within 180 days")?

    Kept when the share meets the level and its range reaches no more than `leeway` short of it;
    not kept when the whole range misses it. `direction="decrease"` means "at most".
    """
    if not 0 <= target <= 1:
        raise ValueError(f"the target is {target}; a share lies between 0 and 1")
    if direction == "decrease":
        share, target = Interval(-share.estimate, -share.upper, -share.lower), -target
    if share.estimate >= target and share.lower >= target - leeway - 1e-12:
        return Verdict(VerdictState.KEPT)
    if share.upper < target:
        return Verdict(VerdictState.NOT_KEPT)
    return Verdict(VerdictState.TOO_CLOSE_TO_CALL)


def state_of_delivery(delivered: int, promised: int, *, whole_period_published: bool) -> Outcome:
    """Was something done as many times as promised? A count, so no range.

    Too few found means not kept only where everything done would have been published.
    """
    if delivered >= promised:
        return Verdict(VerdictState.KEPT)
    if whole_period_published:
        return Verdict(VerdictState.NOT_KEPT)
    return CannotTell(
        Reason.NOT_PUBLISHED,
        found=f"{delivered} of {promised} found, in a period that is not wholly published",
        would_resolve="a published record of the whole period",
    )


@dataclass(frozen=True, slots=True)
class QuarterlyReading:
    """What the rule says in one quarter, before any steadying.

    `holds_at_99_8` says that the same state also follows from the wider 99.8% range;
    `logged_revision` that a revision of a deadline verdict was written to the log.
    """

    outcome: Outcome
    holds_at_99_8: bool = False
    logged_revision: bool = False


def shown_outcomes(readings: Sequence[QuarterlyReading]) -> list[Outcome]:
    """Which verdict is shown each quarter, so that chance alone does not make it flip?

    A new state is shown once it repeats in the next quarter or holds with a 99.8% range. That goes
    for the first state too: until it is confirmed it is too early to tell, except that evidence
    too weak for anything is shown at once where no verdict stood before. "Cannot tell" is shown at
    once, and so is a change of its reason. A deadline verdict is shown at once and then changes
    only by a logged revision.
    """
    shown: list[Outcome] = []
    for number, reading in enumerate(readings):
        earlier = shown[-1] if shown else None
        last_raw = readings[number - 1].outcome if number else None
        shown.append(_next_shown(earlier, reading, last_raw))
    return shown


def _next_shown(shown: Outcome | None, new: QuarterlyReading, last_raw: Outcome | None) -> Outcome:
    if isinstance(shown, Verdict) and shown.state in DEADLINE_STATES:
        return new.outcome if new.logged_revision else shown
    if isinstance(new.outcome, CannotTell) or new.outcome.state in DEADLINE_STATES:
        return new.outcome
    too_weak = new.outcome.state is VerdictState.NO_CLEAR_CHANGE
    repeats = isinstance(last_raw, Verdict) and last_raw.state is new.outcome.state
    # A wider range is never clearer: "too weak" always holds with it, which confirms nothing.
    if repeats or (new.holds_at_99_8 and not too_weak):
        return new.outcome
    if isinstance(shown, Verdict):
        return shown
    return new.outcome if too_weak else _UNCONFIRMED


_UNCONFIRMED: Final = CannotTell(
    Reason.TOO_EARLY,
    found="One quarterly look gives an answer, but a single look is not enough for this one: "
    "the 95% range gives it, the wider 99.8% range does not.",
    would_resolve="the same answer from the next quarterly look",
)


def _sign(direction: Direction) -> int:
    return -1 if direction == "decrease" else 1


def _log(ratio: float) -> float:
    """Natural logarithm that knows 0 (minus infinity) and infinity."""
    return -math.inf if ratio == 0 else math.log(ratio)
