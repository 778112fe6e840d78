"""A map and a funnel stand by themselves: the address names the drawing and the places marked."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from charted import opened
from test_app import words

ROOT = Path(__file__).parents[2]
FORMS = {"map": "complaints-received", "funnel": "complaints-per-10000"}

QUESTIONS = {"map": "Where is Heron Flats?", "funnel": "Are complaints in Heron Flats more"}


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def form(name: str, *, city: str = "riverbend", framed: bool = False, **more: str) -> AppTest:
    """Open the page of one drawing of all places."""
    asked = {"indicator": FORMS.get(name, FORMS["map"]), "by": "place", "as": name, **more}
    return opened(city=city, framed=framed, **asked)


def profile(city: str, **asked: str) -> str:
    """Give the HTML of the page of neighborhoods."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"city": city, **asked}.items():
        app.query_params[name] = value
    app.run()
    return words(app.switch_page("pages/5_neighborhoods.py").run())


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("framed", [False, True])
def test_the_address_in_a_citation_shows_the_drawing_it_was_copied_from(
    name: str, framed: bool
) -> None:
    page = profile("riverbend", place="heron-flats", since="2021")
    frames = re.findall(r'data-part="embed"[^>]*>(.*?)</pre>', page)
    sources = [html.unescape(html.unescape(one)) for one in frames]
    link = next(one for one in sources if f"as={name}" in one)
    address = re.search(r'src="([^"]+)"', link)
    assert address
    asked = parse_qsl(urlsplit(address[1]).query)
    given = dict(asked)
    assert given.pop("embed") == "true"
    assert given.pop("city") == "riverbend"
    app = opened(framed=framed, **given)
    assert not app.exception
    said = words(app)
    question = {"map": "Where is Heron Flats?", "funnel": "Are complaints in Heron Flats more"}[
        name
    ]
    assert f"<h{1 if framed else 2}>{question}" in said
    assert len(app.get("plotly_chart")) == 1
    assert ("tb-take" in said) != framed
    assert "<strong>Source:</strong> Riverbend Complaints Office" in said
    if framed:
        assert f"as={name}&amp;mark=heron-flats" in said, "the way back shows the same drawing"


def test_what_is_filtered_is_said_beside_a_drawing_of_a_part() -> None:
    said = words(form("map", framed=True, category="use_of_force"))
    assert "Only category: Use of force" in said
    funnel = words(form("funnel", framed=True, category="use_of_force"))
    assert '<p class="tb-answer">Only category: Use of force. Of' in funnel


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("framed", [False, True])
def test_a_drawing_of_allegations_calls_them_so(name: str, framed: bool) -> None:
    said = words(form(name, framed=framed, unit="allegation", mark="heron-flats"))
    question = re.search(r'<p class="tb-answer">([^<]*)', said)
    assert question
    assert "allegations" in question[1]
    assert "complaints" not in question[1]
    if not framed:
        assert "<h1>Allegations" in said


def test_a_district_that_the_comparison_does_not_use_is_said_to_be_unused() -> None:
    note = "Not narrowed by district here"
    assert note in profile("riverbend", district="hill")
    assert note not in profile("riverbend")


def test_a_place_is_marked_by_its_printed_name_too() -> None:
    assert "<h2>Where is Heron Flats?</h2>" in words(form("map", mark="heron flats"))


def test_a_map_without_numbers_has_a_frame_with_the_source_of_its_places() -> None:
    page = profile("st-louis")
    assert "as=map" in page
    said = words(form("map", city="st-louis", framed=True))
    assert "Nothing is shaded" in said
    assert "<strong>Source:</strong> City of St. Louis" in said


@pytest.mark.parametrize(
    "more",
    [
        {"as": "luck"},
        {"as": ""},
        {"as": "<img src=x onerror=alert(1)>"},
        {"as": "map", "place": "heron-flats"},  # the rest of the city would be left out
        {"as": "funnel", "indicator": "complaints-received"},
        {"as": "map", "by": "year"},
    ],
)
def test_a_drawing_that_there_is_not_is_replaced_by_the_usual_chart_with_a_note(
    more: dict[str, str],
) -> None:
    app = opened(**{"indicator": "complaints-received", "by": "place", **more})
    said = words(app)
    assert not app.exception
    assert "it is shown as usual" in said
    assert "<img" not in said
    assert "<h2>Where" not in said


@pytest.mark.parametrize("framed", [False, True])
def test_a_city_without_a_list_of_places_has_no_map_by_itself(framed: bool) -> None:
    app = form("map", city="albany", framed=framed)
    said = words(app)
    assert not app.exception
    assert "it is shown as usual" in said
    assert "heavy frame" not in said
    assert "/places" not in said


def test_a_place_that_there_is_not_is_named_and_not_marked() -> None:
    said = words(form("map", mark="heron-flats,atlantis"))
    assert "<h2>Where is Heron Flats?</h2>" in said
    assert "There is no neighborhood “atlantis” here; it was set aside." in said


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(some.text(max_size=30), some.text(max_size=30))
def test_no_address_breaks_the_page(name: str, mark: str) -> None:
    app = opened(indicator="complaints-received", by="place", **{"as": name, "mark": mark})
    assert not app.exception


def test_a_funnel_of_allegations_says_that_they_come_together() -> None:
    said = words(form("funnel", framed=True, unit="allegation"))
    assert "Several allegations can belong to one complaint" in said
    assert "can belong to one complaint" not in words(form("funnel", framed=True))
