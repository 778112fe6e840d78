"""The plain sentences of an assessment: the number, its range, what it means, what it cannot show.

No two states share their wording; least of all "shown to be about the same" and "cannot be told".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final

from trustboard.rule import Direction
from trustboard.statistics import Interval
from trustboard.verdict_states import CannotTell, Verdict, VerdictState
from trustboard.verdicts.model import Agreement, Outcome
from trustboard.wording import share, verdict_word

CANNOT_SHOW_WHY: Final = "This cannot show why."
#: How that begins, in whatever words it goes on: of an indicator, and of a promise's own test.
FEWER_MAY_MEAN: Final = "Fewer complaints may mean"
COMPLAINTS_CUT_BOTH_WAYS: Final = (
    f"{FEWER_MAY_MEAN} less misconduct or less reporting; more may mean the opposite."
)
REAL_VARIATION: Final = (
    "The range is what chance variation alone would produce; the rows are complete, not a sample."
)
PERSISTENCE: Final = (
    "Where months strongly resemble the months before them, this rule calls a change that is only "
    "chance in 10 to 13 of 100 cases instead of about 5."
)

_CLAUSES: Final = MappingProxyType(
    {
        VerdictState.MOVING_AS_PROMISED: (
            "That is the promised direction, by more than chance and by at least {promised}."
        ),
        VerdictState.MOVING_AGAINST: (
            "That is the reverse of the promised direction, beyond chance and beyond {other}."
        ),
        VerdictState.NO_REAL_CHANGE: (
            "All of this range lies {around} the old level, so both times are alike."
        ),
        VerdictState.NO_CLEAR_CHANGE: (
            "These numbers are too weak for an answer: a change that matters fits the range, and "
            "so does none that does."
        ),
        VerdictState.KEPT: "The promised {target} was reached, and the change is more than chance.",
        VerdictState.NOT_KEPT: "Even the favorable end of the range misses the promised {target}.",
        VerdictState.TOO_CLOSE_TO_CALL: (
            "The range includes reaching the promised {target} as well as missing it."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Margin:
    """The smallest change that matters, in words: the promised way, the other way, and both."""

    promised: str  # "10%"
    other: str  # "11%"
    around: str  # "between 10% lower and 11% higher than"


_NO_MARGIN: Final = Margin("", "", "")


def margin_of_ratio(matters: float, direction: Direction) -> Margin:
    """Say a step on the logarithm's scale in percent: down it is fewer of them than up.

    To undo "10% lower" a number has to rise by 11%; so on that scale these two weigh the same.
    """
    lower, higher = share(-math.expm1(-matters)), share(math.expm1(matters))
    around = f"between {lower} lower and {higher} higher than"
    decrease = direction == "decrease"
    return Margin(lower if decrease else higher, higher if decrease else lower, around)


def margin_of_points(matters: float) -> Margin:
    """Say a difference of two shares in points; up and down are the same."""
    points = f"{matters * 100:.1f} points"
    return Margin(points, points, f"within {points} of")


def never_folded(caveats: Sequence[str]) -> tuple[str, ...]:
    """Give the caveats that stand in sight wherever a verdict does: what complaints may mean."""
    return tuple(one for one in caveats if one == COMPLAINTS_CUT_BOTH_WAYS)


def headline(outcome: Outcome) -> str:
    """Say an outcome in a few words."""
    if isinstance(outcome, Agreement):
        return "The sources agree"
    return verdict_word(outcome)


def level_clause(verdict: Verdict, *, target: str, leeway: str) -> str:
    """Say what a state means for a promised level, of which the range may fall a little short."""
    if verdict.state is VerdictState.KEPT:
        return (
            f"The promised {target} was met, and no part of the range misses it by more than "
            f"{leeway}."
        )
    return clause(verdict, margin=_NO_MARGIN, target=target)


def clause(verdict: Verdict, *, margin: Margin, target: str) -> str:
    """Say what a state means for these numbers."""
    said = _CLAUSES[verdict.state].format(**asdict(margin), target=target)
    return f"{said} The numbers did move the promised way." if verdict.part_way else said


def refusal(cannot: CannotTell) -> str:
    """Say why nobody can tell, and what would resolve it."""
    return (
        f"{_closed(cannot.found)} What would resolve it: {_opened(_closed(cannot.would_resolve))}"
    )


def literal(meets: bool | None) -> str:
    """Say whether the bare figure meets its target, whatever the range; empty without a target."""
    if meets is None:
        return ""
    return f"The published figure {'meets' if meets else 'misses'} the target."


def change_of(ratio: float) -> str:
    """Say a ratio as a change: 0.71 is "29% lower"."""
    if math.isnan(ratio):
        return "not known"
    if math.isinf(ratio):
        return "any amount higher"
    change = ratio - 1
    if abs(change) < 0.0005:
        return "the same"
    return f"{share(abs(change))} {'lower' if change < 0 else 'higher'}"


def change_with_range(interval: Interval) -> str:
    """Say a ratio with its range: "29% lower (17% to 39% lower)"."""
    near, far = change_of(interval.lower), change_of(interval.upper)
    if interval.upper < 1:
        near, far = change_of(interval.upper), change_of(interval.lower)
    return f"{change_of(interval.estimate)} ({_range(near, far)})"


def points_of(difference: float) -> str:
    """Say a difference of two shares: 0.031 is "3.1 points higher"."""
    points = abs(difference) * 100
    if points < 0.05:
        return "the same"
    unit = "point" if f"{points:.1f}" == "1.0" else "points"
    return f"{points:.1f} {unit} {'lower' if difference < 0 else 'higher'}"


def points_with_range(interval: Interval) -> str:
    """Say a difference of two shares with its range."""
    near, far = points_of(interval.lower), points_of(interval.upper)
    if interval.upper < 0:
        near, far = far, near
    return f"{points_of(interval.estimate)} ({_range(near, far)})"


def share_with_range(interval: Interval) -> str:
    """Say a share with its range: "78% (74% to 82%)"."""
    low, high = share(interval.lower), share(interval.upper)
    return f"{share(interval.estimate)} ({low} to {high})"


def joined(*sentences: str) -> str:
    """Put sentences one after the other, leaving out empty ones."""
    return " ".join(one for one in (s.strip() for s in sentences) if one)


def _range(near: str, far: str) -> str:
    """Join two ends, saying "lower" or "higher" once where both ends share it."""
    for word in (" lower", " higher"):
        if near.endswith(word) and far.endswith(word):
            shared = near.removesuffix(word).removesuffix(" points").removesuffix(" point")
            return f"{shared} to {far}"
    return f"{near} to {far}"


def _closed(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."


def _opened(text: str) -> str:
    return text[:1].lower() + text[1:] if text[:2].istitle() or text[:2] == "A " else text
