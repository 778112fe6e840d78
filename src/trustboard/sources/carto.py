"""Carto accounts: one statement through the SQL API. https://carto.com/developers/sql-api/"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from trustboard.sources.base import Fetch, Site, host_of
from trustboard.sources.contract import Fetched
from trustboard.sources.job import Job
from trustboard.sources.refusals import ChangedWhileReadError, RefusedByPublisherError
from trustboard.sources.table_file import csv_rows

#: The table's file → the format that Carto calls so.
FORMATS = {".csv": "csv", ".geojson": "geojson"}
NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"


class CartoTable(Fetch):
    """A table of a Carto account, or a statement of one's own."""

    kind: Literal["carto"]
    account: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Such as phl.")
    site: Site | None = Field(
        default=None, description="Only where it is not https://<account>.carto.com."
    )
    table: str | None = Field(default=None, pattern=NAME)
    select: tuple[str, ...] = Field(default=(), description="Columns of `table`; none means all.")
    where: str | None = Field(default=None, description="A condition in SQL, for `table`.")
    sql: str | None = Field(default=None, description="Instead of `table`: a whole SELECT.")

    @model_validator(mode="after")
    def _table_or_sql(self) -> CartoTable:
        if (self.table is None) == (self.sql is None):
            raise ValueError("give exactly one of: table, sql")
        if self.sql is not None and (self.select or self.where):
            raise ValueError("`select` and `where` go with `table`; write them into `sql`")
        if self.sql is not None and not re.match(r"\s*select\b", self.sql, re.IGNORECASE):
            raise ValueError("`sql` must be a SELECT")
        wrong = [name for name in self.select if not re.match(NAME, name)]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not a plain column name; use `sql`")
        return self

    def statement(self) -> str:
        """Give the statement; a table's rows in the order in which Carto numbered them."""
        if self.sql is not None:
            return self.sql.strip().rstrip(";")
        columns = ", ".join(self.select) or "*"
        condition = f" WHERE {self.where}" if self.where else ""
        return f"SELECT {columns} FROM {self.table}{condition} ORDER BY cartodb_id"  # noqa: S608

    def address(self) -> str:
        """Give the address of the account's SQL API."""
        return f"{self.site or f'https://{self.account}.carto.com'}/api/v2/sql"

    def own_hosts(self) -> frozenset[str]:
        """Name the account's host."""
        return frozenset({host_of(self.address())})


def fetch(declared: CartoTable, job: Job) -> Fetched:
    """Fetch the rows of a statement, and count them apart to know that all of them came.

    Raises `ChangedWhileReadError` if the two differ.
    """
    if job.table_kind not in FORMATS:
        raise job.wrong_ending(*FORMATS)
    try:
        total = _count(declared, job)
    except RefusedByPublisherError as refusal:
        declared = _without_lost(declared, job, refusal=refusal)
        total = _count(declared, job)
    job.progress.expect(rows=total)
    params = {"q": declared.statement(), "format": FORMATS[job.table_kind]}
    expect: Literal["csv", "json"] = "csv" if job.table_kind == ".csv" else "json"
    answer = job.get(declared.address(), expect=expect, params=params, anew=True, whole=True)
    fetched = job.finish_bytes(answer.open(), asked=answer.url)
    job.progress.add(rows=total)
    if fetched.rows not in (None, total):
        fetched.table_file.unlink()
        raise ChangedWhileReadError(
            asked=answer.url,
            came=f"{fetched.rows:,} rows where {total:,} were counted before",
            fix="Refresh again.",
        )
    return fetched


def _without_lost(
    declared: CartoTable, job: Job, *, refusal: RefusedByPublisherError
) -> CartoTable:
    """Ask for the columns of `select` that the table still has.

    Raises the refusal again if the columns are not what it was about.
    """
    if not declared.select:
        raise refusal
    params = {"q": f"SELECT * FROM {declared.table} LIMIT 0", "format": "csv"}  # noqa: S608
    answer = job.get(declared.address(), expect="csv", params=params, anew=True)
    left = job.columns_left(declared.select, there=next(csv_rows(answer.open()), []))
    job.set_aside(answer)
    if left == declared.select:
        raise refusal
    return declared.model_copy(update={"select": left})


def _count(declared: CartoTable, job: Job) -> int:
    """Ask how many rows the statement gives."""
    count = f"SELECT count(*) AS count FROM ({declared.statement()}) AS counted"  # noqa: S608
    found = job.get_json(declared.address(), params={"q": count}, anew=True)
    try:
        return int(found["rows"][0]["count"])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise RefusedByPublisherError(
            asked=job.answers[-1].url,
            came=f"something that is not a count: {str(found)[:120]}",
            fix="Check `account` and `table` in city.yml.",
        ) from error
