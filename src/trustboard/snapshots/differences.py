"""What differs between two editions of one table, and how to get from one to the other.

Tables are frames of text. A row is the same row in both when its key is; where the key is empty or
stands several times in either edition, or there is no key, only a row that is equal in every column
is the same row. Rows are named by their position, counted from 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Difference:
    """How a newer edition differs from an older one.

    `pairs`: positions `before` and `after` of each row that is in both. `added` and `removed`:
    whole rows, indexed by position in their edition. `changed`: one row per cell that differs
    (`before`, `after`, `key`, `column`, `old`, `new`), over columns that both editions have.
    `filled`: the cells of new columns for rows that are in both, indexed by position in the newer.
    """

    columns: tuple[str, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    pairs: pd.DataFrame
    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame
    filled: pd.DataFrame

    def is_empty(self) -> bool:
        """Say whether both editions hold the same rows, in whatever order."""
        columns = self.columns_added or self.columns_removed
        return not columns and not any(self.counts().values())

    def counts(self) -> dict[str, int]:
        """Count the rows added, removed and changed."""
        return {
            "added": len(self.added),
            "removed": len(self.removed),
            "changed": int(self.changed["after"].nunique()),
        }


def diff(before: pd.DataFrame, *, after: pd.DataFrame, key: str | None = None) -> Difference:
    """Say what was added, removed and changed from one edition of a table to the next.

    `key` names the column that tells rows apart, or None. Missing cells count as empty.
    """
    a, b = _as_text(before), _as_text(after)
    names_a, names_b = list(a.columns), list(b.columns)
    common = [name for name in names_b if name in a.columns]
    pairs = _pairs(a, b, common=common, key=key if key in common else None)
    new = [name for name in names_b if name not in a.columns]
    return Difference(
        columns=tuple(names_b),
        columns_added=tuple(new),
        columns_removed=tuple(name for name in names_a if name not in b.columns),
        pairs=pairs,
        added=b.drop(index=pairs["after"].to_list()),
        removed=a.drop(index=pairs["before"].to_list()),
        changed=_changed(a, b, pairs, common=common, key=key if key in common else None),
        filled=b.loc[pairs["after"].to_list(), new],
    )


def apply(before: pd.DataFrame, *, difference: Difference) -> pd.DataFrame:
    """Give the newer edition, from the older one and what differs."""
    pairs = difference.pairs
    rows = _as_text(before).iloc[pairs["before"].to_list()]
    rows = rows.set_axis(pairs["after"].to_list(), axis="index")
    rows = rows.reindex(columns=list(difference.columns), fill_value="")
    for name in difference.columns_added:
        rows[name] = difference.filled[name]
    for column, cells in difference.changed.groupby("column", sort=False):
        rows.loc[cells["after"].to_list(), [column]] = cells[["new"]].to_numpy()
    return pd.concat([rows, difference.added]).sort_index().astype("str")


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    text = frame.reset_index(drop=True).rename(columns=str)
    return text.astype("str").fillna("")


def _pairs(a: pd.DataFrame, b: pd.DataFrame, *, common: list[str], key: str | None) -> pd.DataFrame:
    """Match rows by key where it is unique and not empty in both, the rest as wholes."""
    by_key = pd.DataFrame({"before": [], "after": []}, dtype="int64")
    if not common:
        return by_key
    if key is not None:
        by_key = _once(a[key], "before").merge(_once(b[key], "after"), on="name")
        by_key = by_key[["before", "after"]]
    rest_a = a[common].drop(index=by_key["before"].to_list())
    rest_b = b[common].drop(index=by_key["after"].to_list())
    whole = _whole_rows(rest_a, rest_b)
    return pd.concat([by_key, whole]).sort_values("after", ignore_index=True)


def _once(names: pd.Series, label: str) -> pd.DataFrame:
    alone = names[(names != "") & ~names.duplicated(keep=False)]
    return pd.DataFrame({"name": alone.to_numpy(), label: alone.index.to_numpy()})


def _whole_rows(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Match equal rows; of several equal ones the first with the first, and so on."""
    both = pd.concat([a, b], ignore_index=True)
    kinds = both.groupby(list(both.columns), sort=False).ngroup().to_numpy()
    sides = []
    for frame, kind, label in ((a, kinds[: len(a)], "before"), (b, kinds[len(a) :], "after")):
        side = pd.DataFrame({"kind": kind, label: frame.index.to_numpy(dtype="int64")})
        sides.append(side.assign(nth=side.groupby("kind").cumcount()))
    return sides[0].merge(sides[1], on=["kind", "nth"])[["before", "after"]]


def _changed(
    a: pd.DataFrame, b: pd.DataFrame, pairs: pd.DataFrame, *, common: list[str], key: str | None
) -> pd.DataFrame:
    found = []
    before, after = pairs["before"].to_numpy(), pairs["after"].to_numpy()
    for name in common:
        old, new = a[name].to_numpy(dtype=object)[before], b[name].to_numpy(dtype=object)[after]
        at = np.flatnonzero(old != new)
        cells = {"before": before[at], "after": after[at], "old": old[at], "new": new[at]}
        found.append(pd.DataFrame(cells).assign(column=name))
    columns = ["before", "after", "key", "column", "old", "new"]
    if not found:
        return pd.DataFrame(columns=columns)
    changed = pd.concat(found, ignore_index=True).sort_values("after", kind="stable")
    keys = b[key].to_numpy(dtype=object)[changed["after"]] if key is not None else ""
    return changed.assign(key=keys)[columns].reset_index(drop=True)


def as_values(difference: Difference, *, key: str | None, limit: int | None) -> dict[str, Any]:
    """Give a difference as plain values for JSON, with at most `limit` rows of each kind."""
    changed: list[dict[str, Any]] = []
    for _, cells in difference.changed.groupby("after", sort=False):
        if limit is not None and len(changed) >= limit:
            break
        fields = {c.column: {"from": c.old, "to": c.new} for c in cells.itertuples()}
        changed.append({"key": str(cells["key"].iloc[0]), "fields": fields})
    return {
        "key": key,
        "columns_added": list(difference.columns_added),
        "columns_removed": list(difference.columns_removed),
        "counts": difference.counts(),
        "added": _rows(difference.added, limit),
        "removed": _rows(difference.removed, limit),
        "changed": changed,
    }


def _rows(frame: pd.DataFrame, limit: int | None) -> list[Mapping[Hashable, Any]]:
    return list(frame.head(limit if limit is not None else len(frame)).to_dict("records"))
