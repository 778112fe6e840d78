"""The messages of kept runs, in a temporary file: a page of a large city takes 200,000 bytes.

In memory there would be room for some dozens of pages; in a file that lies in the system's own
cache there is room for hundreds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import count
from threading import Lock
from typing import Final

from trustboard.ui.script_run import Piece

#: More messages than any run has: each run's lie between two multiples of it.
_MOST_PIECES: Final = 10_000
#: SQLite's name for a file without a name: the system removes it when it is closed.
FILE: Final = ""
_SETTINGS: Final = (
    "page_size = 32768",
    "journal_mode = MEMORY",
    "synchronous = OFF",  # whatever is lost with the process is drawn again
    "cache_size = -1024",
)
_TABLE: Final = (
    "CREATE TABLE pieces (place INTEGER PRIMARY KEY, message BLOB, name TEXT, reference BLOB, "
    "key TEXT, quiet BLOB)"
)


class PieceStore:
    """Lays down the messages of runs in a file without a name, which goes when the process ends.

    Where there is no room or no place for such a file, nothing is kept.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = count()
        self._rows: sqlite3.Connection | None = None

    def put(self, pieces: Sequence[Piece]) -> int | None:
        """Lay down the messages of one run; give their number, None if they cannot be kept."""
        if len(pieces) >= _MOST_PIECES:
            return None
        number = next(self._numbers)
        first = number * _MOST_PIECES
        rows = [
            (first + at, one.message, one.name, one.reference, one.key, one.quiet)
            for at, one in enumerate(pieces)
        ]
        try:
            with self._lock, self._open() as file:
                file.executemany("INSERT INTO pieces VALUES (?, ?, ?, ?, ?, ?)", rows)
        except sqlite3.Error:  # the whole run was taken back
            return None
        return number

    def get(self, number: int) -> list[Piece]:
        """Give the messages of one run in their order; none if they are gone."""
        try:
            with self._lock:
                rows = self._open().execute(
                    "SELECT message, name, reference, key, quiet FROM pieces "
                    "WHERE place >= ? AND place < ? ORDER BY place",
                    (number * _MOST_PIECES, (number + 1) * _MOST_PIECES),
                )
                return [Piece(*row) for row in rows]
        except sqlite3.Error:
            return []

    def drop(self, number: int) -> None:
        """Let go of the messages of one run; their room is used again."""
        try:
            with self._lock, self._open() as file:
                file.execute(
                    "DELETE FROM pieces WHERE place >= ? AND place < ?",
                    (number * _MOST_PIECES, (number + 1) * _MOST_PIECES),
                )
        except sqlite3.Error:
            return

    def _open(self) -> sqlite3.Connection:
        """Open the file at its first use."""
        if self._rows is None:
            rows = sqlite3.connect(FILE, check_same_thread=False)
            for setting in _SETTINGS:
                rows.execute(f"PRAGMA {setting}")
            rows.execute(_TABLE)
            self._rows = rows
        return self._rows
