"""Add a snapshot to a city's store and switch to it, each in one step.

Everything here is called while the city's lock is held.
"""

from __future__ import annotations

import json
import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from trustboard.snapshots import manifest as manifests
from trustboard.snapshots.lock import only_one
from trustboard.snapshots.manifest import Manifest
from trustboard.snapshots.safe_files import (
    make_read_only,
    sha256_of,
    sync_folder,
    sync_tree,
    write_whole,
)
from trustboard.snapshots.store import Snapshot, Store

#: Pages fetched longer ago than this no longer belong together with pages fetched now.
RESUMES_WITHIN: Final = timedelta(hours=12)
_ID_FORMAT: Final = "%Y%m%dT%H%M%SZ"
_BEGUN: Final = "begun.json"


@dataclass(frozen=True, slots=True)
class Growing:
    """The snapshot that is being written for a store."""

    store: Store

    @property
    def folder(self) -> Path:
        """Give the folder in which the next snapshot grows."""
        return self.store.folder / "unfinished"

    def lock(self, *, at: datetime) -> AbstractContextManager[None]:
        """Keep every other refresh of this city out while a block runs."""
        return only_one(self.store.folder / "lock", at=at)

    def begin(self, *, at: datetime) -> Path:
        """Give the folder to write into; what a recent interrupted fetch left there is kept."""
        mark = self.folder / _BEGUN
        if not _resumes(mark, at=at):
            self.discard()
            self.folder.mkdir(parents=True)
            write_whole(mark, json.dumps({"begun": at.isoformat()}))
        return self.folder

    def assembling(self) -> None:
        """Say that fetching is over: from here on an interruption means to start again."""
        (self.folder / _BEGUN).unlink(missing_ok=True)

    def discard(self) -> None:
        """Throw away what is unfinished."""
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def next_id(self, *, at: datetime) -> str:
        """Name the next snapshot by its time, but always after the newest."""
        moment = at.astimezone(UTC)
        if names := self.store.ids():
            newest = datetime.strptime(names[-1], _ID_FORMAT).replace(tzinfo=UTC)
            moment = max(moment, newest + timedelta(seconds=1))
        return moment.strftime(_ID_FORMAT)

    def finish(self, manifest: Manifest) -> Snapshot:
        """Hash what was written and give it its place among the snapshots, in one step."""
        whole = manifests.with_hashes(manifest, self.folder)
        write_whole(self.folder / manifests.NAME, whole.as_text())
        make_read_only(self.folder)
        sync_tree(self.folder)
        place = self.store.folder / "snapshots"
        place.mkdir(exist_ok=True)
        self.folder.rename(place / manifest.id)
        sync_folder(place)
        sync_folder(self.store.folder)
        return Snapshot(place / manifest.id, whole)

    def switch(self, to: Snapshot) -> None:
        """Put a snapshot to use, in one step."""
        pointer = {"snapshot": to.id, "manifest": sha256_of(to.folder / manifests.NAME)}
        write_whole(self.store.folder / "current", json.dumps(pointer) + "\n")

    def recover(self) -> None:
        """Do what a refresh that was killed after finishing its snapshot left undone.

        A good snapshot that was made on top of the one in use is switched to; a switch that is
        missing from the log is added to it, with the time of the snapshot.
        """
        current, names = self.store.current(), self.store.ids()
        newest = self.store.get(names[-1]) if names else None
        if newest is not None and newest.manifest.status == "good":
            used = None if current is None else current.id
            if newest.id != used and newest.manifest.previous == used:
                self.switch(newest)
                current = newest
        logged = {line.get("snapshot") for line in self.store.log()}
        if current is not None and current.id not in logged:
            self.store.note("switched", at=current.manifest.time, snapshot=current.id)


def _resumes(mark: Path, *, at: datetime) -> bool:
    try:
        begun = datetime.fromisoformat(json.loads(mark.read_text(encoding="utf-8"))["begun"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return timedelta(0) <= at - begun <= RESUMES_WITHIN
