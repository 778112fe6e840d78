"""One chart by itself: whole on its page, bare in a frame, and honest about a bad address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from charted import opened
from test_figures import measured, rows
from trustboard.api.forgiving import PARAMETERS, query_from
from trustboard.citydata import CityData
from trustboard.groups import in_order
from trustboard.indicator import catalogue
from trustboard.load import data_root, load_city
from trustboard.measure import measure
from trustboard.query import Query
from trustboard.terms import UNKNOWN_PLACE
from trustboard.ui.framed import unit_line

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def riverbend() -> CityData:
    return load_city("riverbend", data=data_root())


def words(app: AppTest) -> str:
    return " ".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))


def test_a_chart_has_a_page_with_its_title_its_filters_and_the_ways_to_take_it_away() -> None:
    app = opened(indicator="findings", by="year", place="heron-flats")
    said = words(app)
    assert not app.exception
    assert "<h1>Findings of decided complaints</h1>" in said
    assert "Only place: Heron Flats." in said
    assert said.count('class="tb-take"') == 1
    assert len(app.get("plotly_chart")) == 1


def test_a_framed_chart_has_its_source_and_licence_and_no_more() -> None:
    app = opened(indicator="findings", by="year", place="heron-flats", framed=True)
    said = words(app)
    assert said.count("<h1>") == 1
    assert "Only place: Heron Flats." in said
    assert "<strong>Source:</strong> Riverbend Complaints Office" in said
    assert "<strong>Licence:</strong>" in said
    assert 'href="chart?city=riverbend&amp;indicator=findings&amp;by=year' in said
    assert "tb-take" not in said
    assert len(app.get("plotly_chart")) == 1
    assert not app.expander


def test_a_framed_chart_says_once_what_is_filtered() -> None:
    said = words(opened(indicator="findings", by="year", place="heron-flats", framed=True))
    unit = re.search(r'<p class="tb-unit">([^<]+)</p>', said)
    assert unit is not None
    assert unit[1].endswith(", by year. Only place: Heron Flats.")
    assert unit[1].count("Heron Flats") == 1


@pytest.mark.parametrize("framed", [False, True])
def test_bars_of_places_say_that_they_are_not_ranked(framed: bool) -> None:
    said = words(opened(indicator="complaints-received", by="place", framed=framed))
    assert "in a fixed order, not ranked" in said
    assert "not ranked" not in words(opened(indicator="complaints-received", by="category"))


def test_places_known_by_numbers_stand_in_the_order_of_these_and_the_heading_says_so() -> None:
    ids = ["1", "2", "10", "11", UNKNOWN_PLACE]
    assert in_order("district", set(ids)) == ids
    table = rows(["all"] * 5, [1.0] * 5, district=ids)
    found = measured(table, groups=("district",), period="all")
    assert unit_line(found).endswith(", in the order of the city’s own numbers, not ranked")
    yearly = measured(table.assign(period="2020"), groups=("district",))
    assert "ranked" not in unit_line(yearly)


@pytest.mark.parametrize("framed", [False, True])
def test_dotted_lines_are_explained_below_the_chart_with_their_years(framed: bool) -> None:
    said = words(opened(indicator="days-to-close", by="year", framed=framed))
    assert said.count("Dotted line, hollow mark: late rows may still change 2024.") == 1


def test_the_words_for_a_chart_s_marks_stand_on_its_saved_picture_too() -> None:
    said = words(opened(indicator="days-to-close", by="year"))
    figure = re.search(r'<p class="tb-unit tb-key" data-figure="([^"]+)">Dotted', said)
    assert figure is not None
    assert re.search(rf'<div class="tb-take"[^>]* data-figure="{figure[1]}"', said)


def test_a_framed_chart_says_what_changed_and_what_its_numbers_cannot_show() -> None:
    app = opened(framed=True, indicator="complaints-received", by="year")
    html = words(app)
    assert "1 January 2021: The city began to accept complaints that nobody signed" in html
    assert "Fewer complaints may mean less misconduct or less reporting" in html
    events = words(opened(framed=True, indicator="outreach-events", by="year"))
    assert "An event says nothing about who came" in events
    assert "Counting changed" not in events


@pytest.mark.parametrize("name", ["", "luck", "<script>alert(1)</script>"])
def test_an_unknown_chart_is_said_and_no_other_is_shown(name: str) -> None:
    app = opened(indicator=name) if name else opened()
    said = words(app)
    assert not app.exception
    assert "There is no such chart" in said
    assert not app.get("plotly_chart")
    assert "<script>" not in said


def test_what_cannot_be_read_is_set_aside_and_said() -> None:
    app = opened(indicator="findings", by=["year", "moon"], place=["atlantis", "heron-flats"])
    said = words(app)
    assert not app.exception
    assert said.count('role="status"') == 2
    assert "moon" in said
    assert "atlantis" in said
    assert "Only place: Heron Flats." in said


def test_what_the_city_does_not_publish_is_said_in_a_frame_too() -> None:
    app = opened(city="st-louis", indicator="complaints-received", framed=True)
    assert not app.exception
    assert "Cannot tell:" in words(app)


def test_a_table_that_no_chart_fits_is_shown_as_a_table() -> None:
    by = ["year", "category", "filed_by"]
    app = opened(indicator="complaints-received", by=by, framed=True)
    assert not app.exception
    assert not app.get("plotly_chart")
    assert "<table" in words(app)


WORDS = "year month place heron-flats 2020 9999 finding=x where a=b complaint ' <b> =1"
GARBAGE = some.text(max_size=30) | some.sampled_from(WORDS.split(" "))


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(
    indicator=some.sampled_from(sorted(catalogue())),
    pairs=some.lists(some.tuples(some.sampled_from([*PARAMETERS, "x"]) | GARBAGE, GARBAGE)),
)
def test_any_address_gives_a_question_that_the_city_can_be_asked(
    riverbend: CityData, indicator: str, pairs: list[tuple[str, str]]
) -> None:
    query, notes = query_from(pairs, catalogue()[indicator], riverbend)
    measure(riverbend, indicator, query)
    assert notes or query != Query() or not pairs


def test_values_that_are_right_are_kept_when_others_are_wrong(riverbend: CityData) -> None:
    pairs = [("by", "year"), ("by", "moon"), ("place", "clocktower"), ("place", "atlantis")]
    query, notes = query_from(pairs, catalogue()["findings"], riverbend)
    assert query == Query(by=("year",), filters=(("place", ("clocktower",)),))
    assert len(notes) == 2


def test_a_question_that_would_cost_too_much_is_set_aside(riverbend: CityData) -> None:
    pairs = [("by", one) for one in ("month", "place", "district", "category", "filed_by")]
    query, notes = query_from(pairs, catalogue()["complaints-received"], riverbend)
    assert query == Query()
    assert "rows" in notes[0]
