"""What a fetch hands back, and how it tells of its progress."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BufferedIOBase
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RawResponse:
    """One answer of a publisher, kept as it came.

    `file` is the body, compressed with gzip; `sidecar` (`<file without .gz>.json`) says the rest.
    `sha256` and `size` (bytes) are those of the body before we compressed it.
    """

    file: Path
    sidecar: Path
    url: str  # with the query; never with a token
    status: int
    headers: Mapping[str, str]
    at: datetime  # UTC
    sha256: str
    size: int
    not_modified: bool = False  # the publisher said 304; `file` is a copy of the earlier answer

    def open(self) -> BufferedIOBase:
        """Open the body, unpacked."""
        return gzip.open(self.file)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One table as the publisher holds it now.

    `table_file` is always there, also when nothing changed. `rows` and `columns` are not counted
    for Excel, Parquet and GeoJSON (None and empty). `not_modified` is True when every answer is the
    one we already had: the publisher said so (304), or the body is the same.
    """

    table_file: Path
    raw: tuple[RawResponse, ...]
    rows: int | None
    columns: tuple[str, ...]
    not_modified: bool
    notes: tuple[str, ...] = field(default=())


class Progress(Protocol):
    """Whoever wants to know how far a fetch is. Called from the thread that fetches."""

    def expect(self, *, rows: int | None = None, bytes: int | None = None) -> None:
        """Take note of what is to come in all, as soon as it is known."""

    def add(self, *, rows: int = 0, bytes: int = 0) -> None:
        """Take note of what has come since the last call."""

    def say(self, note: str) -> None:
        """Take note of something out of the ordinary, such as waiting for a busy server."""


class Quiet:
    """Progress that nobody watches."""

    def expect(self, *, rows: int | None = None, bytes: int | None = None) -> None:
        """Do nothing."""

    def add(self, *, rows: int = 0, bytes: int = 0) -> None:
        """Do nothing."""

    def say(self, note: str) -> None:
        """Do nothing."""
