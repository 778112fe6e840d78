"""What the tests of fetching share: small limits, a fixed noon, sleeping that takes no time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from trustboard.sources.base import Fetch
from trustboard.sources.declared import TYPES
from trustboard.sources.wire.limits import Limits

SMALL = Limits(sent=3_000_000, unpacked=5_000_000, page=4_000_000)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@dataclass
class Naps:
    """Sleeping that takes no time and is written down."""

    slept: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@dataclass
class Watched:
    """Progress that is written down."""

    rows: int = 0
    bytes: int = 0
    total_rows: int | None = None
    total_bytes: int | None = None
    said: list[str] = field(default_factory=list)

    def expect(self, *, rows: int | None = None, bytes: int | None = None) -> None:
        self.total_rows = rows if rows is not None else self.total_rows
        self.total_bytes = bytes if bytes is not None else self.total_bytes

    def add(self, *, rows: int = 0, bytes: int = 0) -> None:
        self.rows += rows
        self.bytes += bytes

    def say(self, note: str) -> None:
        self.said.append(note)


@dataclass(frozen=True)
class Table:
    """The part of a table's description that fetching needs."""

    file: str
    fetch: Fetch | None


def declare(**fields: Any) -> Fetch:
    return TYPES[fields["kind"]].model.model_validate(fields)
