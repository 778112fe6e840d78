"""What differs between the snapshot a city was read from and the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from trustboard.changes.editions import Edition, editions_of, shown_of
from trustboard.changes.rows import changed_rows
from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.snapshots.store import Snapshot, Store

#: So many different changes of a field are told; the rest are counted.
MOST_MOVES: Final = 25


@dataclass(frozen=True, slots=True)
class TableChange:
    """How one table differs from its edition before.

    `moves` has one row per field and pair of values, the most frequent first: `column`, `old`,
    `new`, `rows`; `further` rows changed in other ways. `gone` counts the rows that disappeared at
    any time and did not come back.
    """

    table: str
    before: int
    after: int
    added: int
    removed: int
    changed: int
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    moves: pd.DataFrame
    further: int
    gone: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The snapshots of a city, and what the one that is shown changed. `at` is None without one."""

    at: datetime | None
    before: datetime | None
    tables: tuple[TableChange, ...]
    editions: tuple[Edition, ...]


def changes_of(city: CityData, store: Store) -> Changes:
    """Say what the publisher changed between the last two snapshots of a city."""
    editions, shown = editions_of(store), shown_of(city, store)
    if shown is None:
        return Changes(None, None, (), editions)
    previous = _previous(store, shown)
    tables = tuple(_table(city, name, shown, previous) for name in shown.manifest.tables)
    before = None if previous is None else previous.manifest.time
    return Changes(
        at=shown.manifest.time,
        before=before,
        tables=tuple(one for one in tables if one is not None),
        editions=editions,
    )


def _previous(store: Store, shown: Snapshot) -> Snapshot | None:
    if shown.manifest.previous is None:
        return None
    try:
        return store.get(shown.manifest.previous)
    except CannotRunError:  # somebody removed it
        return None


def _table(
    city: CityData, name: str, shown: Snapshot, previous: Snapshot | None
) -> TableChange | None:
    if name not in {str(known) for known in city.city.tables}:
        return None
    told = shown.changes().get("tables", {}).get(name)
    old = None if previous is None else previous.manifest.tables.get(name)
    cells = changed_rows(city, shown, table=name, what="changed")
    counted = cells.groupby(["column", "old", "new"], sort=False).size().rename("rows")
    moves = counted.sort_values(ascending=False, kind="stable").reset_index()
    counts = told["counts"] if told else dict.fromkeys(("added", "removed", "changed"), 0)
    return TableChange(
        table=name,
        before=0 if old is None else old.rows,
        after=shown.manifest.tables[name].rows,
        **counts,
        columns_added=tuple(told["columns_added"]) if told else (),
        columns_removed=tuple(told["columns_removed"]) if told else (),
        moves=moves.head(MOST_MOVES),
        further=int(moves["rows"].iloc[MOST_MOVES:].sum()),
        gone=len(changed_rows(city, shown, table=name, what="removed")),
    )
