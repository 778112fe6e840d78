"""Bring the newest published tables of a city here: fetch, compare, check, and only then switch."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from trustboard import __version__
from trustboard.city import City
from trustboard.errors import CannotRunError
from trustboard.load import read_city
from trustboard.snapshots.building import Building
from trustboard.snapshots.growing import Growing
from trustboard.snapshots.manifest import Manifest
from trustboard.snapshots.store import Snapshot, Store
from trustboard.snapshots.vetting import reasons_to_hold_back
from trustboard.sources import Fetched, FetchRefusedError, Progress
from trustboard.sources.refusals import BusyPublisherError, TooSlowError, UnreachableError

if TYPE_CHECKING:
    from trustboard.sources import Fetchable

End = Literal["switched", "held_back", "unchanged", "accepted"]
#: What the system says when nothing more can be written.
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
#: After these, what was fetched so far is kept for the next try.
_PASSING = (UnreachableError, BusyPublisherError, TooSlowError)


class Fetch(Protocol):
    """What fetches one table: `trustboard.sources.fetch_table`, or a test's stand-in."""

    def __call__(
        self,
        spec: Fetchable,
        *,
        into: Path,
        client: Any,
        progress: Progress,
        folder: Path | None,
        earlier: Path | None,
    ) -> Fetched:
        """Fetch into `into`; raise `FetchRefusedError` otherwise."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How a refresh ended, which snapshot it concerns, and what changed (see `changes.json`)."""

    city: str
    end: End
    snapshot: str
    reasons: tuple[str, ...]
    changes: Mapping[str, Any]


def fetchable(city: City) -> dict[str, Fetchable]:
    """Name what `city.yml` says how to fetch: tables, and `map` for boundaries; each file once."""
    drawn = city.places.map
    parts: dict[str, Any] = dict(city.tables.items())
    parts["map"] = drawn if drawn is not None and drawn.file else None
    found: dict[str, Fetchable] = {}
    for name, one in parts.items():
        files = {other.file for other in found.values()}
        if getattr(one, "fetch", None) is not None and one.file not in files:
            found[name] = one
    return found


def refresh(
    slug: str,
    *,
    data: Path,
    store: Store,
    at: datetime,
    fetch: Fetch,
    client: Any,
    progress: Callable[[str], Progress],
    accept: bool = False,
) -> Refreshed:
    """Fetch every table of a city into a new snapshot and use it if it can be trusted.

    `accept`: use the snapshot that was held back, or, if none was, the new one whatever its checks
    say. `progress` gives, by a table's name, whom to tell how far it is. Raises `CannotRunError` if
    nothing could be fetched; the snapshot in use then stays.
    """
    city = read_city(slug, data=data)
    wanted = fetchable(city)
    if not wanted:
        raise CannotRunError(f"{slug}: city.yml does not say how to fetch any of its tables.")
    asking = _Asking(city, data / slug, wanted, fetch, client, progress)
    growing = Growing(store)
    with growing.lock(at=at):
        try:
            return _attempt(growing, asking, at=at, accept=accept)
        except Exception as error:
            if not isinstance(error, _PASSING):
                with suppress(OSError):
                    growing.discard()
            raise _given_up(store, error, at=at) from error


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is to be fetched for a city, and how."""

    city: City
    folder: Path
    wanted: Mapping[str, Fetchable]
    fetch: Fetch
    client: Any
    progress: Callable[[str], Progress]

    def fetch_all(self, *, into: Path, earlier: Path | None) -> dict[str, Fetched]:
        """Fetch one table after the other; politeness forbids more at once."""
        return {
            name: self.fetch(
                spec,
                into=into,
                client=self.client,
                progress=self.progress(name),
                folder=self.folder,
                earlier=earlier,
            )
            for name, spec in self.wanted.items()
        }


def _attempt(growing: Growing, asking: _Asking, *, at: datetime, accept: bool) -> Refreshed:
    growing.recover()
    waiting = growing.store.waiting()
    if accept and waiting is not None:
        return _accept(growing, waiting, at=at)
    work, current = growing.begin(at=at), growing.store.current()
    fetched = asking.fetch_all(into=work, earlier=None if current is None else current.folder)
    growing.assembling()
    building = Building(asking.city, asking.folder, work, fetched, current, at)
    return _decide(growing, building, accept=accept)


def _decide(growing: Growing, building: Building, *, accept: bool) -> Refreshed:
    store, current = growing.store, building.previous
    building.assemble()
    if current is not None and building.is_like(current):
        growing.discard()
        return _end(store, "unchanged", current.id, at=building.at)
    building.build()
    before = {} if current is None else current.manifest.tables
    reasons = reasons_to_hold_back(
        building.records, before=before, may_be_empty=_may_be_empty(building.city)
    )
    waiting = store.waiting()
    if reasons and not accept and waiting is not None and building.is_like(waiting):
        growing.discard()
        return _end(store, "held_back", waiting.id, at=building.at, reasons=reasons)
    snapshot = growing.finish(_manifest(growing, building, reasons))
    if reasons and not accept:
        end: End = "held_back"
    else:
        growing.switch(snapshot)
        end = "accepted" if reasons else "switched"
    changes = building.changes
    return _end(store, end, snapshot.id, at=building.at, reasons=reasons, changes=changes)


def _accept(growing: Growing, waiting: Snapshot, *, at: datetime) -> Refreshed:
    current = growing.store.current()
    if waiting.manifest.previous != (None if current is None else current.id):
        raise CannotRunError(f"{waiting.id} was compared with another snapshot; refresh again.")
    growing.switch(waiting)
    reasons = waiting.manifest.reasons
    changes = waiting.changes().get("tables", {})
    return _end(growing.store, "accepted", waiting.id, at=at, reasons=reasons, changes=changes)


def _manifest(growing: Growing, building: Building, reasons: tuple[str, ...]) -> Manifest:
    return Manifest(
        city=growing.store.city,
        id=growing.next_id(at=building.at),
        time=building.at,
        previous=building.previous.id if building.previous else None,
        status="held_back" if reasons else "good",
        reasons=reasons,
        tables=building.records,
        program=__version__,
    )


def _end(
    store: Store,
    end: End,
    snapshot: str,
    *,
    at: datetime,
    reasons: tuple[str, ...] = (),
    changes: Mapping[str, Any] | None = None,
) -> Refreshed:
    store.note(end, at=at, snapshot=snapshot, reasons=list(reasons))
    return Refreshed(store.city, end, snapshot, reasons, changes or {})


def _given_up(store: Store, error: Exception, *, at: datetime) -> CannotRunError:
    """Log why a refresh did not succeed, if the disk lets us, and say that nothing changed."""
    if isinstance(error, FetchRefusedError | CannotRunError):
        why = str(error)
    elif isinstance(error, OSError) and error.errno in _FULL:
        why = f"the disk below {store.home} is full. Free some space, or name another place"
        why += " with --home or TRUSTBOARD_HOME"
    else:
        why = f"{type(error).__name__}: {str(error)[:300]}"
    with suppress(OSError):
        store.note("failed", at=at, reasons=[why])
    current = store.current()
    kept = f"The snapshot {current.id} stays in use." if current else "There is no snapshot yet."
    return CannotRunError(f"{store.city}: {why.rstrip('.')}. {kept}")


def _may_be_empty(city: City) -> frozenset[str]:
    return frozenset(
        name
        for name, spec in city.tables.items()
        if getattr(getattr(spec, "fetch", None), "may_be_empty", False)
    )
