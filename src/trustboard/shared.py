"""Cities, measured tables and verdicts: worked out once per version of the data, then shared.

Everybody who reads a city in one process gets the same objects from here. They are never changed.
A city is opened again when one of its files changes on the disk, and what was worked out from the
older files is left behind. Every shelf holds a bounded number of things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from trustboard.changes import Changes, changes_of, shown_of
from trustboard.changes import changed_rows as rows_changed
from trustboard.changes import state_of as state_of_snapshots
from trustboard.city import City
from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.judging import judged
from trustboard.load import (
    city_slugs,
    current_snapshot,
    data_root,
    published_root,
    read_city,
    store_of,
)
from trustboard.measure import Query, measure
from trustboard.pins import Pin
from trustboard.prepared import (
    MOST_ASKED,
    MOST_STATES,
    edition_of,
    let_go_of_sums,
    open_city,
    open_edition,
)
from trustboard.prepared import quality as quality_of
from trustboard.quality import Quality
from trustboard.shelves import Lately, Shelf
from trustboard.tidy import CannotMeasure, Measured
from trustboard.verdicts import AssessedCommitment
from trustboard.view import Offered, offered_by

#: Longer tables are handed on and not kept: a few of them would fill the memory.
LONGEST_KEPT: Final = 5_000
#: So many versions of the data are kept for pins: the last ones, and older ones that are asked for.
PINS_KEPT: Final = (MOST_STATES, MOST_ASKED)
#: The city that is shown where the address names none.
DEFAULT_CITY: Final = "st-louis"


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
_QUALITY: Final[Shelf[Quality]] = Shelf(most=16)
_CHANGES: Final[Shelf[Changes]] = Shelf(most=32)
_SNAPSHOTS: Final[Lately[str]] = Lately(most=256)
_DESCRIBED: Final[Shelf[City | None]] = Shelf(most=64)
_CHANGED: Final[Lately[int | None]] = Lately(most=256)
_OFFERED: Final[Shelf[Offered]] = Shelf(most=16)
_KEPT: Final[Lately[CityData | None]] = Lately(most=8)
_SLUGS: Final[Lately[list[str]]] = Lately(most=8)
_FILES: Final[Lately[tuple[tuple[str, int, int], ...]]] = Lately(most=256)


def slugs() -> list[str]:
    """Name the cities that can be opened."""
    root = data_root()
    return _SLUGS.get(root, lambda: city_slugs(root))


def described(slug: str) -> City | None:
    """Give a city's description without its rows; None where there is none that can be read.

    It is read again when its file changes.
    """
    root = data_root()
    if slug not in slugs():
        return None
    changed = _CHANGED.get((root, slug), lambda: _changed(root / slug / "city.yml"))
    return _DESCRIBED.get((root, slug, changed), lambda: _description(root, slug))


def _changed(file: Path) -> int | None:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # removed while we look
        return None


def _description(root: Path, slug: str) -> City | None:
    try:
        return read_city(slug, data=root)
    except CannotRunError:
        return None


def opened(slug: str) -> Opened:
    """Open a city as its files are now. Raises `CannotRunError` if it cannot be opened."""
    if slug not in slugs():
        raise CannotRunError(f"There is no city {slug[:80]!r}.")
    root, elsewhere, _ = where = _where(slug)

    def make() -> Opened:
        city = open_city(slug, data=root, elsewhere=elsewhere)
        _CITIES.drop(lambda old: isinstance(old, tuple) and old[0] == where)
        return as_opened(city)

    key = (where, _state(where))
    found = _CITIES.get(key, make)
    kept_in = found.city.kept_in
    if kept_in is not None and not kept_in.is_dir():  # somebody with the same home cleared it away
        _CITIES.drop(lambda old: old == key)
        found = _CITIES.get(key, make)
    return found


def pinned(slug: str, pin: Pin) -> Opened | None:
    """Open a city in the state that a pin names: the newest one, or an older one kept here.

    None where that state is not kept any more, or where the rule has changed since: numbers made by
    another rule would not be the pinned ones.
    """
    if slug not in slugs() or not pin.is_of_this_rule:
        return None
    try:
        newest = opened(slug)
    except CannotRunError:  # what is kept can be shown all the same
        newest = None
    if newest is not None and pin.names(newest.city):
        return newest
    key = (_where(slug), pin.data)
    kept = _KEPT.get(key, lambda: open_edition(slug, pin.data))
    return None if kept is None else as_opened(kept)


def is_open(slug: str) -> bool:
    """Say whether a city can be had at once, as its files are now."""
    where = _where(slug)
    return slug in slugs() and (where, _state(where)) in _CITIES


def as_opened(city: CityData) -> Opened:
    """Give a city with the name of its edition."""
    return Opened(city, edition_of(city))


def _where(slug: str) -> tuple[Path, Path | None, str]:
    return data_root(), published_root(), slug


def _state(where: tuple[Path, Path | None, str]) -> tuple[tuple[str, int, int], ...]:
    root, elsewhere, slug = where
    return _FILES.get(where, lambda: tuple(_files(slug, root, elsewhere)))


def offered(city: CityData) -> Offered:
    """List what can be chosen in a city, once per version of the data."""
    return _OFFERED.get((city.slug, city.data_hash), lambda: offered_by(city))


def measured(city: CityData, indicator: str, query: Query) -> Measured | CannotMeasure:
    """Measure one indicator once per version of the data. Raises `QueryError` as `measure` does."""
    return _MEASURED.get(
        (city.slug, city.data_hash, indicator, query),
        lambda: measure(city, indicator, query, ask=lambda other: measured(city, indicator, other)),
        keep=lambda found: isinstance(found, CannotMeasure) or len(found.table) <= LONGEST_KEPT,
    )


def assessed(one: Opened) -> tuple[AssessedCommitment, ...]:
    """Work out every verdict of a city once per version of its data and promises."""
    return _ASSESSED.get((one.city.slug, one.edition), lambda: judged(one.city))


def is_assessed(one: Opened) -> bool:
    """Say whether a city's verdicts can be had at once."""
    return (one.city.slug, one.edition) in _ASSESSED


def quality(city: CityData) -> Quality:
    """Work out the faults of a city's data once per version of all that is told of it."""
    return _QUALITY.get((city.slug, city.fingerprint), lambda: quality_of(city))


def changes(city: CityData) -> tuple[Changes, str]:
    """Say what the last snapshots changed, and name the state of the snapshots that tell it."""
    store, state = store_of(city.slug), state_of_changes(city.slug)
    key = (city.slug, city.data_hash, str(store.home), state)
    return _CHANGES.get(key, lambda: changes_of(city, store)), state


def state_of_changes(slug: str) -> str:
    """Name the state of a city's snapshots: another one when something was fetched or refused."""
    store = store_of(slug)
    return _SNAPSHOTS.get((store.home, slug), lambda: state_of_snapshots(store))


def changed_rows(city: CityData, *, table: str, what: str) -> pd.DataFrame:
    """Give the rows that were removed, added or changed; empty for files that nobody fetched."""
    snapshot = shown_of(city, store_of(city.slug))
    if snapshot is None or table not in {str(name) for name in city.city.tables}:
        return pd.DataFrame()
    return rows_changed(city, snapshot, table=table, what=what)


def let_go() -> None:
    """Take out of memory what can be had again at once: rows added up, of all cities."""
    let_go_of_sums()


def is_judged(city: CityData) -> bool:
    """Say whether the faults of a city's data can be had at once."""
    return (city.slug, city.fingerprint) in _QUALITY


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
