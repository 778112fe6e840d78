"""Small cities built in memory: give the rows, get a `CityData` as the loader would give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from trustboard.city import City, TableSpec
from trustboard.citydata import Accounting, CityData, Table

#: Columns of each table in the order of its row tuples (a row may also be a dict).
COLUMNS = {
    "complaints": ("complaint_id", "filed_on", "closed_on", "place_id", "category", "filed_by"),
    "outcomes": ("complaint_id", "finding", "discipline", "decided_on"),
    "outreach": ("event_id", "held_on", "event_kind", "event_status", "place_id"),
    "places": ("place_id", "name", "place_kind", "district_id", "population", "rates_ok"),
    "figures": ("figure_id", "series", "value", "period", "publisher"),
}
TYPES = {"population": "float64", "value": "float64", "rates_ok": "boolean", "citywide": "boolean"}
EXPECTED = {"figures": ("topic", "measure", "value_as_published", "unit", "place", "title")}
COVERAGE = {"from": date(2022, 1, 1), "to": date(2023, 12, 31), "settles_after_months": 3}
SOURCE = {
    "publisher": "Office of Records",
    "url": "https://example.org/data",
    "licence": "public domain",
    "retrieved": date(2024, 1, 5),
}

Rows = Iterable[Sequence[Any] | Mapping[str, Any]] | None


def make_city(
    *,
    complaints: Rows = None,
    outcomes: Rows = None,
    outreach: Rows = None,
    places: Rows = None,
    figures: Rows = None,
    coverage: Mapping[str, Any] | None = None,
    of_table: Mapping[str, Mapping[str, Any]] | None = None,
    **city: Any,
) -> CityData:
    """Build a city. A table not given is not published; `coverage` changes all timed tables.

    `of_table` changes single tables: `{"complaints": {"breaks": [...]}}`; other arguments are those
    of `City` (`places` of the description is called `places_spec`).
    """
    given = {
        "complaints": complaints,
        "outcomes": outcomes,
        "outreach": outreach,
        "places": places,
        "figures": figures,
    }
    frames = {name: make_frame(name, rows) for name, rows in given.items() if rows is not None}
    specs = {
        name: _spec(name, frame, {**COVERAGE, **(coverage or {})}, (of_table or {}).get(name, {}))
        for name, frame in frames.items()
    }
    if "places_spec" in city:
        city["places"] = city.pop("places_spec")
    described = City.model_validate(
        {"name": "Tinyburg", "region": "Nowhere", "about": "Made up.", "tables": specs, **city}
    )
    tables = {name: _table(name, described.tables[name], frames[name]) for name in frames}
    return CityData(
        slug="tinyburg",
        city=described,
        folder=Path("tinyburg"),
        tables=tables,
        commitments=(),
        problems=(),
        data_hash="0",
    )


def make_frame(name: str, rows: Rows) -> pd.DataFrame:
    """Give rows the canonical columns and types; absent cells are missing."""
    columns = COLUMNS[name]
    records = [
        dict(row) if isinstance(row, Mapping) else dict(zip(columns, row, strict=False))
        for row in rows or ()
    ]
    names = dict.fromkeys([*columns, *EXPECTED.get(name, ()), *(key for r in records for key in r)])
    frame = pd.DataFrame(records, columns=list(names))
    for column in frame:
        if column.endswith("_on") or column in ("period_from", "period_to"):
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
        else:
            frame[column] = frame[column].astype(TYPES.get(column, "str"))
    if name == "places":
        frame["rates_ok"] = frame["rates_ok"].fillna(True).astype(bool)
    frame["repeated"] = frame.drop(columns=["row_id"], errors="ignore").duplicated()
    frame["line"] = range(2, len(frame) + 2)
    return frame


def _spec(
    name: str, frame: pd.DataFrame, coverage: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "file": f"{name}.csv",
        "source": {**SOURCE, "title": f"The {name}"},
        "unit": "row",
        "columns": {column: column for column in frame if column not in ("line", "repeated")},
    }
    if name not in ("places", "figures"):
        spec["coverage"] = dict(coverage)
    changes = dict(changes)
    if "coverage" in changes and changes["coverage"] is not None:
        changes["coverage"] = {**coverage, **changes["coverage"]}
    return {**spec, **changes}


def _table(name: str, spec: TableSpec, frame: pd.DataFrame) -> Table:
    return Table(
        name=name,
        spec=spec,
        frame=frame,
        quarantine=frame.iloc[:0].assign(why=""),
        accounting=Accounting(len(frame), len(frame), 0, 0, int(frame["repeated"].sum())),
        file=f"published/{name}.csv",
        sha256="0",
    )
