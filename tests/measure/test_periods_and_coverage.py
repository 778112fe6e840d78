"""Zeros only where they are real; everything else says why it cannot be quoted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_city
from trustboard.city import Coverage
from trustboard.measure import Query, QueryError, measure
from trustboard.periods import calendar, years_between
from trustboard.query import PeriodKind
from trustboard.tidy import CannotMeasure, Measured
from trustboard.wording.answers import answer


def counted(query: Query, **coverage: object) -> pd.DataFrame:
    rows = [("a", "2022-03-10"), ("b", "2022-05-31"), ("c", None), ("d", "1900-01-01")]
    found = measure(make_city(complaints=rows, coverage=coverage), "complaints-received", query)
    assert isinstance(found, Measured)
    return found.table.set_index("period")


def test_outside_coverage_nothing_is_zero() -> None:
    asked = Query(by=("year",), from_=date(2021, 1, 1), to=date(2024, 12, 31))
    table = counted(asked)
    assert table["state"].to_dict() == {
        "2021": "not_published",
        "2022": "ok",
        "2023": "unsettled",
        "2024": "not_published",
    }
    assert table.loc[["2021", "2024"], ["value", "lower", "upper", "n"]].isna().all().all()
    assert table.loc["2023", "value"] == 0


def test_a_month_covered_in_part_is_partial() -> None:
    table = counted(Query(by=("month",)), to=date(2022, 9, 10), settles_after_months=2)
    assert table.index[-1] == "2022-09"
    assert table["state"].tolist()[-4:] == ["ok", "unsettled", "unsettled", "partial"]


def test_the_unsettled_months_are_counted_to_the_end_of_a_long_month() -> None:
    table = counted(Query(by=("month",)), to=date(2022, 6, 30))
    assert table["state"].tolist() == ["ok"] * 3 + ["unsettled"] * 3


def test_a_quarter_has_its_own_name() -> None:
    table = counted(Query(by=("quarter",)))
    assert table.index[:2].tolist() == ["2022-Q1", "2022-Q2"]
    assert table["n"].tolist()[:3] == [1, 1, 0]


def test_a_period_cut_by_the_question_keeps_its_count_and_says_so() -> None:
    table = counted(Query(by=("year",), from_=date(2022, 4, 1)))
    assert table.loc["2022", ["value", "n", "state"]].tolist() == [1, 1, "cut"]


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (date(2023, 3, 1), date(2023, 6, 30), "cut"),
        (date(2023, 3, 1), date(2023, 9, 9), "cut"),
        (None, date(2023, 9, 9), "cut"),
        (date(2023, 3, 1), None, "partial"),
        (date(2023, 3, 1), date(2023, 9, 11), "partial"),
        (None, date(2023, 9, 10), "partial"),  # it leaves out no day that the source covers
        (None, date(2023, 12, 31), "partial"),
        (date(2023, 9, 11), date(2023, 10, 31), "not_published"),
    ],
)
def test_a_period_that_is_not_whole_is_laid_to_whom_it_is_due(
    first: date | None, last: date | None, state: str
) -> None:
    asked = Query(by=("year",), from_=first, to=last)
    assert counted(asked, to=date(2023, 9, 10)).loc["2023", "state"] == state


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(2022, 1, 1), date(2023, 12, 31)),
    st.dates(date(2022, 1, 1), date(2023, 12, 31)),
    st.sampled_from(["month", "quarter", "year"]),
)
def test_nothing_a_source_covers_is_ever_called_less_than_covered(
    one: date, other: date, kind: PeriodKind
) -> None:
    spec = Coverage.model_validate({"from": date(2022, 1, 1), "to": date(2023, 12, 31)})
    chosen = calendar(Query(from_=min(one, other), to=max(one, other)), kind=kind, coverage=spec)
    days = chosen.columns
    whole = (days["from_"] == days["start"]) & (days["to"] == days["end"])
    assert (days["state"] == "cut").tolist() == (~whole).tolist()
    assert set(days["state"]) <= {"cut", "ok", "unsettled"}
    assert "cut" not in calendar(Query(), kind=kind, coverage=spec).columns["state"]


def test_a_year_that_was_chosen_in_part_is_neither_quoted_nor_compared() -> None:
    rows = [("a", "2022-05-31"), ("b", "2023-05-01"), ("c", "2023-06-01")]
    city = make_city(complaints=rows, coverage={"to": date(2024, 12, 31)})
    found = measure(city, "complaints-received", Query(by=("year",), from_=date(2022, 4, 1)))
    assert isinstance(found, Measured)
    assert found.table["state"].tolist() == ["cut", "ok", "unsettled"]
    said = answer(found)
    assert "In 2023," in said
    assert "2022" not in said


def test_unsplit_and_unlimited_every_row_counts_dated_or_not() -> None:
    assert counted(Query()).loc["all", ["n", "state"]].tolist() == [4, "ok"]
    assert counted(Query(from_=date(2022, 1, 1))).loc["all", "n"] == 2


def test_rows_in_no_period_are_told() -> None:
    rows = [("a", "2022-03-10"), ("c", None), ("d", "1900-01-01")]
    found = measure(make_city(complaints=rows), "complaints-received", Query(by=("year",)))
    assert isinstance(found, Measured)
    assert any(c.startswith("1 row has no readable date") for c in found.caveats)
    assert any(c.startswith("1 row is dated outside") for c in found.caveats)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2020-01-01", "2020-12-31", 1),
        ("2019-01-01", "2022-12-31", 4),
        ("2021-01-01", "2021-01-31", 31 / 365),
        ("2019-12-31", "2020-01-01", 1 / 365 + 1 / 366),
    ],
)
def test_whole_calendar_years_count_as_one_each(first: str, last: str, years: float) -> None:
    ends = date.fromisoformat(first), date.fromisoformat(last)
    assert years_between(*ends) == pytest.approx(years)


def test_an_event_dated_by_year_is_in_its_year_and_in_no_month() -> None:
    event = {
        "event_id": "e",
        "held_on": "2022-01-01",
        "event_kind": "festival",
        "event_status": "held",
        "date_precision": "year",
    }
    city = make_city(outreach=[event])
    by_year = measure(city, "outreach-events", Query(by=("year",)))
    by_month = measure(city, "outreach-events", Query(by=("month",)))
    assert isinstance(by_year, Measured)
    assert isinstance(by_month, Measured)
    assert by_year.table["n"].tolist() == [1, 0]
    assert by_month.table["n"].sum() == 0
    assert any("dated by year only" in caveat for caveat in by_month.caveats)


def test_breaks_inside_the_time_shown_are_told() -> None:
    breaks = [
        {"on": date(2022, 7, 1), "why": "The form changed."},
        {"on": date(2022, 8, 1), "why": "Other.", "affects": ["findings"]},
        {"on": date(2021, 1, 1), "why": "Before all rows."},
    ]
    city = make_city(complaints=[("a", "2022-03-10")], of_table={"complaints": {"breaks": breaks}})
    found = measure(city, "complaints-received")
    assert isinstance(found, Measured)
    assert found.breaks == ((pd.Timestamp("2022-07-01"), "The form changed."),)
    later = measure(city, "complaints-received", Query(from_=date(2022, 7, 1)))
    assert isinstance(later, Measured)
    assert later.breaks == ()


def test_words_that_changed_concern_only_what_is_split_or_filtered_by_them() -> None:
    renamed = {"on": date(2022, 7, 1), "why": "Other words.", "words": ["category"]}
    city = make_city(
        complaints=[("a", "2022-03-10", None, None, "force", "civilian")],
        outcomes=[{"complaint_id": "a", "category": "courtesy"}],
        of_table={"complaints": {"breaks": [renamed]}},
    )

    def told(query: Query) -> int:
        found = measure(city, "complaints-received", query)
        assert isinstance(found, Measured)
        return len(found.breaks)

    only_force = (("category", ("force",)),)
    assert told(Query(by=("year",))) == 0
    assert told(Query(by=("year", "filed_by"))) == 0
    assert told(Query(by=("year", "category"))) == 1
    assert told(Query(by=("year",), filters=only_force)) == 1
    assert told(Query(by=("year", "category"), unit="allegation")) == 0  # it has its own words


def test_a_collection_that_is_not_complete_is_never_counted() -> None:
    event = ("e", "2022-01-01", "festival", "held", None)
    city = make_city(outreach=[event], coverage={"complete": False})
    for indicator in ("outreach-events", "months-without-event"):
        found = measure(city, indicator)
        assert isinstance(found, CannotMeasure)
        assert "nobody claims to be complete" in found.why


def test_the_source_of_closed_cases_only_cannot_tell_how_long_cases_take() -> None:
    rows = [("a", "2022-03-10", "2022-04-10")]
    city = make_city(complaints=rows, coverage={"closed_cases_only": True})
    for indicator in ("days-to-close", "still-open", "closed-within-180-days", "open-case-age"):
        found = measure(city, indicator)
        assert isinstance(found, CannotMeasure)
        assert found.why.startswith("only closed cases are published")


def test_allegations_need_no_coverage_of_their_own_but_must_be_complete() -> None:
    tables = {"complaints": [("a", "2022-03-10")], "outcomes": [("a", "sustained")]}
    query = Query(unit="allegation")
    without = make_city(**tables, of_table={"outcomes": {"coverage": None}})
    assert isinstance(measure(without, "complaints-received", query), Measured)
    partial = make_city(**tables, of_table={"outcomes": {"coverage": {"complete": False}}})
    assert isinstance(measure(partial, "complaints-received", query), CannotMeasure)
    assert isinstance(measure(partial, "complaints-received"), Measured)


def test_findings_stay_unsettled_until_the_slower_table_settles() -> None:
    rows = [(f"c{n}", "2023-06-10") for n in range(40)]
    city = make_city(
        complaints=rows,
        outcomes=[(one, "sustained") for one, _ in rows],
        of_table={"outcomes": {"coverage": {"settles_after_months": 12}}},
    )
    june = {"from_": date(2023, 6, 1), "to": date(2023, 6, 30), "by": ("month",)}
    received = measure(city, "complaints-received", Query(**june))
    found = measure(city, "findings", Query(**june))
    assert isinstance(received, Measured)
    assert isinstance(found, Measured)
    assert received.table["state"].tolist() == ["ok"]
    assert set(found.table["state"]) == {"unsettled"}
    assert any("last 12 months may still change" in caveat for caveat in found.caveats)
    by_allegation = measure(city, "complaints-received", Query(**june, unit="allegation"))
    assert isinstance(by_allegation, Measured)
    assert by_allegation.table["state"].tolist() == ["unsettled"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_outside_all_calendars_cannot_be_asked_for(day: date) -> None:
    city = make_city(complaints=[("a", "2022-03-10")])
    for query in (Query(by=("month",), from_=day), Query(by=("month",), to=day)):
        with pytest.raises(QueryError, match="no day that can be asked for"):
            measure(city, "complaints-received", query)
