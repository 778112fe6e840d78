"""A verdict stands by itself: on a page of its own, and in a frame, with its chart and source."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from charted import opened
from test_app import words
from trustboard.citydata import CityData
from trustboard.ui import data
from trustboard.ui.take_verdict import take_verdict

ASKED = {"commitment": "calmer-streets", "test": "force-down-a-fifth"}


@pytest.fixture(autouse=True)
def _from_the_root(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(request.config.rootpath)


def found(slug: str = "riverbend") -> CityData:
    city = data.city(slug)
    assert isinstance(city, CityData)
    return city


def test_a_framed_verdict_has_its_word_its_chart_its_source_and_nothing_to_take_away() -> None:
    app = opened(framed=True, **ASKED)
    said = words(app)
    assert not app.exception
    city = found()
    test = next(
        test
        for one in data.assessed(city.slug, city.data_hash)
        for test in one.tests
        if test.test.id == ASKED["test"]
    )
    assert html.escape(test.headline, quote=False) in said
    assert "Riverbend Complaints Office (invented)" in said
    assert "Licence:" in said
    assert "The table, its rows and its limits on TrustBoard" in said
    assert len(app.get("plotly_chart")) == 1
    assert "tb-take" not in said


def test_a_verdict_has_a_page_of_its_own_with_all_that_belongs_to_it() -> None:
    app = opened(**ASKED)
    said = words(app)
    assert not app.exception
    assert "<h1>" in said
    assert "tb-take" in said
    assert "What to keep in mind" in said


@pytest.mark.parametrize(
    "asked",
    [
        {"commitment": "calmer-streets"},
        {"commitment": "calmer-streets", "test": "<script>"},
        {"commitment": "nothing", "test": "force-down-a-fifth"},
        {"commitment": ["calmer-streets", "walks-again"], "test": "force-down-a-fifth"},
    ],
)
@pytest.mark.parametrize("framed", [False, True])
def test_an_address_that_names_no_verdict_shows_none(
    asked: dict[str, str | list[str]], framed: bool
) -> None:
    app = opened(framed=framed, **asked)
    assert not app.exception
    assert "There is no such verdict" in words(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_each_drawn_verdict_has_a_frame_that_leads_to_it(slug: str) -> None:
    city = found(slug)
    for one in data.assessed(city.slug, city.data_hash):
        for test in one.tests:
            block = take_verdict(city, one.commitment, test, anchor="x", drawn=300)
            frame = html.unescape(re.search(r'data-part="embed"[^>]*>(.*?)</pre>', block)[1])  # type: ignore[index]
            address = urlsplit(html.unescape(re.search(r'src="([^"]+)"', frame)[1]))  # type: ignore[index]
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            named = {"commitment": one.commitment.id, "test": test.test.id}
            assert address.path == "/chart"
            assert asked == {"city": slug, **named, "embed": "true"}
            assert int(re.search(r'height="(\d+)"', frame)[1]) > 300  # type: ignore[index]
            bare = take_verdict(city, one.commitment, test, anchor="x", drawn=0)
            assert "embed" not in bare


def test_a_framed_verdict_says_what_changed_in_the_counting() -> None:
    said = words(opened(framed=True, **ASKED))
    assert "<strong>Counting changed.</strong> 1 January 2021: The city began to accept" in said
    assert "(Category: Use of force), by month" in said
    assert "<p>Category: Use of force</p>" not in said
