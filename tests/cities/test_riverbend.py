"""Riverbend, the invented city: its files, its ledger of planted faults, its eight promises."""

from __future__ import annotations

import csv
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trustboard.city import City
from trustboard.citydata import CityData
from trustboard.commitments import Commitment, CommitmentsFile
from trustboard.load import load_city
from trustboard.verdict_states import Reason, VerdictState
from trustboard.yaml_file import YamlFile, read_yaml

DATA = Path(__file__).resolve().parents[2] / "data"
CITY = DATA / "riverbend"
ENCODINGS = {"complaints.csv": "utf-8-sig", "outreach.csv": "cp1252"}
TABLES = {
    "complaints": "complaints.csv",
    "outcomes": "allegations.csv.gz",
    "outreach": "outreach.csv",
    "places": "places.csv",
    "figures": "figures.csv",
}
KINDS = {
    "complaints.csv": """
        backfill_day closed_before_filed closing_date_without_finding conflicting_filing_date_far
        conflicting_filing_date_near filed_after_data_date finding_without_closing_date
        identical_row_same_id impossible_early_filing_date impossible_early_incident_date
        located_at_station neighborhood_missing several_complaints_of_one_incident too_few_columns
        too_many_columns unknown_category_code unknown_place_name unreadable_filing_date
        unreadable_incident_date""",
    "allegations.csv.gz": """
        closing_date_without_finding decided_before_filed identical_but_for_row_id
        identical_row_same_id outcome_without_complaint too_few_columns too_many_columns
        unknown_finding_word unreadable_decision_date""",
    "outreach.csv": """
        held_after_data_date identical_row_same_id looks_like_a_formula looks_like_markup
        several_lines_in_one_cell too_few_columns too_many_columns unknown_event_kind
        unknown_place_name unreadable_event_date very_long_text""",
    "figures.csv": "number_with_text total_differs_from_rows",
}
#: What the planted line itself shows, for the faults that one line can show.
SIGNS: dict[str, Callable[[list[str]], bool]] = {
    "backfill_day": lambda cells: "09/14/2020" in cells,
    "closed_before_filed": lambda cells: _day(cells[4]) < _day(cells[2]),
    "filed_after_data_date": lambda cells: _day(cells[2]) > datetime(2024, 12, 31),
    "finding_without_closing_date": lambda cells: cells[4] == "" and cells[5] == "Closed",
    "held_after_data_date": lambda cells: cells[1] > "2024-12-31",
    "impossible_early_filing_date": lambda cells: cells[2] == "01/01/1900",
    "impossible_early_incident_date": lambda cells: cells[3] == "01/01/1900",
    "located_at_station": lambda cells: cells[7] == "HQ / not located",
    "looks_like_a_formula": lambda cells: any(re.match(r"[=+@]", cell) for cell in cells),
    "looks_like_markup": lambda cells: any(re.search(r"<\w+|\]\(", cell) for cell in cells),
    "neighborhood_missing": lambda cells: cells[7] == "",
    "number_with_text": lambda cells: not cells[4].isdigit(),
    "outcome_without_complaint": lambda cells: cells[1].startswith("RB-2017-"),
    "too_few_columns": lambda cells: len(cells) == 2,
    "too_many_columns": lambda cells: len(cells) > 6 and cells[-1] == "one cell too many",
    "unknown_category_code": lambda cells: cells[6].startswith("ZZ-9"),
    "unknown_event_kind": lambda cells: cells[3] == "Lantern thing",
    "unknown_finding_word": lambda cells: cells[3] in {"Founded in part?", "ICX", "see file"},
    "unknown_place_name": lambda cells: "Nether Fold" in cells,
    "unreadable_decision_date": lambda cells: cells[5] == "31/31/2021",
    "unreadable_event_date": lambda cells: cells[1] == "31/31/2021",
    "unreadable_filing_date": lambda cells: cells[2] == "31/31/2021",
    "very_long_text": lambda cells: max(map(len, cells)) > 2000,
}
HEADER_ROW = re.compile(r"^# (\S+)(?: / (\S+))? +([A-Z_]+)( \(part-way\))?  +\S")


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%m/%d/%Y")


def content(path: Path) -> bytes:
    """The bytes a reader gets: packed files are compared unpacked, as zlib versions pack apart."""
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


@cache
def lines_of(file: str) -> list[str]:
    raw = content(CITY / "published" / file)
    return raw.decode(ENCODINGS.get(file, "utf-8")).split("\n")


@cache
def ledger() -> dict[str, Any]:
    return json.loads((CITY / "dirty_rows.json").read_text(encoding="utf-8"))


@cache
def loaded() -> CityData:
    return load_city("riverbend", data=DATA)


def described(name: str) -> object:
    """Read a description as the product does (plain YAML would take the key `on` for yes)."""
    file = read_yaml(CITY / name, name=name)
    assert isinstance(file, YamlFile)
    return file.values


@cache
def commitments() -> tuple[Commitment, ...]:
    return CommitmentsFile.model_validate(described("commitments.yml")).commitments


def intended() -> dict[tuple[str, str], str]:
    """Read the list at the top of commitments.yml: (commitment, test) → intended state."""
    text = (CITY / "commitments.yml").read_text(encoding="utf-8")
    rows = [HEADER_ROW.match(line) for line in text.split("\n")]
    return {(row[1], row[2] or ""): row[3] + (row[4] or "") for row in rows if row}


def lines_planted(file: str, *, expected: str) -> set[int]:
    return {
        line
        for one in ledger()["kinds"]
        if one["file"] == file and one["expected"] == expected
        for line in one["lines"]
    }


def lines_with(file: str, *, action: str) -> set[int]:
    return {
        problem.line
        for problem in loaded().problems
        if problem.file == f"published/{file}" and problem.action == action and problem.line
    }


def test_the_generator_writes_the_published_files_again_exactly(tmp_path: Path) -> None:
    script = str(CITY / "generate.py")
    subprocess.run([sys.executable, "-B", script, "--into", str(tmp_path)], check=True)
    written = {p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()}
    kept = {p.relative_to(CITY) for p in (CITY / "published").iterdir()}
    assert written == kept | {Path("dirty_rows.json")}
    for name in sorted(written):
        assert content(tmp_path / name) == content(CITY / name), name


def test_no_published_file_is_larger_than_one_and_a_half_megabytes() -> None:
    assert max(p.stat().st_size for p in (CITY / "published").iterdir()) < 1_500_000


def test_there_are_24_neighborhoods_in_6_districts_each_on_a_tile_of_its_own() -> None:
    rows = list(csv.DictReader(lines_of("places.csv")))
    assert len(rows) == len({row["id"] for row in rows}) == 24
    assert len({row["district"] for row in rows}) == 6
    assert len({(row["tile_row"], row["tile_col"]) for row in rows}) == 24
    tiny = {row["id"]: row["residents_reliable"] for row in rows if int(row["residents"]) < 1000}
    assert tiny == {"kiln-yards": "no", "slipway": "yes"}


def test_the_tables_have_the_size_the_city_is_meant_to_have() -> None:
    read = {file: account["read"] for file, account in ledger()["files"].items()}
    assert 8_800 <= read["complaints.csv"] <= 9_300
    assert 1_150 <= read["outreach.csv"] <= 1_250
    assert 1.3 < read["allegations.csv.gz"] / read["complaints.csv"] < 2
    assert 140 <= sum(kind["count"] for kind in ledger()["kinds"]) <= 180


def test_every_kind_of_fault_is_planted() -> None:
    planted = {(one["file"], one["kind"]) for one in ledger()["kinds"] if one["count"] > 0}
    assert planted == {(file, kind) for file, kinds in KINDS.items() for kind in kinds.split()}


@pytest.mark.parametrize("entry", ledger()["kinds"], ids=lambda one: f"{one['file']}-{one['kind']}")
def test_the_ledger_names_the_lines_that_are_in_the_file(entry: dict[str, Any]) -> None:
    lines = lines_of(entry["file"])
    assert entry["count"] == len(entry["lines"]) == len(set(entry["lines"]))
    for number in entry["lines"]:
        text = lines[number - 1]
        cells = next(csv.reader([text]))
        if entry["kind"] == "identical_row_same_id":
            assert text == lines[number - 2]
        elif entry["kind"] == "identical_but_for_row_id":
            other = next(csv.reader([lines[number - 2]]))
            assert cells[1:] == other[1:] and cells[0] != other[0]
        elif entry["kind"].startswith("conflicting_filing_date"):
            other = next(csv.reader([lines[number - 2]]))
            apart = abs((_day(cells[2]) - _day(other[2])).days)
            assert cells[0] == other[0] and apart > 0
            assert (apart > 30) == entry["kind"].endswith("far")
        elif entry["kind"] in SIGNS:
            assert SIGNS[entry["kind"]](cells), text


def test_lines_that_show_a_fault_are_all_in_the_ledger() -> None:
    """Nobody planted a fault twice or by accident."""
    signs = {"complaints.csv": ("located_at_station", "neighborhood_missing")}
    signs["outreach.csv"] = ("unknown_event_kind", "unreadable_event_date")
    signs["allegations.csv.gz"] = ("unknown_finding_word", "outcome_without_complaint")
    listed = {(k["file"], k["kind"]): set(k["lines"]) for k in ledger()["kinds"]}
    for file, kinds in signs.items():
        rows = [next(csv.reader([text]), []) for text in lines_of(file)]
        for kind in kinds:
            hits = {n for n, cells in enumerate(rows, 1) if len(cells) > 7 and SIGNS[kind](cells)}
            if file == "allegations.csv.gz":
                hits = {
                    n for n, cells in enumerate(rows, 1) if len(cells) == 6 and SIGNS[kind](cells)
                }
            assert hits == listed[file, kind]


def test_rows_that_had_to_be_kept_aside_stay_below_one_percent_of_each_table() -> None:
    for file, account in ledger()["files"].items():
        assert account["quarantined"] < 0.01 * account["read"], file


@pytest.mark.parametrize(("table", "file"), TABLES.items())
def test_the_loader_accounts_for_every_row_as_the_ledger_says(table: str, file: str) -> None:
    accounting = loaded().tables[table].accounting
    expected = ledger()["files"][file]
    assert {name: getattr(accounting, name) for name in expected} == expected
    assert accounting.balances()


@pytest.mark.parametrize("file", TABLES.values())
def test_the_loader_keeps_aside_and_drops_exactly_the_planted_lines(file: str) -> None:
    for action in ("quarantined", "dropped"):
        assert lines_with(file, action=action) == lines_planted(file, expected=action)


def test_the_loader_flags_the_planted_lines_that_it_keeps() -> None:
    listed = {one["kind"]: set(one["lines"]) for one in ledger()["kinds"]}
    flagged = lines_with("complaints.csv", action="flagged")
    for kind in ("conflicting_filing_date_near", "conflicting_filing_date_far"):
        assert listed[kind] <= flagged
    assert listed["closed_before_filed"] <= flagged


def test_cells_that_cannot_be_used_are_missing_and_their_rows_stay() -> None:
    frame = loaded().tables["complaints"].frame.set_index("line")
    listed = {
        one["kind"]: one["lines"] for one in ledger()["kinds"] if one["file"] == "complaints.csv"
    }
    for kind in ("neighborhood_missing", "located_at_station", "unknown_place_name"):
        assert frame.loc[listed[kind], "place_id"].isna().all(), kind
    assert frame.loc[listed["impossible_early_filing_date"], "filed_on"].isna().all()
    assert frame.loc[listed["impossible_early_incident_date"], "incident_on"].isna().all()


def test_the_backfilled_day_and_the_printed_total_that_is_off_are_found() -> None:
    found = {problem.check: problem.found for problem in loaded().problems}
    assert "2020-09-14" in found["backfill"]
    assert "complaints-2019" in found["publisher_total"]
    assert sum(problem.check == "publisher_total" for problem in loaded().problems) == 1


def test_nobody_filed_unsigned_before_the_law_changed_and_some_did_after() -> None:
    cases = loaded().cases
    unsigned = cases.loc[cases["filed_by"] == "anonymous", "filed_on"]
    change = loaded().city.tables["complaints"].breaks[0].on
    assert unsigned.min().date() >= change
    assert len(unsigned) > 500


def test_the_city_says_that_it_is_invented() -> None:
    city = City.model_validate(described("city.yml"))
    assert city.fictional
    assert "invented" in city.about
    for spec in city.tables.values():
        assert "invented" in spec.source.publisher
        assert str(spec.source.url).startswith("https://riverbend.example/")


def test_the_eight_commitments_are_accepted_and_made_by_invented_people() -> None:
    assert len(commitments()) == 8
    assert loaded().commitments == commitments()
    for one in commitments():
        assert "invented" in one.said_by.office
        assert "Riverbend" in one.said_by.office
    assert sum(one.reply is not None for one in commitments()) == 1
    assert sum(len(one.challenges) for one in commitments()) == 1
    assert any(one.places for one in commitments())


def test_tests_of_every_kind_are_carried() -> None:
    kinds = {test.kind for one in commitments() for test in one.tests}
    assert kinds == {
        "change", "threshold", "delivery", "coverage", "figure_change", "agreement",
    }  # fmt: skip


def test_the_list_at_the_top_names_each_test_and_reaches_every_state_and_reason() -> None:
    carried = {(one.id, test.id) for one in commitments() for test in one.tests}
    carried |= {(one.id, "") for one in commitments() if one.not_measurable is not None}
    assert set(intended()) == carried
    states = {state.removesuffix(" (part-way)") for state in intended().values()}
    assert states == {s.name for s in VerdictState} | {r.name for r in Reason}
    assert "NOT_KEPT (part-way)" in intended().values()


def test_every_figure_a_test_names_is_published() -> None:
    figures = loaded().frame("figures")
    assert figures is not None
    for one in commitments():
        for test in one.tests:
            for field in ("before", "after", "claim", "against"):
                assert set(getattr(test, field, ())) <= set(figures["figure_id"])
