"""A verdict is taken away with its promise, its data and the command that computes it again."""

from __future__ import annotations

import html
import re
import shlex

import pytest
from starlette.applications import Starlette
from typer.testing import CliRunner

from asking import asking
from trustboard import api
from trustboard.citydata import CityData
from trustboard.cli import app
from trustboard.exports import verdict_citation
from trustboard.pins import pin_of
from trustboard.ui import data
from trustboard.ui.take_verdict import take_verdict

ASK = asking(Starlette(routes=api.routes()))


@pytest.fixture(params=["riverbend", "st-louis"])
def city(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> CityData:
    monkeypatch.setenv("TRUSTBOARD_URL", "https://board.example")
    found = data.city(request.param)
    assert isinstance(found, CityData)
    return found


def test_every_verdict_is_cited_with_what_was_promised_and_what_was_found(city: CityData) -> None:
    for one in data.assessed(city.slug, city.data_hash):
        for test in one.tests:
            block = take_verdict(city, one.commitment, test, anchor="test-x", drawn=True)
            pairs = re.findall(r'<pre data-part="(\w+)"[^>]*>(.*?)</pre>', block, re.DOTALL)
            told = {name: html.unescape(words) for name, words in pairs}
            assert one.commitment.title in told["citation"]
            assert test.headline.rstrip(".") in told["citation"]
            assert city.data_hash[:16] in told["citation"]
            assert ("invented data" in told["citation"]) == city.city.fictional
            view = f"commitments?city={city.slug}&commitment={one.commitment.id}"
            assert told["link"] == f"https://board.example/{view}&pin={pin_of(city)}#test-x"
            assert told["citation"].endswith(told["link"])
            assert told["bibtex"].startswith(f"@misc{{trustboard-{city.slug}-{one.commitment.id}-")


def test_the_links_and_the_command_of_a_verdict_work(city: CityData) -> None:
    one = data.assessed(city.slug, city.data_hash)[0]
    block = take_verdict(city, one.commitment, one.tests[0], anchor="x", drawn=False)
    json_link, linked = (html.unescape(u) for u in re.findall(r'href="([^"]+)"', block))
    told = ASK(f"/{json_link}").json()["verdicts"]
    assert [each["commitment"] for each in told] == [one.commitment.id]
    assert ASK(f"/{linked}").headers["content-type"] == "application/ld+json"
    line = html.unescape(re.search(r'data-part="line"[^>]*>([^<]+)<', block)[1])  # type: ignore[index]
    done = CliRunner().invoke(app, shlex.split(line)[1:])
    assert done.exit_code == 0
    assert one.tests[0].test.question in done.output
    assert 'data-take="png"' not in block


def test_an_unknown_promise_is_refused_by_name() -> None:
    found = ASK("/api/v1/riverbend/verdicts?commitment=luck")
    assert (found.status_code, found.json()["parameter"]) == (404, "commitment")
    assert "calmer-streets" in found.json()["allowed"]


def test_two_questions_of_one_promise_have_two_entries(city: CityData) -> None:
    keys = [
        verdict_citation(one.commitment, test, city).bibtex.split(",")[0]
        for one in data.assessed(city.slug, city.data_hash)
        for test in one.tests
    ]
    assert len(set(keys)) == len(keys)
