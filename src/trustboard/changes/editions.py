"""Every snapshot of a city on this machine: when, how large, and whether it was trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trustboard.citydata import CityData
from trustboard.snapshots import manifest as manifests
from trustboard.snapshots.safe_files import sha256_of
from trustboard.snapshots.store import Snapshot, Store

State = Literal["in use", "earlier", "held back"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One snapshot, as a reader needs to know it. `added` and the like are None for the first."""

    id: str
    at: datetime  # UTC
    rows: int
    size: int  # bytes of all its files
    sha256: str  # of its manifest, which holds the hash of every other file
    state: State
    reasons: tuple[str, ...]
    added: int | None
    removed: int | None
    changed: int | None


def editions_of(store: Store) -> tuple[Edition, ...]:
    """List every snapshot, the newest first."""
    pointer = store.pointer()
    used = {line.get("snapshot") for line in store.log() if line["event"] in _USED}
    current = None if pointer is None else pointer["snapshot"]
    found = (_edition(one, current=current, used=one.id in used) for one in store.all())
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


_USED = ("switched", "accepted")


def _edition(one: Snapshot, *, current: str | None, used: bool) -> Edition:
    tables = one.changes().get("tables", {})
    counted = {
        name: sum(told["counts"][name] for told in tables.values()) if tables else None
        for name in ("added", "removed", "changed")
    }
    state: State = "in use" if one.id == current else "earlier" if used else "held back"
    return Edition(
        id=one.id,
        at=one.manifest.time,
        rows=sum(record.rows for record in one.manifest.tables.values()),
        size=sum(int(file["bytes"]) for file in one.manifest.files.values()),
        sha256=sha256_of(one.folder / manifests.NAME),
        state=state,
        reasons=one.manifest.reasons,
        **counted,
    )


def shown_of(city: CityData, store: Store) -> Snapshot | None:
    """Find the snapshot whose tables a city was read from; None for files that no refresh fetched.

    The newest is tried first. A page that began with an older state of the data finds that one.
    """
    hashes = {name: table.sha256 for name, table in city.tables.items()}
    if not hashes:
        return None
    for name in reversed(store.ids()):
        one = store.get(name)
        records = one.manifest.tables
        same = all(name in records and records[name].sha256 == hashes[name] for name in hashes)
        if same and any(record.fetched for record in records.values()):
            return one
    return None


def state_of(store: Store) -> str:
    """Name the state of a city's snapshots, cheaply: it changes with every one that is added."""
    ids, pointer = store.ids(), store.pointer()
    return f"{len(ids)} {ids[-1] if ids else ''} {pointer['snapshot'] if pointer else ''}"
