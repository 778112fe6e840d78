"""What an ArcGIS layer says of itself, and its rows as text: dates as ISO, coded values by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trustboard.sources.job import as_text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Layer:
    """What the layer says of itself."""

    id_field: str
    columns: tuple[str, ...]
    dates: frozenset[str]
    names: dict[str, dict[str, str]]  # column → code → name
    limit: int
    pages: bool  # can page by offset


def names_of(domain: dict[str, Any]) -> dict[str, str]:
    """Give the name of each code of a coded-value domain; other domains have none."""
    coded = domain.get("codedValues") or [] if domain.get("type") == "codedValue" else []
    return {as_text(value["code"]): as_text(value["name"]) for value in coded}


def _attributes(feature: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = feature.get("attributes") or feature.get("properties") or {}
    return found


def id_of(feature: dict[str, Any], layer: Layer) -> int:
    """Give a row's object id; -1 where it has none."""
    value = _attributes(feature).get(layer.id_field, feature.get("id"))
    return int(value) if value is not None else -1


def values_of(feature: dict[str, Any], layer: Layer, zone: ZoneInfo) -> dict[str, str]:
    """Give one row as text: dates as ISO, coded values by name."""
    found = _attributes(feature)
    values = {name: as_text(found.get(name)) for name in layer.columns}
    for name, value in values.items():
        if name in layer.dates and value.lstrip("-").isdecimal():
            values[name] = _iso(value, zone)
        elif value:
            values[name] = layer.names.get(name, {}).get(value, value)
    return values


def _iso(value: str, zone: ZoneInfo) -> str:
    """Write milliseconds since 1970 as a date and time; beyond all calendars, as they came."""
    try:
        at = EPOCH + timedelta(milliseconds=int(value))
        return at.astimezone(zone).replace(tzinfo=None).isoformat()
    except OverflowError:
        return value
