"""Cities, measured tables and verdicts: worked out once per version of the data, then shared.

Everybody who reads a city in one process gets the same objects from here. They are never changed.
A city is opened again when one of its files changes on the disk, and what was worked out from the
older files is left behind. Every shelf holds a bounded number of things.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, Generic, TypeVar

from trustboard import METHOD_VERSION, __version__
from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.load import city_slugs, current_snapshot, data_root, load_city, published_root
from trustboard.measure import Query, measure
from trustboard.tidy import CannotMeasure, Measured
from trustboard.verdicts import AssessedCommitment, assess_all

#: Longer tables are handed on and not kept: a few of them would fill the memory.
LONGEST_KEPT: Final = 20_000
_V = TypeVar("_V")


class Shelf(Generic[_V]):
    """Holds the `most` things asked for last; each is made once, however many ask for it."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _V] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(
        self, key: Hashable, make: Callable[[], _V], *, keep: Callable[[_V], bool] = lambda _: True
    ) -> _V:
        """Give what lies under `key`, or make it; kept only where `keep` says so."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            making = self._making.setdefault(key, Lock())
        with making:
            if key in self._kept:
                return self._kept[key]
            try:
                made = make()
                if keep(made):
                    self._put(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def drop(self, unwanted: Callable[[Hashable], bool]) -> None:
        """Let go of everything under keys that are no longer wanted."""
        with self._lock:
            for key in [key for key in self._kept if unwanted(key)]:
                del self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)

    def _put(self, key: Hashable, made: _V) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A city, and a short name for the version of everything that is said about it.

    `edition` changes with the data, their description, the promises, the method and the program.
    """

    city: CityData
    edition: str


_CITIES: Final[Shelf[Opened]] = Shelf(most=16)
_MEASURED: Final[Shelf[Measured | CannotMeasure]] = Shelf(most=256)
_ASSESSED: Final[Shelf[tuple[AssessedCommitment, ...]]] = Shelf(most=16)


def slugs() -> list[str]:
    """Name the cities that can be opened."""
    return city_slugs(data_root())


def opened(slug: str) -> Opened:
    """Open a city as its files are now. Raises `CannotRunError` if it cannot be opened."""
    root, elsewhere = data_root(), published_root()
    if slug not in city_slugs(root):
        raise CannotRunError(f"There is no city {slug[:80]!r}.")
    where = (root, elsewhere, slug)
    key = (where, tuple(_files(slug, root, elsewhere)))

    def make() -> Opened:
        city = load_city(slug, data=root, elsewhere=elsewhere)
        _CITIES.drop(lambda old: isinstance(old, tuple) and old[0] == where)
        return Opened(city, _edition(city))

    return _CITIES.get(key, make)


def measured(city: CityData, indicator: str, query: Query) -> Measured | CannotMeasure:
    """Measure one indicator once per version of the data. Raises `QueryError` as `measure` does."""
    return _MEASURED.get(
        (city.slug, city.data_hash, indicator, query),
        lambda: measure(city, indicator, query),
        keep=lambda found: isinstance(found, CannotMeasure) or len(found.table) <= LONGEST_KEPT,
    )


def assessed(one: Opened) -> tuple[AssessedCommitment, ...]:
    """Work out every verdict of a city once per version of its data and promises."""
    return _ASSESSED.get((one.city.slug, one.edition), lambda: assess_all(one.city))


def _edition(city: CityData) -> str:
    promises = [one.model_dump(mode="json") for one in city.commitments]
    parts = [city.data_hash, METHOD_VERSION, __version__, json.dumps(promises, sort_keys=True)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _files(slug: str, root: Path, elsewhere: Path | None) -> Iterator[tuple[str, int, int]]:
    """List what a city is read from: name, time of change and size of each file."""
    snapshot = current_snapshot(slug)
    yield (snapshot.name if snapshot else "", 0, 0)
    found = [*(root / slug).glob("*.yml"), *(root / slug / "published").rglob("*")]
    if elsewhere is not None:
        found += (elsewhere / slug).rglob("*")
    for path in sorted(found):
        try:
            told = path.stat()
        except OSError:  # removed while we look
            continue
        if path.is_file():
            yield (str(path), told.st_mtime_ns, told.st_size)
