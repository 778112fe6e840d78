"""Say how far a fetch is: a bar that is rewritten on a terminal, JSON lines for a log."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from trustboard.cli.printing import say, visible

_EVERY = 0.2  # seconds between two rewritings of the bar
_LOGGED = 10.0  # and between two lines of a log
_CELLS = 20


@dataclass(slots=True)
class Watching:
    """The progress of one table's fetch, told on the error stream."""

    name: str
    as_json: bool
    live: bool
    now: Callable[[], float] = time.monotonic
    rows: int = 0
    bytes: int = 0
    all_rows: int | None = None
    all_bytes: int | None = None
    begun: float = field(init=False)
    told: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.told = self.now()

    def expect(self, *, rows: int | None = None, bytes: int | None = None) -> None:
        """Take note of what is to come in all."""
        self.all_rows = rows if rows is not None else self.all_rows
        self.all_bytes = bytes if bytes is not None else self.all_bytes

    def add(self, *, rows: int = 0, bytes: int = 0) -> None:
        """Take note of what has come, and tell now and then."""
        self.rows, self.bytes = self.rows + rows, self.bytes + bytes
        wait = self.now() - self.told
        if self.live and wait >= _EVERY:
            self.told = self.now()
            sys.stderr.write(f"\r\x1b[K{self.line()}")
            sys.stderr.flush()
        elif self.as_json and wait >= _LOGGED:
            self.say("")

    def say(self, note: str) -> None:
        """Tell of something out of the ordinary on a line of its own."""
        self.told = self.now()
        if self.as_json:
            print(json.dumps(self._logged(note)), file=sys.stderr, flush=True)
        else:
            clear(live=self.live)
            say(f"{self.name}: {visible(note)}", error=True)

    def _logged(self, note: str) -> dict[str, Any]:
        values: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds")}
        values |= {"table": self.name, "note": note, "rows": self.rows, "bytes": self.bytes}
        wholes = {"of_rows": self.all_rows, "of_bytes": self._whole_bytes()}
        values |= wholes | {"seconds_left": self.seconds_left()}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def line(self) -> str:
        """Draw the bar, with rows, bytes and the time that is left beside it."""
        done, whole = self._share(), self._whole_bytes()
        bar = "" if done is None else f"[{'#' * int(done * _CELLS):.<{_CELLS}}] "
        rows = f"{self.rows:,}" + (f" of {self.all_rows:,}" if self.all_rows else "")
        size = f"{self.bytes / 1e6:,.1f}" + (f" of {whole / 1e6:,.1f}" if whole else "")
        left = self.seconds_left()
        wait = "" if left is None else f", {left // 60}:{left % 60:02} left"
        return f"{self.name}: {bar}{rows} rows, {size} MB{wait}"

    def _whole_bytes(self) -> int | None:
        """Give the size of all that comes; with several answers, nobody knows it beforehand."""
        known = self.all_bytes is not None and self.bytes <= self.all_bytes
        return self.all_bytes if known and not self.all_rows else None

    def _share(self) -> float | None:
        """Give how much has come, from 0 to 1; None as long as nobody can tell."""
        whole = self._whole_bytes()
        parts = [(self.rows, self.all_rows), (self.bytes, whole)]
        shares = [done / of for done, of in parts if of and done]
        return min(shares[0], 1.0) if shares else None

    def seconds_left(self) -> int | None:
        """Give the time that is left at the speed so far; None as long as nobody can tell."""
        share = self._share()
        return None if not share else round((self.now() - self.begun) * (1 - share) / share)


def clear(*, live: bool) -> None:
    """Take the line that is rewritten off the terminal."""
    if live:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def watching(city: str, *, as_json: bool) -> Callable[[str], Watching]:
    """Give what `refresh` asks for the progress of each table."""
    live = sys.stderr.isatty() and not as_json

    def of(table: str) -> Watching:
        one = Watching(f"{city} {table}", as_json, live)
        one.say("asking the publisher")
        return one

    return of
