"""Which editions of a city are here, and how an earlier state of the data is opened again."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from trustboard import METHOD_VERSION, __version__
from trustboard.citydata import CityData
from trustboard.load import SLUG, data_root, published_root
from trustboard.prepared import folder as folders
from trustboard.prepared.inputs import Inputs
from trustboard.prepared.stored_city import stored_city

#: So many states of the data are kept per city, the newest edition of each: a pinned view can show
#: any of them.
MOST_STATES: Final = 12
#: And of the states older than these so many whose pins were opened last.
MOST_ASKED: Final = 12
#: The file of an edition that says, by its time, when a pin last asked for it.
_ASKED: Final = "asked"
_PREFIX: Final = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Edition:
    """One prepared state of a city: its data, descriptions and promises as they were then.

    `data_hash` is that of the data alone; `edition` also changes with the promises, the method and
    the program. `current` says that it was made from the files as they are now.
    """

    data_hash: str
    edition: str
    prepared_at: datetime
    as_of: date
    method_version: str
    current: bool


def edition_of(city: CityData) -> str:
    """Name the version of everything that is said about a city, in 32 hexadecimal digits."""
    parts = [city.fingerprint, METHOD_VERSION, __version__]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def editions(slug: str) -> tuple[Edition, ...]:
    """List the editions of a city that are kept on this machine, the newest last."""
    if not SLUG.fullmatch(slug):
        return ()
    found = [told for _, told in _by_age(slug)]
    if not found:
        return ()
    key = Inputs.of(slug, data=data_root(), elsewhere=published_root()).key
    return tuple(_edition(told, current=told["key"] == key) for told in found)


def open_edition(slug: str, data_hash_prefix: str) -> CityData | None:
    """Open the newest edition of the state of the data whose hash begins like this.

    Its promises and descriptions are those of that time. `data_hash_prefix` has at least 8
    hexadecimal digits. None where no such edition is kept, or it is damaged.
    """
    if not SLUG.fullmatch(slug) or not _PREFIX.fullmatch(data_hash_prefix):
        return None
    for path, told in reversed(_by_age(slug)):
        if told["data_hash"].startswith(data_hash_prefix):
            with suppress(OSError):  # a home that cannot be written to keeps what it has
                _note_asked(path)
            try:
                return _opened(path, (path / folders.NAME).stat().st_mtime_ns)
            except OSError:  # let go of by another process while we look
                return None
    return None


def let_go_of_old(slug: str, *, current: str) -> None:
    """Remove editions that no pinned view needs.

    Kept is the newest edition of each of the last states, and of the older ones whose pins were
    opened last.
    """
    newest: dict[str, Path] = {}
    every = _by_age(slug)
    for path, told in reversed(every):
        newest.setdefault(told["data_hash"], path)
    states = list(newest.values())
    older = sorted((path for path in states[MOST_STATES:] if _asked(path)), key=_asked)
    kept = {*states[:MOST_STATES], *older[-MOST_ASKED:]}
    for path, _ in every:
        if path not in kept and path.name != current:
            folders.discard(path)


def _note_asked(path: Path) -> None:
    """Note that a pin asks for an edition, by a clock finer than the file system's own."""
    (path / _ASKED).touch()
    now = time.time_ns()
    os.utime(path / _ASKED, ns=(now, now))


def _asked(path: Path) -> int:
    """Say when a pin last asked for an edition; 0 for never."""
    try:
        return (path / _ASKED).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=8)
def _opened(path: Path, _written: int) -> CityData | None:
    return open_folder(path)


def open_folder(path: Path) -> CityData | None:
    """Open one edition; a damaged one is thrown away and gives None."""
    told = folders.read_seal(path)
    if told is None or told.get("key") != path.name or not folders.is_whole(path, told):
        folders.discard(path)
        return None
    try:
        return stored_city(path, told, folder=data_root() / told["slug"])
    except (ValueError, LookupError, TypeError):  # whole, but written by another program
        return None


def _by_age(slug: str) -> list[tuple[Path, dict[str, Any]]]:
    found = [(path, told) for path, told in _readable(slug)]
    return sorted(found, key=lambda one: (one[1]["prepared_at"], one[0].name))


def _readable(slug: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in folders.folders_of(slug):
        told = folders.read_seal(path)
        if told is not None:
            yield path, told


def _edition(told: dict[str, Any], *, current: bool) -> Edition:
    return Edition(
        data_hash=told["data_hash"],
        edition=told["edition"],
        prepared_at=datetime.fromisoformat(told["prepared_at"]),
        as_of=date.fromisoformat(told["as_of"]),
        method_version=told["method_version"],
        current=current,
    )
