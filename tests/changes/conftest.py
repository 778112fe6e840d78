"""A small town after four refreshes: rows came, went, came back and were changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapshots.town import NAME, Town, as_csv, build_town
from trustboard.citydata import CityData
from trustboard.load import load_city

HEAD = "id,filed,district,by,name,story"
PRIVATE = ("Pat Example", "<b>He said</b> something")


def row(number: int, *, filed: str = "", district: str = "1") -> tuple[str, ...]:
    """Write a complaint with a name and a story, which nobody may be shown."""
    return (f"c{number}", filed or f"2019-{number % 12 + 1:02}-05", district, "resident", *PRIVATE)


def publish(
    town: Town, numbers: range, *, changed: dict[int, tuple[str, ...]] | None = None
) -> None:
    """Let the publisher offer these complaints, some of them changed, each with a finding."""
    rows = [(changed or {}).get(number, row(number)) for number in numbers]
    town.publisher.texts = {
        "complaints.csv": as_csv(rows, head=HEAD),
        "findings.csv": as_csv([(f"c{n}", "yes" if n % 3 else "no") for n in numbers],
                               head="id,finding"),
    }  # fmt: skip


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Refresh four times: 0-99, then 0-101, then 2-101 with two changed, then 1-104."""
    town = build_town(tmp_path)
    monkeypatch.setenv("TRUSTBOARD_DATA", str(town.data))
    monkeypatch.setenv("TRUSTBOARD_HOME", str(town.home))
    monkeypatch.delenv("TRUSTBOARD_PUBLISHED", raising=False)
    changed = {7: row(7, district="2"), 8: row(8, district="2", filed="2019-09-06")}
    for numbers, other in (
        (range(100), None),
        (range(102), None),
        (range(2, 102), changed),
        (range(1, 105), changed),
    ):
        publish(town, numbers, changed=other)
        assert town.refresh().end == "switched"
    return town


@pytest.fixture
def city(town: Town) -> CityData:
    """Open the town as its last refresh left it."""
    return load_city(NAME, data=town.data)
