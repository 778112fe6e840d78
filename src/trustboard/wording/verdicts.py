"""The words for each verdict and each reason why nobody can tell. No two share a word."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from trustboard.verdict_states import CannotTell, Outcome, Reason, VerdictState

CANNOT_TELL: Final = "Cannot tell"
PART_WAY: Final = "Not kept, but part of the way"

VERDICT_WORDS: Final = MappingProxyType(
    {
        VerdictState.KEPT: "Kept",
        VerdictState.NOT_KEPT: "Not kept",
        VerdictState.TOO_CLOSE_TO_CALL: "Too close to call",
        VerdictState.MOVING_AS_PROMISED: "Moving as promised",
        VerdictState.MOVING_AGAINST: "Moving the other way",
        VerdictState.NO_REAL_CHANGE: "About the same as before",
        VerdictState.NO_CLEAR_CHANGE: "Evidence too weak",
    }
)

MEANINGS: Final = MappingProxyType(
    {
        VerdictState.KEPT: (
            "The promised level was reached; where a change was promised, it is more than chance."
        ),
        VerdictState.NOT_KEPT: (
            "The promised level was missed, even at the favorable end of the range if it has one."
        ),
        VerdictState.TOO_CLOSE_TO_CALL: (
            "The deadline has passed; the range includes both reaching and missing the level."
        ),
        VerdictState.MOVING_AS_PROMISED: (
            "The deadline is still to come, or none was given. The numbers moved the promised "
            "way, by more than chance and by enough to matter."
        ),
        VerdictState.MOVING_AGAINST: (
            "The deadline is still to come, or none was given. The numbers moved the opposite "
            "way, by more than chance and by enough to matter."
        ),
        VerdictState.NO_REAL_CHANGE: (
            "The data are good enough to show that nothing moved by as much as would matter."
        ),
        VerdictState.NO_CLEAR_CHANGE: (
            "The data cannot settle it: a change that matters fits the range, and so does none "
            "that does."
        ),
    }
)

REASON_WORDS: Final = MappingProxyType(
    {
        Reason.NOT_MEASURABLE: "not measurable as it was said",
        Reason.TOO_EARLY: "too early",
        Reason.NOT_PUBLISHED: "not published",
        Reason.NOT_COMPARABLE: "not comparable",
        Reason.INCOMPLETE: "records incomplete",
        Reason.TOO_FEW: "too few cases",
        Reason.SOURCES_CONFLICT: "sources conflict",
    }
)

REASON_MEANINGS: Final = MappingProxyType(
    {
        Reason.NOT_MEASURABLE: "The statement names nothing that can be counted, or no date.",
        Reason.TOO_EARLY: "Fewer complete months have passed than the test needs.",
        Reason.NOT_PUBLISHED: "The records that would show it are not published.",
        Reason.NOT_COMPARABLE: "What is counted, or where, changed between the two periods.",
        Reason.INCOMPLETE: "So much is missing that filling it in could change the answer.",
        Reason.TOO_FEW: "Too few events to tell a change from chance.",
        Reason.SOURCES_CONFLICT: "Two published sources contradict each other; both are shown.",
    }
)


def verdict_word(outcome: Outcome) -> str:
    """Say a verdict in a few words; "Cannot tell" always comes with its reason."""
    if isinstance(outcome, CannotTell):
        return f"{CANNOT_TELL}: {reason_word(outcome.reason)}"
    return PART_WAY if outcome.part_way else VERDICT_WORDS[outcome.state]


def reason_word(reason: Reason) -> str:
    """Say why nobody can tell, in a few words."""
    return REASON_WORDS[reason]


def meaning(outcome: Outcome) -> str:
    """Say what a verdict, or the reason for having none, means in general."""
    if isinstance(outcome, CannotTell):
        return REASON_MEANINGS[outcome.reason]
    if outcome.part_way:
        return "The promised level was missed, though the numbers did move the promised way."
    return MEANINGS[outcome.state]
