"""ArcGIS: every listed id comes as a row; dates as ISO, coded values by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dialects import ArcGis
from local_publisher import Asked, Publisher, Reply
from pydantic import ValidationError
from trying import Watched, declare

from trustboard.reading import read_rows
from trustboard.sources import Fetched
from trustboard.sources.refusals import (
    BusyPublisherError,
    ChangedWhileReadError,
    DamagedAnswerError,
    EmptyAnswerError,
    RefusedByPublisherError,
)

PRECINCTS = {
    "type": "codedValue",
    "name": "Precincts",
    "codedValues": [{"code": 2, "name": "2nd Precinct"}, {"code": "A", "name": "Airport"}],
}
FIELDS: list[dict[str, Any]] = [
    {"name": "OBJECTID", "type": "esriFieldTypeOID", "domain": None},
    {"name": "filed", "type": "esriFieldTypeDate", "domain": None},
    {"name": "precinct", "type": "esriFieldTypeInteger", "domain": PRECINCTS},
    {"name": "share", "type": "esriFieldTypeDouble", "domain": {"type": "range", "range": [0, 1]}},
    {"name": "Shape", "type": "esriFieldTypeGeometry", "domain": None},
]
NOON = 1_577_880_000_000  # 2020-01-01T12:00:00Z
DAY = 86_400_000
ROWS = [
    {"OBJECTID": 3 * n + 1, "filed": NOON + n * DAY, "precinct": n % 4, "share": 0.1, "Shape": "?"}
    for n in range(23)
]
Fetching = Callable[..., Fetched]


@pytest.fixture
def arcgis(publisher: Publisher) -> ArcGis:
    speaking = ArcGis(FIELDS, list(ROWS), announced=10, limit=10)
    publisher.answering = speaking
    return speaking


@pytest.fixture
def fetch(fetching: Fetching, publisher: Publisher) -> Fetching:
    layer = f"{publisher.site}/arcgis/rest/services/Police/FeatureServer/0"
    return lambda name="rows.csv", **more: fetching(name, kind="arcgis", layer=layer, **more)


def _rows(fetched: Fetched) -> list[dict[str, str]]:
    read = read_rows(fetched.table_file, name="t", sheet=None, encoding=None).frame
    return read.to_dict("records")  # type: ignore[no-any-return]


def test_every_row_comes_in_the_order_of_the_ids(
    arcgis: ArcGis, fetch: Fetching, publisher: Publisher
) -> None:
    arcgis.rows.reverse()
    fetched = fetch()
    rows = _rows(fetched)
    assert [row["OBJECTID"] for row in rows] == [str(3 * n + 1) for n in range(23)]
    assert fetched.columns == ("OBJECTID", "filed", "precinct", "share")
    assert len(publisher.asked) == 2 + 3  # the layer, its ids, three pages
    assert rows[0]["share"] == "0.1"


def test_dates_are_iso_and_coded_values_have_their_names(arcgis: ArcGis, fetch: Fetching) -> None:
    arcgis.rows[1] = {**arcgis.rows[1], "filed": None, "precinct": "A"}
    arcgis.rows[4] = {**arcgis.rows[4], "filed": -DAY}
    rows = _rows(fetch())
    assert rows[0]["filed"] == "2020-01-01T12:00:00"
    assert [row["precinct"] for row in rows[:4]] == ["0", "Airport", "2nd Precinct", "3"]
    assert rows[1]["filed"] == ""
    assert rows[4]["filed"] == "1969-12-31T00:00:00"


def test_dates_can_be_written_in_the_citys_own_time(arcgis: ArcGis, fetch: Fetching) -> None:
    assert _rows(fetch(timezone="America/Detroit"))[0]["filed"] == "2020-01-01T07:00:00"
    assert _rows(fetch(codes=True))[2]["precinct"] == "2"
    assert arcgis.rows


def test_columns_and_a_condition_are_handed_to_the_publisher(
    arcgis: ArcGis, fetch: Fetching, publisher: Publisher
) -> None:
    fetched = fetch(fields=["precinct"], where="share > 0")
    assert fetched.columns == ("precinct",)
    pages = [asked.query["where"] for asked in publisher.asked if "outFields" in asked.query]
    assert all(where.startswith("(share > 0) AND OBJECTID >= ") for where in pages)
    assert fetched.rows == len(arcgis.rows)


def test_a_server_that_gives_less_than_it_announces_is_asked_for_smaller_parts(
    arcgis: ArcGis, fetch: Fetching
) -> None:
    arcgis.limit = 3
    assert [row["OBJECTID"] for row in _rows(fetch())] == [str(3 * n + 1) for n in range(23)]


def test_a_row_that_is_listed_but_not_given_is_noticed(arcgis: ArcGis, fetch: Fetching) -> None:
    arcgis.hidden = frozenset({4})
    with pytest.raises(ChangedWhileReadError, match="9 rows where 10 ids were listed"):
        fetch()


@pytest.mark.parametrize(("pages", "limit"), [(True, 10), (False, 1000)])
def test_a_table_without_object_ids_is_paged_by_offset(
    arcgis: ArcGis, fetch: Fetching, pages: bool, limit: int
) -> None:
    arcgis.fields = [field for field in FIELDS if field["name"] != "OBJECTID"]
    arcgis.pages, arcgis.limit = pages, limit
    assert fetch().rows == 23


def test_a_table_that_can_be_neither_listed_nor_paged_is_refused(
    arcgis: ArcGis, fetch: Fetching
) -> None:
    arcgis.fields = [field for field in FIELDS if field["name"] != "OBJECTID"]
    arcgis.pages = False
    with pytest.raises(ChangedWhileReadError, match="10 rows where the layer counts 23"):
        fetch()


def test_boundaries_are_written_as_geojson_with_their_shapes(
    arcgis: ArcGis, fetch: Fetching
) -> None:
    arcgis.limit = arcgis.announced = 2
    arcgis.rows = arcgis.rows[:5]
    arcgis.shapes = [
        {"type": "Point", "coordinates": [-90.2 - n / 7, 38.627 + n]} for n in range(5)
    ]
    fetched = fetch("districts.geojson", fields=["precinct"])
    collection = json.loads(fetched.table_file.read_text())
    assert [f["geometry"] for f in collection["features"]] == arcgis.shapes
    assert [row["precinct"] for row in _rows(fetched)] == ["0", "1", "2nd Precinct", "3", "0"]


def test_an_error_with_status_200_is_an_error(arcgis: ArcGis, fetch: Fetching) -> None:
    with pytest.raises(RefusedByPublisherError, match="Invalid where clause"):
        fetch(where="WRONG")
    with pytest.raises(RefusedByPublisherError, match="without the column 'finding'") as refused:
        fetch(fields=["finding"])
    assert "Its columns: OBJECTID, filed, precinct, share." in str(refused.value)
    assert arcgis.fields


def test_json_that_is_cut_off_is_refused_and_not_kept(
    arcgis: ArcGis, fetch: Fetching, publisher: Publisher
) -> None:
    def cut(asked: Asked) -> Reply:
        reply = arcgis(asked)
        assert isinstance(reply.body, bytes)
        return replace(reply, body=reply.body[:-40]) if "outFields" in asked.query else reply

    publisher.answering = cut
    with pytest.raises(DamagedAnswerError, match="JSON that is cut off"):
        fetch()
    publisher.answering = arcgis
    assert fetch().rows == 23


def test_an_interrupted_fetch_goes_on_where_it_stopped(
    arcgis: ArcGis, fetch: Fetching, publisher: Publisher
) -> None:
    def until_the_last_page(asked: Asked) -> Reply:
        last = ">= 61 AND" in asked.query.get("where", "")
        return Reply(status=504) if last else arcgis(asked)

    publisher.answering = until_the_last_page
    with pytest.raises(BusyPublisherError):
        fetch()
    publisher.asked.clear()
    publisher.answering = arcgis
    assert fetch().rows == 23
    assert len([asked for asked in publisher.asked if "outFields" in asked.query]) == 1


def test_an_empty_layer_is_refused_unless_declared(arcgis: ArcGis, fetch: Fetching) -> None:
    arcgis.rows = []
    with pytest.raises(EmptyAnswerError):
        fetch()
    assert fetch(may_be_empty=True).rows == 0


def test_a_time_zone_that_does_not_exist_cannot_be_declared() -> None:
    with pytest.raises(ValidationError, match="Detroitt"):
        declare(kind="arcgis", layer="https://a.org/0", timezone="America/Detroitt")


@pytest.mark.usefixtures("arcgis")
def test_a_column_is_found_however_the_layer_writes_its_name(
    fetch: Fetching, publisher: Publisher
) -> None:
    assert fetch(fields=["Filed", "PRECINCT"]).columns == ("filed", "precinct")
    assert publisher.asked[-1].query["outFields"] == "filed,precinct,OBJECTID"


def test_of_a_layer_that_lost_a_column_the_rest_is_fetched_and_it_is_said(
    arcgis: ArcGis, fetch: Fetching, tmp_path: Path, watched: Watched
) -> None:
    fetch(fields=["filed", "share"])
    arcgis.fields = [one for one in FIELDS if one["name"] != "share"]
    later = fetch(fields=["filed", "share"], into=tmp_path / "later", earlier=tmp_path / "new")
    assert (later.rows, later.columns) == (23, ("filed",))
    assert "the publisher no longer has the column 'share'" in watched.said
