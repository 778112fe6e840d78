"""What has not been published, since when, who holds it, and the letter that asks for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_city
from trustboard.city import City, Coverage
from trustboard.load import data_root, read_city
from trustboard.records_request import records_request
from trustboard.silence import Missing, due_after, is_late, missing
from trustboard.verdicts.published_gate import is_stale

TODAY = date(2024, 7, 1)
LAW = {
    "name": "Open Records Act",
    "citation": "Code of Nowhere, title 5",
    "url": "https://example.org/law",
    "custodian": "Records Office, City of Nowhere",
}


def _city(*, to: date = date(2023, 12, 31), months: float = 12, **more: Any) -> City:
    coverage = {"from": date(2020, 1, 1), "to": to, "publishing_interval_months": months}
    spec = {"source": {**_SOURCE, "retrieved": more.pop("retrieved", TODAY)}}
    described = make_city(
        complaints=[("a", date(2022, 1, 5), None, "1", "other", "civilian")],
        coverage={**coverage, "settles_after_months": more.pop("settles", 0)},
        of_table={"complaints": spec},
        **more,
    )
    return described.city


_SOURCE = {
    "publisher": "Office of Records",
    "title": "Complaints",
    "url": "https://example.org/data",
    "licence": "public domain",
}


def _publication(**given: Any) -> dict[str, Any]:
    return {
        "id": "report",
        "title": "Annual report",
        "holder": "Review Board",
        "topics": ["complaints"],
        "should_contain": ["complaints by month"],
        "status": "exists_not_read",
        **given,
    }


def _by_id(city: City, *, on: date = TODAY, **more: Any) -> dict[str, Missing]:
    return {one.id: one for one in missing(city, on=on, **more)}


# --- tables --------------------------------------------------------------------------------------


def test_a_table_is_late_after_one_and_a_half_intervals_and_has_been_due_since_one() -> None:
    city = _city(to=date(2023, 12, 31), months=12, retrieved=date(2026, 1, 1))
    assert "complaints" not in _by_id(city, on=date(2025, 6, 30))
    late = _by_id(city, on=date(2025, 8, 1))["complaints"]
    assert late.kind == "late"
    assert late.since == date(2024, 12, 31)
    assert late.last == date(2023, 12, 31)
    assert late.holder == "Office of Records"
    assert "complaint_id" in late.contains
    assert late.sentence() == (
        "A newer edition has been due since 31 December 2024; the last rows tell of "
        "31 December 2023."
    )


def test_a_copy_that_is_merely_old_accuses_nobody() -> None:
    city = _city(to=date(2020, 12, 31), months=1, retrieved=date(2021, 1, 15))
    assert _by_id(city)["complaints"].kind == "old_copy"
    looked = {"complaints": date(2024, 6, 30)}
    assert _by_id(city, looked=looked)["complaints"].kind == "late"
    with pytest.raises(ValueError, match="nothing to ask for"):
        records_request(city, [_by_id(city)["complaints"]], on=TODAY)


@pytest.mark.parametrize(
    ("to", "months", "due"),
    [
        (date(2023, 12, 31), 1, date(2024, 1, 31)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 3, 15), 3, date(2024, 6, 15)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 1, 1), 0.25, date(2024, 1, 9)),
    ],
)
def test_the_next_edition_is_due_one_interval_after_the_last_day(
    to: date, months: float, due: date
) -> None:
    coverage = Coverage.model_validate(
        {"from": date(2020, 1, 1), "to": to, "publishing_interval_months": months}
    )
    assert due_after(coverage) == due


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    to=st.dates(date(2010, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 1500),
    months=st.sampled_from([0.25, 1, 3, 6, 12, 24]),
    settles=st.integers(0, 6),
)
def test_a_table_is_late_exactly_when_a_verdict_calls_it_too_old(
    to: date, days: int, months: float, settles: int
) -> None:
    coverage = Coverage.model_validate(
        {
            "from": date(2005, 1, 1),
            "to": to,
            "publishing_interval_months": months,
            "settles_after_months": settles,
        }
    )
    on = to + timedelta(days=days)
    assert is_late(coverage, on=on) == is_stale(coverage, on)


def test_records_that_no_table_describes_are_asked_for_row_by_row() -> None:
    found = _by_id(_city())
    assert {"outcomes-rows", "outreach-rows"} <= set(found)
    assert "complaints-rows" not in found
    assert "finding and the day it was made" in found["outcomes-rows"].contains


# --- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kind", "since"),
    [
        ({"status": "exists_not_read"}, "not_read", None),
        ({"status": "promised"}, "promised", None),
        ({"status": "promised", "due": date(2024, 6, 30)}, "overdue", date(2024, 6, 30)),
        ({"status": "overdue"}, "overdue", None),
        ({"status": "overdue", "due": date(2020, 1, 1)}, "overdue", date(2020, 1, 1)),
    ],
)
def test_a_document_is_named_with_its_holder_and_since_when(
    given: dict[str, Any], kind: str, since: date | None
) -> None:
    found = _by_id(_city(publications=[_publication(**given)]))["report"]
    assert (found.kind, found.since, found.holder) == (kind, since, "Review Board")
    assert found.sentence().endswith(".")


@pytest.mark.parametrize("given", [{"status": "read"}, {"status": "promised", "due": TODAY}])
def test_what_was_read_or_is_not_yet_due_is_not_missing(given: dict[str, Any]) -> None:
    assert "report" not in _by_id(_city(publications=[_publication(**given)]))


def test_the_day_on_which_it_last_appeared_is_told() -> None:
    given = _publication(status="overdue", due="2024-03-01", last_appeared="2023-03-05")
    told = _by_id(_city(publications=[given]))["report"].sentence()
    assert told == (
        "It has been due since 1 March 2024; it last appeared on 5 March 2023 and was not found."
    )


# --- the letter ----------------------------------------------------------------------------------


def _letter(city: City) -> str:
    return records_request(city, missing(city, on=TODAY), on=TODAY)


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_the_letter_names_the_law_the_office_the_documents_and_their_fields() -> None:
    city = _city(publications=[_publication(period="2022")], records_law=LAW)
    letter = _flat(_letter(city))
    for wanted in (
        "1 July 2024",
        "To: Records Office, City of Nowhere",
        "Under the Open Records Act (Code of Nowhere, title 5) I ask for copies",
        "HELD, AS FAR AS IS KNOWN, BY: Review Board",
        "1. Annual report (2022)",
        "It should contain: complaints by month.",
        "CSV or Excel",
        "charges be waived or reduced",
        "https://example.org/law",
    ):
        assert wanted in letter


def test_without_a_declared_law_the_letter_cites_none_and_says_so() -> None:
    letter = _letter(_city(publications=[_publication()]))
    assert letter.startswith("[The description of this city names no law")
    assert "Under the" not in letter
    assert "The law:" not in letter


def test_the_letter_is_plain_and_no_line_is_too_long_but_an_address() -> None:
    for line in _letter(_city(records_law=LAW)).splitlines():
        assert len(line) <= 78 or line.strip().startswith("http"), line


def test_st_louis_asks_for_everything_that_is_known_and_could_not_be_read() -> None:
    city = read_city("st-louis", data=data_root())
    letter = _flat(_letter(city))
    for wanted in (
        "COB Annual Report 2016",
        "COB Annual Report 2017",
        "COB Annual Report 2018",
        "2016-2019 Civilian Oversight Board Quadrennial Report",
        "2020-2023 Civilian Oversight Board Quarterly Report",
        "Division of Civilian Oversight Analysis of Misconduct Allegations",
        "Missouri Sunshine Law",
        "chapter 610",
        "Community-outreach schedules of the six district captains",
    ):
        assert wanted in letter
    unread = [one for one in city.publications if one.status != "read"]
    assert all(_flat(one.title) in letter for one in unread)
    assert all(_flat(field) in letter for one in unread for field in one.should_contain)
