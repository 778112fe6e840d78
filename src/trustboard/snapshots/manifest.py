"""What a snapshot says of itself: when, from where, with which hashes, and if it was trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from trustboard.snapshots.safe_files import sha256_of

NAME: Final = "manifest.json"
FORMAT: Final = 1

Status = Literal["good", "held_back"]


@dataclass(frozen=True, slots=True)
class Request:
    """One question that a publisher was asked, and what came back."""

    url: str
    status: int
    headers: Mapping[str, str]
    at: str  # UTC, as in ISO 8601
    sha256: str  # of the answer as it came
    size: int
    not_modified: bool
    file: str  # below the snapshot's folder


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One table of a snapshot: its file, its size, and where its rows went."""

    file: str
    sha256: str
    rows: int
    columns: tuple[str, ...]
    fetched: bool  # False: a copy of a file that the city's folder holds
    read: bool  # False: it could not be opened as this table
    accounting: Mapping[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()  # the checks that found something about the whole table
    to: date | None = None  # the latest day that a row tells of, not after the day of fetching
    requests: tuple[Request, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of it. `files` are all files of the snapshot but this one, with hash and size."""

    city: str
    id: str
    time: datetime
    previous: str | None  # the snapshot that was in use when this one was made
    status: Status
    reasons: tuple[str, ...]
    tables: Mapping[str, TableRecord]
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    program: str = ""

    def as_text(self) -> str:
        """Write it as JSON."""
        values = {"format": FORMAT, **asdict(self), "time": self.time.isoformat()}
        return json.dumps(values, indent=1, ensure_ascii=True, default=str) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a snapshot's folder. Raises `ValueError` or `OSError` if it cannot."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if values.pop("format") != FORMAT:
            raise ValueError("written by another version of the program")
        values["time"] = datetime.fromisoformat(values["time"])
        values["reasons"] = tuple(values["reasons"])
        values["tables"] = {name: _table(one) for name, one in values["tables"].items()}
        return Manifest(**values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{NAME} of {folder.name} is no manifest: {error}") from error


def _table(values: dict[str, Any]) -> TableRecord:
    last = values["to"]
    return TableRecord(
        **{
            **values,
            "to": None if last is None else date.fromisoformat(last),
            "requests": tuple(Request(**one) for one in values["requests"]),
            **{name: tuple(values[name]) for name in ("columns", "flags", "notes")},
        }
    )


def with_hashes(manifest: Manifest, folder: Path) -> Manifest:
    """List every file of a folder with its hash and its size in bytes."""
    return replace(manifest, files=_files(folder))


def damage(folder: Path) -> list[str]:
    """Compare a snapshot with its manifest and name everything that differs; empty if whole."""
    try:
        listed = read_manifest(folder).files
    except (OSError, ValueError) as error:
        return [f"{NAME}: {error}"]
    there = _files(folder)
    wrong = [f"{name}: missing" for name in listed if name not in there]
    wrong += [f"{name}: not in the manifest" for name in there if name not in listed]
    changed = (name for name in listed if name in there and listed[name] != there[name])
    return wrong + [f"{name}: not the file that was written" for name in changed]


def _files(folder: Path) -> dict[str, dict[str, Any]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): {
            "sha256": sha256_of(path),
            "bytes": path.stat().st_size,
        }
        for path in paths
        if path != folder / NAME
    }
