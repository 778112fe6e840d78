"""Another process that opens an edition, judges, hands over what it found, and ends.

What it found comes through its own output and is read by the process that started it, never from a
file, so that nobody else can put something in its place.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

_LONGEST: Final = 1800  # seconds


def from_apart(folder: Path, commitment: str = "", test: str = "") -> Any | None:
    """Let another process judge the edition in `folder`; None where it could not.

    Gives the assessed commitments; with the id of one, what is needed to check its tests; with that
    of a test too, the file of its rows.
    """
    command = [sys.executable, "-m", "trustboard.judging", str(folder), commitment, test]
    source = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603 - this program under the Python that runs it
            command, env={**os.environ, "PYTHONPATH": path}, capture_output=True,
            timeout=_LONGEST, check=True,
        )  # fmt: skip
        return pickle.loads(done.stdout)  # noqa: S301 - written by the process started above
    except (OSError, subprocess.SubprocessError, pickle.UnpicklingError, EOFError):
        return None
