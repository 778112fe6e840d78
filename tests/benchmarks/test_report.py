"""What the benchmarks write: budgets that were missed are said first, and no time stands there."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import measure_all
import pytest
import report
import scenarios
import side_by_side
from load_client import Seen
from scenarios import Finding


@pytest.mark.parametrize(
    ("found", "met"),
    [
        (Finding("x", 0.2, 0.25), True),
        (Finding("x", 0.25, 0.25), True),
        (Finding("x", 0.26, 0.25), False),
        (Finding("x", 0.9, 0.8, at_least=True), True),
        (Finding("x", 0.7, 0.8, at_least=True), False),
        (Finding("x", 5.0), None),
        (Finding("x", float("nan"), 0.03), False),
    ],
)
def test_a_budget_is_kept_or_missed_or_not_there(found: Finding, met: bool | None) -> None:
    assert found.met is met


def test_missed_budgets_are_said_before_the_tables() -> None:
    parts = {"A": [Finding("slow thing", 0.9, 0.25), Finding("quick thing", 0.1, 0.25)], "B": []}
    text = report.document(parts, setting=["today"])
    assert text.index("Missed:") < text.index("slow thing: 0.90") < text.index("## A")
    assert "| slow thing | 0.90 | ≤ 0.25 | **missed** |" in text
    assert "| quick thing | 0.10 | ≤ 0.25 | kept |" in text
    assert "## B" not in text
    kept = report.document({"A": [Finding("quick thing", 0.1, 0.25)]}, setting=[])
    assert "Every budget was kept" in kept


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(0.2531, "", "0.25"), (0.0123, "", "0.012"), (3, "", "3"), (268.9, "MB", "269 MB"),
     (float("nan"), "", "not measured")],
)  # fmt: skip
def test_numbers_are_written_with_what_they_can_bear(value: float, unit: str, written: str) -> None:
    assert report.number(value, unit) == written


def test_every_choice_of_filters_is_another_one() -> None:
    found = [
        one
        for seed in (0, 131, 262)
        for one in scenarios.filters("synthetic", number=12, seed=seed)
    ]
    assert len(set(found)) == len(found)


def test_findings_are_kept_part_by_part_and_written_together(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    measure_all.keep(
        file, "memory", [Finding("held", 200.0, 350, unit="MB")], sizes=measure_all.QUICK
    )
    measure_all.keep(file, "soak", [Finding("errors", 0, 0)], sizes=measure_all.FULL)
    measure_all.keep(file, "soak", [Finding("errors", 1, 0)], sizes=measure_all.FULL)
    text = measure_all.written(file)
    assert "| held | 200 MB | ≤ 350 MB | kept |" in text
    assert "| errors | 1 | ≤ 0 | **missed** |" in text
    assert "\nOn a busy day.\n" in measure_all.written(file, notes=["On a busy day."])


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([measure_all.QUICK, measure_all.QUICK], "No part ran with the 7 rounds of 30 clicks"),
        ([measure_all.QUICK, measure_all.FULL], "1 of 2 parts ran with the 7 rounds of 30 clicks"),
        ([measure_all.FULL, measure_all.FULL], ""),
    ],
)
def test_a_run_of_fewer_rounds_says_so(
    tmp_path: Path, sizes: list[measure_all.Sizes], said: str
) -> None:
    for name, size in zip(("memory", "soak"), sizes, strict=True):
        measure_all.keep(tmp_path / "kept.json", name, [Finding("held", 1.0)], sizes=size)
    text = measure_all.written(tmp_path / "kept.json")
    assert said in text
    assert ("FULL=1`; complaints" in " ".join(text.split())) == bool(said)


def test_the_document_says_what_the_program_would_write_around_the_numbers() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md").read_text("utf-8")
    written = report.document({}, setting=[])
    for part in ("# Benchmarks", "## How to repeat it"):
        said = written[written.index(part) :].split("\n\nEvery budget")[0].split("\n## This run")[0]
        assert said.strip() in text


def test_every_part_can_be_asked_for_and_has_a_title(tmp_path: Path) -> None:
    bench = measure_all.Bench(tmp_path, measure_all.QUICK)
    assert list(bench.parts()) == list(measure_all.TITLES)
    assert bench.parts()["large"] == bench.large_reruns


def test_a_page_that_failed_stops_the_run() -> None:
    seen = Seen(errors=["RuntimeError: broken"])
    with pytest.raises(SystemExit, match="broken"):
        scenarios.checked(seen)


def test_rows_stand_in_the_database_as_they_are_in_the_file(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    with rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["a", "b c"], ["1", "x,y"], ["2", ""]])
    assert side_by_side.into_sqlite(rows, tmp_path / "rows.db") == 2
    with sqlite3.connect(tmp_path / "rows.db") as found:
        assert found.execute('SELECT "b c" FROM rows ORDER BY a').fetchall() == [("x,y",), ("",)]
