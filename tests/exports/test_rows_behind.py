"""The rows behind a number are as many as the number says, and lead to nobody."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from factories import make_city
from trustboard.citydata import CityData
from trustboard.exports import rows_of
from trustboard.exports.fields import BEHIND, FIELDS
from trustboard.indicator import catalogue
from trustboard.measure import Query, QueryError, measure
from trustboard.tidy import CannotMeasure, Measured

COUNTED = ("complaints-received", "complaints-per-10000", "outreach-events", "open-case-age")
SHARES = (
    "closed-within-180-days",
    "discipline-after-sustained",
    "still-open",
    "sustained-within-12-months",
)
FREE_TEXT = ("note", "what", "venue", "incident_id", "publisher")


def both(city: CityData, indicator: str, query: Query) -> tuple[pd.DataFrame, pd.DataFrame]:
    found, rows = measure(city, indicator, query), rows_of(city, indicator, query)
    assert isinstance(found, Measured)
    assert isinstance(rows, pd.DataFrame)
    return found.table, rows


@pytest.mark.parametrize("indicator", COUNTED)
def test_there_are_as_many_rows_as_were_counted(riverbend: CityData, indicator: str) -> None:
    table, rows = both(riverbend, indicator, Query(filters=(("place", ("heron-flats",)),)))
    assert len(rows) == table["n"].sum() > 0
    assert set(rows["place"]) == {"heron-flats"}


@pytest.mark.parametrize("indicator", SHARES)
def test_a_share_has_its_denominator_as_rows_and_its_numerator_marked(
    riverbend: CityData, indicator: str
) -> None:
    query = Query(by=("year",), from_=date(2020, 1, 1), to=date(2022, 12, 31))
    table, rows = both(riverbend, indicator, query)
    assert len(rows) == table["exposure"].sum() > 0
    assert rows["hit"].sum() == table["n"].sum() > 0
    per_year = rows.groupby("period").size()
    assert per_year.to_dict() == table.set_index("period")["exposure"].to_dict()


def test_the_rows_of_one_finding_mark_it_among_all_that_were_decided(riverbend: CityData) -> None:
    table, rows = both(riverbend, "findings", Query(filters=(("finding", ("sustained",)),)))
    assert len(rows) == table["exposure"].iloc[0]
    assert rows["hit"].sum() == table["n"].iloc[0]


def test_durations_rest_on_every_case_that_was_followed(riverbend: CityData) -> None:
    table, rows = both(riverbend, "days-to-close", Query())
    assert len(rows) == table["exposure"].iloc[0]


def test_allegations_are_given_one_by_one(riverbend: CityData) -> None:
    query = Query(unit="allegation")
    table, rows = both(riverbend, "complaints-received", query)
    assert len(rows) == table["n"].iloc[0]
    assert rows["row_id"].is_unique


def test_months_without_an_event_rest_on_the_events_of_the_other_months(
    riverbend: CityData,
) -> None:
    table, rows = both(riverbend, "months-without-event", Query())
    assert len(rows) == table["events"].sum()


def test_a_comparison_of_two_tables_gives_the_rows_of_both(riverbend: CityData) -> None:
    table, rows = both(riverbend, "outreach-where-complaints", Query())
    totals = table.set_index("measure")["exposure"]
    assert rows["table"].value_counts().to_dict() == {
        "complaints": totals["complaints"],
        "outreach": totals["events"],
    }


def test_figures_come_with_their_sources(riverbend: CityData) -> None:
    table, rows = both(riverbend, "published-figure", Query())
    assert list(rows["figure_id"].sort_values()) == list(table["figure_id"].sort_values())
    assert rows["url"].notna().all()


@pytest.mark.parametrize("indicator", sorted(catalogue()))
def test_no_row_carries_free_text_or_leads_to_a_person(riverbend: CityData, indicator: str) -> None:
    rows = rows_of(riverbend, indicator)
    assert isinstance(rows, pd.DataFrame)
    allowed = {*BEHIND, *FIELDS["figures"]}
    for name in rows.columns:
        assert name.removesuffix("_as_published") in allowed
        assert name not in FREE_TEXT or indicator == "published-figure"
    assert "note" not in rows


def test_a_line_leads_back_to_the_published_row(riverbend: CityData) -> None:
    rows = rows_of(riverbend, "complaints-received", Query(from_=date(2024, 1, 1)))
    assert isinstance(rows, pd.DataFrame)
    assert set(rows["table"]) == {"complaints"}
    kept = riverbend.tables["complaints"].frame.set_index("line")["complaint_id"]
    assert list(kept.loc[rows["line"]]) == list(rows["complaint_id"])


@pytest.mark.parametrize("indicator", ["complaints-received", "discipline-after-sustained"])
def test_an_allegation_has_its_own_line_and_its_own_words_not_those_of_its_complaint(
    riverbend: CityData, indicator: str
) -> None:
    rows = rows_of(riverbend, indicator, Query(unit="allegation"))
    assert isinstance(rows, pd.DataFrame)
    assert set(rows["table"]) == {"outcomes"}
    own = ["complaint_id", "row_id", "category", "category_as_published", "finding"]
    own += ["finding_as_published", "discipline", "discipline_as_published"]
    published = riverbend.tables["outcomes"].frame.set_index("line")[own].loc[rows["line"]]
    pd.testing.assert_frame_equal(
        rows[own].astype("str"), published.reset_index(drop=True).astype("str")
    )


def test_words_of_a_complaint_stand_beside_its_allegations_where_these_have_none() -> None:
    city = make_city(
        complaints=[
            {"complaint_id": "a", "filed_on": "2022-02-01", "category": "force",
             "category_as_published": "Force!"},
        ],
        outcomes=[("a", "sustained"), ("a", "unfounded")],
    )  # fmt: skip
    rows = rows_of(city, "complaints-received", Query(unit="allegation"))
    assert isinstance(rows, pd.DataFrame)
    assert rows["category_as_published"].tolist() == ["Force!", "Force!"]
    assert rows["line"].tolist() == [2, 3]


def test_rows_of_what_is_not_published_are_refused_with_the_reason() -> None:
    found = rows_of(make_city(complaints=[("a", "2022-02-01")]), "findings")
    assert isinstance(found, CannotMeasure)
    assert "finding" in found.why


def test_a_filter_that_does_not_exist_is_refused(riverbend: CityData) -> None:
    with pytest.raises(QueryError, match="nowhere"):
        rows_of(riverbend, "findings", Query(filters=(("place", ("nowhere",)),)))
