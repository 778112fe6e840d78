"""A map is taken away like every chart: its numbers where it has some, the picture, a citation."""

from __future__ import annotations

import html
import json
import re

import pytest
from starlette.applications import Starlette

from asking import asking
from test_app import run, words
from trustboard import api
from trustboard.query import Query
from trustboard.ui import data
from trustboard.ui.take_map import map_name

ASK = asking(Starlette(routes=api.routes()))


def row_of(block: str, name: str) -> str:
    found = re.search(
        rf'<div class="tb-take"[^>]*data-figure="{name}".*?</details></div>', block, re.DOTALL
    )
    assert found, "no row for the map"
    return found[0]


@pytest.mark.parametrize(("slug", "counted"), [("riverbend", True), ("st-louis", False)])
def test_the_map_of_a_city_can_be_taken_away(slug: str, counted: bool) -> None:
    app = run("5_neighborhoods.py", slug)
    assert not app.exception
    city = data.city(slug)
    name = map_name(city, Query(by=("place",)))
    saved = [
        json.loads(one.proto.config).get("toImageButtonOptions", {}).get("filename")
        for one in app.get("plotly_chart")
    ]
    assert saved.count(name) == 1
    assert len(set(saved)) == len(saved), "two charts would be saved as one"
    row = row_of(words(app), name)
    assert 'data-take="png"' in row
    title = "Complaints received by neighborhood: darker means more"
    assert (f'data-title="{title}"' in row) == counted
    assert 'data-part="citation"' in row
    links = [html.unescape(one) for one in re.findall(r'href="(api/[^"]+)"', row)]
    assert ("/measures/complaints-received" in links[0]) == counted
    for address in links:
        assert ASK(f"/{address}").status_code == 200


def test_the_saved_map_carries_its_key() -> None:
    block = words(run("5_neighborhoods.py", "riverbend"))
    name = map_name(data.city("riverbend"), Query(by=("place",)))
    assert f'<ul class="tb-shades" data-figure="{name}"' in block
