"""One refresh of a city at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from trustboard.errors import CannotRunError


@contextmanager
def only_one(path: Path, *, at: datetime) -> Iterator[None]:
    """Hold the lock file while the block runs. Raises `CannotRunError` if another process has it.

    The system lets go of the lock when its holder ends, however it ends. So a file that a killed
    refresh left behind locks nobody out, and it must never be removed: a second process could then
    lock a file that nobody else sees.
    """
    with _opened(path) as file:
        if not _take(file):
            raise CannotRunError(_held_by(file))
        with suppress(
            OSError
        ):  # on a full disk nobody is told who holds it; it is held all the same
            os.ftruncate(file.fileno(), 0)
            who = json.dumps({"process": os.getpid(), "since": at.isoformat()})
            os.write(file.fileno(), who.encode())
        yield


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise CannotRunError(
            f"Snapshots cannot be kept in {path.parent}: {error.strerror}. Name another place "
            "with --home or TRUSTBOARD_HOME."
        ) from error


def _take(file: IO[str]) -> bool:
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True


def _held_by(file: IO[str]) -> str:
    try:
        file.seek(0)
        holder = json.loads(file.read())
        who = f" (process {int(holder['process'])}, since {str(holder['since'])[:19]})"
    except (OSError, ValueError, KeyError, TypeError):
        who = ""
    return f"Another refresh of this city is running{who}. Wait for it to end."
