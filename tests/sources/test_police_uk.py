"""data.police.uk: events of every neighbourhood, without names or contact details."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from dialects import PoliceUk
from local_publisher import Asked, Publisher, Reply
from pydantic import ValidationError
from trying import declare

from trustboard.reading import read_rows
from trustboard.sources import Fetched
from trustboard.sources.refusals import BusyPublisherError, RefusedByPublisherError

PLACES = [{"id": "NC04", "name": "City Centre"}, {"id": "NC66", "name": "Cultural Quarter"}]
EVENT = {
    "title": "Drop-in session",
    "type": "meeting",
    "start_date": "2024-05-08T17:00:00",
    "end_date": "2024-05-08T19:00:00",
    "address": "Town Hall, Leicester",
    "description": "<p>Ask about anything.</p>",
    "contact_details": {"email": "somebody@example.org"},
}
OUTCOME = {
    "category": {"code": "local-resolution", "name": "Local resolution"},
    "date": "2024-01",
    "person_id": None,
    "crime": {"id": 7, "category": "burglary", "location": {"street": {"id": 5, "name": "On Way"}}},
}
Fetching = Callable[..., Fetched]


@pytest.fixture
def police(publisher: Publisher) -> PoliceUk:
    speaking = PoliceUk(PLACES, {"NC04": [EVENT], "NC66": []}, {"2024-01": [OUTCOME]})
    publisher.answering = speaking
    return speaking


@pytest.fixture
def fetch(fetching: Fetching, publisher: Publisher) -> Fetching:
    return lambda **more: fetching(
        "rows.csv", kind="police_uk", force="leicestershire", site=publisher.site, **more
    )


def _rows(fetched: Fetched) -> list[dict[str, str]]:
    read = read_rows(fetched.table_file, name="t", sheet=None, encoding=None).frame
    return read.to_dict("records")  # type: ignore[no-any-return]


def test_events_of_every_neighbourhood_come_without_contact_details(
    police: PoliceUk, fetch: Fetching
) -> None:
    fetched = fetch(what="events")
    (row,) = _rows(fetched)
    assert (row["neighbourhood"], row["start_date"]) == ("NC04", "2024-05-08T17:00:00")
    assert row["description"] == EVENT["description"]
    assert "example.org" not in fetched.table_file.read_text()
    assert len(fetched.raw) == 1 + len(police.neighbourhoods)


def test_neighbourhoods_and_outcomes_are_tables_too(police: PoliceUk, fetch: Fetching) -> None:
    assert [row["id"] for row in _rows(fetch(what="neighbourhoods"))] == ["NC04", "NC66"]
    area = "52.6,-1.1:52.7,-1.1:52.7,-1.2"
    (row,) = _rows(fetch(what="outcomes", months=["2024-01"], area=area))
    assert (row["category.code"], row["crime.location.street.name"]) == (
        "local-resolution",
        "On Way",
    )
    assert row["person_id"] == ""
    assert police.outcomes


def test_every_force_is_listed(fetch: Fetching, publisher: Publisher) -> None:
    forces = [
        {"id": "leicestershire", "name": "Leicestershire Police"},
        {"id": "kent", "name": "K"},
    ]
    publisher.says(Reply(json.dumps(forces).encode()))
    assert _rows(fetch(what="forces")) == forces
    assert publisher.paths() == ["/api/forces"]


def test_stops_come_month_by_month(police: PoliceUk, fetch: Fetching) -> None:
    police.stops = {"2024-01": [{"type": "Person search"}], "2024-02": [{"type": "Vehicle search"}]}
    rows = _rows(fetch(what="stops", months=["2024-01", "2024-02"]))
    assert [(row["month"], row["type"]) for row in rows] == [
        ("2024-01", "Person search"),
        ("2024-02", "Vehicle search"),
    ]


def test_an_interrupted_fetch_goes_on_with_the_neighbourhood_that_was_missing(
    police: PoliceUk, fetch: Fetching, publisher: Publisher
) -> None:
    def until_the_last_place(asked: Asked) -> Reply:
        return Reply(status=429) if "NC66" in asked.path else police(asked)

    publisher.answering = until_the_last_place
    with pytest.raises(BusyPublisherError):
        fetch(what="events")
    publisher.asked.clear()
    publisher.answering = police
    assert fetch(what="events").rows == 1
    assert publisher.paths() == ["/api/leicestershire/NC66/events"]


def test_something_that_is_not_a_list_is_refused(fetch: Fetching, publisher: Publisher) -> None:
    publisher.says(Reply(b'{"detail": "no such force"}'))
    with pytest.raises(RefusedByPublisherError, match="no such force"):
        fetch(what="neighbourhoods")


@pytest.mark.parametrize(
    "declared",
    [
        {"what": "events", "months": ["2024-01"]},
        {"what": "stops"},
        {"what": "outcomes", "months": ["2024-01"]},
        {"what": "events", "area": "1,2"},
        {"what": "people"},
    ],
)
def test_what_cannot_be_meant_cannot_be_declared(declared: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        declare(kind="police_uk", force="leicestershire", **declared)
