"""Faults counted in a city small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from factories import make_city
from trustboard.citydata import Accounting, CityData, Corrected
from trustboard.problem_kinds import problem
from trustboard.quality import COLUMNS, alike, quality
from trustboard.quality.delays import FEWEST

COMPLAINTS = [
    # id, filed, closed, place, category, filed by
    ("a", "2022-01-10", "2022-02-10", "p1", "force", "civilian"),
    ("b", "2022-03-01", None, None, "force", None),
    ("c", "2022-05-05", "2022-06-01", "outside", None, "civilian"),
    ("d", "2023-01-01", "2023-02-01", "p2", "search", "civilian"),
    ("e", "2023-04-04", None, None, "search", "civilian"),
    ("f", None, None, "p1", "search", "civilian"),
]
OUTCOMES = [
    # complaint, finding, discipline, decided
    ("a", "sustained", "suspension", "2022-02-01"),
    ("a", "sustained", "suspension", "2022-02-01"),  # repeats the row above
    ("b", "unfounded", None, None),  # decided, and no closing date
    ("d", None, None, None),  # closed, and no finding
    ("lost", "sustained", None, "2022-02-01"),  # no such complaint
]
PLACES = [
    ("p1", "One", "neighborhood", None, 5000, True),
    ("p2", "Two", "neighborhood", None, 1, True),
]


@pytest.fixture
def city() -> CityData:
    return make_city(complaints=COMPLAINTS, outcomes=OUTCOMES, places=PLACES)


def rows(city: CityData, part: str, **wanted: object) -> list[dict[str, object]]:
    """Give the rows of a part's table that say what is wanted."""
    table = quality(city)[part].table
    for name, value in wanted.items():
        table = table[table[name] == value]
    return table.to_dict("records")


def test_every_part_has_exactly_the_columns_that_are_described(city: CityData) -> None:
    found = quality(city).parts
    assert list(found) == list(COLUMNS)
    for name, part in found.items():
        assert list(part.table.columns) == list(COLUMNS[name])
        assert part.question.endswith("?") and part.said and part.action


def test_a_blank_is_counted_in_the_year_of_its_row_and_never_twice(city: CityData) -> None:
    counted = {r["period"]: (r["blank"], r["rows"]) for r in rows(city, "blanks", field="category")}
    outcomes = {r["period"] for r in rows(city, "blanks", table="outcomes", field="finding")}
    assert counted == {"all": (1, 6), "2022": (1, 3), "2023": (0, 2), "undated": (0, 1)}
    assert outcomes == {"all", "2022", "2023", "undated"}  # "lost" has no date to be put by


def test_the_years_of_every_field_add_up_to_all(city: CityData) -> None:
    table = quality(city)["blanks"].table
    whole = table[table["period"] == "all"].set_index(["table", "field"])
    years = table[table["period"] != "all"].groupby(["table", "field"])[["blank", "rows"]].sum()
    pd.testing.assert_frame_equal(
        whole[["blank", "rows"]].sort_index(), years.sort_index(), check_dtype=False
    )


def test_ids_without_a_counterpart_are_counted_both_ways(city: CityData) -> None:
    total = {
        r["check"]: (r["rows"], r["of"]) for r in rows(city, "unmatched") if r["period"] == "all"
    }
    assert total == {
        "outcome_without_complaint": (1, 5),
        "complaint_without_outcome": (3, 6),  # c, e, f
        "finding_without_closing_date": (1, 6),  # b
        "closed_without_finding": (2, 6),  # c and d
    }
    said = quality(city)["unmatched"].said
    assert "1 of 5 outcomes belongs to a complaint that is not" in said
    assert "3 of 6 complaints (50%)" in said


def test_a_place_is_known_or_it_is_said_why_not(city: CityData) -> None:
    total = {r["state"]: r["rows"] for r in rows(city, "places", period="all")}
    assert total == {"known": 3, "outside": 1, "blank": 2, "said_unknown": 0, "on_no_list": 0}
    assert "not known of 2 of 6 complaints (33%)" in quality(city)["places"].said


def test_possible_duplicates_are_given_both_ways(city: CityData) -> None:
    [found] = rows(city, "duplicates", table="outcomes")
    assert (found["kept"], found["possible"], found["without"]) == (5, 1, 4)
    assert found["share"] == pytest.approx(0.2)


def test_a_row_with_several_faults_is_set_aside_once(city: CityData) -> None:
    table = city.tables["complaints"]
    account = Accounting(read=8, kept=6, quarantined=2, dropped=0, possible_duplicates=0)
    file = table.file
    found = (
        problem("unknown_word", file=file, line=8, column="kind", found="'x'", fill={"name": "k"}),
        problem("unreadable_date", file=file, line=8, column="day", found="'y'",
                fill={"formats": "z"}),
        problem("malformed_row", file=file, line=9, found="2 cells", fill={"width": 6}),
    )  # fmt: skip
    dirty = replace(
        city,
        problems=found,
        tables={**city.tables, "complaints": replace(table, accounting=account)},
    )
    told = rows(dirty, "set-aside")
    assert {(r["check"], r["rows"], r["read"]) for r in told} == {
        ("unknown_word", 1, 8),
        ("malformed_row", 1, 8),
    }
    read = sum(one.accounting.read for one in dirty.tables.values())
    assert f"2 of {read} rows read" in quality(dirty)["set-aside"].said


def test_the_delay_to_a_decision_counts_complaints_that_are_still_waiting() -> None:
    """Ten of twenty decided after 30 days, ten still open: no half of all is decided yet."""
    complaints = [(f"c{n}", "2022-01-01", None, None, None, None) for n in range(20)]
    outcomes = [(f"c{n}", "sustained", None, "2022-01-31") for n in range(10)]
    outcomes += [(f"c{n}", "pending", None, None) for n in range(10, 20)]
    [half] = rows(make_city(complaints=complaints, outcomes=outcomes), "delays", period="2022")
    assert half["state"] == "not_reached" and pd.isna(half["median"])  # exactly half is still open
    outcomes[10] = ("c10", "sustained", None, "2022-03-02")  # day 60
    [half] = rows(make_city(complaints=complaints, outcomes=outcomes), "delays", period="2022")
    assert (half["median"], half["rows"], half["of"]) == (60, 11, 20)
    assert half["late"] == float("inf")


def test_a_delay_of_few_is_not_given() -> None:
    complaints = [
        {"complaint_id": f"c{n}", "filed_on": "2022-01-11", "incident_on": "2022-01-01"}
        for n in range(FEWEST)
    ]
    [told] = rows(make_city(complaints=complaints), "delays", period="2022")
    assert (told["median"], told["state"]) == (10, "ok")
    complaints[0]["incident_on"] = "2022-02-01"  # an incident after its complaint
    [told] = rows(make_city(complaints=complaints), "delays", period="2022")
    assert pd.isna(told["median"]) and (told["state"], told["left_out"]) == ("too_few", 1)


def test_a_row_tells_when_it_became_public_only_after_the_first_snapshot() -> None:
    seen = ["2022-06-01"] * 5 + ["2022-09-01"] * FEWEST
    complaints = [{"complaint_id": f"c{n}", "filed_on": "2022-05-01"} for n in range(len(seen))]
    city = make_city(complaints=complaints)
    frame = city.tables["complaints"].frame
    frame["first_seen"] = pd.to_datetime(seen)
    [told] = rows(city, "delays", period="2022")
    assert (told["delay"], told["median"], told["of"]) == ("filing_to_first_seen", 123, FEWEST)
    late = rows(city, "backfills", kind="late_rows")
    assert [(r["on"].date(), r["rows"]) for r in late] == [(date(2022, 9, 1), FEWEST)]
    assert "cannot be told" not in quality(city)["delays"].said


def test_printed_totals_stand_beside_the_rows() -> None:
    figures = [
        {"figure_id": "f22", "series": "total", "value": 3, "period": "2022", "publisher": "P",
         "period_from": "2022-01-01", "period_to": "2022-12-31"},
        {"figure_id": "f23", "series": "total", "value": 4, "period": "2023", "publisher": "P",
         "period_from": "2023-01-01", "period_to": "2023-12-31"},
    ]  # fmt: skip
    city = make_city(
        complaints=COMPLAINTS, figures=figures, of_table={"complaints": {"totals_series": "total"}}
    )
    told = {r["period"]: (r["rows"], r["difference"], r["blocks"]) for r in rows(city, "totals")}
    assert told == {"2022": (3, 0, False), "2023": (2, -2, True)}
    assert "1 of 2 printed totals differ" in quality(city)["totals"].said


def test_a_day_of_many_filings_stands_beside_a_usual_one() -> None:
    usual = [(f"u{n}", f"2022-01-{n + 1:02}", None, None, None, None) for n in range(20)]
    many = [(f"m{n}", "2022-03-03", None, None, None, None) for n in range(12)]
    [found] = rows(make_city(complaints=usual + many), "backfills")
    assert (found["on"].date(), found["rows"], found["usual"]) == (date(2022, 3, 3), 12, 1)


def test_breaks_and_corrections_are_listed_with_their_dates(city: CityData) -> None:
    broken = make_city(
        complaints=COMPLAINTS,
        of_table={"complaints": {"breaks": [{"on": date(2022, 7, 1), "why": "A new form."}]}},
    )
    [found] = rows(broken, "breaks")
    assert (found["on"].date(), found["why"], found["affects"]) == (
        date(2022, 7, 1), "A new form.", "all",
    )  # fmt: skip
    renamed = {"on": date(2022, 7, 1), "why": "Other words.", "words": ["category"]}
    [found] = rows(
        make_city(complaints=COMPLAINTS, of_table={"complaints": {"breaks": [renamed]}}), "breaks"
    )
    assert found["affects"] == "words of category"
    one = Corrected("complaints", "day", "1916-01-04", "2016-01-04", "A typing error.",
                    "https://example.org/x", date(2024, 3, 1), "applied")  # fmt: skip
    older = replace(one, on=date(2023, 3, 1), state="obsolete")
    told = quality(replace(city, corrections=(older, one)))["corrections"]
    assert [day.date() for day in told.table["on"]] == [date(2024, 3, 1), date(2023, 3, 1)]
    assert "2 corrections" in told.said and "1 no longer needed" in told.said


def test_equal_problems_are_put_together_and_none_is_lost() -> None:
    def one(line: int, found: str) -> object:
        return problem("malformed_row", file="f.csv", line=line, found=found, fill={"width": 3})

    [group] = alike([one(n, "2 cells") for n in range(2, 9)] + [one(20, "5 cells")])  # type: ignore[list-item]
    assert (group.times, group.rows, [equal.times for equal in group.found]) == (8, 8, [7, 1])
    assert group.found[0].where() == "f.csv, lines 2, 3, 4, 5, 6 and 2 more"
    assert group.found[1].where() == "f.csv line 20"


def test_a_city_without_rows_claims_nothing_about_them() -> None:
    for part in quality(make_city()).parts.values():
        assert part.table.empty or part.id == "checks"
        assert "None of the" not in part.said and "No date" not in part.said
