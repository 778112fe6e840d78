"""A tiny city on disk: tests write its files, the loader opens them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from trustboard.citydata import CityData
from trustboard.load import load_city

SOURCE = {
    "publisher": "Office of Records",
    "title": "A table",
    "url": "https://example.org/table",
    "licence": "public domain",
    "retrieved": "2024-07-01",
}
COVERAGE = {"from": "2023-01-01", "to": "2024-06-30"}
COLUMNS = {
    "complaints": {
        "complaint_id": "id",
        "filed_on": "filed",
        "closed_on": "closed",
        "place_id": "place",
        "category": "category",
    },
    "outcomes": {"complaint_id": "id", "finding": "finding"},
    "places": {"place_id": "id", "name": "name", "population": "residents"},
    "outreach": {
        "event_id": "id",
        "held_on": "held",
        "event_kind": "kind",
        "event_status": "status",
    },
    "figures": {
        "figure_id": "id",
        "topic": "topic",
        "measure": "measure",
        "series": "series",
        "value": "value",
        "period_from": "from",
        "period_to": "to",
        "period": "period",
    },
}
HEADERS = {
    "complaints": "id,filed,closed,place,category",
    "outcomes": "id,finding",
    "places": "id,name,residents",
    "outreach": "id,held,kind,status",
    "figures": "id,topic,measure,series,value,from,to,period",
}

OpenCity = Callable[..., CityData]


def table(name: str, **changes: Any) -> dict[str, Any]:
    """Describe one table of the tiny city."""
    spec: dict[str, Any] = {
        "file": f"{name}.csv",
        "unit": "complaint",
        "source": SOURCE,
        "columns": COLUMNS[name],
    }
    if name not in {"places", "figures"}:
        spec["coverage"] = COVERAGE
    if name == "complaints":
        spec["row_id"] = "id"
    return {**spec, **changes}


@pytest.fixture
def open_city(tmp_path: Path) -> OpenCity:
    """Write a city folder and open it.

    Tables are given as CSV text without the header (or as bytes with it); `describe` changes one
    table's description; `city` adds to city.yml; other files come as `files={"name": "text"}`.
    """

    def write(
        *,
        describe: dict[str, dict[str, Any]] | None = None,
        city: dict[str, Any] | None = None,
        files: dict[str, str] | None = None,
        **tables: str | bytes,
    ) -> CityData:
        folder = tmp_path / "tiny"
        (folder / "published").mkdir(parents=True, exist_ok=True)
        described = {name: table(name, **(describe or {}).get(name, {})) for name in tables}
        for name, rows in tables.items():
            path = folder / "published" / described[name]["file"]
            text = rows if isinstance(rows, bytes) else f"{HEADERS[name]}\n{rows}".encode()
            path.write_bytes(text)
        values = {"name": "Tiny", "region": "Nowhere", "about": "A test.", "tables": described}
        (folder / "city.yml").write_text(yaml.safe_dump({**values, **(city or {})}), "utf-8")
        for name, text in (files or {}).items():
            (folder / name).write_text(text, "utf-8")
        return load_city("tiny", data=tmp_path)

    return write
