"""What can be chosen in a city, unit by unit."""

from __future__ import annotations

import pytest

from factories import make_city
from trustboard.measure import measure
from trustboard.query import Query, QueryError
from trustboard.view import offered_by
from viewing import riverbend

COMPLAINTS = [
    ("c1", "2022-02-01", None, None, "notice"),
    ("c2", "2022-03-01", None, None, "insult"),
]
ALLEGATIONS = [
    {"complaint_id": "c1", "finding": "sustained", "category": "blow"},
    {"complaint_id": "c2", "finding": "pending", "category": "insult"},
]


@pytest.mark.parametrize("unit", ["complaint", "allegation"])
def test_a_category_is_offered_in_a_unit_exactly_where_its_rows_can_be_asked_for(unit):
    city = make_city(complaints=COMPLAINTS, outcomes=ALLEGATIONS)
    offered = offered_by(city)
    assert set(offered.category) == {"notice", "insult", "blow"}
    for one in offered.category:
        query = Query(filters=(("category", (one,)),), unit=unit)
        if one in offered.names_in("category", unit):
            assert measure(city, "complaints-received", query).table["n"].sum() == 1
        else:
            with pytest.raises(QueryError, match=one):
                measure(city, "complaints-received", query)


def test_allegations_without_categories_of_their_own_have_those_of_their_complaints():
    plain = [{"complaint_id": "c1", "finding": "sustained"}]
    offered = offered_by(make_city(complaints=COMPLAINTS, outcomes=plain))
    assert set(offered.names_in("category", "allegation")) == {"notice", "insult"}


def test_where_both_units_share_their_categories_each_offers_all_of_them():
    offered = riverbend()
    assert len(offered.category) == 7
    for unit in offered.units:
        assert offered.names_in("category", unit) == offered.category
        assert offered.names_in("finding", unit) == offered.finding


def test_without_a_list_the_places_that_rows_name_have_pages_and_those_that_are_none_have_not():
    shared = {"filed_on": "2022-02-01"}
    rows = [{"complaint_id": "c1", "place_id": "d1", **shared}, {"complaint_id": "c2", **shared}]
    offered = offered_by(make_city(complaints=rows))
    assert set(offered.place) == {"d1", "unknown"}
    assert offered.profiled == {"d1": offered.place["d1"]}


def test_where_places_are_listed_those_on_the_list_have_pages():
    offered = riverbend()
    assert set(offered.profiled) <= set(offered.place) and "unknown" not in offered.profiled
    assert offered.profiled["millrace"] == offered.place["millrace"]
