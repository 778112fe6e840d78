"""Another process that opens an edition, judges, hands over what it found, and ends.

What it found comes through its own output and is read by the process that started it, never from a
file with a name, so that nobody else can put something in its place.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

_LONGEST: Final = 1800  # seconds
#: Bytes after the rows in the output of the other process: how many rows are behind the test.
COUNT: Final = 8


def from_apart(folder: Path, commitment: str = "") -> Any | None:
    """Let another process judge the edition in `folder`; None where it could not.

    Gives the assessed commitments; with the id of one, what is needed to check its tests.
    """
    try:
        done = _run(folder, commitment, to=subprocess.PIPE)
        return pickle.loads(done.stdout)  # noqa: S301 - written by the process started here
    except (OSError, subprocess.SubprocessError, pickle.UnpicklingError, EOFError):
        return None


def rows_apart(folder: Path, commitment: str, test: str, *, to: BinaryIO) -> int | None:
    """Let another process write the rows behind a test as CSV into the empty file `to`.

    None where it could not, and the file is empty again. The rows never come into the memory of
    this process, only how many there are.
    """
    try:
        _run(folder, commitment, test, to=to)
        end = to.seek(-COUNT, os.SEEK_END)
        rows = int.from_bytes(to.read(COUNT), "big")
    except (OSError, subprocess.SubprocessError):
        to.seek(0)
        to.truncate()
        return None
    to.truncate(end)
    return rows


def _run(folder: Path, *names: str, to: BinaryIO | int) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "trustboard.judging", str(folder), *names]
    source = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    return subprocess.run(  # noqa: S603 - this program under the Python that runs it
        command, env={**os.environ, "PYTHONPATH": path}, stdout=to, stderr=subprocess.PIPE,
        timeout=_LONGEST, check=True,
    )  # fmt: skip
