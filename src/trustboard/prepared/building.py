"""Read a city from its published files and write the edition that is made of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trustboard import METHOD_VERSION, __version__
from trustboard.citydata import CityData
from trustboard.load import load_city
from trustboard.own_words import WORDED, own_words
from trustboard.prepared.cubes import write_cubes
from trustboard.prepared.faults import write_quality
from trustboard.prepared.folder import building, place_of, seal
from trustboard.prepared.frames import write_frame
from trustboard.prepared.inputs import Inputs
from trustboard.prepared.states import edition_of, let_go_of_old


def prepare(slug: str, *, data: Path, elsewhere: Path | None) -> tuple[CityData, OSError | None]:
    """Read and check a city, and keep what was found as an edition.

    Gives the city as it was read and, where nothing can be written, why. Files that change
    meanwhile leave no edition behind. Raises `CannotRunError` as `load_city` does.
    """
    inputs = Inputs.of(slug, data=data, elsewhere=elsewhere)
    city = load_city(slug, data=data, elsewhere=elsewhere)
    try:
        if Inputs.of(slug, data=data, elsewhere=elsewhere) == inputs:
            keep(city, key=inputs.key)
    except OSError as error:
        return city, error
    return city, None


def keep(city: CityData, *, key: str) -> None:
    """Write an edition of a city under its key. Raises OSError where nothing can be written."""
    with building(place_of(city.slug), key) as folder:
        seal(folder, {**_about(city), "key": key, **_tables(city, folder)})
    let_go_of_old(city.slug, current=key)


def _about(city: CityData) -> dict[str, Any]:
    """Describe a city without its rows."""
    return {
        "slug": city.slug,
        "data_hash": city.data_hash,
        "edition": edition_of(city),
        "prepared_at": datetime.now(UTC).isoformat(),
        "as_of": city.as_of.isoformat(),
        "method_version": METHOD_VERSION,
        "program": __version__,
        "absent": list(city.absent),
        "outlines": city.outlines,
        "located": sorted(city.located),
        "problems": [one.as_dict() for one in city.problems],
        "corrections": [{**asdict(one), "on": one.on.isoformat()} for one in city.corrections],
        "city": city.city.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "commitments": [
            one.model_dump(mode="json", by_alias=True, exclude_unset=True)
            for one in city.commitments
        ],
    }


def _tables(city: CityData, folder: Path) -> dict[str, Any]:
    """Write all rows, as published and folded into cases, the boundaries, and what is wrong."""
    tables = {
        name: {
            "file": table.file,
            "sha256": table.sha256,
            "accounting": asdict(table.accounting),
            "frame": write_frame(table.frame, folder / f"{name}.parquet"),
            "quarantine": write_frame(table.quarantine, folder / f"{name}.aside.parquet"),
        }
        for name, table in city.tables.items()
    }
    folded = {
        "cases": write_frame(city.cases, folder / "cases.parquet"),
        "allegations": write_frame(city.allegations, folder / "allegations.parquet"),
    }
    if city.boundaries is not None:
        shapes = json.dumps(city.boundaries, ensure_ascii=False)
        (folder / "boundaries.json").write_text(shapes, encoding="utf-8")
    for name in ("city.yml", "commitments.yml", "corrections.yml"):
        if (city.folder / name).is_file():
            (folder / name).write_bytes((city.folder / name).read_bytes())
    write_quality(city, folder)
    worded = {
        column: write_frame(own_words(city, column), folder / f"words-{column}.parquet")
        for column in WORDED
    }
    cubes = write_cubes(city, folder)
    return {"tables": tables, "folded": folded, "worded": worded, "cubes": cubes}
