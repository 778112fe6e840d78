"""Where a sample comes from: a file, a folder of files, or an address of a portal we can ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from trustboard.errors import CannotRunError, UnreadableFileError
from trustboard.reading import read_rows
from trustboard.sources import FetchRefusedError, Quiet, fetch_table, open_client
from trustboard.sources.base import Fetch
from trustboard.sources.declared import TYPES

KINDS: Final = (".csv", ".xlsx", ".parquet", ".geojson")
FILE: Final = re.compile(r"[\w][\w .-]*")
FOUR_BY_FOUR: Final = re.compile(r"/([a-z0-9]{4}-[a-z0-9]{4})(?=[./?]|$)")
LAYER: Final = re.compile(r"^(https?://.*/(?:FeatureServer|MapServer)/\d+)", re.IGNORECASE)
RESOURCE: Final = re.compile(r"/resource/([0-9a-f]{8}-[0-9a-f-]{27})")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What fetching a sample may do beyond the usual."""

    private: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """One published table: its rows as text, the name of its file, and how it was fetched."""

    file: str
    rows: pd.DataFrame
    fetch: dict[str, str] | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    file: str
    fetch: Fetch


def samples(origin: str, *, scratch: Path, allowed: Allowed) -> list[Sample]:
    """Read every table that an origin holds; what is no table is passed over.

    Raises `CannotRunError` if nothing can be fetched or read.
    """
    if "://" in origin:
        return [_fetched(origin, scratch=scratch, allowed=allowed)]
    path = Path(origin)
    if not path.exists():
        raise CannotRunError(f"There is no file or folder {path.name!r}.")
    found = list(_in_folder(sorted(path.iterdir()) if path.is_dir() else [path]))
    if not found:
        raise CannotRunError(f"{path.name!r} holds no table ({', '.join(KINDS)}).")
    return found


def _in_folder(paths: list[Path]) -> Iterator[Sample]:
    for path in paths:
        kind = Path(path.name.removesuffix(".gz")).suffix.lower()
        if path.is_file() and kind in KINDS and FILE.fullmatch(path.name):
            yield Sample(path.name, _rows(path))


def _rows(path: Path) -> pd.DataFrame:
    try:
        return read_rows(path, name=path.name, sheet=None, encoding=None).frame
    except UnreadableFileError as error:
        raise CannotRunError(f"{path.name} cannot be read: {error.found}. {error.fix}") from error


def _fetched(url: str, *, scratch: Path, allowed: Allowed) -> Sample:
    declared = recognise(url)
    file = _file_name(url) if declared["kind"] == "file" else "table.csv"
    try:
        model = TYPES[declared["kind"]].model.model_validate(declared)
    except ValueError as error:  # what the models raise for an address of another form
        raise CannotRunError(f"{url[:120]!r} is no address that can be asked.") from error
    try:
        with open_client(allow_private=allowed.private) as client:
            wanted = _Wanted(file, model)
            done = fetch_table(wanted, into=scratch, client=client, progress=Quiet())
    except FetchRefusedError as error:
        raise CannotRunError(error.sentence()) from error
    return Sample(file, _rows(done.table_file), declared, url)


def _file_name(url: str) -> str:
    name = PurePosixPath(urlsplit(url).path).name
    kind = Path(name.removesuffix(".gz")).suffix.lower()
    return name if kind in KINDS and FILE.fullmatch(name) else "table.csv"


def recognise(url: str) -> dict[str, str]:
    """Tell from an address which type of portal it is, as `fetch` in `city.yml` declares it."""
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    query: dict[str, Any] = parse_qs(parts.query)
    layer, data_set = LAYER.match(url), FOUR_BY_FOUR.search(parts.path)
    resource = RESOURCE.search(parts.path)
    if layer:
        return {"kind": "arcgis", "layer": layer[1]}
    if resource:
        return {"kind": "ckan", "portal": site, "resource": resource[1]}
    if data_set:
        return {"kind": "socrata", "domain": site, "dataset": data_set[1]}
    if parts.path.endswith("/api/v2/sql") and "q" in query:
        account = (parts.hostname or "").partition(".")[0]
        return {"kind": "carto", "account": account, "site": site, "sql": str(query["q"][0])}
    return {"kind": "file", "url": url}
