"""The data-quality page of the invented city against the ledger of faults planted in it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from trustboard.load import data_root, load_city
from trustboard.quality import Quality, quality

FILES = {
    "complaints.csv": "complaints",
    "allegations.csv.gz": "outcomes",
    "outreach.csv": "outreach",
}
#: Planted fault → part of the page, and what its row there says.
ASIDE = {
    "too_few_columns": "malformed_row",
    "too_many_columns": "malformed_row",
    "unknown_category_code": "unknown_word",
    "unknown_finding_word": "unknown_word",
    "unknown_event_kind": "unknown_word",
    "unreadable_filing_date": "unreadable_date",
    "unreadable_decision_date": "unreadable_date",
    "unreadable_event_date": "unreadable_date",
    "filed_after_data_date": "after_data_date",
    "held_after_data_date": "after_data_date",
}
DATES = {
    "closed_before_filed": "closed_before_filed",
    "decided_before_filed": "decided_before_filed",
    "filed_after_data_date": "after_data_date",
    "held_after_data_date": "after_data_date",
    "impossible_early_filing_date": "impossible_date",
    "impossible_early_incident_date": "impossible_date",
    "unreadable_filing_date": "unreadable_date",
    "unreadable_incident_date": "unreadable_date",
    "unreadable_decision_date": "unreadable_date",
    "unreadable_event_date": "unreadable_date",
}
PLACES = {
    "neighborhood_missing": "blank",
    "located_at_station": "said_unknown",
    "unknown_place_name": "on_no_list",
}


@cache
def found() -> Quality:
    return quality(load_city("riverbend", data=data_root()))


@cache
def planted() -> list[dict[str, Any]]:
    ledger = json.loads((data_root() / "riverbend/dirty_rows.json").read_text(encoding="utf-8"))
    return list(ledger["kinds"])


def expected(kinds: dict[str, str], *, table: str | None = None) -> Counter[tuple[str, str]]:
    """Count what was planted, by table and by what the page calls it."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in planted():
        name = FILES.get(one["file"])
        if one["kind"] in kinds and name is not None and table in (None, name):
            counted[name, kinds[one["kind"]]] += one["count"]
    return counted


def told(part: str, *, by: str = "check", **wanted: str) -> Counter[tuple[str, str]]:
    """Count what the page says, in the same shape."""
    rows = found()[part].table
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows.to_dict("records"):
        counted[row["table"], row[by]] += int(row["rows"])
    return counted


def count(kind: str, file: str) -> int:
    return sum(o["count"] for o in planted() if (o["kind"], o["file"]) == (kind, file))


def test_the_rows_set_aside_are_those_of_the_ledger() -> None:
    assert told("set-aside") == expected(ASIDE)
    assert sum(told("set-aside").values()) == 33


def test_the_dates_at_fault_are_those_of_the_ledger() -> None:
    page = told("dates")
    pairs = count("conflicting_filing_date_far", "complaints.csv")
    pairs += count("conflicting_filing_date_near", "complaints.csv")
    assert page.pop(("complaints", "conflicting_filing_date")) == 2 * pairs  # both rows of each
    before = page.pop(("outcomes", "before_coverage"))
    assert before <= count("decided_before_filed", "allegations.csv.gz")
    assert page == expected(DATES)


def test_the_places_that_are_not_known_are_those_of_the_ledger() -> None:
    page = told("places", by="state", period="all")
    for state in PLACES.values():
        assert page["complaints", state] == expected(PLACES)["complaints", state]
    assert page["outreach", "on_no_list"] == expected(PLACES)["outreach", "on_no_list"]


@pytest.mark.parametrize("file", FILES)
def test_proven_and_possible_duplicates_are_those_of_the_ledger(file: str) -> None:
    rows = found()["duplicates"].table.set_index("table")
    assert rows.at[FILES[file], "dropped"] == count("identical_row_same_id", file)
    assert rows.at[FILES[file], "possible"] == count("identical_but_for_row_id", file)


@pytest.mark.parametrize(
    ("check", "kind", "file"),
    [
        ("outcome_without_complaint", "outcome_without_complaint", "allegations.csv.gz"),
        ("finding_without_closing_date", "finding_without_closing_date", "complaints.csv"),
        ("closed_without_finding", "closing_date_without_finding", "complaints.csv"),
    ],
)
def test_what_has_no_counterpart_is_what_the_ledger_says(check: str, kind: str, file: str) -> None:
    rows = found()["unmatched"].table
    [row] = rows[(rows["check"] == check) & (rows["period"] == "all")].to_dict("records")
    assert row["rows"] == count(kind, file)


def test_the_planted_day_and_the_planted_total_stand_out_and_nothing_else() -> None:
    [day] = found()["backfills"].table.to_dict("records")
    assert f"{day['on']:%Y-%m-%d}" == "2020-09-14"
    assert day["rows"] >= count("backfill_day", "complaints.csv")
    totals = found()["totals"].table
    assert int(totals["blocks"].sum()) == count("total_differs_from_rows", "figures.csv")


def test_every_check_adds_up_to_the_problems_of_the_city() -> None:
    city = load_city("riverbend", data=data_root())
    checks = found()["checks"].table.set_index("check")["times"]
    counted = Counter(one.check for one in city.problems)
    assert {name: int(checks[name]) for name in counted} == dict(counted)
