"""One city in memory: its checked tables, what was wrong with them, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from trustboard.city import City, TableSpec
from trustboard.commitments import Commitment
from trustboard.errors import DataProblem


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where every row of one published file went: read = kept + quarantined + dropped."""

    read: int
    kept: int
    quarantined: int
    dropped: int
    possible_duplicates: int

    def balances(self) -> bool:
        """Say whether every row is accounted for."""
        return self.read == self.kept + self.quarantined + self.dropped


@dataclass(frozen=True, slots=True)
class Table:
    """One checked table: its rows, its description and the account of its rows.

    `frame` holds the kept rows with canonical columns (see `trustboard.tables`), the source's own
    wording in `*_as_published`, and `line`, the row's line in the file. `quarantine` holds the rows
    kept aside exactly as they were published, with `line` and `why`.
    """

    name: str
    spec: TableSpec
    frame: pd.DataFrame
    quarantine: pd.DataFrame
    accounting: Accounting
    file: str
    sha256: str


@dataclass(frozen=True)
class CityData:
    """Everything known about one city. Frames are shared between visitors: never change them."""

    slug: str
    city: City
    folder: Path
    tables: Mapping[str, Table]
    commitments: tuple[Commitment, ...]
    problems: tuple[DataProblem, ...]
    data_hash: str
    boundaries: Mapping[str, object] | None = None  # GeoJSON, when the city draws boundaries
    outlines: str = ""  # names the state of the boundaries, which `data_hash` leaves out
    absent: tuple[str, ...] = field(default=())  # tables described whose files are not here

    def frame(self, name: str) -> pd.DataFrame | None:
        """Give the kept rows of a table, or None if the city has none here."""
        table = self.tables.get(name)
        return None if table is None else table.frame

    def has(self, need: str) -> bool:
        """Say whether a table (`outcomes`) or a column of one (`outcomes.finding`) is here."""
        name, _, column = need.partition(".")
        frame = self.frame(name)
        if frame is None:
            return False
        return not column or (column in frame.columns and bool(frame[column].notna().any()))

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row per complaint, its allegations folded in (see `trustboard.cases.fold`)."""
        from trustboard.cases import fold

        return fold(self)

    @cached_property
    def allegations(self) -> pd.DataFrame:
        """One row per allegation, with its complaint's dates and place."""
        from trustboard.cases import allegations

        return allegations(self)

    @cached_property
    def places(self) -> pd.DataFrame:
        """Places at the city's own level, indexed by `place_id`; empty if none are published."""
        frame = self.frame("places")
        if frame is None:
            columns = ["name", "place_kind", "district_id", "population", "rates_ok"]
            return pd.DataFrame(columns=columns, index=pd.Index([], name="place_id", dtype="str"))
        return frame.set_index("place_id", drop=False)

    @cached_property
    def promises_hash(self) -> str:
        """Fingerprint of the promises and their tests as they are described."""
        promises = [one.model_dump(mode="json") for one in self.commitments]
        return hashlib.sha256(json.dumps(promises, sort_keys=True).encode()).hexdigest()

    @property
    def as_of(self) -> date:
        """The date of the data: the latest day any table covers. Never the visitor's clock."""
        days = [t.spec.coverage.to for t in self.tables.values() if t.spec.coverage is not None]
        days = days or [t.spec.source.retrieved for t in self.tables.values()]
        return max(days, default=date.min)
