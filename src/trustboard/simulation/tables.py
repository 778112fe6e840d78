"""The numbers of a simulation as tables of words, for a page or a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trustboard.simulation.looks import DEADLINE, LOOKS
from trustboard.simulation.results import Flips, Frequency, OperatingCharacteristics, Reading
from trustboard.simulation.scenarios import KINDS, PROMISED_CHANGE
from trustboard.verdict_states import Verdict, VerdictState
from trustboard.wording import interval, share, verdict_word

_AS_PROMISED: Final = VerdictState.MOVING_AS_PROMISED
_AGAINST: Final = VerdictState.MOVING_AGAINST
_AT_DEADLINE: Final = (VerdictState.KEPT, VerdictState.NOT_KEPT, VerdictState.TOO_CLOSE_TO_CALL)


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, column heads, and rows of text, each as long as the heads."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(found: OperatingCharacteristics) -> tuple[Table, ...]:
    """Lay out every table of the published numbers, with a range beside every number."""
    deadline = [table for kind in KINDS if (table := at_the_deadline(found, kind)).rows]
    seen = [table for kind in KINDS if (table := true_fall(found, kind)).rows]
    return (nothing_changed(found), *seen, *deadline)


def nothing_changed(found: OperatingCharacteristics) -> Table:
    """Lay out how often the rule sees a change where there is none, and how often it flips."""
    rows = []
    for months, per_month in _worlds(found, true_change=0.0):
        row = [KINDS[months], str(per_month)]
        for state in (_AS_PROMISED, _AGAINST):
            row += [
                _cell(_ever(found, state, months, per_month, reading))
                for reading in ("alone", "shown")
            ]
        row += [
            _flip_cell(
                found.flips_of(months=months, per_month=per_month, true_change=0.0, reading=reading)
            )
            for reading in ("alone", "shown")
        ]
        rows.append(tuple(row))
    promised, against = _word(_AS_PROMISED), _word(_AGAINST)
    return Table(
        f"Nothing changed: how often each verdict appears at least once in {len(LOOKS)} quarterly "
        "looks, and how often the verdict flips",
        (
            "Kind of months",
            "A month",
            f"“{promised}”, one quarter alone",
            f"“{promised}”, shown",
            f"“{against}”, one quarter alone",
            f"“{against}”, shown",
            "Flips per series, one quarter alone",
            "Flips per series, shown",
        ),
        tuple(rows),
    )


def true_fall(found: OperatingCharacteristics, kind: str) -> Table:
    """Lay out how often a true fall as large as promised is shown, look by look."""
    volumes = [n for months, n in _worlds(found, true_change=PROMISED_CHANGE) if months == kind]

    def at(month: int, per_month: int) -> str:
        return _cell(
            found.share(
                _AS_PROMISED.value,
                months=kind,
                per_month=per_month,
                true_change=PROMISED_CHANGE,
                reading="shown",
                month=month,
            )
        )

    rows = [(f"month {month}", *(at(month, n) for n in volumes)) for month in LOOKS]
    return Table(
        f"A true fall of {share(-PROMISED_CHANGE)}: how often “{_word(_AS_PROMISED)}” is shown. "
        f"{KINDS[kind]}",
        ("Look", *(f"{n} a month" for n in volumes)),
        tuple(rows) if volumes else (),
    )


def at_the_deadline(found: OperatingCharacteristics, kind: str) -> Table:
    """Lay out what is said of a promised fall at its deadline, by what is true."""
    worlds = {
        (one.per_month, one.true_change): None
        for one in found.frequencies
        if one.reading == "deadline" and one.months == kind
    }
    rows = [
        (
            str(per_month),
            "no change" if change == 0 else f"{share(-change)} lower",
            *(_cell(_said_at_deadline(found, s, kind, per_month, change)) for s in _AT_DEADLINE),
        )
        for per_month, change in worlds
    ]
    return Table(
        f"Promised {share(-PROMISED_CHANGE)} lower, deadline at month {DEADLINE}. {KINDS[kind]}",
        ("A month", "What is true", *(_word(state) for state in _AT_DEADLINE)),
        tuple(rows),
    )


def _worlds(found: OperatingCharacteristics, *, true_change: float) -> Iterator[tuple[str, int]]:
    """Name the worlds whose quarterly looks were followed."""
    for one in found.flips:
        if one.true_change == true_change and one.reading == "shown":
            yield one.months, one.per_month


def _ever(
    found: OperatingCharacteristics,
    state: VerdictState,
    months: str,
    per_month: int,
    reading: Reading,
) -> Frequency:
    return found.share(
        state.value,
        months=months,
        per_month=per_month,
        true_change=0.0,
        reading=reading,
        month=LOOKS[-1],
        when="by",
    )


def _said_at_deadline(
    found: OperatingCharacteristics, state: VerdictState, months: str, per_month: int, change: float
) -> Frequency:
    return found.share(
        state.value,
        months=months,
        per_month=per_month,
        true_change=change,
        reading="deadline",
        month=DEADLINE,
    )


def _word(state: VerdictState) -> str:
    return verdict_word(Verdict(state))


def _cell(one: Frequency) -> str:
    return f"{share(one.share)} ({interval('share', one.lower, one.upper)})"


def _flip_cell(one: Flips) -> str:
    return f"{one.per_series:.2f} ({one.lower:.2f} to {one.upper:.2f})"
