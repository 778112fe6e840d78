"""What is wrong with the data is read from the edition where it says it; else worked out anew."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from trustboard import prepared
from trustboard.citydata import CityData
from trustboard.load import data_root, load_city
from trustboard.prepared import faults
from trustboard.quality import COLUMNS, Quality
from trustboard.quality import quality as worked_out


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CityData:
    """Open the invented city from an edition that was made just now."""
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path))
    return prepared.open_city("riverbend", data=data_root())


def assert_same(one: Quality, other: Quality) -> None:
    assert list(one.parts) == list(other.parts) == list(COLUMNS)
    for name, part in one.parts.items():
        pd.testing.assert_frame_equal(part.table, other[name].table)
        for field in fields(part):
            if field.name != "table":
                assert getattr(part, field.name) == getattr(other[name], field.name)


def test_an_edition_says_of_its_faults_what_the_rows_say(
    opened: CityData, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = worked_out(load_city("riverbend", data=data_root()))
    monkeypatch.setattr(faults, "quality_of", lambda _: pytest.fail("worked out anew"))
    assert_same(prepared.quality(opened), expected)


def test_without_an_edition_the_rows_are_asked() -> None:
    city = load_city("riverbend", data=data_root())
    assert city.kept_in is None
    assert_same(prepared.quality(city), worked_out(city))


@pytest.mark.parametrize("damage", ["missing", "cut", "other columns", "a part too few"])
def test_an_edition_that_says_something_else_is_worked_out_anew(
    opened: CityData, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened.kept_in is not None
    file = opened.kept_in / "quality.json"
    if damage == "missing":
        file.unlink()
    elif damage == "cut":
        file.write_text(file.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    elif damage == "other columns":
        monkeypatch.setattr(faults, "COLUMNS", {**COLUMNS, "totals": {"table": "the table"}})
    else:
        monkeypatch.setattr(faults, "COLUMNS", {**COLUMNS, "one more": {"table": "the table"}})
    assert_same(prepared.quality(opened), worked_out(opened))
