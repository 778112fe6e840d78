"""The snapshots of one city on this machine: which there are, which is in use, what happened.

    <home>/<city>/snapshots/<id>/    finished: never changed again
    <home>/<city>/unfinished/        being written; of no consequence to anybody
    <home>/<city>/current            names the snapshot in use; replaced in one step
    <home>/<city>/log.jsonl          what happened when; only ever added to
    <home>/<city>/lock               held while a refresh runs

A snapshot is written beside the others and takes its place by being renamed. So whatever is below
`snapshots/` is whole, and `current` names a whole one at every moment. The module `growing` does
that; here is what readers need.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from trustboard.errors import CannotRunError
from trustboard.snapshots import manifest as manifests
from trustboard.snapshots.home import NAME
from trustboard.snapshots.manifest import Manifest, read_manifest
from trustboard.snapshots.safe_files import append_line, read_lines, sha256_of

ID: Final = re.compile(r"\d{8}T\d{6}Z")
_GOOD_ENDS: Final = frozenset({"switched", "unchanged", "accepted"})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One finished snapshot."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """Name it, by the time it was made (UTC)."""
        return self.manifest.id

    @property
    def published(self) -> Path:
        """Give the folder of table files, named as in `city.yml`."""
        return self.folder / "published"

    def changes(self) -> dict[str, Any]:
        """Tell what differs from the snapshot before: per table the counts and some rows."""
        file = self.folder / "changes.json"
        if not file.is_file():
            return {}
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found


@dataclass(frozen=True, slots=True)
class Freshness:
    """How the last refreshes ended. `stale_since` is None unless the newest did not succeed."""

    last_good: datetime | None
    stale_since: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Store:
    """The snapshots of one city below a home folder. Reading needs no lock."""

    home: Path
    city: str

    def __post_init__(self) -> None:
        if not re.fullmatch(NAME, self.city):
            raise CannotRunError(f"{self.city[:80]!r} is no name of a city.")

    @property
    def folder(self) -> Path:
        """Give the city's own folder below the home folder."""
        return self.home / self.city

    def ids(self) -> list[str]:
        """Name all finished snapshots, the oldest first."""
        place = self.folder / "snapshots"
        return sorted(p.name for p in place.iterdir() if _is_id(p)) if place.is_dir() else []

    def all(self) -> list[Snapshot]:
        """Give every finished snapshot whose manifest can be read, the oldest first."""
        found = (self._open(name) for name in self.ids())
        return [one for one in found if one is not None]

    def get(self, name: str) -> Snapshot:
        """Give one snapshot. Raises `CannotRunError` if there is none of that name."""
        found = self._open(name) if ID.fullmatch(name) else None
        if found is None:
            known = ", ".join(self.ids()) or "none"
            raise CannotRunError(f"There is no snapshot {name[:40]!r} of {self.city}: {known}.")
        return found

    def current(self) -> Snapshot | None:
        """Give the snapshot in use, or None."""
        pointer = self.pointer()
        return self._open(pointer["snapshot"]) if pointer else None

    def waiting(self) -> Snapshot | None:
        """Give the newest snapshot if it was held back and is not in use."""
        names, pointer = self.ids(), self.pointer()
        newest = self._open(names[-1]) if names else None
        if newest is None or newest.manifest.status == "good":
            return None
        return None if pointer and pointer["snapshot"] == newest.id else newest

    def damage(self) -> list[str]:
        """Check the snapshot in use against every hash; empty if it is whole or there is none."""
        pointer = self.pointer()
        if pointer is None:
            return []
        folder = self.folder / "snapshots" / pointer["snapshot"]
        if not (folder / manifests.NAME).is_file():
            return [f"{pointer['snapshot']}: missing"]
        same = sha256_of(folder / manifests.NAME) == pointer["manifest"]
        changed = [] if same else [f"{manifests.NAME}: not the file that was written"]
        return changed + manifests.damage(folder)

    def note(self, event: str, *, at: datetime, **values: Any) -> None:
        """Add one line to the log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        append_line(self.folder / "log.jsonl", {"at": at.isoformat(), "event": event, **values})

    def log(self) -> list[dict[str, Any]]:
        """Read the log, the oldest line first."""
        return read_lines(self.folder / "log.jsonl")

    def freshness(self) -> Freshness:
        """Say when the last refresh succeeded and, if the newest did not, since when and why."""
        good, since, why = None, None, ""
        for line in self.log():
            at = datetime.fromisoformat(line["at"])
            if line["event"] in _GOOD_ENDS:
                good, since, why = at, None, ""
            else:
                since, why = since or at, " ".join(line.get("reasons", []))
        return Freshness(good, since, why)

    def as_of(self, moment: datetime) -> Snapshot | None:
        """Give the snapshot that was in use at a moment of the past, or None."""
        used = [
            str(line["snapshot"])
            for line in self.log()
            if line["event"] in {"switched", "accepted"}
            and datetime.fromisoformat(line["at"]) <= moment
        ]
        return self._open(used[-1]) if used else None

    def pointer(self) -> dict[str, str] | None:
        """Read which snapshot is in use and the hash of its manifest."""
        try:
            values = json.loads((self.folder / "current").read_text(encoding="utf-8"))
            named = ID.fullmatch(values["snapshot"]) and isinstance(values["manifest"], str)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return values if named else None

    def _open(self, name: str) -> Snapshot | None:
        folder = self.folder / "snapshots" / name
        try:
            return Snapshot(folder, read_manifest(folder))
        except (OSError, ValueError):
            return None


def _is_id(path: Path) -> bool:
    return bool(ID.fullmatch(path.name)) and path.is_dir()
