"""CKAN: rows of the datastore by page, or the file that a resource points to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dialects import Ckan
from local_publisher import Publisher, Reply
from pydantic import ValidationError
from trying import Watched, declare

from trustboard.reading import read_rows
from trustboard.sources import Fetched
from trustboard.sources.refusals import (
    ChangedWhileReadError,
    DamagedAnswerError,
    DeclaredWronglyError,
    ForbiddenAddressError,
    RefusedByPublisherError,
)

ROWS: list[dict[str, Any]] = [
    {"_id": n, "id": f"c{n}", "days": n / 10, "open": n % 2 == 0, "said": None} for n in range(1, 8)
]
Fetching = Callable[..., Fetched]


@pytest.fixture
def ckan(publisher: Publisher) -> Ckan:
    speaking = Ckan(["id", "days", "open", "said"], list(ROWS))
    publisher.answering = speaking
    return speaking


@pytest.fixture
def fetch(fetching: Fetching, publisher: Publisher) -> Fetching:
    def run(name: str = "rows.csv", **more: object) -> Fetched:
        declared = {"kind": "ckan", "portal": publisher.site, "resource": "r-1", "page_rows": 5}
        return fetching(name, **{**declared, **more})

    return run


def test_the_datastore_is_read_page_by_page(
    ckan: Ckan, fetch: Fetching, publisher: Publisher, watched: Watched
) -> None:
    fetched = fetch()
    rows = read_rows(fetched.table_file, name="t", sheet=None, encoding=None).frame
    assert rows.to_numpy().tolist()[:2] == [
        ["1", "c1", "0.1", "false", ""],
        ["2", "c2", "0.2", "true", ""],
    ]
    assert fetched.columns == ("_id", *ckan.fields)
    assert [asked.query["offset"] for asked in publisher.asked] == ["0", "5"]
    assert (watched.rows, watched.total_rows) == (7, 7)


def test_a_portal_that_gives_fewer_rows_per_page_is_read_to_the_end(
    ckan: Ckan, fetch: Fetching
) -> None:
    ckan.largest_page = 2
    assert fetch(fields=["id"]).rows == 7


def test_a_table_that_grows_meanwhile_is_refused(ckan: Ckan, fetch: Fetching) -> None:
    ckan.grows = True
    with pytest.raises(ChangedWhileReadError):
        fetch()


def test_success_false_is_an_error_in_the_portals_words(ckan: Ckan, fetch: Fetching) -> None:
    with pytest.raises(RefusedByPublisherError, match="Not found: Resource"):
        fetch(resource="r-2")
    assert ckan.rows


def test_json_that_is_cut_off_is_refused(fetch: Fetching, publisher: Publisher) -> None:
    publisher.says(Reply(b'{"success": true, "result": {"records": [{"_id"'))
    with pytest.raises(DamagedAnswerError):
        fetch()


def test_a_file_elsewhere_needs_its_host_declared(
    ckan: Ckan, fetch: Fetching, elsewhere: Publisher
) -> None:
    ckan.url = f"{elsewhere.site}/rows.csv"
    elsewhere.says(Reply(b"id\n1\n", kind="text/csv"))
    with pytest.raises(ForbiddenAddressError, match="also_from"):
        fetch(how="download")
    assert fetch(how="download", also_from=[elsewhere.host]).rows == 1


@pytest.mark.usefixtures("ckan")
def test_the_datastore_is_asked_for_the_wanted_rows_only(
    fetch: Fetching, publisher: Publisher
) -> None:
    assert fetch(only={"id": ["c2", "c7"]}).rows == 2
    assert publisher.asked[-1].query["filters"] == '{"id": ["c2", "c7"]}'


def test_of_a_file_only_the_wanted_rows_are_taken_and_the_rest_is_counted(
    ckan: Ckan, fetch: Fetching
) -> None:
    ckan.url = "/rows.csv"
    ckan.file = b"Case No,Dept.\n1,Police\n2,Fire\n3, Police \n4\n"
    fetched = fetch(how="download", only={"dept": ["Police"]})
    assert fetched.table_file.read_text("utf-8") == "Case No,Dept.\n1,Police\n3, Police \n"
    assert fetched.notes == ("2 rows taken (dept: Police), 2 others left out",)
    assert ckan.file in [answer.open().read() for answer in fetched.raw]


def test_a_file_without_the_column_that_tells_rows_apart_is_refused(
    ckan: Ckan, fetch: Fetching
) -> None:
    ckan.url, ckan.file = "/rows.csv", b"Case No,Office\n1,Police\n"
    with pytest.raises(DeclaredWronglyError, match="Its columns: Case No, Office"):
        fetch(how="download", only={"Department": ["Police"]})


@pytest.mark.parametrize("more", [{"fields": ["id"]}, {"only": {"a": ["b"]}, "member": "a.csv"}])
def test_what_a_download_cannot_do_is_said_when_the_description_is_read(
    more: dict[str, object],
) -> None:
    with pytest.raises(ValidationError):
        declare(kind="ckan", portal="data.example.org", resource="r-1", how="download", **more)
