"""A verdict is taken away with its promise, its data and the command that computes it again."""

from __future__ import annotations

import html
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from typer.testing import CliRunner

from asking import asking, csv_rows
from test_app import run, words
from trustboard import api
from trustboard.citydata import CityData
from trustboard.cli import app
from trustboard.exports import verdict_citation
from trustboard.exports.verdict_table import has_table, verdict_table
from trustboard.pins import pin_of
from trustboard.ui import data
from trustboard.ui.take_verdict import take_verdict, verdict_figure_name

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
            block = take_verdict(city, one.commitment, test, anchor="test-x", drawn=300)
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
    block = take_verdict(city, one.commitment, one.tests[0], anchor="x", drawn=0)
    links = [html.unescape(u) for u in re.findall(r'href="([^"]+)"', block)]
    json_link, linked = links[-2:]
    told = ASK(f"/{json_link}").json()["verdicts"]
    assert [each["commitment"] for each in told] == [one.commitment.id]
    assert ASK(f"/{linked}").headers["content-type"] == "application/ld+json"
    line = html.unescape(re.search(r'data-part="line"[^>]*>([^<]+)<', block)[1])  # type: ignore[index]
    done = CliRunner().invoke(app, shlex.split(line)[1:])
    assert done.exit_code == 0
    assert one.tests[0].test.question in done.output
    assert 'data-take="png"' not in block


def test_every_table_that_is_drawn_or_printed_can_be_taken(city: CityData) -> None:
    kinds = set()
    for one in data.assessed(city.slug, city.data_hash):
        for test in one.tests:
            table = verdict_table(test, city)
            assert has_table(test) == (table is not None)
            block = take_verdict(city, one.commitment, test, anchor="x", drawn=0)
            files = [html.unescape(u) for u in re.findall(r'href="([^"]+/table[^"]+)"', block)]
            assert len(files) == 2 * (table is not None)
            if table is None:
                path = f"verdicts/table?commitment={one.commitment.id}&test={test.test.id}"
                assert ASK(f"/api/v1/{city.slug}/{path}").status_code == 404
                continue
            kinds.add("series" if test.series is not None else "printed")
            found = ASK(f"/{files[0]}")
            rows = csv_rows(found.text)
            assert len(rows) == len(table) > 0
            if test.series is not None:
                values = [float(row["value"]) for row in rows if row["value"]]
                assert values == pytest.approx(test.series.table["value"].dropna().tolist())
            assert found.text.startswith("# Title,")
            assert f"sha256 {city.data_hash}" in found.text
            assert test.headline in found.text
    assert "series" in kinds if city.slug == "riverbend" else "printed" in kinds


def test_a_verdicts_workbook_holds_the_numbers_of_its_csv() -> None:
    asked = "commitment=calmer-streets&test=force-down-a-fifth"
    path = f"/api/v1/riverbend/verdicts/table?{asked}"
    book = load_workbook(io.BytesIO(ASK(f"{path}&format=xlsx").content))
    head, *rows = book["table"].iter_rows(values_only=True)
    lines = csv_rows(ASK(path).text)
    assert list(head) == list(lines[0])
    n = head.index("n")
    assert [row[n] for row in rows] == [int(line["n"]) for line in lines]
    about = dict(book["about"].iter_rows(values_only=True))
    for name in ("Title", "Finding", "Unit", "Source", "Licence", "Link", "Citation", "Reproduce"):
        assert about[name]
    assert about["Link"].endswith("#test-force-down-a-fifth")


def test_the_printed_figures_of_a_verdict_can_be_saved_as_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    found = data.city("st-louis")
    assert isinstance(found, CityData)
    promised, test = next(
        (one.commitment, test)
        for one in data.assessed(found.slug, found.data_hash)
        for test in one.tests
        if test.test.kind == "figure_change"
    )
    app = run("1_commitments.py", "st-louis", commitment=promised.id)
    named = [
        json.loads(one.proto.config)["toImageButtonOptions"]["filename"]
        for one in app.get("plotly_chart")
        if "toImageButtonOptions" in one.proto.config
    ]
    name = verdict_figure_name(found, test)
    assert name in named
    assert f'data-figure="{name}"' in words(app)
    assert words(app).count('data-take="png"') == len(named)


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
