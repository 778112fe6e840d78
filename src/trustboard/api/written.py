"""Long answers that lie in files without a name: they take no memory, and go when nobody reads."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable
from io import SEEK_END
from threading import Lock
from typing import BinaryIO, Final, TypeVar

_T = TypeVar("_T")


class Written:
    """What a file holds. Nobody else can find or change the file; the last reader closes it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._lock = file, Lock()
        self.size: Final = file.seek(0, SEEK_END)
        weakref.finalize(self, file.close)

    def part(self, start: int, end: int) -> bytes:
        """Give the bytes from `start` up to `end`, fewer where the file ends before."""
        with self._lock:
            self._file.seek(start)
            return self._file.read(max(end - start, 0))


def written(write: Callable[[BinaryIO], _T]) -> tuple[Written, _T]:
    """Let a function write an empty file; gives the file, and what the function gave.

    It lies where the system keeps temporary files (`TMPDIR`). Raises OSError if it cannot be
    written there.
    """
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed by Written
    try:
        given = write(file)
    except BaseException:
        file.close()
        raise
    return Written(file), given
