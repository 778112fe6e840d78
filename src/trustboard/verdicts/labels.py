"""Why another thing is said than before: what happened, what was revised, or how it is judged."""

from __future__ import annotations

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


def change_label(
    commitment: Commitment,
    test: AnyTest,
    *,
    was: Spelled,
    was_as_of: str,
    same_rule: bool,
    city: CityData,
    old_city: CityData | None = None,
) -> str:
    """Say why an outcome differs from the logged one, by recomputing.

    *Rule changed*: today's rule on the old data (`old_city`, where that copy was kept) says
    something else than was said; without the copy, the rule's version or the definition differs and
    today's rule says something else about the old date. *Data revised*: the rule is the same, and
    today's data say something else about the old date. Otherwise *behaviour*: new time has passed.
    """
    then = date.fromisoformat(was_as_of)
    about_then = spelled(_outcome(commitment, test, cut_at(city, then)))
    if not same_rule:
        old = about_then if old_city is None else spelled(_outcome(commitment, test, old_city))
        return RULE_CHANGED if old != was else _by_data(about_then, was)
    return _by_data(about_then, was)


def _by_data(about_then: Spelled, was: Spelled) -> str:
    return DATA_REVISED if about_then != was else BEHAVIOUR


def _outcome(commitment: Commitment, test: AnyTest, city: CityData) -> Outcome:
    return assess_test(commitment, test, view_of(city)).outcome


def spelled(outcome: Outcome) -> Spelled:
    """Spell an outcome for the log: state, reason, whether it was part of the way."""
    if isinstance(outcome, CannotTell):
        return "CANNOT_TELL", outcome.reason.name, False
    if isinstance(outcome, Verdict):
        return outcome.state.name, "", outcome.part_way
    return "AGREES", "", False
