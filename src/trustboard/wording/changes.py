"""Sentences about what a publisher changed between two snapshots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from trustboard.listing import together
from trustboard.wording.numbers import whole
from trustboard.wording.periods import date_text
from trustboard.wording.quality_words import counted

NO_SNAPSHOT: Final = (
    "The files of this city came with the program or from a folder, not from a refresh, so there "
    "is no earlier edition here to compare them with."
)
_UNITS: Final = ("bytes", "kB", "MB", "GB")


def changes_said(
    *, at: datetime, before: datetime | None, added: int, removed: int, changed: int
) -> str:
    """Say when the files were fetched and how many rows differ from the edition before."""
    if before is None:
        return f"The files were first fetched on {date_text(at)}; there is nothing to compare yet."
    since = f"Between the snapshots of {_moments(before, at)}"
    if not (added or removed or changed):
        return f"{since} no row was added, removed or changed."
    return (
        f"{since} the publisher added {counted(added, 'row')}, removed {counted(removed, 'row')} "
        f"and changed {counted(changed, 'row')}."
    )


def _moments(before: datetime, at: datetime) -> str:
    """Name both days; of one and the same day, the times."""
    if before.date() != at.date():
        return f"{date_text(before)} and {date_text(at)}"
    return f"{date_text(at)}, {before:%H:%M:%S} and {at:%H:%M:%S} UTC,"


def gone_said(tables: Iterable[tuple[str, int]]) -> str:
    """Say how many rows are published no more, and that they are still here."""
    named = [f"{whole(number)} of {name}" for name, number in tables if number]
    if not named:
        return "No row that was published has disappeared since the first snapshot."
    listed = together(named)
    return f"Published once and no more: {listed}. They are in no number here, and they are kept."


def size_text(size: int) -> str:
    """Write a size in bytes: "1.4 MB"."""
    amount, unit = float(size), _UNITS[0]
    for unit in _UNITS:
        if amount < 1000 or unit == _UNITS[-1]:
            break
        amount /= 1000
    return f"{amount:,.0f} {unit}" if amount >= 100 or unit == "bytes" else f"{amount:,.1f} {unit}"


def moment_text(at: datetime) -> str:
    """Write a moment in UTC: "3 February 2024, 12:00 UTC"."""
    return f"{date_text(at)}, {at:%H:%M} UTC"
