"""The checked tables: which columns each has, of what type, and what happens to a bad cell.

Every table also carries `line` (its line in the published file) and, for each column whose words
were mapped, `<column>_as_published`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal, cast

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

Kind = Literal["text", "term", "date", "number", "yes_no"]
OnFault = Literal["quarantine", "set_missing"]


def _text(*, required: bool = False, **checks: Any) -> Any:
    """Describe a text column; a required one sends a row without it to quarantine."""
    meta = {"kind": "text", "on_fault": "quarantine", "required": required}
    return pa.Field(nullable=not required, metadata=meta, **checks)


def _term() -> Any:
    """Describe a column that holds only canonical terms (or ids checked against `words`)."""
    return pa.Field(nullable=True, metadata={"kind": "term", "on_fault": "quarantine"})


def _date(*, on_fault: OnFault = "quarantine") -> Any:
    """Describe a date; one that cannot be read must not quietly turn a closed case into an open."""
    return pa.Field(nullable=True, metadata={"kind": "date", "on_fault": on_fault})


def _number() -> Any:
    """Describe a number."""
    return pa.Field(nullable=True, metadata={"kind": "number", "on_fault": "set_missing"})


def _yes_no() -> Any:
    """Describe a yes/no column."""
    return pa.Field(nullable=True, metadata={"kind": "yes_no", "on_fault": "quarantine"})


class _Table(pa.DataFrameModel):
    """What all tables share."""

    line: Series[int] = pa.Field(ge=1, metadata={"kind": "line"})

    class Config:
        """Optional columns may be absent; columns `*_as_published` ride along."""

        strict = False


class Complaint(_Table):
    """One complaint as received."""

    complaint_id: Series[str] = _text(required=True)
    filed_on: Series[pd.Timestamp] = _date()
    closed_on: Series[pd.Timestamp] | None = _date()
    incident_on: Series[pd.Timestamp] | None = _date(on_fault="set_missing")
    incident_id: Series[str] | None = _text()
    place_id: Series[str] | None = _text()
    district_id: Series[str] | None = _text()
    category: Series[str] | None = _term()
    filed_by: Series[str] | None = _term()
    status: Series[str] | None = _term()


class Outcome(_Table):
    """One allegation of a complaint and what came of it."""

    complaint_id: Series[str] = _text(required=True)
    row_id: Series[str] | None = _text()
    category: Series[str] | None = _term()
    finding: Series[str] | None = _term()
    discipline: Series[str] | None = _term()
    decided_on: Series[pd.Timestamp] | None = _date()
    filed_on: Series[pd.Timestamp] | None = _date()


class OutreachEvent(_Table):
    """One contact that is not enforcement: needs a date, a kind and a source to count."""

    event_id: Series[str] = _text(required=True)
    held_on: Series[pd.Timestamp] = _date()
    date_precision: Series[str] | None = _term()
    event_kind: Series[str] = _term()
    event_status: Series[str] = _term()
    evidence: Series[str] | None = _term()
    place_id: Series[str] | None = _text()
    district_id: Series[str] | None = _text()
    venue: Series[str] | None = _text()
    what: Series[str] | None = _text()
    publisher: Series[str] | None = _text()
    url: Series[str] | None = _text()
    note: Series[str] | None = _text()
    citywide: Series[pd.BooleanDtype] | None = _yes_no()


class Place(_Table):
    """One neighborhood, district or park."""

    place_id: Series[str] = _text(required=True, unique=True)
    name: Series[str] = _text(required=True)
    place_kind: Series[str] | None = _term()
    district_id: Series[str] | None = _text()
    population: Series[float] | None = _number()
    population_year: Series[str] | None = _text()
    population_source: Series[str] | None = _text()
    rates_ok: Series[pd.BooleanDtype] | None = _yes_no()
    tile_row: Series[float] | None = _number()
    tile_col: Series[float] | None = _number()
    note: Series[str] | None = _text()


class Figure(_Table):
    """One number that a report or an article printed."""

    figure_id: Series[str] = _text(required=True, unique=True)
    topic: Series[str] = _text(required=True)
    measure: Series[str] = _text(required=True)
    series: Series[str] | None = _text()
    value: Series[float] | None = _number()
    value_as_published: Series[str] | None = _text()
    unit: Series[str] | None = _text()
    period: Series[str] | None = _text()
    period_from: Series[pd.Timestamp] | None = _date(on_fault="set_missing")
    period_to: Series[pd.Timestamp] | None = _date(on_fault="set_missing")
    place: Series[str] | None = _text()
    publisher: Series[str] | None = _text()
    title: Series[str] | None = _text()
    url: Series[str] | None = _text()
    published_on: Series[str] | None = _text()
    certainty: Series[str] | None = _text()
    note: Series[str] | None = _text()


SCHEMAS: Final[dict[str, type[_Table]]] = {
    "places": Place,
    "complaints": Complaint,
    "outcomes": Outcome,
    "outreach": OutreachEvent,
    "figures": Figure,
}


@cache
def columns_of(table: str) -> dict[str, dict[str, Any]]:
    """Give the canonical columns of a table with their metadata: kind, on_fault, required."""
    schema = SCHEMAS[table].to_schema()
    found = {name: cast("dict[str, Any]", c.metadata or {}) for name, c in schema.columns.items()}
    found.pop("line")
    return found


def must_be_mapped(table: str) -> list[str]:
    """Name the columns that a city's description has to map for the table to be readable."""
    schema = SCHEMAS[table].to_schema()
    return [name for name, column in schema.columns.items() if column.required and name != "line"]
