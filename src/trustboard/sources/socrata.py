"""Socrata portals (SODA 2): CSV in pages of a fixed order. https://dev.socrata.com/docs/"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from trustboard.sources.base import Fetch, Site, host_of
from trustboard.sources.contract import Fetched, RawResponse
from trustboard.sources.job import Job
from trustboard.sources.refusals import ChangedWhileReadError, RefusedByPublisherError
from trustboard.sources.table_file import csv_rows

AGAIN = "Refresh again; if it stays so, the publisher is editing this table right now."


class SocrataDataset(Fetch):
    """A data set of a Socrata portal. An app token is read from SOCRATA_APP_TOKEN."""

    kind: Literal["socrata"]
    domain: Site = Field(description="The portal, such as data.nola.gov.")
    dataset: str = Field(pattern=r"^[a-z0-9]{4}-[a-z0-9]{4}$", description="Such as gz2m-ef5u.")
    select: tuple[str, ...] = Field(default=(), description="Columns; none means all.")
    where: str | None = Field(default=None, description="A condition in SoQL.")
    order: str = Field(default=":id", description="What fixes the order while paging.")
    page_rows: int = Field(default=50_000, ge=1, le=50_000)

    def own_hosts(self) -> frozenset[str]:
        """Name the portal."""
        return frozenset({host_of(self.domain)})


def fetch(declared: SocrataDataset, job: Job) -> Fetched:
    """Fetch a data set: its count, its pages, its count again.

    Raises `ChangedWhileReadError` if rows, columns or the publisher's time stamp change meanwhile.
    """
    total, stamp = _count(declared, job)
    job.keep_pages_of(f"{total} {stamp}")
    job.progress.expect(rows=total)
    pages = _pages(declared, job, total=total)
    try:
        columns = next(pages)
    except RefusedByPublisherError as refusal:
        left = _columns_left(declared, job, refusal=refusal)
        pages = _pages(declared.model_copy(update={"select": left}), job, total=total)
        columns = next(pages)
    return job.finish_rows(columns, pages)


def _token() -> dict[str, str]:
    token = os.environ.get("SOCRATA_APP_TOKEN", "").strip()
    return {"X-App-Token": token} if token else {}


def _count(declared: SocrataDataset, job: Job) -> tuple[int, str]:
    params = {"$select": "count(*)"} | ({"$where": declared.where} if declared.where else {})
    address = f"{declared.domain}/resource/{declared.dataset}.json"
    rows = job.get_json(address, params=params, secret=_token(), anew=True)
    stamp = _stamp(job.answers[-1])
    try:
        (value,) = rows[0].values()
        return int(value), stamp
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise RefusedByPublisherError(
            asked=job.answers[-1].url,
            came=f"something that is not a count: {str(rows)[:120]}",
            fix="Check `dataset` in city.yml.",
        ) from error


def _columns_left(
    declared: SocrataDataset, job: Job, *, refusal: RefusedByPublisherError
) -> tuple[str, ...]:
    """Find out what of `select` the data set has; the portal names at most one that it has not.

    Raises the refusal again if the columns are not what it was about.
    """
    plain = [name for name in declared.select if name.isidentifier()]
    if not plain:
        raise refusal
    address = f"{declared.domain}/resource/{declared.dataset}.csv"
    first = {"$order": ":id", "$limit": "1"}
    answer = job.get(address, expect="csv", params=first, secret=_token(), anew=True)
    left = job.columns_left(plain, there=next(csv_rows(answer.open()), []))
    job.set_aside(answer)
    if list(left) == plain:
        raise refusal
    return (*left, *(name for name in declared.select if not name.isidentifier()))


def _stamp(answer: RawResponse) -> str:
    """Give the time at which the publisher says the data last changed, if it says so."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return headers.get("x-soda2-truth-last-modified", "")


def _pages(declared: SocrataDataset, job: Job, *, total: int) -> Iterator[list[str]]:
    """Yield the columns, then every row of every page."""
    address = f"{declared.domain}/resource/{declared.dataset}.csv"
    params = {"$order": declared.order, "$limit": str(declared.page_rows)}
    params |= {"$select": ",".join(declared.select)} if declared.select else {}
    params |= {"$where": declared.where} if declared.where else {}
    first: tuple[list[str], str] | None = None
    offset, came = 0, 1
    while first is None or (offset < total and came):
        asked = {**params, "$offset": str(offset)}
        answer = job.get(address, expect="csv", params=asked, secret=_token())
        rows = csv_rows(answer.open(), strict=True)
        seen = next(rows, []), _stamp(answer)
        if first is None:
            first = seen
            yield seen[0]
        elif seen != first:
            raise _changed(answer, "columns or another time stamp than the page before")
        came = 0
        for row in rows:
            came += 1
            yield row
        offset += came
        job.progress.add(rows=came)
    again, _ = _count(declared, job)
    if offset != total or again != total:
        raise _changed(job.answers[-1], f"{offset:,} rows where {total:,} were counted before")


def _changed(answer: RawResponse, came: str) -> ChangedWhileReadError:
    return ChangedWhileReadError(asked=answer.url, came=came, fix=AGAIN)
