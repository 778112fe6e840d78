"""An empty combination says why: the words never stand together, or not at that time."""

from __future__ import annotations

from datetime import date

import pytest

from factories import make_city
from trustboard.api.values import words_of
from trustboard.citydata import CityData
from trustboard.exports import about
from trustboard.measure import Query, measure
from trustboard.tidy import Measured
from trustboard.wording import answer

FITS = "No published row that this question counts fits the choice:"
SO = "That none is published does not mean that nothing happened."
PLACES = [("alder", "Alder", "neighborhood", "d1"), ("birch", "Birch", "neighborhood", "d1")]
COMPLAINTS = [
    ("c1", "2022-01-10", None, "alder", "force", "civilian"),
    ("c2", "2022-05-20", None, "alder", "conduct", "officer"),
    ("c3", "2022-06-30", None, "birch", "conduct", "civilian"),
    ("c4", "2023-06-15", None, "birch", "force", "anonymous"),
    ("c5", "2023-11-30", None, "birch", "force", "civilian"),
]


AUGUST = {"from_": date(2022, 8, 1), "to": date(2022, 8, 31)}


def city() -> CityData:
    return make_city(complaints=COMPLAINTS, places=PLACES)


def asked(*, unit: str = "complaints-received", **query: object) -> Measured:
    found = measure(city(), unit, Query(by=("year",), **query))
    assert isinstance(found, Measured)
    return found


def test_a_word_that_rows_begin_to_use_later_says_when() -> None:
    found = asked(to=date(2022, 12, 31), filters=(("filed_by", ("anonymous",)),))
    assert found.table["n"].tolist() == [0]
    assert found.no_rows == f"{FITS} the first with “Anonymous” is of June 2023. {SO}"
    assert answer(found) == found.no_rows


def test_a_word_that_rows_no_longer_use_says_since_when() -> None:
    found = asked(from_=date(2023, 1, 1), filters=(("filed_by", ("officer",)),))
    assert found.no_rows == f"{FITS} the last with “A police employee” is of May 2022. {SO}"


def test_words_that_never_stand_together_are_named_and_no_others() -> None:
    filters = (("place", ("birch",)), ("category", ("conduct",)), ("filed_by", ("officer",)))
    found = asked(filters=filters)
    told = f"{FITS} none of any time has “Birch” and “A police employee” together"
    assert found.no_rows == f"{told}. {SO}"
    narrower = asked(filters=filters, from_=date(2023, 1, 1))
    assert narrower.no_rows.startswith(told)
    assert "; the last with “Conduct” is of June 2022" in narrower.no_rows


def test_words_that_stand_together_at_another_time_say_when() -> None:
    filters = (("place", ("birch",)), ("category", ("force",)))
    found = asked(filters=filters, to=date(2022, 12, 31))
    told = "the first with “Birch” and “Force” together is of June 2023"
    assert found.no_rows == f"{FITS} {told}. {SO}"


def test_several_words_of_one_group_are_told_as_a_choice() -> None:
    filters = (
        ("place", ("alder",)),
        ("filed_by", ("anonymous",)),
        ("category", ("conduct", "force")),
    )
    told = asked(filters=filters).no_rows
    assert told == f"{FITS} none of any time has “Alder” and “Anonymous” together. {SO}"
    late = asked(filters=(("filed_by", ("officer", "anonymous")),), from_=date(2023, 12, 1))
    assert (
        "the last with one of “A police employee” and “Anonymous” is of June 2023" in late.no_rows
    )


@pytest.mark.parametrize(
    "query",
    [
        {"filters": (("filed_by", ("civilian",)),), **AUGUST},
        {"filters": (("filed_by", ("officer",)),), "from_": date(2025, 1, 1)},  # not covered
        AUGUST,
        {"filters": (("filed_by", ("anonymous",)),)},
    ],
)  # fmt: skip
def test_a_zero_between_such_rows_and_what_is_not_covered_have_no_reason(query: dict) -> None:
    assert asked(**query).no_rows == ""


def test_a_share_of_no_row_says_why_instead_of_being_called_too_few() -> None:
    found = asked(unit="still-open", to=date(2022, 12, 31), filters=(("filed_by", ("anonymous",)),))
    assert "the first with “Anonymous” is of June 2023" in answer(found)


@pytest.mark.parametrize(
    ("indicator", "group", "word"),
    [
        ("open-case-age", "filed_by", "anonymous"),
        ("places-reached", "event_kind", "giveaway"),
        ("months-without-event", "event_kind", "giveaway"),
    ],
)
def test_questions_with_a_calculation_of_their_own_say_why_too(
    indicator: str, group: str, word: str
) -> None:
    events = [
        ("e1", "2022-01-05", "town_hall", "held", "alder"),
        ("e2", "2023-05-25", "giveaway", "held", "birch"),
    ]
    small = make_city(complaints=COMPLAINTS, places=PLACES, outreach=events)
    to = date(2022, 12, 31)
    found = measure(small, indicator, Query(to=to, filters=((group, (word,)),)))
    assert isinstance(found, Measured)
    assert found.no_rows.startswith(f"{FITS} the first with “")
    assert answer(found) == found.no_rows


def test_programs_and_files_are_told_first_of_all() -> None:
    query = Query(by=("year",), to=date(2022, 12, 31), filters=(("filed_by", ("anonymous",)),))
    found = measure(city(), "complaints-received", query)
    assert isinstance(found, Measured)
    assert words_of(found, city(), query=query, link="")["caveats"][0] == found.no_rows
    cares = [value for name, value in about(found, city(), query=query) if name == "Read with care"]
    assert cares[0] == found.no_rows


PAIRS = {(place, by) for _, _, _, place, _, by in COMPLAINTS}


@pytest.mark.parametrize("place", ["alder", "birch"])
@pytest.mark.parametrize("by", ["civilian", "officer", "anonymous"])
def test_a_reason_is_given_exactly_where_no_row_of_any_time_has_both(place: str, by: str) -> None:
    found = asked(filters=(("place", (place,)), ("filed_by", (by,))))
    assert bool(found.no_rows) == ((place, by) not in PAIRS)
    assert bool(found.no_rows) == (found.table["n"].sum() == 0)
