"""What a snapshot knows and `city.yml` cannot: how far tables reach, since when rows are here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from trustboard.city import City, TableSpec
from trustboard.citydata import Table
from trustboard.snapshots.manifest import Manifest, read_manifest


def as_fetched(city: City, published: Path) -> City:
    """Give a city's description with the dates of the snapshot that `published` belongs to.

    A table that was fetched was retrieved on the day of the snapshot and reaches to the latest day
    that one of its rows tells of, or to the declared day where that is later. For any other folder
    the description stays as it is.
    """
    manifest = _manifest_of(published)
    if manifest is None:
        return city
    until = {name: one.to for name, one in manifest.tables.items() if one.fetched}
    return with_dates(city, until=until, retrieved=manifest.time.date())


def with_dates(city: City, *, until: dict[str, date | None], retrieved: date) -> City:
    """Give a description in which these tables were retrieved on a day and reach to their own."""
    tables = {
        name: _dated(spec, until=until[name], retrieved=retrieved) if name in until else spec
        for name, spec in city.tables.items()
    }
    return city.model_copy(update={"tables": tables})


def with_first_seen(tables: Mapping[str, Table], published: Path) -> dict[str, Table]:
    """Give each row of a snapshot's tables the moment (UTC) when it was `first_seen` here.

    Tables of any other folder stay as they are: nobody knows since when their rows were published.
    """
    manifest, found = _manifest_of(published), dict(tables)
    for name, table in tables.items():
        record = None if manifest is None else manifest.tables.get(name)
        ledger = published.parent / "ledger" / f"{name}.parquet"
        if record is not None and record.sha256 == table.sha256 and ledger.is_file():
            seen = pd.read_parquet(ledger, columns=["line", "first_seen"]).dropna()
            since = seen.set_index("line")["first_seen"].dt.tz_localize(None)
            frame = table.frame.assign(first_seen=since.reindex(table.frame["line"]).array)
            found[name] = replace(table, frame=frame)
    return found


def _manifest_of(published: Path) -> Manifest | None:
    if published.name != "published":
        return None
    try:
        return read_manifest(published.parent)
    except (OSError, ValueError):
        return None


def _dated(spec: TableSpec, *, until: date | None, retrieved: date) -> TableSpec:
    source = spec.source.model_copy(update={"retrieved": retrieved})
    coverage = spec.coverage
    if coverage is not None and until is not None:
        coverage = coverage.model_copy(update={"to": max(coverage.to, until)})
    return spec.model_copy(update={"source": source, "coverage": coverage})
