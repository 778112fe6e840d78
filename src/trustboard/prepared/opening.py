"""Open a city from its edition, and prepare it first where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from trustboard.citydata import CityData
from trustboard.prepared.building import prepare
from trustboard.prepared.folder import NAME, place_of
from trustboard.prepared.inputs import Inputs
from trustboard.prepared.states import open_folder

#: Files larger than this are read by a process of their own, so that what reading them takes is
#: given back to the machine.
LARGE: Final = 30_000_000
_LONGEST: Final = 3600  # seconds


def open_city(slug: str, *, data: Path, elsewhere: Path | None = None) -> CityData:
    """Open a city as its files are now, from its edition.

    Without one it is prepared first: a large city by another process. Where nothing can be written,
    the city is read from its published files. Raises `CannotRunError` as `load_city` does.
    """
    inputs = Inputs.of(slug, data=data, elsewhere=elsewhere)
    folder = place_of(slug) / inputs.key
    found = _open(folder)
    if found is not None:
        return found
    if inputs.size > LARGE and _prepared_apart(slug, data=data, elsewhere=elsewhere):
        found = _open(folder)
        if found is not None:
            return found
    city, _ = prepare(slug, data=data, elsewhere=elsewhere)
    return _open(folder) or city


def is_prepared(slug: str, *, data: Path, elsewhere: Path | None = None) -> bool:
    """Say whether a whole edition of a city as its files are now is here."""
    inputs = Inputs.of(slug, data=data, elsewhere=elsewhere)
    return _open(place_of(slug) / inputs.key) is not None


def _open(folder: Path) -> CityData | None:
    return open_folder(folder) if (folder / NAME).is_file() else None


def _prepared_apart(slug: str, *, data: Path, elsewhere: Path | None) -> bool:
    """Let another process prepare a city; say whether it did."""
    command = [sys.executable, "-m", "trustboard.cli", "prepare", slug, "--data", str(data)]
    environment = _environment(elsewhere)
    try:
        done = subprocess.run(  # noqa: S603 - this program under the Python that runs it
            command, env=environment, capture_output=True, timeout=_LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _environment(elsewhere: Path | None) -> dict[str, str]:
    given = {key: value for key, value in os.environ.items() if key != "TRUSTBOARD_PUBLISHED"}
    source = str(Path(__file__).resolve().parents[2])
    given["PYTHONPATH"] = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    return given if elsewhere is None else {**given, "TRUSTBOARD_PUBLISHED": str(elsewhere)}
