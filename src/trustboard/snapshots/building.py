"""Make a snapshot out of fetched files: typed tables, ledgers, what changed, and an account."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from trustboard.checks import DATED_BY
from trustboard.city import City, TableSpec
from trustboard.citydata import Table
from trustboard.corrections import read_corrections
from trustboard.opening import Opening
from trustboard.reading import Rows
from trustboard.snapshots.comparing import key_of, rows_in
from trustboard.snapshots.dating import with_dates
from trustboard.snapshots.differences import Difference, as_values, diff
from trustboard.snapshots.ledger import first_ledger, next_ledger
from trustboard.snapshots.manifest import Request, TableRecord
from trustboard.snapshots.safe_files import sha256_of
from trustboard.snapshots.store import Snapshot
from trustboard.sources import Fetched

#: So many rows of each kind are listed in `changes.json`; the counts are always whole.
LISTED: Final = 100
_DATES: Final = ("filed_on", "closed_on", "decided_on", "held_on")


@dataclass(slots=True)
class Building:
    """A snapshot being made below `work`, on top of `previous`."""

    city: City
    city_folder: Path
    work: Path
    fetched: Mapping[str, Fetched]  # by table; also "map" for boundaries
    previous: Snapshot | None
    at: datetime
    records: dict[str, TableRecord] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def published(self) -> Path:
        """Give the folder of table files."""
        return self.work / "published"

    def assemble(self) -> None:
        """Put fetched files, and the city's own for tables that are not fetched, in one folder."""
        files: dict[str, str] = {name: spec.file for name, spec in self.city.tables.items()}
        drawn = self.city.places.map
        if drawn is not None and drawn.file:
            files["map"] = drawn.file
        done = set()
        for name, one in self.fetched.items():
            _place(one.table_file, self.published / files[name], move=True)
            done.add(files[name])
        for file in sorted(set(files.values()) - done):
            own = self.city_folder / "published" / file
            if own.is_file():
                _place(own, self.published / file, move=False)

    def is_like(self, other: Snapshot) -> bool:
        """Say whether another snapshot holds exactly these published files."""
        paths = [path for path in self.published.rglob("*") if path.is_file()]
        ours = {path.relative_to(self.work).as_posix(): sha256_of(path) for path in paths}
        files = other.manifest.files.items()
        return ours == {n: one["sha256"] for n, one in files if n.startswith("published/")}

    def build(self) -> None:
        """Open every table, account for its rows, carry its ledger on and say what changed."""
        fetched = dict.fromkeys(self.fetched, self.at.date())
        city = with_dates(self.city, until=dict(fetched), retrieved=self.at.date())
        corrections = read_corrections(self.city_folder / "corrections.yml")
        opening = Opening(city, self.published, corrections)
        opening.open_all()
        for folder in ("tables", "ledger", "differences"):
            (self.work / folder).mkdir()
        for name, spec in self.city.tables.items():
            if (self.published / spec.file).is_file():
                self._build(name, spec, opening)
        told = {"previous": self.previous.id if self.previous else None, "tables": self.changes}
        text = json.dumps(told, indent=1, ensure_ascii=True)
        (self.work / "changes.json").write_text(text + "\n", encoding="utf-8")

    def _build(self, name: str, spec: TableSpec, opening: Opening) -> None:
        rows = rows_in(self.published, file=spec.file, spec=spec)
        table = opening.tables.get(name)
        self.records[name] = self._record(name, spec, rows, table, opening)
        if rows is None:
            return
        ledger = self._ledger(name, spec, rows)
        ledger.to_parquet(self.work / "ledger" / f"{name}.parquet", index=False)
        if table is not None:
            seen = ledger[ledger["line"].notna()].set_index("line")["first_seen"]
            typed = table.frame.assign(first_seen=seen.reindex(table.frame["line"]).array)
            typed.to_parquet(self.work / "tables" / f"{name}.parquet", index=False)

    def _record(
        self, name: str, spec: TableSpec, rows: Rows | None, table: Table | None, opening: Opening
    ) -> TableRecord:
        file = f"published/{spec.file}"
        about = [one for one in opening.problems if one.file == file and one.line is None]
        one = self.fetched.get(name)
        of_us = [p for p in opening.problems if (p.column or "").startswith(f"tables.{name}.")]
        unread = [p.sentence() for p in [*about, *of_us] if p.action == "not_read"]
        return TableRecord(
            file=spec.file,
            sha256=sha256_of(self.published / spec.file),
            rows=0 if rows is None else len(rows.frame) + len(rows.malformed),
            columns=() if rows is None else tuple(rows.frame.columns),
            fetched=one is not None,
            read=rows is not None and table is not None,
            accounting={} if table is None else asdict(table.accounting),
            flags=tuple(sorted({problem.check for problem in about})),
            to=None if table is None else latest(table.frame, name=name, until=self.at.date()),
            requests=() if one is None else requests_of(one, below=self.work),
            notes=(*(() if one is None else one.notes), *unread[:1]),
        )

    def _ledger(self, name: str, spec: TableSpec, rows: Rows) -> pd.DataFrame:
        key = key_of(name, spec, published=rows.frame.columns)
        earlier = self._earlier(name, spec)
        if earlier is None:
            return first_ledger(rows.frame, lines=rows.lines, key=key, at=self.at)
        before, ledger = earlier
        difference = diff(before.frame, after=rows.frame, key=key)
        self.changes[name] = as_values(difference, key=key, limit=LISTED)
        self._keep(name, difference)
        return next_ledger(
            ledger,
            difference=difference,
            rows=rows.frame,
            lines=rows.lines,
            key=key,
            at=self.at,
        )

    def _keep(self, name: str, difference: Difference) -> None:
        """Write every row that differs; `changes.json` lists only the first of them."""
        for what in ("added", "changed"):
            rows: pd.DataFrame = getattr(difference, what)
            file = self.work / "differences" / f"{name}.{what}.parquet"
            if len(rows):
                rows.to_parquet(file, index=False)

    def _earlier(self, name: str, spec: TableSpec) -> tuple[Rows, pd.DataFrame] | None:
        record = self.previous.manifest.tables.get(name) if self.previous else None
        if self.previous is None or record is None:
            return None
        before = rows_in(self.previous.published, file=record.file, spec=spec)
        file = self.previous.folder / "ledger" / f"{name}.parquet"
        if before is None or not file.is_file():
            return None
        return before, pd.read_parquet(file)


def latest(frame: pd.DataFrame, *, name: str, until: date) -> date | None:
    """Give the latest day that a table's rows tell of, not after the day it was fetched.

    None for a table without time. Some publishers run late, so this and not the day of fetching is
    how far the rows reach: a month that nobody has published yet is no month without complaints.
    """
    if name not in DATED_BY:
        return None
    days = [frame[column] for column in _DATES if column in frame]
    told = [day[day <= pd.Timestamp(until)].max() for day in days]
    known: list[date] = [day.date() for day in told if not pd.isna(day)]
    return max(known, default=None)


def requests_of(fetched: Fetched, *, below: Path) -> tuple[Request, ...]:
    """Say what a publisher was asked and answered, with files named from the snapshot's folder."""
    return tuple(
        Request(
            url=raw.url,
            status=raw.status,
            headers={k: v for k, v in raw.headers.items() if k.lower() != "set-cookie"},
            at=raw.at.isoformat(),
            sha256=raw.sha256,
            size=raw.size,
            not_modified=raw.not_modified,
            file=raw.file.relative_to(below).as_posix(),
        )
        for raw in fetched.raw
    )


def _place(path: Path, to: Path, *, move: bool) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if move:
        path.replace(to)
    else:
        shutil.copyfile(path, to)
