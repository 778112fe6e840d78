"""St. Louis: its neighborhoods' outlines come by `refresh` and are never part of the program."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dialects import ArcGis
from local_publisher import Publisher
from streamlit.testing.v1 import AppTest

from trustboard.load import data_root, load_city, read_city
from trustboard.snapshots.refresh import Refreshed, refresh
from trustboard.snapshots.store import Store
from trustboard.sources import Quiet, fetch_table
from trustboard.sources.wire.client import Client
from trustboard.ui.place_map import draw_map, map_places

OFFICIAL = "https://services6.arcgis.com/HZXbCkpCSqbGd0vK/arcgis/rest/services/neighborhoods_rev"
ROOT = Path(__file__).resolve().parents[2]
PAGE = "pages/5_neighborhoods.py"


@pytest.fixture(autouse=True)
def layer(shared_table: Callable[[str], Path], publisher: Publisher) -> ArcGis:
    """Serve the city's real outlines as its server would, a few at a time."""
    found = json.loads(shared_table("st-louis/neighborhoods.geojson").read_text())["features"]
    fields: list[dict[str, Any]] = [
        {"name": "OBJECTID", "type": "esriFieldTypeOID", "domain": None},
        {"name": "NHD_NUM", "type": "esriFieldTypeInteger", "domain": None},
        {"name": "NHD_NAME", "type": "esriFieldTypeString", "domain": None},
    ]
    rows = [{"OBJECTID": n, **one["properties"]} for n, one in enumerate(found, start=1)]
    shapes = [one["geometry"] for one in found]
    publisher.answering = ArcGis(fields, rows, announced=20, limit=20, shapes=shapes)
    return publisher.answering


@pytest.fixture
def cities(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the city, with the server on this machine in the place of the official one."""
    shutil.copytree(data_root() / "st-louis", tmp_path / "data" / "st-louis")
    described = tmp_path / "data" / "st-louis" / "city.yml"
    here = f"{publisher.site}/arcgis/rest/services/Police"
    text = described.read_text("utf-8")
    assert OFFICIAL in text
    described.write_text(text.replace(OFFICIAL, here), "utf-8")
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def fetch_boundaries(cities: Path, client: Client) -> Refreshed:
    return refresh(
        "st-louis",
        data=cities,
        store=Store(cities.parent / "home", "st-louis"),
        at=datetime(2026, 12, 1, tzinfo=UTC),
        fetch=fetch_table,
        client=client,
        progress=lambda _: Quiet(),
    )


def test_a_boundary_file_is_never_part_of_the_program_and_its_layer_is_the_city_s() -> None:
    assert not list(data_root().rglob("*.geojson"))
    drawn = read_city("st-louis", data=data_root()).places.map
    assert drawn is not None
    assert drawn.fetch is not None
    assert drawn.fetch.hosts() == {"services6.arcgis.com"}


def test_the_map_is_of_squares_until_the_boundaries_were_fetched(
    cities: Path, client: Client, publisher: Publisher
) -> None:
    before = load_city("st-louis", data=cities)
    squares = draw_map(before, map_places(before, None), chosen="8")
    assert squares is not None
    assert before.boundaries is None
    assert len(squares.layout.shapes) == 79

    assert fetch_boundaries(cities, client).end == "switched"
    asked = [one.query for one in publisher.asked if one.query.get("f") == "geojson"]
    assert len(asked) == 5  # 88 outlines, 20 at a time
    assert {one["maxAllowableOffset"] for one in asked} == {"0.000100"}
    assert {one["outSR"] for one in asked} == {"4326"}

    after = load_city("st-louis", data=cities)
    assert after.boundaries is not None
    outlines = draw_map(after, map_places(after, None), chosen="8")
    assert outlines is not None
    assert not outlines.layout.shapes
    assert {trace.name for trace in outlines.data} == set(after.places.index.astype("str"))
    assert after.data_hash == before.data_hash  # a drawing changes no number
    assert {name: table.sha256 for name, table in after.tables.items()} == {
        name: table.sha256 for name, table in before.tables.items()
    }


def test_the_page_of_a_neighborhood_draws_the_outlines_without_a_restart(
    cities: Path, client: Client
) -> None:
    def page() -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["city"] = "st-louis"
        app.query_params["place"] = "8"
        return app.run().switch_page(PAGE).run()

    before, _ = page(), fetch_boundaries(cities, client)
    after = page()
    assert not before.exception
    assert not after.exception
    assert len(_shapes(before)) == 79
    assert not _shapes(after)


def _shapes(page: AppTest) -> list[Any]:
    """Give the squares of a page's map; a map of outlines has none."""
    figures = [json.loads(one.proto.spec) for one in page.get("plotly_chart")]
    maps = [one for one in figures if one["layout"].get("yaxis", {}).get("scaleanchor") == "x"]
    assert len(maps) == 1
    found: list[Any] = maps[0]["layout"].get("shapes", [])
    return found
