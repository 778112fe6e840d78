"""The log of corrections: what is listed, and that a city kept on the disk still tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trustboard.citydata import CityData
from trustboard.load import data_root, load_city
from trustboard.prepared import open_city
from trustboard.quality import quality

LOG = """corrections:
  - table: complaints
    where: {case_id: "RB-2019-00001"}
    column: received
    expect: "01/01/2019"
    replace: "01/02/2019"
    reason: The paper form bears the next day.
    source: https://example.org/form
    on: 2025-02-01
  - table: complaints
    where: {case_id: "RB-2019-00001"}
    column: received
    expect: "never so"
    replace: "01/03/2019"
    reason: A second reading.
    source: https://example.org/form
    on: 2025-03-01
"""


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """Copy Riverbend and correct its first complaint twice: once rightly, once too late."""
    data = tmp_path / "data"
    shutil.copytree(data_root() / "riverbend", data / "riverbend")
    head, first, *_ = (
        (data / "riverbend/published/complaints.csv").read_text("utf-8-sig").splitlines()
    )
    cells = dict(zip(head.split(","), first.split(","), strict=True))
    text = LOG.replace("case_id", head.split(",")[0])
    text = text.replace("RB-2019-00001", first.split(",")[0])
    text = text.replace("01/01/2019", cells["received"])
    (data / "riverbend/corrections.yml").write_text(text, "utf-8")
    return data


def told(city: CityData) -> list[tuple[str, str, str]]:
    table = quality(city)["corrections"].table
    return [(f"{r.on:%Y-%m-%d}", r.now, r.state) for r in table.itertuples()]


def test_corrections_are_listed_newest_first_with_whether_they_still_apply(corrected: Path) -> None:
    city = load_city("riverbend", data=corrected)
    assert told(city) == [
        ("2025-03-01", "01/03/2019", "obsolete"),
        ("2025-02-01", "01/02/2019", "applied"),
    ]
    assert f"{city.tables['complaints'].frame['filed_on'].iloc[0]:%Y-%m-%d}" == "2019-01-02"


def test_a_city_kept_on_the_disk_has_the_same_faults_as_when_it_was_read(
    corrected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "home"))
    read = load_city("riverbend", data=corrected)
    kept = open_city("riverbend", data=corrected)
    assert kept.folded is not None  # it comes from the disk
    assert told(kept) == told(read)
    for name, part in quality(read).parts.items():
        assert quality(kept)[name].said == part.said
        assert quality(kept)[name].table.astype("str").equals(part.table.astype("str")), name
