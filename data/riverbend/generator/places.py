"""`places.csv`: the neighborhoods, their residents and their tiles on the map."""

from __future__ import annotations

from typing import Final

from generator.facts import DISTRICTS, PLACES
from generator.rows import PublishedFile, Row

COLUMNS: Final = (
    "id", "neighborhood", "kind", "district", "residents", "residents_year", "residents_source",
    "residents_reliable", "tile_row", "tile_col", "note",
)  # fmt: skip


def places_file() -> PublishedFile:
    """Write out the 24 neighborhoods, in the order of their ids."""
    rows = [
        Row(
            {
                "id": place.id,
                "neighborhood": place.name,
                "kind": "neighborhood",
                "district": DISTRICTS[place.district],
                "residents": str(place.residents),
                "residents_year": "2021",
                "residents_source": "Riverbend head count 2021 (invented)",
                "residents_reliable": "yes" if place.reliable else "no",
                "tile_row": str(place.row),
                "tile_col": str(place.col),
                "note": place.note,
            }
        )
        for place in sorted(PLACES, key=lambda place: place.id)
    ]
    return PublishedFile("places.csv", COLUMNS, rows)
