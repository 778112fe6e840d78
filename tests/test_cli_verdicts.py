"""The commands that let anybody check a verdict, run as a user runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trustboard.cli import app

ROOT = Path(__file__).resolve().parents[1]
RUN = CliRunner()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the invented city that a test may write to."""
    shutil.copytree(
        ROOT / "data/riverbend", tmp_path / "riverbend", ignore=shutil.ignore_patterns("generator")
    )
    return tmp_path


def test_reproduce_prints_the_same_bytes_twice_with_formula_hashes_and_versions() -> None:
    first, second = (
        RUN.invoke(app, ["reproduce", "riverbend", "calmer-streets"]) for _ in range(2)
    )
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    for part in (
        "outcome: KEPT",
        "formula: ",
        "data: sha256 ",
        "method: ",
        "gate TOO_EARLY: passed",
    ):
        assert part in first.stdout


def test_reproduce_writes_the_rows_behind_a_verdict(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    done = RUN.invoke(app, ["reproduce", "riverbend", "calmer-streets", "--rows", str(rows)])
    assert done.exit_code == 0
    header, *lines = rows.read_text("utf-8").splitlines()
    assert header.startswith("test,")
    of_force = sum(line.startswith("force-down-a-fifth,") for line in lines)
    assert of_force > 0
    assert f"rows behind it: {of_force}, sha256" in done.stdout


def test_an_unknown_commitment_cannot_be_reproduced_and_the_known_ones_are_named() -> None:
    done = RUN.invoke(app, ["reproduce", "riverbend", "no-such-thing"])
    assert done.exit_code == 2
    assert "calmer-streets" in done.stderr


def test_recording_begins_the_log_and_recording_again_adds_nothing(data: Path) -> None:
    wanted = ["--data", str(data)]
    assert RUN.invoke(app, ["verdicts", "riverbend", "--record", *wanted]).exit_code == 0
    log = data / "riverbend/history.jsonl"
    first = log.read_bytes()
    assert RUN.invoke(app, ["verdicts", "riverbend", "--record", *wanted]).exit_code == 0
    assert log.read_bytes() == first
    told = RUN.invoke(app, ["history", "riverbend", "--json", *wanted])
    assert told.exit_code == 0
    entries = json.loads(told.stdout)["entries"]
    assert len(entries) == len(first.splitlines())
    assert {entry["label"] for entry in entries} == {"first"}


def test_a_changed_log_is_reported_and_left_as_it_is(data: Path) -> None:
    wanted = ["--data", str(data)]
    RUN.invoke(app, ["verdicts", "riverbend", "--record", *wanted])
    log = data / "riverbend/history.jsonl"
    forged = log.read_text("utf-8").replace("NOT_KEPT", "KEPT")
    log.write_text(forged, "utf-8")
    told = RUN.invoke(app, ["history", "riverbend", *wanted])
    assert told.exit_code == 1
    assert "was changed after it was written" in told.stderr
    refused = RUN.invoke(app, ["verdicts", "riverbend", "--record", *wanted])
    assert refused.exit_code == 2
    assert log.read_text("utf-8") == forged


def test_a_city_without_a_log_says_how_to_begin_one() -> None:
    told = RUN.invoke(app, ["history", "st-louis"])
    assert told.exit_code == 0
    assert "verdicts st-louis --record" in told.stdout
