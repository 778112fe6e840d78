"""The rule in words, with its numbers read from the code that applies them."""

from __future__ import annotations

from typing import Final

from trustboard.commitments import ChangeTest
from trustboard.rule import LEEWAY, MARGIN, USUAL_ALPHA, WIDE_ALPHA
from trustboard.simulation.tables import Table
from trustboard.verdict_states import Verdict, VerdictState
from trustboard.verdicts.shares import MARGIN as MARGIN_OF_SHARES
from trustboard.wording import meaning, share, verdict_word

USUAL: Final = f"{100 * (1 - USUAL_ALPHA):g}%"
WIDE: Final = f"{100 * (1 - WIDE_ALPHA):g}%"

#: The rise that undoes a fall by the margin.
_BACK: Final = 1 / (1 - MARGIN) - 1
_CONDITIONS: Final = {
    Verdict(VerdictState.MOVING_AS_PROMISED): (
        f"The whole {USUAL} range lies on the promised side of “no change”, and the change itself "
        "is at least the smallest that matters."
    ),
    Verdict(VerdictState.MOVING_AGAINST): (
        f"The whole {USUAL} range lies on the other side of “no change”, and the change itself is "
        "at least the smallest that matters."
    ),
    Verdict(VerdictState.NO_REAL_CHANGE): (
        f"The whole {USUAL} range lies within the smallest change that matters, both ways."
    ),
    Verdict(VerdictState.NO_CLEAR_CHANGE): "None of the other three.",
    Verdict(VerdictState.KEPT): (
        f"The change is at least the promised one, and the whole {USUAL} range lies on the "
        "promised side of “no change”."
    ),
    Verdict(VerdictState.NOT_KEPT): (
        f"Even the favorable end of the {USUAL} range misses the promised level."
    ),
    Verdict(VerdictState.NOT_KEPT, part_way=True): (
        f"As above, and the whole {USUAL} range lies on the promised side of “no change”."
    ),
    Verdict(VerdictState.TOO_CLOSE_TO_CALL): "Neither kept nor not kept.",
}


def states_table() -> Table:
    """Lay out every verdict with what it means in general and when exactly it is given."""
    rows = [
        (verdict_word(verdict), meaning(verdict), condition)
        for verdict, condition in _CONDITIONS.items()
    ]
    return Table("Every verdict", ("Words", "What it means", "When it is given"), tuple(rows))


def comparison_words() -> tuple[str, ...]:
    """Say which months are compared, how, and how much is enough to matter."""
    before, after = _default("baseline_months"), _default("current_months")
    return (
        f"A change compares the latest {after} complete months with the {before} months before "
        "the statement, unless a commitment fixed other months before the data were read. Whole "
        "years keep the season out of the answer.",
        "The ratio of the two monthly rates comes from a Poisson regression with two waves for "
        "the season. Its range is widened where months scatter more than chance would make them, "
        "and again where a month resembles the one before. It is never narrowed.",
        f"The smallest change that matters is {share(MARGIN)} lower, or {share(_BACK)} higher, for "
        f"counts and rates: a number that fell by {share(MARGIN)} is where it was after a rise of "
        f"{share(_BACK)}, so that these two steps weigh the same. For shares it is "
        f"{100 * MARGIN_OF_SHARES:g} points. It is never more than half of the change that was "
        "promised.",
        f"A promised level of a share (“80% closed within 180 days”) is kept when the share "
        f"reaches it and its {USUAL} range reaches no more than {100 * LEEWAY:g} points short of "
        "it. A number of things to be done is counted, and a count has no range.",
    )


def steadying_words() -> tuple[str, ...]:
    """Say what is shown from quarter to quarter, and why it can lag behind the numbers."""
    too_weak = verdict_word(Verdict(VerdictState.NO_CLEAR_CHANGE))
    return (
        "Until the deadline a verdict is worked out anew each quarter, and chance alone would make "
        f"it flip. A new verdict is therefore shown once it repeats in the next quarter, or at "
        f"once if the wider {WIDE} range gives it too. “{too_weak}” always fits a wider range, so "
        "that never counts for it.",
        "The first verdict is held to the same: until it is confirmed the page says that it is too "
        f"early. “{too_weak}” claims nothing, so it needs no second look where nothing stood "
        "before.",
        "A reason why nobody can tell is shown at once. So is a verdict at the deadline, which "
        "then changes only by a logged revision.",
    )


def _default(name: str) -> int:
    return int(ChangeTest.model_fields[name].default)
