"""Each file has a name that says what is in it, and no two questions share one."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trustboard.citydata import CityData
from trustboard.exports import file_name
from trustboard.exports.addressing import query_text
from trustboard.exports.naming import LONGEST
from trustboard.query import Query

_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*[a-z0-9_]")
VALUES = st.text(max_size=30) | st.sampled_from(
    ["a", "A", "a-b", "a_b", "b", "a-", "-b", "a--b", "a b", "a-finding-b", "../x", "CON", "é"]
)
FILTERS = st.dictionaries(
    st.sampled_from(["place", "district", "finding", "race"]),
    st.lists(VALUES.filter(bool), min_size=1, max_size=4, unique=True).map(tuple),
    max_size=3,
).map(lambda found: tuple(found.items()))
QUERIES = st.builds(
    Query,
    by=st.lists(st.sampled_from(["year", "place", "finding"]), unique=True).map(tuple),
    from_=st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    to=st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    filters=FILTERS,
)


def test_a_name_says_the_city_the_question_and_what_was_chosen(riverbend: CityData) -> None:
    assert file_name(riverbend, "findings", Query()) == "riverbend-findings"
    query = Query(
        by=("year", "place"),
        from_=date(2020, 1, 1),
        filters=(("place", ("heron-flats", "millrace")), ("finding", ("not_sustained",))),
    )
    assert file_name(riverbend, "findings", query, part="rows") == (
        "riverbend-findings-rows-by-year--by-place--from-2020--place-heron-flats"
        "--place-millrace--de294c8b"
    )


def test_what_is_too_long_or_not_plain_is_told_apart_by_eight_letters(riverbend: CityData) -> None:
    names = [
        file_name(riverbend, "findings", Query(filters=(("place", ids),)))
        for ids in (("Z" * 200,), ("Z" * 201,), ("Übergröße",), ("Ubergrosse",), ("日本",))
    ]
    assert len(set(names)) == len(names)
    assert all(re.search(r"-[0-9a-f]{8}$", name) for name in names)


@given(QUERIES, QUERIES)
def test_every_name_is_safe_and_short_and_belongs_to_one_question(
    riverbend: CityData, one: Query, other: Query
) -> None:
    names = [file_name(riverbend, "findings", query) for query in (one, other)]
    for name in names:
        assert _SAFE.fullmatch(name) and name.startswith("riverbend-findings")
        assert len(name) <= len("riverbend-findings-") + LONGEST
    assert (names[0] == names[1]) == (query_text(one) == query_text(other))
