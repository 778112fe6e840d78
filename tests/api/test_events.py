"""Documented events are handed out one by one, also where nobody may count them."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from asking import Ask, csv_rows
from factories import make_city
from trustboard.exports.events import NOT_COMPLETE, PAGE, event_rows, listed_events
from trustboard.pins import pin_of
from trustboard.query import Query
from trustboard.ui import data
from trustboard.ui.pages import OUTREACH, address_of

V1 = "/api/v1"
EVENTS = f"{V1}/st-louis/events"


def head_of(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.startswith("# "))


def test_a_convenience_sample_is_listed_whole_and_says_that_it_is_never_a_rate(ask: Ask) -> None:
    assert ask(f"{V1}/st-louis/measures/outreach-events?format=csv").status_code == 404
    city = data.city("st-louis")
    frame = city.frame("outreach")
    found = ask(f"{EVENTS}?format=csv")
    rows = csv_rows(found.text)
    assert [row["event_id"] for row in rows] == list(
        frame.sort_values("held_on", ascending=False, kind="stable")["event_id"]
    )
    by_id = frame.set_index("event_id")
    for row in rows:
        one = by_id.loc[row["event_id"]]
        assert (row["url"], row["event_status"]) == (one["url"], one["event_status"])
        assert row["publisher"] == one["publisher"]
    assert NOT_COMPLETE in head_of(found.text)
    assert "A convenience sample" in head_of(found.text)
    answer = ask(EVENTS).json()
    assert answer["complete"] is False
    assert answer["read_with_care"][0] == NOT_COMPLETE
    assert answer["total"] == len(answer["rows"]) == len(frame)


def test_no_venue_note_or_description_leaves_with_the_events() -> None:
    rows = event_rows(data.city("st-louis"), Query())
    assert rows is not None
    assert not {"venue", "what", "note"} & set(rows.columns)


def test_csv_excel_and_json_hold_the_same_events(ask: Ask) -> None:
    asked = urlencode({"place": "21", "from": "2015", "to": "2018-12"})
    table = csv_rows(ask(f"{EVENTS}?{asked}&format=csv").text)
    told = ask(f"{EVENTS}?{asked}").json()
    book = load_workbook(io.BytesIO(ask(f"{EVENTS}?{asked}&format=xlsx").content))
    head, *lines = book["table"].iter_rows(values_only=True)
    ids = [row["event_id"] for row in table]
    assert ids
    assert ids == [row["event_id"] for row in told["rows"]]
    assert ids == [line[head.index("event_id")] for line in lines]
    about = dict(book["about"].iter_rows(values_only=True))
    assert {"Title", "Filters", "Source", "Licence", "Data hash", "Link", "Citation"} <= set(about)
    assert {row["place_id"] for row in table} == {"21"}
    assert all("2015" <= row["held_on"][:4] <= "2018" for row in table)


def test_the_address_of_a_list_is_the_page_that_shows_it(ask: Ask) -> None:
    assert address_of(OUTREACH) == PAGE
    link = ask(f"{EVENTS}?place=21&from=2018").json()["link"]
    pin = pin_of(data.city("st-louis"))
    assert link.endswith(f"/outreach?city=st-louis&from=2018&place=21&pin={pin}")


def test_an_event_without_a_district_lies_in_those_of_its_place() -> None:
    places = [{"place_id": "a", "name": "A", "district_id": "1"}]
    events = [
        {"event_id": "e1", "held_on": "2020-01-01", "place_id": "a", "district_id": None},
        {"event_id": "e2", "held_on": "2020-01-02", "place_id": None, "district_id": "2"},
    ]
    city = make_city(places=places, outreach=[_event(one) for one in events])
    for district, wanted in (("1", ["e1"]), ("2", ["e2"])):
        found = listed_events(city, Query(filters=(("district", (district,)),)))
        assert found is not None
        assert list(found["event_id"]) == wanted


def _event(own: dict[str, str | None]) -> dict[str, str | None]:
    return {"event_kind": "town_hall", "event_status": "held", **own}


@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ("place=nowhere", 404, "place"),
        ("district=99", 404, "district"),
        ("from=2019&to=2018", 404, "from"),
        ("from=soon", 400, "from"),
        ("by=year", 400, "by"),
        ("format=pdf", 400, "format"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(
    ask: Ask, asked: str, status: int, parameter: str
) -> None:
    found = ask(f"{EVENTS}?{asked}")
    assert (found.status_code, found.json()["parameter"]) == (status, parameter)


def test_more_events_than_one_answer_holds_are_refused(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustboard.api.asked.MOST_ROWS", 3)
    found = ask(EVENTS)
    assert (found.status_code, found.json()["parameter"]) == (403, "from")
    assert ask(f"{EVENTS}?from=2015-08-05&to=2015-08-05").status_code == 200


def test_a_city_without_a_list_of_events_says_so(ask: Ask) -> None:
    assert ask(f"{V1}/albany/events").status_code == 404
