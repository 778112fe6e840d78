"""Open a city: its description, its tables, its commitments.

One bad file, table or definition is reported and left out; everything else still opens. Only a city
whose `city.yml` cannot be understood cannot be opened at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from trustboard.city import City
from trustboard.citydata import CityData, Table
from trustboard.commitments_file import read_commitments
from trustboard.corrections import read_corrections
from trustboard.definitions.flaws import Known
from trustboard.errors import CannotRunError, DataProblem
from trustboard.opening import Opening
from trustboard.snapshots.dating import as_fetched, with_first_seen
from trustboard.snapshots.home import snapshot_home
from trustboard.snapshots.store import Freshness, Store
from trustboard.yaml_file import as_problems, read_yaml

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


def data_root() -> Path:
    """Give the folder that holds one folder per city: `TRUSTBOARD_DATA`, else the project's own."""
    named = os.environ.get("TRUSTBOARD_DATA")
    if named:
        return Path(named)
    return _beside_source() or Path("data").resolve()


@cache
def _beside_source() -> Path | None:
    """Look for the project's own data once: every click of a visitor asks for it several times."""
    found = Path(__file__).resolve().parents[2] / "data"
    return found if found.is_dir() else None


def published_root() -> Path | None:
    """Give the folder of `<city>/` folders with published files, if `TRUSTBOARD_PUBLISHED` is set.

    It serves cities that have no `published/` folder of their own.
    """
    named = os.environ.get("TRUSTBOARD_PUBLISHED")
    return Path(named) if named else None


def city_slugs(data: Path) -> list[str]:
    """Name the cities described below a data folder."""
    if not data.is_dir():
        return []
    names = (p.name for p in data.iterdir() if (p / "city.yml").is_file())
    return sorted(name for name in names if SLUG.fullmatch(name))


def current_snapshot(slug: str) -> Path | None:
    """Give the folder of the snapshot of a city that is in use on this machine, or None.

    Its name changes with every new snapshot; its table files are in `published/`.
    """
    found = Store(snapshot_home(), slug).current() if SLUG.fullmatch(slug) else None
    return None if found is None else found.folder


def store_of(slug: str) -> Store:
    """Give the snapshots of a city on this machine; there may be none."""
    return Store(snapshot_home(), slug)


def freshness(slug: str) -> Freshness:
    """Say how the last refreshes of a city ended on this machine."""
    return Store(snapshot_home(), slug).freshness()


def read_city(slug: str, *, data: Path) -> City:
    """Read what a city's `city.yml` says. Raises `CannotRunError` as `load_city` does."""
    folder = data / slug
    if not SLUG.fullmatch(slug) or not (folder / "city.yml").is_file():
        known = ", ".join(city_slugs(data)) or "none"
        raise CannotRunError(f"There is no city {slug[:80]!r} in {data.name}/. Known: {known}.")
    return _read_city(folder)


def load_city(
    slug: str, *, data: Path, published: Path | None = None, elsewhere: Path | None = None
) -> CityData:
    """Open one city.

    `data` holds `<slug>/city.yml`; `published` replaces `<slug>/published/`; `elsewhere` is a
    folder of `<slug>/` folders, used where the city has no `published/` of its own. A city that has
    neither is opened from its current snapshot. Raises `CannotRunError` if there is no such city,
    its description cannot be used, or `published` is not a folder.
    """
    city, folder = read_city(slug, data=data), data / slug
    if published is not None and not published.is_dir():
        raise CannotRunError(f"{published} is not a folder of published files.")
    drawn_from = () if published is not None else folders_of_maps(slug, elsewhere)
    published = published or published_folder(folder, elsewhere)
    city = as_fetched(city, published)
    corrections = read_corrections(folder / "corrections.yml")
    opening = Opening(city, published, corrections)
    opening.open_all()
    opening.tables = with_first_seen(opening.tables, published)
    boundaries = opening.boundaries(also_in=drawn_from)
    figures = opening.frame("figures")
    commitments, wrong = read_commitments(
        folder / "commitments.yml",
        known=Known(
            figures=None if figures is None else frozenset(figures["figure_id"]),
            publications=frozenset(one.id for one in city.publications),
            places=frozenset(opening.places),
        ),
    )
    return CityData(
        slug=slug,
        city=opening.city,
        folder=folder,
        tables=opening.tables,
        commitments=commitments,
        problems=(*opening.problems, *wrong),
        data_hash=_fingerprint(folder, opening.tables),
        boundaries=boundaries,
        outlines=hashlib.sha256(json.dumps(boundaries).encode()).hexdigest()[:12],
        absent=tuple(opening.absent),
        corrections=corrections.log(tables=opening.tables, problems=opening.problems),
    )


def published_folder(folder: Path, elsewhere: Path | None) -> Path:
    """Give the folder that a city's published files are read from; it need not be there."""
    own = folder / "published"
    if own.is_dir():
        return own
    beside = None if elsewhere is None else elsewhere / folder.name
    fetched = None if beside is not None and beside.is_dir() else current_snapshot(folder.name)
    return fetched / "published" if fetched is not None else beside or own


def folders_of_maps(slug: str, elsewhere: Path | None) -> tuple[Path, ...]:
    """Name where boundaries may lie of a city whose tables are part of the program.

    No boundary file ever is, so those of such a city can only be beside it or in a snapshot.
    """
    beside = () if elsewhere is None else (elsewhere / slug,)
    fetched = current_snapshot(slug)
    return beside if fetched is None else (*beside, fetched / "published")


def _read_city(folder: Path) -> City:
    file = read_yaml(folder / "city.yml", name="city.yml")
    if isinstance(file, DataProblem):
        raise CannotRunError(f"{folder.name}: {file.sentence()}", [file])
    try:
        return City.model_validate(file.values)
    except ValidationError as error:
        problems = as_problems(error, file)
        raise CannotRunError(f"{folder.name}: {problems[0].sentence()}", problems) from error


def _fingerprint(folder: Path, tables: Mapping[str, Table]) -> str:
    """Hash everything a number depends on: the published files and their descriptions."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(f"{name} {tables[name].sha256}\n".encode())
    for name in ("city.yml", "corrections.yml"):
        path = folder / name
        text = path.read_bytes() if path.is_file() else b""
        digest.update(f"{name} {hashlib.sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()
