"""What could be known on a day: which tables had been published, and where they ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from trustboard.citydata import CityData, Table

#: The column that says when a row's event happened, per table that has time.
_WHEN: Final = {"complaints": "filed_on", "outreach": "held_on"}
#: Dates of later steps: a step taken after the day was not known on the day.
_LATER: Final = {"complaints": ("closed_on",), "outcomes": ("decided_on",)}


@dataclass(frozen=True)
class View:
    """A city as a verdict may see it.

    `day` is the date that deadlines and lags are measured from: the asked day, else the date of the
    data, never the clock. `limit` is the asked day, or None when everything here may be used.
    """

    city: CityData
    day: date
    limit: date | None = None
    notes: tuple[str, ...] = ()

    def known_by(self, day: date | None) -> bool:
        """Say whether something dated `day` may be used."""
        return day is not None and (self.limit is None or day <= self.limit)


def view_of(city: CityData, *, as_of: date | None = None) -> View:
    """Show a city as it was published by `as_of` (None: everything that is here).

    Of tables that were fetched, the rows first seen here by then; of others, the whole table if it
    was published by then.
    """
    if as_of is None:
        return View(city=city, day=city.as_of)
    seen, notes = {}, []
    for name, table in city.tables.items():
        known = _fetched_by if "first_seen" in table.columns else _published_by
        part, said = known(table, as_of)
        notes += said
        if part is not None:
            seen[name] = part
    unseen = tuple(name for name in city.tables if name not in seen)
    visible = replace(city, tables=seen, absent=(*city.absent, *unseen))
    return View(city=visible, day=as_of, limit=as_of, notes=tuple(notes))


def _published_by(table: Table, day: date) -> tuple[Table | None, list[str]]:
    """Give the whole table if it was public on a day, and what a reader must know of that."""
    public, notes = published_on(table), []
    if public > day:
        notes.append(f"The table of {table.name} was not published by {day}; it is left out.")
    if table.spec.source.published is None:
        notes.append(
            f"The publisher gives no publication date for {table.name}; the day it was fetched "
            f"({public}) stands in for it."
        )
    return (table if public <= day else None), notes


def _fetched_by(table: Table, day: date) -> tuple[Table | None, list[str]]:
    """Give the rows that had been seen here by the end of a day (UTC), and what that leaves out."""
    first = table.frame["first_seen"].fillna(pd.Timestamp(published_on(table)))
    seen = first < pd.Timestamp(day) + pd.Timedelta(days=1)
    if seen.all():
        return table, []
    part = _only(table, seen, day=day) if seen.any() else None
    if part is None:
        return None, [f"No row of {table.name} had been seen here by {day}; it is left out."]
    note = (
        f"{int((~seen).sum()):,} rows of {table.name} were first seen here after {day}; they are "
        "left out. A row that was revised since is shown as it is now."
    )
    return part, [note]


def _only(table: Table, seen: pd.Series, *, day: date) -> Table | None:
    """Keep some rows; the table then reached no further than the latest day they tell of."""
    frame, coverage = table.frame[seen].reset_index(drop=True), table.spec.coverage
    if coverage is None:
        return replace(table, frame=frame)
    to = min(coverage.to, day, _latest(frame) or frame["first_seen"].max().date())
    if to < coverage.from_:
        return None
    spec = table.spec.model_copy(update={"coverage": coverage.model_copy(update={"to": to})})
    return replace(table, frame=frame, spec=spec)


def _latest(frame: pd.DataFrame) -> date | None:
    """Give the latest day on which something that a row tells of began or was decided."""
    dated = [frame[name] for name in ("filed_on", "held_on", "decided_on") if name in frame]
    days = pd.concat(dated).dropna() if dated else pd.Series(dtype="datetime64[s]")
    return None if days.empty else days.max().date()


def published_on(table: Table) -> date:
    """Say when a table became public: the publisher's date, else the day it was fetched."""
    source = table.spec.source
    return source.published or source.retrieved


def cut_at(city: CityData, day: date) -> CityData:
    """Show a city as today's rows say it stood on an earlier day.

    Rows of later events go, later steps of earlier cases become unknown, coverage ends on the day.
    What was revised since cannot be undone here: only snapshots can do that.
    """
    tables = {name: _cut(table, day) for name, table in city.tables.items()}
    complaints, outcomes = city.frame("complaints"), tables.get("outcomes")
    if complaints is not None and outcomes is not None and "closed_on" in complaints:
        later = complaints.loc[complaints["closed_on"] > pd.Timestamp(day), "complaint_id"]
        tables["outcomes"] = _undecided(outcomes, set(later))
    return replace(city, tables=tables)


def _cut(table: Table, day: date) -> Table:
    coverage = table.spec.coverage
    if coverage is None or coverage.to <= day or coverage.from_ > day:
        return table
    spec = table.spec.model_copy(update={"coverage": coverage.model_copy(update={"to": day})})
    frame, end = table.frame, pd.Timestamp(day)
    when = _WHEN.get(table.name)
    if when in frame:
        frame = frame[~(frame[when] > end)].reset_index(drop=True)
    for column in _LATER.get(table.name, ()):
        if column in frame:
            frame = _undo(frame, column, end)
    return replace(table, spec=spec, frame=frame)


def _undecided(outcomes: Table, complaints: set[str]) -> Table:
    """Take back undated findings of complaints that were still open on the day."""
    frame = outcomes.frame
    undated = frame["decided_on"].isna() if "decided_on" in frame else pd.Series(True, frame.index)
    open_then = frame["complaint_id"].isin(complaints) & undated
    if not open_then.any():
        return outcomes
    frame = frame.copy()
    for column in ("finding", "discipline"):
        if column in frame:
            frame.loc[open_then, column] = "pending"
    return replace(outcomes, frame=frame)


def _undo(frame: pd.DataFrame, column: str, end: pd.Timestamp) -> pd.DataFrame:
    """Take back a step that came after the day, with what it decided."""
    later = frame[column] > end
    if not later.any():
        return frame
    frame = frame.copy()
    frame.loc[later, column] = pd.NaT
    if column == "closed_on":
        if "closed_on_as_published" in frame:
            frame.loc[later, "closed_on_as_published"] = pd.NA
        if "status" in frame:
            frame.loc[later, "status"] = "open"
    for decided in ("finding", "discipline"):
        if column == "decided_on" and decided in frame:
            frame.loc[later, decided] = "pending"
    return frame
