"""Carto: one statement whose rows are counted apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dialects import Carto
from local_publisher import Publisher
from pydantic import ValidationError
from trying import Watched, declare

from trustboard.reading import read_rows
from trustboard.sources import Fetched
from trustboard.sources.refusals import (
    ChangedWhileReadError,
    DeclaredWronglyError,
    RefusedByPublisherError,
)
from trustboard.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "complaints": (("cartodb_id", "id", "said"), [("1", "16-0001", 'a "b"\nc'), ("2", "", "")])
}
Fetching = Callable[..., Fetched]


@pytest.fixture
def carto(publisher: Publisher) -> Carto:
    speaking = Carto(dict(TABLES))
    publisher.answering = speaking
    return speaking


@pytest.fixture
def fetch(fetching: Fetching, publisher: Publisher) -> Fetching:
    def run(name: str = "rows.csv", **more: object) -> Fetched:
        return fetching(name, kind="carto", account="phl", site=publisher.site, **more)

    return run


def test_a_table_is_fetched_in_the_publishers_order_with_the_columns_asked_for(
    carto: Carto, fetch: Fetching, publisher: Publisher
) -> None:
    fetched = fetch(table="complaints", select=["id", "said"])
    assert (fetched.rows, fetched.columns) == (2, ("id", "said"))
    assert publisher.asked[1].query["q"].endswith("ORDER BY cartodb_id")
    rows = read_rows(fetched.table_file, name="t", sheet=None, encoding=None).frame
    assert rows.to_numpy().tolist() == [["16-0001", 'a "b"\nc'], ["", ""]]
    assert carto.lose == 0


def test_a_statement_of_ones_own_is_sent_as_it_is(
    carto: Carto, fetch: Fetching, publisher: Publisher
) -> None:
    assert fetch(sql="select id from complaints;").rows == 2
    assert publisher.asked[1].query["q"] == "select id from complaints"
    assert set(carto.tables) == {"complaints"}


def test_rows_that_got_lost_on_the_way_are_noticed(carto: Carto, fetch: Fetching) -> None:
    carto.lose = 1
    with pytest.raises(ChangedWhileReadError, match="1 rows where 2 were counted"):
        fetch(table="complaints")


def test_an_error_in_the_statement_comes_with_the_publishers_words(
    carto: Carto, fetch: Fetching
) -> None:
    assert "elsewhere" not in carto.tables
    with pytest.raises(RefusedByPublisherError, match="does not exist"):
        fetch(table="elsewhere")


def test_a_table_that_carto_cannot_write_is_refused_before_asking(
    carto: Carto, fetch: Fetching, publisher: Publisher
) -> None:
    with pytest.raises(DeclaredWronglyError, match=r"\.csv or \.csv\.gz or \.geojson"):
        fetch("rows.xlsx", table="complaints")
    assert publisher.asked == []
    assert carto.tables


@pytest.mark.parametrize(
    "declared",
    [
        {},
        {"table": "a", "sql": "select 1"},
        {"sql": "drop table a"},
        {"sql": "select 1", "where": "a = 1"},
        {"table": "a; drop table b"},
        {"table": "a", "select": ["a, (select 1)"]},
    ],
)
def test_what_cannot_be_meant_cannot_be_declared(declared: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        declare(kind="carto", account="phl", **declared)


@pytest.mark.parametrize(
    ("name", "own", "rows"),
    [("complaints", "complaints.csv.gz", 3_388), ("outcomes", "findings.csv.gz", 8_839)],
)
def test_philadelphia_is_row_for_row_what_its_files_hold(
    fetch: Fetching,
    publisher: Publisher,
    shared_table: Callable[[str], Path],
    name: str,
    own: str,
    rows: int,
) -> None:
    described = read_yaml(ROOT / "data" / "philadelphia" / "city.yml", name="city.yml")
    declared = dict(described.values["tables"][name]["fetch"])  # type: ignore[union-attr]
    held = read_rows(shared_table(f"philadelphia/{own}"), name=own, sheet=None, encoding=None).frame
    numbered = [[str(n), *row] for n, row in enumerate(held.to_numpy().tolist(), start=1)]
    publisher.answering = Carto({declared["table"]: (("cartodb_id", *held.columns), numbered)})
    del declared["kind"], declared["account"]
    fetched = fetch(own, **declared)
    came = read_rows(fetched.table_file, name=own, sheet=None, encoding=None)
    assert len(held) == fetched.rows == rows
    assert came.frame.equals(held)
    assert came.problems == []


def test_a_column_that_no_table_has_is_refused_with_those_there_are(
    carto: Carto, fetch: Fetching
) -> None:
    with pytest.raises(RefusedByPublisherError, match="Its columns: cartodb_id, id, said"):
        fetch(table="complaints", select=["id", "nowhere"])
    assert carto.tables


def test_of_a_table_that_lost_a_column_the_rest_is_fetched_and_it_is_said(
    carto: Carto, fetch: Fetching, tmp_path: Path, watched: Watched
) -> None:
    fetch(table="complaints", select=["id", "said"])
    carto.tables["complaints"] = (("cartodb_id", "id"), [("1", "16-0001")])
    later = fetch(
        table="complaints", select=["id", "said"], into=tmp_path / "l", earlier=tmp_path / "new"
    )
    assert (later.rows, later.columns) == (1, ("id",))
    assert watched.said == ["the publisher no longer has the column 'said'"]
    assert all("LIMIT" not in answer.url for answer in later.raw)
