"""Say how far a fetch is: a line that is rewritten on a terminal, JSON lines for a log."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from trustboard.cli.printing import say, visible

_EVERY = 0.2  # seconds between two rewritings


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
        """Take note of what has come, and rewrite the line now and then."""
        self.rows, self.bytes = self.rows + rows, self.bytes + bytes
        if self.live and self.now() - self.told >= _EVERY:
            self.told = self.now()
            sys.stderr.write(f"\r\x1b[K{self.line()}")
            sys.stderr.flush()

    def say(self, note: str) -> None:
        """Tell of something out of the ordinary on a line of its own."""
        if self.as_json:
            values = {"table": self.name, "note": note, "rows": self.rows, "bytes": self.bytes}
            print(json.dumps(values), file=sys.stderr, flush=True)
        else:
            clear(live=self.live)
            say(f"{self.name}: {visible(note)}", error=True)

    def line(self) -> str:
        """Write rows, bytes and the time that is left in one line."""
        rows = f"{self.rows:,}" + (f" of {self.all_rows:,}" if self.all_rows else "")
        left = self.seconds_left()
        wait = "" if left is None else f", {left // 60}:{left % 60:02} left"
        return f"{self.name}: {rows} rows, {self.bytes / 1e6:,.1f} MB{wait}"

    def seconds_left(self) -> int | None:
        """Give the time that is left at the speed so far; None as long as nobody can tell."""
        shares = [
            done / whole
            for done, whole in ((self.rows, self.all_rows), (self.bytes, self.all_bytes))
            if whole and done
        ]
        if not shares:
            return None
        share = min(shares[0], 1.0)
        return round((self.now() - self.begun) * (1 - share) / share)


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
