"""The chart of every place beside the rest, and what says in words whose its numbers are."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from test_app import ROOT, SHARED, run, words

CLOSE = ["weir-gardens", "old-orchard", "quarry-top", "upper-wicket", "marigold-park"]


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TRUSTBOARD_PUBLISHED", str(SHARED))


def written(app: AppTest) -> list[str]:
    """Give the words on the chart, without those of its axes."""
    figures = [json.loads(one.proto.spec) for one in app.get("plotly_chart")]
    named = [{trace.get("name") for trace in one["data"]} for one in figures]
    wanted = {"places", "upper limit"}
    (funnel,) = (one for one, has in zip(figures, named, strict=True) if wanted <= has)
    return [re.sub("</?b>", "", one["text"]) for one in funnel["layout"]["annotations"]]


def test_each_number_on_the_chart_has_its_place_in_the_key_below_it():
    app = run("5_neighborhoods.py", "riverbend", place=CLOSE)
    keys = re.findall(r'<p class="tb-unit tb-key"[^>]*>(.*?)</p>', words(app))
    (key,) = (one for one in keys if one.startswith("Numbers on the chart"))
    told = re.findall(
        r"<b>(\d+)</b>&nbsp;([^(]+) \((\w+)\)", unescape(key).replace("\xa0", "&nbsp;")
    )
    on_chart = written(app)
    assert [number for number, *_ in told] == sorted(one for one in on_chart if one.isdigit())
    named = {one for one in on_chart if not one.isdigit()} | {name for _, name, _ in told}
    assert {"Weir Gardens", "Old Orchard", "Quarry Top", "Upper Wicket", "Marigold Park"} <= named
    assert told, "places so close together cannot all be named on the chart"


def test_a_chart_of_places_without_numbers_has_no_key():
    app = run("5_neighborhoods.py", "riverbend")
    assert "Courthouse Square" in written(app)
    assert "tb-key" not in words(app)


def test_several_places_within_the_range_are_told_of_in_one_sentence():
    app = run("5_neighborhoods.py", "riverbend", place=[*CLOSE, "courthouse-square"])
    html = unescape(words(app))
    (said,) = re.findall(r"are complaints in [^<]*</h2>.*?<p[^>]*>(.*?)</p>", html, re.I | re.S)
    assert said.startswith("Courthouse Square: more than the range expected among ")
    assert said.count("Not clearly") == said.count("within the range") == 1
    each = re.findall(r"(?:Of complaints, |; )([A-Z][^;]*?) had [\d,]+, [\d.]+ times", said)
    assert sorted(each) == sorted(
        ["Weir Gardens", "Old Orchard", "Quarry Top", "Upper Wicket", "Marigold Park"]
    )
