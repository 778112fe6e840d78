"""Socrata: ordered pages that together are the whole data set, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dialects import Soda
from local_publisher import Asked, Publisher, Reply
from trying import Watched

from trustboard.reading import read_rows
from trustboard.sources import Fetched
from trustboard.sources.refusals import (
    BusyPublisherError,
    ChangedWhileReadError,
    DamagedAnswerError,
    EmptyAnswerError,
    RefusedByPublisherError,
)

COLUMNS = ("id", "finding", "said")
ROWS = [(str(n), "Sustained" if n % 3 else "", f'a "quoted", line\nand {n}') for n in range(25)]
Fetching = Callable[..., Fetched]


@pytest.fixture
def soda(publisher: Publisher) -> Soda:
    speaking = Soda(COLUMNS, list(ROWS))
    publisher.answering = speaking
    return speaking


@pytest.fixture
def fetch(fetching: Fetching, publisher: Publisher) -> Fetching:
    def run(name: str = "rows.csv", **more: object) -> Fetched:
        declared = {"kind": "socrata", "domain": publisher.site, "dataset": "abcd-1234"}
        return fetching(name, **{**declared, "page_rows": 10, **more})

    return run


def _read(path: Path) -> list[list[str]]:
    return read_rows(path, name=path.name, sheet=None, encoding=None).frame.to_numpy().tolist()


def test_every_page_is_fetched_in_order(
    soda: Soda, fetch: Fetching, publisher: Publisher, watched: Watched
) -> None:
    fetched = fetch()
    assert _read(fetched.table_file) == [list(row) for row in ROWS]
    assert (fetched.rows, fetched.columns) == (25, COLUMNS)
    pages = [asked.query["$offset"] for asked in publisher.asked if asked.path.endswith(".csv")]
    assert pages == ["0", "10", "20"]
    assert (watched.rows, watched.total_rows) == (25, 25)
    assert len(fetched.raw) == 4  # the count and three pages
    assert soda.columns == COLUMNS


def test_columns_and_a_condition_are_handed_to_the_publisher(
    soda: Soda, fetch: Fetching, publisher: Publisher
) -> None:
    fetched = fetch("rows.csv.gz", select=["finding", "id"], where="finding='Sustained'")
    assert fetched.columns == ("finding", "id")
    assert _read(fetched.table_file) == [[f, i] for i, f, _ in soda.rows if f]
    assert {asked.query["$where"] for asked in publisher.asked} == {"finding='Sustained'"}


def test_a_portal_that_gives_fewer_rows_per_page_is_read_to_the_end(
    soda: Soda, fetch: Fetching
) -> None:
    soda.largest_page = 4
    assert fetch().rows == 25


def test_a_column_that_is_gone_is_refused_by_its_name(soda: Soda, fetch: Fetching) -> None:
    soda.columns = ("id", "outcome", "said")
    with pytest.raises(RefusedByPublisherError, match="without the column 'finding'"):
        fetch(select=["id", "finding"])


def test_a_page_that_is_not_utf_8_is_refused_instead_of_altered(
    soda: Soda, fetch: Fetching, publisher: Publisher
) -> None:
    latin = Reply("id,said\n1,café\n".encode("latin-1"), kind="text/csv")
    publisher.answering = lambda asked: latin if asked.path.endswith("csv") else soda(asked)
    with pytest.raises(DamagedAnswerError, match="UnicodeDecodeError"):
        fetch()


def _rename(soda: Soda) -> None:
    soda.columns = ("id", "outcome", "said")


def _add(soda: Soda) -> None:
    soda.rows = [("0", "", "new"), *soda.rows]


def _drop(soda: Soda) -> None:
    soda.rows = soda.rows[:-1]


def _edit(soda: Soda) -> None:
    soda.stamp = "Wed, 01 May 2024 09:00:00 GMT"


@pytest.mark.parametrize("change", [_rename, _add, _drop, _edit])
def test_a_table_that_changes_between_two_pages_is_refused(
    soda: Soda, fetch: Fetching, tmp_path: Path, change: Callable[[Soda], None]
) -> None:
    soda.after_page = change
    with pytest.raises(ChangedWhileReadError):
        fetch()
    assert [p.name for p in (tmp_path / "new").rglob("*") if p.is_file()] == []


def test_an_interrupted_fetch_goes_on_at_the_page_that_was_missing(
    soda: Soda, fetch: Fetching, publisher: Publisher, watched: Watched
) -> None:
    def until_the_third_page(asked: Asked) -> Reply:
        return Reply(status=503) if asked.query.get("$offset") == "20" else soda(asked)

    publisher.answering = until_the_third_page
    with pytest.raises(BusyPublisherError):
        fetch()
    publisher.asked.clear()
    publisher.answering = soda
    fetched = fetch()
    assert _read(fetched.table_file) == [list(row) for row in ROWS]
    assert [asked.query.get("$offset") for asked in publisher.asked] == [None, "20", None]
    assert any("going on" in note for note in watched.said)


def test_pages_of_an_older_state_are_not_mixed_with_those_of_a_newer_one(
    soda: Soda, fetch: Fetching, publisher: Publisher
) -> None:
    publisher.answering = lambda a: Reply(status=503) if a.query.get("$offset") == "20" else soda(a)
    with pytest.raises(BusyPublisherError):
        fetch()
    soda.rows = [(i, "Exonerated", s) for i, _, s in soda.rows]
    _edit(soda)
    publisher.answering = soda
    assert {row[1] for row in _read(fetch().table_file)} == {"Exonerated"}


def test_a_damaged_page_of_an_interrupted_fetch_is_asked_for_again(
    soda: Soda, fetch: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.answering = lambda a: Reply(status=503) if a.query.get("$offset") == "20" else soda(a)
    with pytest.raises(BusyPublisherError):
        fetch()
    for body in tmp_path.rglob("*.gz"):
        body.write_bytes(body.read_bytes()[:-8])
    publisher.answering = soda
    assert fetch().rows == 25


def test_an_empty_data_set_is_refused_unless_declared(soda: Soda, fetch: Fetching) -> None:
    soda.rows = []
    with pytest.raises(EmptyAnswerError):
        fetch()
    assert fetch(may_be_empty=True).columns == COLUMNS


@pytest.mark.parametrize("body", [b"[]", b'{"a": 1}', b'[{"count": "many"}]'])
def test_a_count_that_is_none_is_refused(
    fetch: Fetching, publisher: Publisher, body: bytes
) -> None:
    publisher.says(Reply(body))
    with pytest.raises(RefusedByPublisherError, match="not a count"):
        fetch()


@pytest.mark.parametrize(
    ("name", "rows"), [("complaints.csv.gz", 49_052), ("accused.csv.gz", 99_961)]
)
def test_chicago_served_by_a_portal_is_row_for_row_what_was_released(
    fetch: Fetching,
    publisher: Publisher,
    shared_table: Callable[[str], Path],
    name: str,
    rows: int,
) -> None:
    own = read_rows(shared_table(f"chicago/{name}"), name=name, sheet=None, encoding=None).frame
    publisher.answering = Soda(tuple(own.columns), own.to_numpy().tolist())
    fetched = fetch(name, page_rows=20_000)
    came = read_rows(fetched.table_file, name=name, sheet=None, encoding=None)
    assert len(own) == fetched.rows == rows
    assert came.frame.equals(own)
    assert came.problems == []


def test_the_refusal_of_unknown_columns_names_all_of_them_and_those_there_are(
    soda: Soda, fetch: Fetching
) -> None:
    wanted = [soda.columns[0], "nowhere", "never"]
    with pytest.raises(RefusedByPublisherError) as refused:
        fetch(select=wanted)
    assert "without the column 'nowhere', 'never'" in refused.value.came
    assert f"Its columns: {', '.join(sorted(soda.columns))}." in refused.value.fix


def test_of_a_data_set_that_lost_a_column_the_rest_is_fetched_and_it_is_said(
    soda: Soda, fetch: Fetching, tmp_path: Path, watched: Watched
) -> None:
    wanted = ["id", "finding"]
    fetch(select=wanted)
    soda.columns, soda.rows = ("id", "said"), [(row[0], row[2]) for row in ROWS]
    later = fetch(select=wanted, into=tmp_path / "later", earlier=tmp_path / "new")
    assert (later.rows, later.columns) == (25, ("id",))
    assert "the publisher no longer has the column 'finding'" in watched.said
    assert not [answer for answer in later.raw if "limit=1&" in f"{answer.url}&"]
    kept = {path.name for path in (tmp_path / "later" / "raw" / "rows.csv").iterdir()}
    assert kept == {p.name for a in later.raw for p in (a.file, a.sidecar)}


def test_a_refusal_that_is_not_about_columns_stays_as_it_is(
    soda: Soda, fetch: Fetching, publisher: Publisher
) -> None:
    no = Reply(b'{"message": "Not allowed"}', status=403)
    asks = {"$select", "$offset"}
    publisher.answering = lambda a: no if asks <= set(a.query) else soda(a)
    with pytest.raises(RefusedByPublisherError, match="Not allowed"):
        fetch(select=["id"])
