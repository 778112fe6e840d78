"""The gates in their order: what each asks, its limits, and what would resolve it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trustboard.simulation.tables import Table
from trustboard.verdict_states import Reason
from trustboard.verdicts.gates import (
    FEWEST_CASES,
    FEWEST_EVENTS,
    MOST_MISSING,
    MOST_MISSING_PLACE,
    MOST_QUARANTINED,
)
from trustboard.verdicts.model import GATES
from trustboard.verdicts.windows import FEWEST_MONTHS
from trustboard.wording import reason_word, share
from trustboard.wording.verdicts import REASON_MEANINGS


@dataclass(frozen=True, slots=True)
class _Words:
    """What a gate asks for, and what would resolve it."""

    asks: str
    resolved_by: str


_GATE_WORDS: Final = MappingProxyType(
    {
        Reason.NOT_MEASURABLE: _Words(
            "An indicator, a direction and dates can be fixed, and they fit together.",
            "A statement that names what will be counted, which way it will move, and by when.",
        ),
        Reason.TOO_EARLY: _Words(
            f"At least {FEWEST_MONTHS} complete and settled months since the statement; with an "
            "earlier deadline, every month up to it.",
            "The figures of the months still to come.",
        ),
        Reason.NOT_PUBLISHED: _Words(
            "The source covers every month that is compared, is complete, and is no older than "
            "its own rhythm of publication allows.",
            "The missing columns, months or files, published.",
        ),
        Reason.NOT_COMPARABLE: _Words(
            "No law, form, list of codes or boundary changed between the two periods.",
            "Figures for both periods counted under the same rules.",
        ),
        Reason.INCOMPLETE: _Words(
            f"No field that the test needs is missing in more than {share(MOST_MISSING)} of the "
            f"rows of a period ({share(MOST_MISSING_PLACE)} for a place); no more than "
            f"{share(MOST_QUARANTINED)} of a table's rows could not be read; and filling in what "
            "is missing, either way, leaves the answer as it is.",
            "The missing entries, or corrected rows, from the publisher.",
        ),
        Reason.TOO_FEW: _Words(
            f"At least {FEWEST_EVENTS} events in each period; for a share, {FEWEST_CASES} cases.",
            "A larger area or a longer time, so that more are counted.",
        ),
    }
)


def gates_table() -> Table:
    """Lay out the gates in the order in which they are tried."""
    rows = [
        (
            str(number),
            reason_word(gate),
            REASON_MEANINGS[gate],
            _GATE_WORDS[gate].asks,
            _GATE_WORDS[gate].resolved_by,
        )
        for number, gate in enumerate(GATES, start=1)
    ]
    return Table(
        "The gates, in order",
        ("Order", "If not passed", "What that means", "What the gate asks", "What resolves it"),
        tuple(rows),
    )
