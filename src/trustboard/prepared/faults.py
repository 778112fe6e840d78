"""What is wrong with a city's data, worked out once when its edition is made."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.prepared.frames import Stored, write_frame
from trustboard.quality import COLUMNS, Part, Quality
from trustboard.quality import quality as quality_of

_NAME: Final = "quality.json"


def write_quality(city: CityData, folder: Path) -> None:
    """Write every table on the faults of a city, with its words, into a folder."""
    told = []
    for part in quality_of(city).parts.values():
        words = {name: value for name, value in asdict(part).items() if name != "table"}
        frame = write_frame(part.table, _file(folder, part.id))
        told.append({**words, "frame": frame})
    (folder / _NAME).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def quality(city: CityData) -> Quality:
    """Say what is wrong with a city's data: as its edition says, else worked out from its rows."""
    found = None if city.kept_in is None else _stored(city, city.kept_in)
    return quality_of(city) if found is None else found


def _stored(city: CityData, folder: Path) -> Quality | None:
    """Read what an edition says; None where it says nothing, or other things than are asked now."""
    try:
        told = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        parts = {one["id"]: _part(one, folder) for one in told}
    except (OSError, ValueError, LookupError, TypeError, CannotRunError):
        return None
    asked = {name: list(columns) for name, columns in COLUMNS.items()}
    if {name: list(part.table.columns) for name, part in parts.items()} != asked:
        return None
    return Quality(city.slug, city.data_hash, parts)


def _part(told: dict[str, Any], folder: Path) -> Part:
    words = {name: value for name, value in told.items() if name != "frame"}
    for name in ("limits", "sources"):
        words[name] = tuple(words[name])
    return Part(**words, table=Stored(_file(folder, told["id"]), told["frame"]).read())


def _file(folder: Path, part: str) -> Path:
    return folder / f"quality-{part}.parquet"
