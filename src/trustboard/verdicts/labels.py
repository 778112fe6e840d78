"""Why another thing is said than before: what happened, what was revised, or how it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from trustboard.citydata import CityData
from trustboard.commitments import AnyTest, Commitment
from trustboard.verdict_states import CannotTell, Verdict
from trustboard.verdicts.dispatch import assess_test
from trustboard.verdicts.model import Outcome
from trustboard.verdicts.view import cut_at, view_of

BEHAVIOUR: Final = "behaviour"
DATA_REVISED: Final = "data revised"
RULE_CHANGED: Final = "rule changed"

#: State, reason, part of the way: an outcome as the log spells it.
Spelled = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the log says was said: the outcome, the day, and the rule that gave it."""

    outcome: Spelled
    as_of: date
    test: AnyTest | None  # None where the old definition can no longer be read
    same_method: bool  # the method's version is today's


def change_label(
    commitment: Commitment,
    test: AnyTest,
    *,
    earlier: Earlier,
    city: CityData,
    old_city: CityData | None = None,
) -> str:
    """Say why an outcome differs from the logged one, by recomputing.

    *Rule changed*: the definition or the method differs, and today's rule on the old data says
    something else than was said, or the old rule on today's data still says what was said. The old
    data are `old_city` where that copy was kept, else today's rows up to the old day. *Data
    revised*: the rule is not the reason, and today's data say something else about the old day.
    Otherwise *behaviour*: new time has passed.
    """
    was = earlier.outcome
    old_data = cut_at(city, earlier.as_of) if old_city is None else old_city
    if test != earlier.test or not earlier.same_method:
        by_new_rule = _said(commitment, test, old_data)
        by_old_rule = None
        if earlier.same_method and earlier.test is not None:
            by_old_rule = _said(commitment, earlier.test, city)
        if by_new_rule != was or by_old_rule == was:
            return RULE_CHANGED
    about_then = _said(commitment, test, cut_at(city, earlier.as_of))
    return DATA_REVISED if about_then != was else BEHAVIOUR


def _said(commitment: Commitment, test: AnyTest, city: CityData) -> Spelled:
    return spelled(assess_test(commitment, test, view_of(city)).outcome)


def spelled(outcome: Outcome) -> Spelled:
    """Spell an outcome for the log: state, reason, whether it was part of the way."""
    if isinstance(outcome, CannotTell):
        return "CANNOT_TELL", outcome.reason.name, False
    if isinstance(outcome, Verdict):
        return outcome.state.name, "", outcome.part_way
    return "AGREES", "", False
