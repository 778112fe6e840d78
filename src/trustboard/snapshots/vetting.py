"""Whether a new snapshot can be trusted enough to take the place of the one in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trustboard.snapshots.manifest import TableRecord

#: A table that lost more than this share of its rows is not believed without a look at it.
MOST_LOST: Final = 0.05
#: Checks of a whole table that must not begin to fail from one snapshot to the next.
MUST_NOT_BEGIN: Final = {
    "too_many_aside": "more than 1% of its rows had to be kept aside, which was not so before",
}


def reasons_to_hold_back(
    now: Mapping[str, TableRecord],
    *,
    before: Mapping[str, TableRecord],
    may_be_empty: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Say in words why the tables of a snapshot are not to be used; empty if they are.

    `before` are the tables of the snapshot in use, empty if there is none.
    """
    found: list[str] = []
    for name, table in now.items():
        if not table.read:
            why = table.notes[-1] if table.notes else "it could not be read"
            found.append(f"{name}: {why.rstrip('.')}.")
        elif not table.rows and name not in may_be_empty:
            found.append(f"{name}: it has no rows.")
        if name in before and table.read and before[name].read:
            found += [f"{name}: {why}." for why in _worse(table, before[name])]
    return tuple(found)


def _worse(now: TableRecord, before: TableRecord) -> list[str]:
    found = []
    if now.rows < before.rows * (1 - MOST_LOST):
        share = 1 - now.rows / before.rows
        found.append(
            f"{now.rows:,} rows where there were {before.rows:,}; {share:.1%} fewer is more than "
            f"the {MOST_LOST:.0%} that is taken without a look"
        )
    lost = [column for column in before.columns if column not in now.columns]
    if lost:
        names = ", ".join(repr(column) for column in lost)
        found.append(f"the published {'columns' if len(lost) > 1 else 'column'} {names} is gone")
    begun = [words for flag, words in MUST_NOT_BEGIN.items() if flag in set(now.flags)]
    if begun and not set(MUST_NOT_BEGIN) & set(before.flags):
        found += begun
    return found
