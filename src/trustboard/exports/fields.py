"""Which columns of which table may be taken away: no free text, nothing about a person."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

import pandas as pd

from trustboard import terms
from trustboard.citydata import CityData

#: Table → the columns that a download may hold, in this order. Whatever is not listed stays here:
#: notes, venues, descriptions and numbers of incident reports can lead to a person.
FIELDS: Final = {
    "complaints": (
        "line",
        "complaint_id",
        "filed_on",
        "closed_on",
        "incident_on",
        "place_id",
        "district_id",
        "category",
        "filed_by",
        "status",
        "repeated",
        "first_seen",
    ),
    "outcomes": (
        "line",
        "complaint_id",
        "row_id",
        "category",
        "finding",
        "discipline",
        "decided_on",
        "filed_on",
        "repeated",
        "first_seen",
    ),
    "outreach": (
        "line",
        "event_id",
        "held_on",
        "date_precision",
        "event_kind",
        "event_status",
        "evidence",
        "place_id",
        "district_id",
        "citywide",
        "url",
        "repeated",
        "first_seen",
    ),
    "places": (
        "line",
        "place_id",
        "name",
        "place_kind",
        "district_id",
        "population",
        "population_year",
        "population_source",
        "rates_ok",
        "tile_row",
        "tile_col",
    ),
    "figures": (
        "line",
        "figure_id",
        "topic",
        "measure",
        "series",
        "value",
        "value_as_published",
        "unit",
        "period",
        "period_from",
        "period_to",
        "place",
        "publisher",
        "title",
        "url",
        "published_on",
        "certainty",
    ),
}

#: The columns of rows behind a number, in this order.
BEHIND: Final = (
    "table",
    "period",
    "line",
    "complaint_id",
    "row_id",
    "event_id",
    "filed_on",
    "closed_on",
    "decided_on",
    "held_on",
    "date_precision",
    "place",
    "district",
    "category",
    "filed_by",
    "finding",
    "discipline",
    "status",
    "is_open",
    "age",
    "days",
    "sustained_days",
    "event_kind",
    "event_status",
    "evidence",
    "url",
    "hit",
    "repeated",
)
#: Columns whose published wording is a word from a list, and is kept beside the canonical term.
WORDED: Final = frozenset({*terms.BY_COLUMN, "category"})


def with_wording(names: tuple[str, ...], columns: Container[str]) -> list[str]:
    """List those of the names that are columns, each followed by the publisher's own word."""
    found = []
    for name in names:
        if name in columns:
            found.append(name)
        spoken = f"{name}_as_published"
        if name in WORDED and spoken in columns:
            found.append(spoken)
    return found


def shareable(city: CityData, table: str) -> pd.DataFrame:
    """Give the kept rows of a table with only the columns that may be taken away.

    Raises KeyError if the city has no such table here.
    """
    kept = city.tables[table]
    return kept.part(with_wording(FIELDS[table], kept.columns))
