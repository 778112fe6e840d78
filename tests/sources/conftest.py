"""A publisher on this machine, a client that may ask it, and a short way to fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from local_publisher import Publisher, open_publisher
from trying import NOON, SMALL, Naps, Table, Watched, declare

from trustboard.sources import Fetched, fetch_table
from trustboard.sources.wire.client import Client
from trustboard.sources.wire.limits import Patience


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with open_publisher() as opened:
        yield opened


@pytest.fixture
def elsewhere() -> Iterator[Publisher]:
    with open_publisher() as opened:
        yield opened


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def client(naps: Naps) -> Iterator[Client]:
    with _open(naps, silence=20, answer=60) as opened:
        yield opened


@pytest.fixture
def hasty(naps: Naps) -> Iterator[Client]:
    """Give a client that soon loses patience."""
    with _open(naps, silence=0.3, answer=1) as opened:
        yield opened


def _open(naps: Naps, *, silence: float, answer: float) -> Client:
    patience = Patience(tries=3, connect=5, silence=silence, answer=answer)
    return Client(allow_private=True, limits=SMALL, patience=patience, sleep=naps, now=lambda: NOON)


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def fetching(client: Client, tmp_path: Path, watched: Watched) -> Callable[..., Fetched]:
    """Fetch what is declared: `fetching("complaints.csv", kind="file", url=…)`."""

    def run(
        name: str,
        *,
        into: Path = tmp_path / "new",
        earlier: Path | None = None,
        folder: Path | None = None,
        client: Client = client,
        **declared: Any,
    ) -> Fetched:
        into.mkdir(exist_ok=True)
        spec = Table(name, declare(**declared))
        return fetch_table(
            spec, into=into, client=client, progress=watched, folder=folder, earlier=earlier
        )

    return run


@pytest.fixture
def shared_table() -> Callable[[str], Path]:
    """Give a file of real published rows, or skip the test where this machine has none."""

    def find(name: str) -> Path:
        path = Path(__file__).resolve().parents[3] / "shared" / "data" / name
        if not path.is_file():
            pytest.skip(f"needs the published rows in ../shared/data/{name}, which are not here")
        return path

    return find
