"""New data are shown without a restart and said; a page keeps to the state it began with."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st

from trustboard.citydata import CityData
from trustboard.load import data_root, load_city
from trustboard.query import Query
from trustboard.snapshots.store import Freshness
from trustboard.ui import data, freshness

RIVERBEND = data_root() / "riverbend"


@pytest.fixture(autouse=True)
def _a_new_visit():
    st.session_state.clear()
    yield
    st.session_state.clear()


@pytest.fixture
def snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """A city whose rows come from a snapshot; `in_use` says which."""
    shutil.copytree(
        RIVERBEND,
        tmp_path / "data/riverbend",
        ignore=shutil.ignore_patterns("published", "generator"),
    )
    for name in ("older", "newer"):
        shutil.copytree(RIVERBEND / "published", tmp_path / name)
    figures = tmp_path / "newer/figures.csv"
    lines = figures.read_text("utf-8").splitlines()
    figures.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    named = {"older": tmp_path / "older", "newer": tmp_path / "newer"}
    named["in_use"] = named["older"]
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("trustboard.shared.current_snapshot", lambda _: named["in_use"])
    monkeypatch.setattr("trustboard.load.published_folder", lambda *_: named["in_use"])
    return named


def test_a_new_snapshot_is_opened_without_a_restart(snapshots: dict[str, Path]) -> None:
    before = data.city("riverbend")
    snapshots["in_use"] = snapshots["newer"]
    after = data.city("riverbend")
    assert isinstance(before, CityData)
    assert isinstance(after, CityData)
    assert before.data_hash != after.data_hash


def test_a_page_that_began_before_new_data_came_keeps_to_the_old_ones(
    snapshots: dict[str, Path],
) -> None:
    before = data.city("riverbend")
    assert isinstance(before, CityData)
    snapshots["in_use"] = snapshots["newer"]
    data.city("riverbend")
    found = data.measured("riverbend", before.data_hash, "published-figure", Query(by=()))
    assert len(found.table) == len(before.tables["figures"].frame)


def test_data_that_changed_during_a_visit_are_said_once() -> None:
    city = load_city("st-louis", data=data_root())
    assert freshness.freshness_notes(city) == []
    newer = replace(city, data_hash="another")
    assert "Data updated." in freshness.freshness_notes(newer)[0]
    assert freshness.freshness_notes(newer) == []


def test_a_refresh_that_did_not_succeed_is_said_with_its_reason_and_escaped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = Freshness(
        last_good=datetime(2024, 5, 1, tzinfo=UTC),
        stale_since=datetime(2024, 6, 1, tzinfo=UTC),
        why="the portal answered <b>503</b>",
    )
    monkeypatch.setattr(freshness, "current_snapshot", lambda _: tmp_path)
    monkeypatch.setattr(freshness, "freshness", lambda _: told)
    (note,) = freshness.freshness_notes(load_city("st-louis", data=data_root()))
    assert "1 May 2024" in note
    assert "1 June 2024" in note
    assert "&lt;b&gt;503" in note
