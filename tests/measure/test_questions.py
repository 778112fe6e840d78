"""What may be asked, what is refused with a sentence, and what the data cannot answer."""

from __future__ import annotations

from datetime import date

import pytest

from factories import make_city
from trustboard.indicator import catalogue
from trustboard.measure import Query, QueryError, measure
from trustboard.tidy import CannotMeasure, Measured

PLACES = [("a", "Alder", "neighborhood", "d1", 2000), ("b", "Birch", "neighborhood", "d2", 3000)]
COMPLAINTS = [("c1", "2022-01-10", None, "a", "force", "civilian")]

EXPECTED_INDICATORS = {
    "complaints-received",
    "complaints-per-10000",
    "findings",
    "sustained-within-12-months",
    "still-open",
    "open-case-age",
    "days-to-close",
    "closed-within-180-days",
    "discipline-after-sustained",
    "outreach-events",
    "places-reached",
    "months-without-event",
    "outreach-per-10000",
    "outreach-where-complaints",
    "published-figure",
}


def test_the_catalogue_holds_every_indicator() -> None:
    assert set(catalogue()) == EXPECTED_INDICATORS


def test_every_indicator_says_what_it_asks_how_and_what_it_cannot_show() -> None:
    for indicator in catalogue().values():
        assert indicator.question.endswith("?"), indicator.id
        assert indicator.method, indicator.id
        assert indicator.caveats, indicator.id
        assert indicator.missing_sentence, indicator.id
        assert (indicator.rows is None) <= (indicator.custom is not None), indicator.id


@pytest.mark.parametrize(
    ("indicator", "query", "says"),
    [
        ("nonsense", Query(), "there are: closed-within-180-days"),
        ("complaints-received", Query(by=("colour",)), "it can be split by year, quarter"),
        ("complaints-received", Query(by=("year", "month")), "at a time"),
        ("complaints-received", Query(by=("place", "place")), "twice"),
        ("open-case-age", Query(by=("year",)), "it can be split by age"),
        ("still-open", Query(unit="allegation"), "counted in complaint"),
        (
            "complaints-received",
            Query(from_=date(2023, 1, 1), to=date(2022, 1, 1)),
            "is after the last",
        ),
        ("complaints-received", Query(filters=(("colour", ("red",)),)), "filtered by place"),
        ("complaints-received", Query(filters=(("place", ()),)), "names no value"),
        ("complaints-received", Query(filters=(("place", ("z",)),)), "it has a, b"),
        ("complaints-received", Query(filters=(("category", ("z",)),)), "it has force"),
    ],
)
def test_an_impossible_question_is_refused_with_what_is_allowed(
    indicator: str, query: Query, says: str
) -> None:
    city = make_city(complaints=COMPLAINTS, places=PLACES)
    with pytest.raises(QueryError, match=says) as refused:
        measure(city, indicator, query)
    assert str(refused.value).endswith(".")
    assert isinstance(refused.value, ValueError)


def test_a_query_can_be_kept_as_a_key() -> None:
    query = Query(by=("year",), filters=(("place", ("a",)),))
    assert {query: 1}[Query(by=("year",), filters=(("place", ("a",)),))] == 1


def test_filters_keep_only_what_was_asked_for_and_are_told() -> None:
    rows = [*COMPLAINTS, ("c2", "2022-02-10", None, "b", "conduct", "civilian")]
    city = make_city(complaints=rows, places=PLACES)
    query = Query(by=("place",), from_=date(2022, 2, 1), filters=(("district", ("d2",)),))
    found = measure(city, "complaints-received", query)
    assert isinstance(found, Measured)
    assert found.table[["place", "n"]].values.tolist() == [["b", 1]]
    assert found.filters == ("District: District d2", "From 2022-02-01")


def test_closing_dates_that_are_not_published_cannot_be_told() -> None:
    publications = [
        {
            "id": "report",
            "title": "Annual report",
            "holder": "The board",
            "topics": ["outcomes"],
            "should_contain": ["closing dates"],
            "status": "exists_not_read",
        },
        {
            "id": "calendar",
            "title": "Calendar",
            "holder": "The board",
            "topics": ["outreach"],
            "should_contain": ["events"],
            "status": "promised",
        },
    ]
    city = make_city(complaints=COMPLAINTS, publications=publications)
    found = measure(city, "days-to-close")
    assert isinstance(found, CannotMeasure)
    assert found.why == "closing dates are not published"
    assert found.missing == ("complaints.closed_on",)
    assert found.publications == ("report",)
    assert "closing date" in found.would_resolve


@pytest.mark.parametrize("indicator", sorted(EXPECTED_INDICATORS))
def test_a_city_without_tables_answers_nothing_and_says_so(indicator: str) -> None:
    found = measure(make_city(), indicator)
    assert isinstance(found, CannotMeasure)
    assert found.why
    assert found.missing
    assert found.would_resolve


def test_places_that_no_row_names_are_not_published_rather_than_zero() -> None:
    city = make_city(complaints=[("c1", "2022-01-10")], places=PLACES)
    found = measure(city, "complaints-received", Query(by=("place",)))
    assert isinstance(found, CannotMeasure)
    assert "place" in found.why


def test_status_that_cannot_be_told_is_not_published_rather_than_zero() -> None:
    rows = [{"complaint_id": "a", "filed_on": "2022-01-10"}]
    city = make_city(complaints=rows)
    del city.tables["complaints"].frame["closed_on"]
    for indicator in ("still-open", "open-case-age"):
        found = measure(city, indicator)
        assert isinstance(found, CannotMeasure)
        assert found.why == "whether a complaint is still open is not published"


def test_conflicting_figures_stand_side_by_side() -> None:
    figures = [
        ("f1", "shootings", 21, "2016-2019", "The board"),
        ("f2", "shootings", 18, "2016-2019", "A newspaper"),
        ("f3", None, 5, "2020", "The board"),
    ]
    city = make_city(figures=figures)
    found = measure(city, "published-figure", Query(filters=(("series", ("shootings",)),)))
    assert isinstance(found, Measured)
    assert found.table["value"].tolist() == [18, 21]
    assert found.table["lower"].isna().all()
    assert set(found.table["state"]) == {"ok"}
    assert any("18" in c and "21" in c and "none is preferred" in c for c in found.caveats)
    alone = measure(city, "published-figure", Query(filters=(("figure_id", ("f3",)),)))
    assert isinstance(alone, Measured)
    assert alone.table[["series", "period", "value"]].values.tolist() == [["f3", "2020", 5]]
