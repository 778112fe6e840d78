"""One city in memory: its checked tables, what was wrong with them, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol, overload

import pandas as pd

from trustboard.city import City, TableSpec
from trustboard.commitments import Commitment
from trustboard.errors import DataProblem
from trustboard.tallies import Tallies


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
class Corrected:
    """One entry of the corrections log: which cells of a published file are read otherwise.

    `state` is "applied", "obsolete" where the file no longer says what was corrected, or
    "not_read" where the table is not here.
    """

    table: str
    column: str  # as published
    was: str
    now: str
    reason: str
    source: str
    on: date
    state: str


class Kept(Protocol):
    """Rows that lie on the disk and are read when somebody asks for them."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns, in order."""

    @property
    def told(self) -> frozenset[str]:
        """Name the columns in which at least one row says something."""

    @property
    def omitted(self) -> frozenset[str]:
        """Name the columns in which at least one row says nothing."""

    def words(self, column: str) -> frozenset[str]:
        """Give the different words of a column; none where there is no such column."""

    def read(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Give the rows, all columns or some of them."""


class Rows:
    """A field that holds rows, in memory or on the disk, and always gives them as a frame."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    @overload
    def __get__(self, of: None, owner: type) -> Rows: ...
    @overload
    def __get__(self, of: object, owner: type) -> pd.DataFrame: ...
    def __get__(self, of: object | None, owner: type) -> pd.DataFrame | Rows:
        if of is None:
            raise AttributeError(self._name)  # so that the field has no default
        held = of.__dict__[self._name]
        return held if isinstance(held, pd.DataFrame) else held.read()

    def __set__(self, of: object, rows: pd.DataFrame | Kept) -> None:
        of.__dict__[self._name] = rows


@dataclass(frozen=True, kw_only=True, repr=False)
class Table:
    """One checked table: its rows, its description and the account of its rows.

    `frame` holds the kept rows with canonical columns (see `trustboard.tables`), the source's own
    wording in `*_as_published`, and `line`, the row's line in the file. `quarantine` holds the rows
    kept aside exactly as they were published, with `line` and `why`. Both may lie on the disk until
    they are asked for; `columns`, `says` and `part` tell what is there without reading everything.
    """

    name: str
    spec: TableSpec
    frame: Rows = Rows()
    quarantine: Rows = Rows()
    accounting: Accounting
    file: str
    sha256: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of `frame`."""
        return tuple(self._held.columns)

    def says(self, column: str) -> bool:
        """Say whether any kept row says something in a column."""
        held = self._held
        if not isinstance(held, pd.DataFrame):
            return column in held.told
        return column in held.columns and bool(held[column].notna().any())

    def omits(self, column: str) -> bool:
        """Say whether there is such a column and some kept row says nothing in it."""
        held = self._held
        if not isinstance(held, pd.DataFrame):
            return column in held.omitted
        return column in held.columns and bool(held[column].isna().any())

    def words(self, column: str) -> frozenset[str]:
        """Give the different words of a column; none where there is no such column."""
        held = self._held
        if not isinstance(held, pd.DataFrame):
            return held.words(column)
        if column not in held.columns:
            return frozenset()
        return frozenset(held[column].dropna().astype("str").unique())

    def part(self, columns: Sequence[str]) -> pd.DataFrame:
        """Give some columns of the kept rows."""
        held = self._held
        return held[list(columns)] if isinstance(held, pd.DataFrame) else held.read(columns)

    @property
    def _held(self) -> pd.DataFrame | Kept:
        held: pd.DataFrame | Kept = self.__dict__["_frame"]
        return held


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
    #: The folder of the prepared edition it is read from, if it is.
    kept_in: Path | None = field(default=None, compare=False, repr=False)
    corrections: tuple[Corrected, ...] = ()
    #: `cases` and `allegations` where they lie folded on the disk. Other tables fold into other
    #: cases, so `dataclasses.replace` leaves this behind.
    folded: Mapping[str, Kept] | None = field(init=False, default=None, compare=False, repr=False)
    #: Rows added up beforehand, where that was done. The same holds for them.
    tallies: Tallies | None = field(init=False, default=None, compare=False, repr=False)
    #: The published words behind the common terms (`trustboard.own_words`), counted beforehand.
    worded: Mapping[str, Kept] | None = field(init=False, default=None, compare=False, repr=False)

    def frame(self, name: str) -> pd.DataFrame | None:
        """Give the kept rows of a table, or None if the city has none here."""
        table = self.tables.get(name)
        return None if table is None else table.frame

    def has(self, need: str) -> bool:
        """Say whether a table (`outcomes`) or a column of one (`outcomes.finding`) is here."""
        name, _, column = need.partition(".")
        table = self.tables.get(name)
        return table is not None and (not column or table.says(column))

    @property
    def cases(self) -> pd.DataFrame:
        """One row per complaint, its allegations folded in (see `trustboard.cases.fold`)."""
        return self._cases if self.folded is None else self.folded["cases"].read()

    @property
    def allegations(self) -> pd.DataFrame:
        """One row per allegation, with its complaint's dates and place."""
        return self._allegations if self.folded is None else self.folded["allegations"].read()

    @cached_property
    def _cases(self) -> pd.DataFrame:
        from trustboard.cases import fold

        return fold(self)

    @cached_property
    def _allegations(self) -> pd.DataFrame:
        from trustboard.cases import allegations

        return allegations(self)

    @cached_property
    def located(self) -> frozenset[tuple[str, str]]:
        """Every place with a district that a row of complaints or events names together with it."""
        pairs: set[tuple[str, str]] = set()
        columns = ("place_id", "district_id")
        for name in ("complaints", "outreach"):
            table = self.tables.get(name)
            if table is not None and set(columns) <= set(table.columns):
                seen = table.part(columns).dropna().drop_duplicates()
                pairs |= set(seen.itertuples(index=False, name=None))
        return frozenset(pairs)

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

    @cached_property
    def fingerprint(self) -> str:
        """Fingerprint of all that is told of the city; `data_hash` is that of its numbers alone.

        Promises, outlines and what was found wrong can change without any published row.
        """
        told = f"{self.data_hash} {self.promises_hash} {self.outlines}\n"
        digest = hashlib.sha256(told.encode())
        for one in self.problems:
            digest.update(repr(one).encode())
        return digest.hexdigest()

    @property
    def as_of(self) -> date:
        """The date of the data: the latest day any table covers. Never the visitor's clock."""
        days = [t.spec.coverage.to for t in self.tables.values() if t.spec.coverage is not None]
        days = days or [t.spec.source.retrieved for t in self.tables.values()]
        return max(days, default=date.min)
