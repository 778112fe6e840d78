"""A city as an edition tells it: descriptions in memory, rows on the disk."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from trustboard.city import City
from trustboard.citydata import Accounting, CityData, Corrected, Table
from trustboard.commitments import Commitment
from trustboard.errors import DataProblem
from trustboard.prepared.cubes import StoredTallies
from trustboard.prepared.frames import Stored

#: Small tables that nearly every page needs.
_IN_MEMORY: Final = frozenset({"places", "figures"})


def stored_city(path: Path, told: dict[str, Any], *, folder: Path) -> CityData:
    """Give the city of an edition. `folder` is where its descriptions lie now."""
    city = City.model_validate(told["city"])
    shapes = path / "boundaries.json"
    opened = CityData(
        slug=told["slug"],
        city=city,
        folder=folder,
        kept_in=path,
        tables={name: _table(path, name, one, city) for name, one in told["tables"].items()},
        commitments=tuple(Commitment.model_validate(one) for one in told["commitments"]),
        problems=tuple(DataProblem(**one) for one in told["problems"]),
        data_hash=told["data_hash"],
        boundaries=json.loads(shapes.read_text(encoding="utf-8")) if shapes.is_file() else None,
        outlines=told["outlines"],
        absent=tuple(told["absent"]),
        corrections=tuple(
            Corrected(**{**one, "on": date.fromisoformat(one["on"])}) for one in told["corrections"]
        ),
    )
    folded = {name: Stored(path / f"{name}.parquet", one) for name, one in told["folded"].items()}
    located = frozenset((place, district) for place, district in told["located"])
    worded = {
        column: Stored(path / f"words-{column}.parquet", one)
        for column, one in told["worded"].items()
    }
    tallies = StoredTallies(path, told["cubes"])
    beforehand = {"folded": folded, "worded": worded, "tallies": tallies, "located": located}
    for name, kept in beforehand.items():
        object.__setattr__(opened, name, kept)  # set here and nowhere else, see CityData
    return opened


def _table(path: Path, name: str, told: dict[str, Any], city: City) -> Table:
    rows = Stored(path / f"{name}.parquet", told["frame"])
    held: pd.DataFrame | Stored = rows.read() if name in _IN_MEMORY else rows
    return Table(
        name=name,
        spec=next(spec for table, spec in city.tables.items() if table == name),
        frame=held,
        quarantine=Stored(path / f"{name}.aside.parquet", told["quarantine"]),
        accounting=Accounting(**told["accounting"]),
        file=told["file"],
        sha256=told["sha256"],
    )
