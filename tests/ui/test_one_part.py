"""A fault of the data stands by itself: on a page of its own, and in a frame with its source."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from charted import opened
from test_app import ROOT, run, words


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def saved_names(app: AppTest) -> list[str]:
    config = [json.loads(one.proto.config) for one in app.get("plotly_chart")]
    return [one["toImageButtonOptions"]["filename"] for one in config]


def test_every_chart_of_the_page_can_be_saved_under_its_own_name_and_framed() -> None:
    app = run("7_data_quality.py", "riverbend")
    names, block = saved_names(app), words(app)
    assert len(set(names)) == len(names) == len(app.get("plotly_chart"))
    assert [one for one in names if "-delays-" in one]
    for name in names:
        row = rf'<div class="tb-take"[^>]*data-figure="{name}".*?</details></div>'
        found = re.search(row, block, re.DOTALL)
        assert found
        assert 'data-take="png"' in found[0]
        assert 'data-part="citation"' in found[0]
    frames = re.findall(r'data-part="embed"[^>]*>(.*?)</pre>', block)
    sources = [re.search(r'src="([^"]+)"', html.unescape(one)) for one in frames]
    asked = [parse_qs(urlsplit(html.unescape(one[1])).query) for one in sources if one]
    drawn = {one.removeprefix("riverbend-quality-") for one in names}
    parts = {"delays" if one.startswith("delays-") else one for one in drawn}
    assert {one["quality"][0] for one in asked} == parts
    assert all(one["embed"] == ["true"] for one in asked)


@pytest.mark.parametrize("quality", ["set-aside", "delays"])
def test_a_framed_fault_has_its_answer_its_charts_its_source_and_nothing_to_take(
    quality: str,
) -> None:
    app = opened(quality=quality, framed=True)
    said = words(app)
    assert not app.exception
    assert app.get("plotly_chart")
    assert "<h1>" in said
    assert "Source:" in said
    assert "The table, its rows and its limits on TrustBoard" in said
    assert "tb-take" not in said


def test_a_fault_has_a_page_of_its_own() -> None:
    app = opened(quality="set-aside")
    assert not app.exception
    assert "tb-take" in words(app)
    assert "What is done:" in words(app)


@pytest.mark.parametrize("quality", ["luck", "<script>", "", ["delays", "dates"]])
@pytest.mark.parametrize("framed", [False, True])
def test_an_address_that_names_no_fault_shows_no_chart(
    quality: str | list[str], framed: bool
) -> None:
    app = opened(quality=quality, framed=framed)
    assert not app.exception
    assert "There is no such chart" in words(app)
    assert not app.get("plotly_chart")
