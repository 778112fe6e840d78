"""When each row was first seen, last changed and last seen, over the whole chain of snapshots.

A ledger is a frame with one row per row of the newest edition, in its order, followed by the rows
that are gone. Columns: `line` (in the published file; missing for a row that is gone), `key`,
`first_seen`, `changed` (missing if it never did), `last_seen` (all UTC), and `cells`: the row as it
was last published, as JSON, kept only for a row that is gone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import pandas as pd

from trustboard.snapshots.differences import Difference, diff

COLUMNS: Final = ("line", "key", "first_seen", "changed", "last_seen", "cells")
_TIMES: Final = ("first_seen", "changed", "last_seen")


def first_ledger(
    rows: pd.DataFrame, *, lines: Sequence[int], key: str | None, at: datetime
) -> pd.DataFrame:
    """Begin a ledger: every row of this edition is seen for the first time."""
    return _typed(
        {
            "line": list(lines),
            "key": _keys(rows, key),
            "first_seen": at,
            "changed": None,
            "last_seen": at,
            "cells": None,
        },
        length=len(rows),
    )


def next_ledger(
    ledger: pd.DataFrame,
    *,
    difference: Difference,
    rows: pd.DataFrame,
    lines: Sequence[int],
    key: str | None,
    at: datetime,
) -> pd.DataFrame:
    """Carry a ledger on to the next edition, whose text rows, lines and difference are given.

    A row that comes back after it was gone keeps the day on which it was first seen.
    """
    fresh = first_ledger(rows, lines=lines, key=key, at=at)
    here = ledger[ledger["line"].notna()].reset_index(drop=True)
    gone = ledger[ledger["line"].isna()].reset_index(drop=True)
    before, after = (difference.pairs[name].to_list() for name in ("before", "after"))
    for name in ("first_seen", "changed"):
        fresh.loc[after, [name]] = here.loc[before, [name]].to_numpy()
    fresh.loc[difference.changed["after"].unique().tolist(), "changed"] = pd.Timestamp(at)
    back = _come_back(gone, difference.added, key=key)
    came, left = back.pairs["after"].to_list(), back.pairs["before"].to_list()
    places = difference.added.index[came].to_list()
    fresh.loc[places, ["first_seen"]] = gone.loc[left, ["first_seen"]].to_numpy()
    fresh.loc[places, "changed"] = pd.Timestamp(at)
    parts = [fresh, _leaving(here, difference), gone.drop(index=left)]
    joined = {name: [cell for one in parts for cell in one[name]] for name in COLUMNS}
    return _typed(joined, length=sum(map(len, parts)))


def _leaving(here: pd.DataFrame, difference: Difference) -> pd.DataFrame:
    """Give the rows that are published no more, each with the cells it had."""
    cells = [json.dumps(row, ensure_ascii=True) for row in difference.removed.to_dict("records")]
    return here.loc[difference.removed.index.to_list()].assign(line=pd.NA, cells=cells)


def gone_rows(ledger: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that are no longer published, as they last were, with the days around them."""
    gone = ledger[ledger["cells"].notna()].reset_index(drop=True)
    days = gone[["first_seen", "last_seen"]]
    return days.join(_unpacked(gone).rename(columns={n: f"{n} (published)" for n in days}))


def _come_back(gone: pd.DataFrame, added: pd.DataFrame, *, key: str | None) -> Difference:
    columns = list(added.columns)
    old = _unpacked(gone).reindex(columns=columns, fill_value="")
    return diff(old, after=added, key=key)


def _unpacked(gone: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([json.loads(cells) for cells in gone["cells"]], index=gone.index)


def _keys(rows: pd.DataFrame, key: str | None) -> object:
    return rows[key].astype("str").to_list() if key is not None and key in rows else ""


def _typed(values: Mapping[str, object], *, length: int) -> pd.DataFrame:
    frame = pd.DataFrame(values, index=range(length), columns=list(COLUMNS))
    for name in _TIMES:
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    kinds = {"line": "Int64", "key": "str", "cells": "str"}
    return frame.astype(kinds)
