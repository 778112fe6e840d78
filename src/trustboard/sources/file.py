"""One file at an address or on this machine: CSV, Excel, Parquet, GeoJSON, or a zip with one."""

from __future__ import annotations

from io import BufferedIOBase
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from trustboard.sources.archive import member_of
from trustboard.sources.base import Fetch, WebAddress, host_of
from trustboard.sources.contract import Fetched
from trustboard.sources.job import Job
from trustboard.sources.refusals import DeclaredWronglyError, ForbiddenAddressError
from trustboard.sources.table_file import TEXT


class PublishedFile(Fetch):
    """A file as it is published, or one that lies in the city's folder."""

    kind: Literal["file"]
    url: WebAddress | None = None
    path: str | None = Field(default=None, description="Below the city's folder.")
    member: str | None = Field(default=None, description="Which file of a zip.")

    @model_validator(mode="after")
    def _one_origin(self) -> PublishedFile:
        if (self.url is None) == (self.path is None):
            raise ValueError("give exactly one of: url, path")
        return self

    def own_hosts(self) -> frozenset[str]:
        """Name the host of the address; none for a file on this machine."""
        return frozenset({host_of(self.url)}) if self.url else frozenset()


def fetch(declared: PublishedFile, job: Job) -> Fetched:
    """Fetch a file and write it, or its member, under the table's name."""
    if declared.path is not None:
        path = _local(declared.path, job)
        with path.open("rb") as body:
            return finish_file(body, job, name=path.name, member=declared.member, asked=path.name)
    url = str(declared.url)
    return fetch_file(url, job, member=declared.member)


def fetch_file(url: str, job: Job, *, member: str | None = None) -> Fetched:
    """Fetch the file at an address (also for portals that only point to one)."""
    name = PurePosixPath(urlsplit(url).path).name
    plain = job.table_kind in TEXT and not (member or name.lower().endswith(".zip"))
    answer = job.get(url, expect="csv" if plain else "file", anew=True, whole=True)
    with answer.open() as body:
        return finish_file(body, job, name=name, member=member, asked=url)


def finish_file(
    body: BufferedIOBase, job: Job, *, name: str, member: str | None, asked: str
) -> Fetched:
    """Write a file that is open, or one member of it if it is a zip."""
    if member is None and not name.lower().endswith(".zip"):
        return job.finish_bytes(body, asked=asked)
    largest = job.client.limits.unpacked
    with member_of(body, member=member, asked=asked, largest=largest) as (_, opened):
        return job.finish_bytes(opened, asked=asked)


def _local(declared: str, job: Job) -> Path:
    """Find a file on this machine; only below the city's folder unless allowed explicitly."""
    folder = (job.folder or Path()).resolve()
    path = (folder / declared).resolve()
    if not path.is_relative_to(folder) and not job.client.allow_private:
        raise ForbiddenAddressError(
            asked=f"for {declared!r}",
            came="a file outside the city's folder",
            fix="Put it into the city's folder, or set TRUSTBOARD_ALLOW_PRIVATE=1.",
        )
    if not path.is_file():
        raise DeclaredWronglyError(
            asked=f"for {declared!r}", came="no such file", fix="Check `path` in city.yml."
        )
    return path
