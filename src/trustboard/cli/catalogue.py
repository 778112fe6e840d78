"""`trustboard indicators`: every question that published rows can answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustboard.cli.opening import open_city
from trustboard.cli.printing import say, say_json, table

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.indicator import Indicator


def report(slug: str | None, *, data: Path | None, published: Path | None, as_json: bool) -> int:
    """Print the catalogue; with a city, say what it lacks for each question."""
    from trustboard.indicator import catalogue

    city = None if slug is None else open_city(slug, data=data, published=published)
    rows = [_row(one, city) for one in catalogue().values()]
    if as_json:
        say_json(rows)
        return 0
    head = ["indicator", "question", *(["not published"] if city else [])]
    cells = [[row["id"], row["question"], *_lacks(row, city)] for row in rows]
    for line in table(head, cells):
        say(line)
    return 0


def _lacks(row: dict[str, Any], city: CityData | None) -> list[str]:
    return [", ".join(row["not_published"]) or "-"] if city else []


def _row(one: Indicator, city: CityData | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id,
        "title": one.title,
        "question": one.question,
        "topic": one.topic,
        "kind": one.kind,
        "unit": one.unit,
        "denominator": one.denominator,
        "by": list(one.by),
        "units": list(one.units),
        "needs": list(one.needs),
        "method": one.method,
        "caveats": list(one.caveats),
    }
    if city is not None:
        row["not_published"] = [need for need in one.needs if not city.has(need)]
    return row
