"""The method page as plain data: headings, paragraphs and tables. Whoever shows it adds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trustboard.method.gate_words import gates_table
from trustboard.method.published import published
from trustboard.method.rule_words import comparison_words, states_table, steadying_words
from trustboard.simulation.looks import DEADLINE, LOOKS
from trustboard.simulation.results import OperatingCharacteristics
from trustboard.simulation.scenarios import CARRIED_OVER, PROMISED_CHANGE, SCATTER
from trustboard.simulation.tables import Table, tables_of
from trustboard.verdict_states import Reason, Verdict, VerdictState
from trustboard.wording import reason_word, share, verdict_word, whole
from trustboard.wording.verdicts import CANNOT_TELL, REASON_MEANINGS

#: The volume that the sentences speak of; the tables hold the others.
_SPOKEN: Final = 30


@dataclass(frozen=True, slots=True)
class Section:
    """One question as a heading, its answer in paragraphs, and the tables behind it."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()


def method_page(found: OperatingCharacteristics | None = None) -> tuple[Section, ...]:
    """How are verdicts made, and how often are they right?

    Built from the rule's own constants, the words of the verdicts, and the published simulation
    (or another one, `found`). FileNotFoundError if the published one is not installed.
    """
    numbers = published() if found is None else found
    return (
        Section(
            "What can a verdict say?",
            (
                "A verdict is computed from published rows, by one rule for all promises. It is "
                "never typed. No verdict ranks above another. Each test says when it was written "
                "down; for old statements that was after their data had been published.",
            ),
            (states_table(),),
        ),
        Section("When can nobody tell?", _gate_paragraphs(), (gates_table(),)),
        Section("How is a change judged?", comparison_words()),
        Section("Why does the page sometimes wait a quarter?", steadying_words()),
        Section("How often is the rule right?", rightness(numbers), tables_of(numbers)),
    )


def rightness(found: OperatingCharacteristics) -> tuple[str, ...]:
    """Say in sentences what the simulation found. KeyError if a spoken world was left out."""
    return (
        f"The rule was tried on invented complaints whose truth is known: {whole(found.series)} "
        f"series per row of the tables (method {found.method_version}, seed {found.seed}), each "
        f"judged by the program that judges real promises, at {len(LOOKS)} quarterly looks from "
        f"month {LOOKS[0]} to month {LOOKS[-1]}. The ranges in brackets say how far each number "
        "may lie from that of endlessly many series.",
        _nothing_changed(found, "alike"),
        _nothing_changed(found, "persistent")
        + f" Persistent months were made to carry {share(CARRIED_OVER)} of their level over to "
        f"the next and to scatter {SCATTER:g} times as much as chance. A city's own months may do "
        "so less, or more.",
        _true_fall(found),
        _deadline(found),
    )


def _gate_paragraphs() -> tuple[str, ...]:
    conflict = Reason.SOURCES_CONFLICT
    return (
        f"Before any number is judged, gates are tried in order. The first that is not passed "
        f"decides: “{CANNOT_TELL}”, with what was found and what would resolve it. That is not a "
        "low mark, and it is never counted or averaged with verdicts.",
        "A test that counts things, or sets two printed figures side by side, uses only the gates "
        "that apply to it. Where a claimed figure and a published one differ, the page says "
        f"“{reason_word(conflict)}”. {REASON_MEANINGS[conflict]}",
    )


def _nothing_changed(found: OperatingCharacteristics, months: str) -> str:
    kind = {
        "alike": "When nothing changed",
        "persistent": "Where each month resembles the one before and nothing changed",
    }[months]

    def ever(state: VerdictState) -> str:
        return share(
            found.share(
                state.value,
                months=months,
                per_month=_SPOKEN,
                true_change=0.0,
                reading="shown",
                month=LOOKS[-1],
                when="by",
            ).share
        )

    promised, against = VerdictState.MOVING_AS_PROMISED, VerdictState.MOVING_AGAINST
    return (
        f"{kind}, at {_SPOKEN} complaints a month, “{_word(promised)}” was shown at some look in "
        f"{ever(promised)} of the series and “{_word(against)}” in {ever(against)}."
    )


def _true_fall(found: OperatingCharacteristics) -> str:
    said = [
        share(
            found.share(
                VerdictState.MOVING_AS_PROMISED.value,
                months="alike",
                per_month=volume,
                true_change=PROMISED_CHANGE,
                reading="shown",
                month=DEADLINE,
            ).share
        )
        + f" of the series at {volume} a month"
        for volume in (10, 30, 100)
    ]
    return (
        f"A true fall of {share(-PROMISED_CHANGE)} was shown as “"
        f"{_word(VerdictState.MOVING_AS_PROMISED)}” at month {DEADLINE} in {said[0]}, {said[1]} "
        f"and {said[2]}. Small areas mostly stay without an answer, whatever is true."
    )


def _deadline(found: OperatingCharacteristics) -> str:
    def said(state: VerdictState, change: float) -> str:
        return share(
            found.share(
                state.value,
                months="alike",
                per_month=_SPOKEN,
                true_change=change,
                reading="deadline",
                month=DEADLINE,
            ).share
        )

    kept, missed = VerdictState.KEPT, VerdictState.NOT_KEPT
    return (
        f"A promise of {share(-PROMISED_CHANGE)} fewer, at {_SPOKEN} a month: when nothing had "
        f"changed it was called “{_word(kept)}” in {said(kept, 0.0)} and “{_word(missed)}” in "
        f"{said(missed, 0.0)} of the series; when complaints had fallen by exactly as much as "
        f"promised, “{_word(kept)}” in {said(kept, PROMISED_CHANGE)} and “{_word(missed)}” in "
        f"{said(missed, PROMISED_CHANGE)}."
    )


def _word(state: VerdictState) -> str:
    return verdict_word(Verdict(state))
