"""A tiny city on the disk and a home of its own for its editions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from trustboard import prepared
from trustboard.citydata import CityData

SOURCE = {
    "publisher": "Office of Records",
    "title": "Rows",
    "url": "https://example.org/rows",
    "licence": "public domain",
    "retrieved": "2024-01-05",
}
COVERAGE = {"from": "2022-01-01", "to": "2023-12-31"}
TABLES = {
    "places": {"place_id": "id", "name": "name", "population": "people"},
    "complaints": {
        "complaint_id": "id",
        "filed_on": "filed",
        "closed_on": "closed",
        "place_id": "place",
    },
    "outcomes": {"complaint_id": "id", "finding": "finding"},
}
ROWS = {
    "places": "id,name,people\nnorth,North,5000\nsouth,South,7000\n",
    "complaints": (
        "id,filed,closed,place\n"
        "C1,2022-03-05,2022-06-01,north\n"
        "C2,2022-04-09,,south\n"
        "C3,2023-02-30,2023-03-01,north\n"
        "C4,2023-05-07,2023-05-09,nowhere\n"
    ),
    "outcomes": "id,finding\nC1,sustained\nC1,unfounded\nC2,pending\nC4,whatever\n",
}
PROMISES = """commitments:
  - id: less
    title: {title}
    statement: There will be fewer complaints.
    said_by: {{name: Ada Chief, office: Chief of Police}}
    said_on: 2022-12-01
    where: City hall
    topic: complaints
    source: {{publisher: The Paper, title: Said, url: "https://example.org/said"}}
    not_measurable: {{why: No number was named., would_need: A number.}}
"""


class Town:
    """A city folder that a test can change."""

    slug = "tiny"

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / self.slug
        (self.folder / "published").mkdir(parents=True)
        tables = {
            name: {"file": f"{name}.csv", "unit": "row", "source": SOURCE, "columns": columns}
            for name, columns in TABLES.items()
        }
        for name in ("complaints", "outcomes"):
            tables[name]["coverage"] = COVERAGE
        about = {"name": "Tiny", "region": "Nowhere", "about": "A test.", "tables": tables}
        (self.folder / "city.yml").write_text(yaml.safe_dump(about))
        for name, text in ROWS.items():
            self.publish(name, text)
        self.promise("Fewer complaints")

    def publish(self, name: str, text: str) -> None:
        (self.folder / "published" / f"{name}.csv").write_text(text)

    def file_more(self, number: int) -> None:
        more = f"D{number},2023-06-{number:02d},,south\n"
        self.publish("complaints", ROWS["complaints"] + more)

    def promise(self, title: str) -> None:
        (self.folder / "commitments.yml").write_text(PROMISES.format(title=title))

    def open(self) -> CityData:
        return prepared.open_city(self.slug, data=self.data)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def town(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    del home
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path / "data"))
    return Town(tmp_path / "data")


@pytest.fixture
def folders(home: Path) -> Callable[[], list[Path]]:
    """Give a function that lists the finished editions."""

    def listed() -> list[Path]:
        return sorted((home / "tiny" / "prepared").glob("*/edition.json"))

    return listed
