"""CKAN portals: rows of the datastore, or the file a resource points to. https://docs.ckan.org/"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urljoin

from pydantic import Field, model_validator

from trustboard.naming import find_name
from trustboard.sources.base import Fetch, Site, host_of
from trustboard.sources.contract import Fetched
from trustboard.sources.file import fetch_file
from trustboard.sources.job import Job, as_text
from trustboard.sources.refusals import (
    ChangedWhileReadError,
    DeclaredWronglyError,
    RefusedByPublisherError,
)
from trustboard.sources.table_file import csv_rows


class CkanResource(Fetch):
    """A resource of a CKAN portal."""

    kind: Literal["ckan"]
    portal: Site = Field(description="Such as data.milwaukee.gov.")
    resource: str = Field(pattern=r"^[A-Za-z0-9-]+$", description="The resource's id.")
    how: Literal["datastore", "download"] = Field(
        default="datastore", description="Rows from the datastore, or the file as uploaded."
    )
    member: str | None = Field(default=None, description="Which file of a zip, for download.")
    fields: tuple[str, ...] = Field(default=(), description="Columns; none means all.")
    only: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Rows in which a column holds one of these; the others are about something "
        "else. What came is kept whole, and the number of rows left out is said.",
    )
    page_rows: int = Field(default=32_000, ge=1, le=32_000)

    @model_validator(mode="after")
    def _says_what_fits(self) -> CkanResource:
        if self.how == "download" and self.fields:
            raise ValueError("`fields` goes with the datastore; a file comes with all its columns")
        if self.how == "download" and self.only and self.member:
            raise ValueError("`only` cannot look into a zip")
        return self

    def own_hosts(self) -> frozenset[str]:
        """Name the portal. Files elsewhere need their host under `also_from`."""
        return frozenset({host_of(self.portal)})


def fetch(declared: CkanResource, job: Job) -> Fetched:
    """Fetch a resource."""
    if declared.how == "download":
        return _downloaded(declared, job)
    first = _page(declared, job, offset=0, anew=True)
    total = int(first["total"])
    job.keep_pages_of(str(total))
    job.progress.expect(rows=total)
    columns = [str(field["id"]) for field in first["fields"]]
    return job.finish_rows(columns, _rows(declared, job, first=first, columns=columns))


def _downloaded(declared: CkanResource, job: Job) -> Fetched:
    shown = _action(declared, job, "resource_show", {"id": declared.resource})
    address = urljoin(declared.portal, str(shown["url"]))
    if not declared.only:
        return fetch_file(address, job, member=declared.member)
    answer = job.get(address, expect="csv", anew=True, whole=True)
    rows = csv_rows(answer.open(), strict=True)
    columns = next(rows, [])
    sifting = _Sifting(declared, columns, asked=answer.url)
    done = job.finish_rows(columns, sifting.of(rows))
    return replace(done, notes=(sifting.sentence(),))


class _Sifting:
    """Take the rows that `only` is about, and count the others."""

    def __init__(self, declared: CkanResource, columns: list[str], *, asked: str) -> None:
        self.taken = self.left = 0
        self._only = declared.only
        self._at: dict[int, tuple[str, ...]] = {}
        for name, words in declared.only.items():
            there = find_name(name, columns)
            if there is None:
                raise DeclaredWronglyError(
                    asked=asked,
                    came=f"a table without the column {name!r}",
                    fix=f"Check `only` in city.yml. Its columns: {', '.join(columns)[:400]}.",
                )
            self._at[columns.index(there)] = words

    def of(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        for row in rows:
            if all(at < len(row) and row[at].strip() in words for at, words in self._at.items()):
                self.taken += 1
                yield row
            elif row:
                self.left += 1

    def sentence(self) -> str:
        named = "; ".join(f"{name}: {', '.join(words)}" for name, words in self._only.items())
        return f"{self.taken:,} rows taken ({named}), {self.left:,} others left out"


def _action(
    declared: CkanResource, job: Job, action: str, params: dict[str, str], *, anew: bool = True
) -> Any:
    """Call one action. CKAN says in `success` whether it came off."""
    address = f"{declared.portal}/api/3/action/{action}"
    answer = job.get_json(address, params=params, anew=anew)
    if not isinstance(answer, dict) or answer.get("success") is not True:
        said = answer.get("error") if isinstance(answer, dict) else answer
        raise RefusedByPublisherError(
            asked=job.answers[-1].url,
            came=f"an error: {as_text(said)[:200]}",
            fix="Check `resource` and `fields` in city.yml.",
        )
    return answer["result"]


def _page(declared: CkanResource, job: Job, *, offset: int, anew: bool = False) -> Any:
    params = {
        "resource_id": declared.resource,
        "limit": str(declared.page_rows),
        "offset": str(offset),
        "sort": "_id",
        "include_total": "true",
    }
    params |= {"fields": ",".join(declared.fields)} if declared.fields else {}
    only = {name: list(words) for name, words in declared.only.items()}
    params |= {"filters": json.dumps(only)} if only else {}
    return _action(declared, job, "datastore_search", params, anew=anew)


def _rows(
    declared: CkanResource, job: Job, *, first: Any, columns: list[str]
) -> Iterator[list[str]]:
    """Yield every row; the portal may give fewer per page than asked for."""
    page, offset, total = first, 0, int(first["total"])
    while True:
        for record in page["records"]:
            yield [as_text(record.get(name)) for name in columns]
        offset += len(page["records"])
        job.progress.add(rows=len(page["records"]))
        if offset >= total or not page["records"]:
            break
        page = _page(declared, job, offset=offset)
        same = [str(field["id"]) for field in page["fields"]] == columns
        if not same or int(page["total"]) != total:
            raise _changed(job, "other columns or another total than the page before")
    if offset != total:
        raise _changed(job, f"{offset:,} rows where the portal counts {total:,}")


def _changed(job: Job, came: str) -> ChangedWhileReadError:
    return ChangedWhileReadError(asked=job.answers[-1].url, came=came, fix="Refresh again.")
