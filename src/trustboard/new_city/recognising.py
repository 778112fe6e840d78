"""Tell which of our tables each sample is, and which of its columns are which of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from trustboard.new_city.columns import Guessed, days, guess_columns
from trustboard.new_city.names import NEEDS
from trustboard.new_city.origin import Sample

#: So large a share of the places that rows name must be on a list of places.
LISTED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the draft: from which sample, with which columns, for which days."""

    name: str
    sample: Sample
    columns: dict[str, Guessed]
    covers: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the samples are: the tables, and the outlines of their places (file and property)."""

    tables: tuple[Table, ...]
    outlines: tuple[str, str] | None

    @property
    def files(self) -> frozenset[str]:
        """Name the files that serve for something."""
        drawn = () if self.outlines is None else self.outlines[:1]
        return frozenset([*(table.sample.file for table in self.tables), *drawn])

    def table(self, name: str) -> Table | None:
        """Give one table, or None."""
        return next((one for one in self.tables if one.name == name), None)


def recognise_tables(samples: list[Sample], *, today: date) -> Recognised:
    """Say which samples are which tables; one may be complaints and outcomes both."""
    found = _rows(samples, today=today)
    for name in ("outreach", "figures", "places"):
        used = {table.sample.file for table in found}
        best = _best(name, [one for one in samples if one.file not in used])
        if best is not None and (name != "places" or _lists_places_of(best, found)):
            found.append(_dated(best, today=today))
    places = next((one for one in found if one.name == "places"), None)
    outlines = None if places is None else _outlines(places, samples)
    return Recognised(tuple(sorted(found, key=lambda table: table.name)), outlines)


def _rows(samples: Iterable[Sample], *, today: date) -> list[Table]:
    found: dict[str, Table] = {}
    for sample in samples:
        columns = guess_columns(sample.rows, table="rows")
        if "complaint_id" not in columns:
            continue
        if "filed_on" in columns and "complaints" not in found:
            filed = columns["filed_on"]
            covers = days(sample.rows[filed.published], filed.formats, today=today)
            found["complaints"] = Table("complaints", sample, columns, covers)
        if {"finding", "discipline"} & set(columns) and "outcomes" not in found:
            found["outcomes"] = Table("outcomes", sample, columns)
    covers = found["complaints"].covers if "complaints" in found else None
    return [Table(one.name, one.sample, one.columns, covers) for one in found.values()]


def _best(name: str, samples: Iterable[Sample]) -> Table | None:
    """Give the sample of which most columns are recognised as this table's."""
    guessed = [Table(name, one, guess_columns(one.rows, table=name)) for one in samples]
    able = [one for one in guessed if set(NEEDS[name]) <= set(one.columns)]
    return max(able, key=lambda table: len(table.columns), default=None)


def _dated(table: Table, *, today: date) -> Table:
    held = table.columns.get("held_on")
    if held is None:
        return table
    covers = days(table.sample.rows[held.published], held.formats, today=today)
    return Table(table.name, table.sample, table.columns, covers)


def _lists_places_of(places: Table, others: Iterable[Table]) -> bool:
    """Say whether the rows of other tables name these places, as they are written here."""
    ids = set(places.sample.rows[places.columns["place_id"].published].str.strip())
    for table in others:
        named = table.columns.get("place_id", table.columns.get("district_id"))
        if named is not None and table.name != "figures":
            cells = table.sample.rows[named.published].str.strip()
            cells = cells[cells != ""]
            if len(cells) and cells.isin(ids).mean() < LISTED:
                return False
    return True


def _outlines(places: Table, samples: Iterable[Sample]) -> tuple[str, str] | None:
    """Find the GeoJSON file of which one property holds the ids of the places."""
    ids = set(places.sample.rows[places.columns["place_id"].published].str.strip())
    for sample in samples:
        for name in sample.rows.columns if sample.file.endswith(".geojson") else ():
            if ids <= set(sample.rows[name].str.strip()):
                return sample.file, str(name)
    return None
