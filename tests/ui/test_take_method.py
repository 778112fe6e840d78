"""How often the rule is right can be taken away, with the numbers that the charts draw."""

from __future__ import annotations

import html
import io
import json
import re
import shlex

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from asking import asking, csv_rows
from charted import opened
from test_app import run, words
from trustboard import METHOD_VERSION, api
from trustboard.cli import app as commands
from trustboard.exports.rightness import right_table
from trustboard.method import published
from trustboard.ui.one_world import WORLDS
from trustboard.ui.take_method import method_name

ASK = asking(Starlette(routes=api.routes()))
METHOD = "/api/v1/method"


@pytest.mark.parametrize("months", WORLDS)
@pytest.mark.parametrize("framed", [False, True])
def test_a_chart_of_the_method_page_stands_by_itself(months: str, framed: bool) -> None:
    page = words(run("8_method.py", "st-louis"))
    assert f"method={months}&amp;amp;embed=true" in page, "the method page offers the frame"
    app = opened(city="st-louis", framed=framed, method=months)
    said = words(app)
    assert not app.exception
    assert WORLDS[months] in said
    assert len(app.get("plotly_chart")) == 1
    assert ("tb-take" in said) != framed
    if not framed:
        link = re.search(r'data-part="link"[^>]*>([^<]+)', said)
        assert link
        assert f"/chart?city=st-louis&amp;method={months}" in link[1]
    else:
        assert "The series are invented" in said
        assert f"Method {METHOD_VERSION}" in said


@pytest.mark.parametrize("framed", [False, True])
def test_months_that_nobody_invented_have_no_chart(framed: bool) -> None:
    app = opened(framed=framed, method="<b>luck</b>")
    assert not app.exception
    assert "There is no such chart" in words(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("months", WORLDS)
def test_a_chart_of_the_method_page_is_taken_with_the_numbers_it_draws(months: str) -> None:
    app = run("8_method.py", "riverbend")
    saved = [
        json.loads(one.proto.config)["toImageButtonOptions"]["filename"]
        for one in app.get("plotly_chart")
    ]
    name = method_name(months)
    assert saved.count(name) == 1
    block = rf'<div class="tb-take"[^>]*data-figure="{name}".*?</details></div>'
    row = re.search(block, words(app), re.DOTALL)
    assert row
    assert 'data-take="svg"' in row[0]
    links = [html.unescape(one) for one in re.findall(r'href="(api/[^"]+)"', row[0])]
    assert all(ASK(f"/{one}").status_code == 200 for one in links)
    table = published().table()
    drawn = table[(table["months"] == months) & (table["reading"] == "deadline")]
    drawn = drawn[drawn["said"] == "KEPT"]
    taken = csv_rows(ASK(f"/{links[0]}").text)
    assert [float(one["share"]) for one in taken] == drawn["share"].tolist()
    assert [float(one["true_change"]) for one in taken] == drawn["true_change"].tolist()


def test_every_world_is_given_as_json_csv_and_excel_with_its_columns_explained() -> None:
    told, text = ASK(METHOD).json(), ASK(f"{METHOD}?format=csv").text
    book = load_workbook(io.BytesIO(ASK(f"{METHOD}?format=xlsx").content))
    head, *lines = book["table"].iter_rows(values_only=True)
    assert told["total"] == len(csv_rows(text)) == len(lines) == len(published().table())
    about = dict(book["about"].iter_rows(values_only=True))
    assert {f"Column {name}" for name in head} <= set(about)
    assert about["Method version"] == METHOD_VERSION == told["method_version"]
    assert "invented" in about["Citation"]
    assert ASK(f"{METHOD}?format=xlsx").content == ASK(f"{METHOD}?format=xlsx").content


def test_the_command_is_one_that_there_is() -> None:
    line = shlex.split(ASK(METHOD).json()["reproduce"])
    options = {one.opts[0] for one in _command(line[1]).params if one.opts}
    assert set(line[2::2]) <= options


def _command(name: str):  # type: ignore[no-untyped-def]
    from typer.main import get_command

    return get_command(commands).commands[name]  # type: ignore[attr-defined]


def test_a_word_that_nobody_says_is_refused_by_name() -> None:
    found = ASK(f"{METHOD}?said=PERHAPS")
    assert (found.status_code, found.json()["parameter"]) == (400, "said")
    assert "KEPT" in found.json()["allowed"]
    assert right_table({"said": "KEPT"})["said"].unique().tolist() == ["KEPT"]
