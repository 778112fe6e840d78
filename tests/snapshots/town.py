"""A small town whose publisher can be told what to answer, and a refresh of it."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from trustboard.snapshots.refresh import Refreshed, refresh
from trustboard.snapshots.store import Store
from trustboard.sources import Fetched, FetchRefusedError, Quiet, RawResponse

NAME = "smalltown"
START = datetime(2024, 2, 1, 12, tzinfo=UTC)
CITY = """
name: Smalltown
region: Nowhere
about: Two tables.
places: {level: district, also: {"1": One, "2": Two}}
tables:
  complaints:
    file: complaints.csv
    unit: complaint
    row_id: id
    source: &source
      publisher: Smalltown Police
      title: Complaints
      url: https://example.org/complaints
      licence: not stated
      retrieved: 2020-01-15
    coverage: &coverage {from: 2019-01-01, to: 2019-12-31, settles_after_months: 0}
    fetch: {kind: file, path: incoming/complaints.csv}
    columns:
      complaint_id: id
      filed_on: {column: filed, date: ["%Y-%m-%d"]}
      place_id: district
      filed_by: by
  outcomes:
    file: findings.csv
    unit: allegation
    source: *source
    coverage: *coverage
    fetch: {kind: file, path: incoming/findings.csv}
    columns:
      complaint_id: id
      finding: finding
words:
  filed_by: {resident: civilian}
  finding: {yes: sustained, no: not_sustained}
"""

Rows = list[tuple[str, ...]]


def complaints(count: int, *, edition: int = 1) -> Rows:
    """Make complaints of which the last, but for its day, names the edition."""
    rows = [(f"c{n}", f"2019-{n % 12 + 1:02}-05", "1", "resident") for n in range(count)]
    return [*rows, (f"edition-{edition}", "2019-06-30", "2", "resident")]


def findings(count: int, *, edition: int = 1) -> Rows:
    """Make one finding per complaint, and one that names the edition."""
    return [
        *((f"c{n}", "yes" if n % 3 else "no") for n in range(count)),
        (f"edition-{edition}", "no"),
    ]


def as_csv(rows: Rows, *, head: str) -> str:
    """Write rows as a publisher would."""
    return "\n".join([head, *(",".join(row) for row in rows)]) + "\n"


@dataclass
class Publisher:
    """Stands in for `fetch_table`: writes what it is told, or refuses."""

    texts: dict[str, str] = field(default_factory=dict)
    refuses: FetchRefusedError | None = None
    asked: list[tuple[str, Path | None]] = field(default_factory=list)

    def publish(self, count: int, *, edition: int = 1) -> Publisher:
        """Put this many complaints, with a finding each, in the place of what was there."""
        self.texts = {
            "complaints.csv": as_csv(
                complaints(count, edition=edition), head="id,filed,district,by"
            ),
            "findings.csv": as_csv(findings(count, edition=edition), head="id,finding"),
        }
        return self

    def __call__(
        self,
        spec: Any,
        *,
        into: Path,
        client: Any,
        progress: Any,
        folder: Path | None,
        earlier: Path | None,
    ) -> Fetched:
        assert client == "the client"
        assert folder is not None
        self.asked.append((spec.file, earlier))
        progress.add(rows=1)
        if self.refuses is not None and spec.file == "findings.csv":
            raise self.refuses
        body = self.texts[spec.file].encode()
        raw = into / "raw" / spec.file
        raw.mkdir(parents=True, exist_ok=True)
        (raw / "answer.gz").write_bytes(gzip.compress(body, mtime=0))
        (raw / "answer.json").write_text("{}")
        (into / spec.file).write_bytes(body)
        answer = RawResponse(
            file=raw / "answer.gz",
            sidecar=raw / "answer.json",
            url=f"https://example.org/{spec.file}",
            status=200,
            headers={"ETag": "x", "Set-Cookie": "secret"},
            at=START,
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
        )
        rows = body.count(b"\n") - 1
        return Fetched(into / spec.file, (answer,), rows, (), not_modified=False)


@dataclass
class Town:
    """The town's description, its publisher and its snapshots."""

    data: Path
    home: Path
    publisher: Publisher = field(default_factory=Publisher)
    tries: int = 0

    @property
    def store(self) -> Store:
        """Give the town's snapshots."""
        return Store(self.home, NAME)

    def refresh(self, *, accept: bool = False, fetch: Any = None) -> Refreshed:
        """Refresh a day after the last time."""
        self.tries += 1
        return refresh(
            NAME,
            data=self.data,
            store=self.store,
            at=START + timedelta(days=self.tries - 1),
            fetch=fetch or self.publisher,
            client="the client",
            progress=lambda _table: Quiet(),
            accept=accept,
        )


def build_town(folder: Path) -> Town:
    """Write the town's description below a folder; its publisher offers 100 complaints."""
    (folder / "cities" / NAME).mkdir(parents=True)
    (folder / "cities" / NAME / "city.yml").write_text(CITY, encoding="utf-8")
    town = Town(folder / "cities", folder / "home")
    town.publisher.publish(100)
    return town
