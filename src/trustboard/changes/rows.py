"""The rows that a publisher added, removed or changed, without anything about a person."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from trustboard.changes.fields import published_fields
from trustboard.citydata import CityData
from trustboard.snapshots.ledger import gone_rows
from trustboard.snapshots.store import Snapshot

WHAT: Final = ("removed", "added", "changed")
#: The days around a row that is gone, at the end of its own columns.
DAYS: Final = ("first_seen", "last_seen")
CELLS: Final = ("key", "column", "old", "new")


def changed_rows(city: CityData, snapshot: Snapshot, *, table: str, what: str) -> pd.DataFrame:
    """Give the rows of one kind, as they were published.

    `removed` are all rows that ever disappeared and did not come back, with `first_seen` and
    `last_seen`; `added` those that are new since the snapshot before; `changed` one row per cell
    that differs from it: `key`, `column`, `old`, `new`. Empty where there are none or none were
    kept. Raises KeyError if the city describes no such table, ValueError for another kind.
    """
    if what not in WHAT:
        raise ValueError(f"rows are {', '.join(WHAT)}, not {what!r}")
    spec = {str(name): spec for name, spec in city.city.tables.items()}[table]
    fields = published_fields(table, spec)
    if what == "removed":
        return _removed(snapshot.folder / "ledger" / f"{table}.parquet", fields)
    file = snapshot.folder / "differences" / f"{table}.{what}.parquet"
    if what == "added":
        rows = pd.read_parquet(file) if file.is_file() else pd.DataFrame(columns=fields)
        return rows[[name for name in fields if name in rows]].reset_index(drop=True)
    cells = pd.read_parquet(file) if file.is_file() else pd.DataFrame(columns=list(CELLS))
    return cells.loc[cells["column"].isin(fields), list(CELLS)].reset_index(drop=True)


def _removed(ledger: Path, fields: list[str]) -> pd.DataFrame:
    if not ledger.is_file():
        return pd.DataFrame(columns=[*fields, *DAYS])
    gone = gone_rows(pd.read_parquet(ledger, filters=[("cells", ">", "")]))
    published = gone.drop(columns=list(DAYS)).rename(columns=lambda name: str(name))
    # A published column that is called like one of ours stands beside it under a longer name.
    own = published.rename(columns={f"{name} (published)": name for name in DAYS})
    shown = own[[name for name in fields if name in own]]
    days = gone[list(DAYS)].rename(columns={n: f"{n}_here" for n in DAYS if n in shown})
    rows = shown.join(days)
    last = days.columns[1]
    return rows.sort_values(last, ascending=False, kind="stable", ignore_index=True)
