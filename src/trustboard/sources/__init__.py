"""Fetch what publishers publish: the only code that touches the network.

Opening a city imports this package for what `fetch` may declare; the network library is loaded
only by `open_client`.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from trustboard.sources.contract import Fetched, Progress, Quiet, RawResponse
from trustboard.sources.refusals import FetchRefusedError

if TYPE_CHECKING:
    from trustboard.sources.base import Fetch
    from trustboard.sources.job import Job
    from trustboard.sources.wire.client import Client

__all__ = [
    "FetchRefusedError",
    "Fetched",
    "Progress",
    "Quiet",
    "RawResponse",
    "fetch_table",
    "open_client",
]


class Fetchable(Protocol):
    """What is needed of a table's description (`city.TableSpec` has it)."""

    @property
    def file(self) -> str:
        """Name the table's file below the folder of published files."""

    @property
    def fetch(self) -> Fetch | None:
        """Give what `city.yml` declares, or None."""


def open_client(*, allow_private: bool = False) -> Client:
    """Open the one client for all fetches of a run; use it in a `with` block.

    `allow_private` (also by the environment, TRUSTBOARD_ALLOW_PRIVATE=1) lets it ask addresses of
    this machine and of private networks; never from `city.yml`.
    """
    from trustboard.sources.wire.client import Client

    by_environment = os.environ.get("TRUSTBOARD_ALLOW_PRIVATE", "") == "1"
    return Client(allow_private=allow_private or by_environment)


def fetch_table(
    spec: Fetchable,
    *,
    into: Path,
    client: Client,
    progress: Progress,
    folder: Path | None = None,
    earlier: Path | None = None,
) -> Fetched:
    """Fetch one table into the folder `into`: `into/<spec.file>` and `into/raw/<spec.file>/…`.

    `folder` is the city's folder, for declared paths. `earlier` is the `into` of an earlier fetch:
    its answers are asked for conditionally, and copied where the publisher says "not modified".
    Calling again with the same `into` after an interruption asks only for the pages still missing.
    Raises `FetchRefusedError` (one subclass per reason); then no table file was written.
    """
    from trustboard.sources.refusals import ChangedWhileReadError

    job = _job(spec, into=into, client=client, progress=progress, folder=folder, earlier=earlier)
    try:
        return _fetched(job)
    except ChangedWhileReadError:
        job.forget()
        raise


def _job(
    spec: Fetchable,
    *,
    into: Path,
    client: Client,
    progress: Progress,
    folder: Path | None,
    earlier: Path | None,
) -> Job:
    """Prepare the fetch of one table, with what an interrupted and an earlier one left."""
    from trustboard.sources.job import Job
    from trustboard.sources.refusals import DeclaredWronglyError

    if spec.fetch is None:
        raise DeclaredWronglyError(
            asked=f"for {spec.file}",
            came="no `fetch` for this table in city.yml",
            fix="Download the file by hand from its source, or declare where it can be fetched.",
        )
    raw_folder = into / "raw" / spec.file
    raw_folder.mkdir(parents=True, exist_ok=True)
    return Job(
        declared=spec.fetch,
        table_file=into / spec.file,
        raw_folder=raw_folder,
        client=client,
        progress=progress,
        folder=folder,
        earlier=_answers_in(earlier / "raw" / spec.file) if earlier else {},
        kept=_answers_in(raw_folder) if (raw_folder / "state.json").is_file() else {},
    )


def _fetched(job: Job) -> Fetched:
    """Let the declared type fetch; an answer that it cannot read is refused as damaged."""
    from trustboard.sources.declared import TYPES
    from trustboard.sources.refusals import DamagedAnswerError

    kind: str = getattr(job.declared, "kind", "")
    try:
        return TYPES[kind].fetch(job.declared, job)
    except (LookupError, TypeError, ValueError, AttributeError, csv.Error) as error:
        asked = job.answers[-1].url if job.answers else job.table_file.name
        job.forget()
        raise DamagedAnswerError(
            asked=asked,
            came=f"an answer of another form than documented ({type(error).__name__}: {error})",
            fix="The publisher may have changed its service; compare with its documentation.",
        ) from error


def _answers_in(folder: Path) -> dict[str, RawResponse]:
    """Read the whole answers that a folder holds, by what was asked."""
    from trustboard.sources.wire.raw import read_sidecar

    found = map(read_sidecar, sorted(folder.glob("*.json")) if folder.is_dir() else [])
    return {answer.url: answer for answer in found if answer is not None}
