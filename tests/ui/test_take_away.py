"""Beside a table: files that hold just it, texts to copy, nothing that data could break."""

from __future__ import annotations

import csv
import html
import io
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from typer.testing import CliRunner

from asking import Ask, asking
from trustboard.citydata import CityData
from trustboard.cli import app
from trustboard.exports import tidy_rows
from trustboard.figures import figure_of
from trustboard.figures.heights import height_of
from trustboard.indicator import catalogue
from trustboard.measure import measure
from trustboard.pins import pin_of
from trustboard.query import Query
from trustboard.serving import parts
from trustboard.tidy import Measured
from trustboard.ui import data
from trustboard.ui.files import csv_address, file_address
from trustboard.ui.framed import frame_heights
from trustboard.ui.html_table import measured_table
from trustboard.ui.site import site_of
from trustboard.ui.take_away import take_away
from trustboard.wording import whole

APP = Path(__file__).parents[2] / "app.py"
CASES = [
    ("complaints-received", Query(by=("year",))),
    (
        "complaints-received",
        Query(
            by=("month",),
            from_=date(2023, 1, 1),
            to=date(2023, 12, 31),
            filters=(("place", ("heron-flats",)), ("category", ("use_of_force",))),
            unit="allegation",
        ),
    ),
    ("outreach-events", Query(by=("year",), filters=(("event_kind", ("town_hall",)),))),
    ("findings", Query(by=("year",), filters=(("filed_by", ("civilian", "officer")),))),
    (
        "sustained-within-12-months",
        Query(by=("year", "place"), filters=(("place", ("heron-flats",)),), rest="beside"),
    ),
]


@pytest.fixture(scope="module")
def ask() -> Ask:
    return asking(Starlette(routes=parts(APP)["routes"]))


@pytest.fixture
def riverbend(monkeypatch: pytest.MonkeyPatch) -> CityData:
    monkeypatch.setenv("TRUSTBOARD_URL", "https://board.example/data/")
    found = data.city("riverbend")
    assert isinstance(found, CityData)
    return found


def texts(block: str) -> dict[str, str]:
    """Give what can be copied out of a block, by name, as a browser reads it."""
    found = re.findall(r'<pre data-part="(\w+)"[^>]*>(.*?)</pre>', block, re.DOTALL)
    return {name: html.unescape(words) for name, words in found}


@pytest.mark.parametrize(("indicator", "query"), CASES)
def test_page_file_and_command_give_the_same_numbers(
    ask: Ask, riverbend: CityData, indicator: str, query: Query
) -> None:
    found = measure(riverbend, indicator, query)
    assert isinstance(found, Measured)
    answered = ask(f"/{csv_address(riverbend, indicator, query)}")
    assert answered.status_code == 200
    lines = [line for line in answered.text.splitlines() if not line.startswith("# ")]
    rows = list(csv.reader(lines))
    printed = CliRunner().invoke(
        app, shlex.split(texts(take_away(riverbend, indicator, query))["line"])[1:]
    )
    assert rows == list(csv.reader(io.StringIO(printed.output)))
    assert [dict(zip(rows[0], row, strict=True))["period"] for row in rows[1:]] == [
        row["period"] for row in tidy_rows(found)
    ]
    shown = re.sub(r"<[^>]+>", " ", measured_table(found))
    counts = [whole(float(dict(zip(rows[0], row, strict=True))["n"])) for row in rows[1:]]
    for count in counts:
        assert f" {count} " in shown


@pytest.mark.parametrize(("indicator", "query"), CASES)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_link_of_a_block_is_answered(
    ask: Ask, riverbend: CityData, indicator: str, query: Query, form: str
) -> None:
    for rows in (False, True):
        path = file_address(riverbend, indicator, query, form=form, rows=rows)
        assert ask(f"/{path}").status_code == 200
    links = re.findall(r'href="([^"]+)"', take_away(riverbend, indicator, query))
    assert len(links) == 6
    assert not [one for one in links if one.startswith(("http", "/"))], "a prefix would break them"


def test_what_is_copied_names_the_address_of_the_site(riverbend: CityData) -> None:
    query = Query(by=("year",), filters=(("place", ("heron-flats",)),))
    told = texts(take_away(riverbend, "findings", query))
    view = "https://board.example/data/chart?city=riverbend&indicator=findings&by=year"
    assert told["link"] == f"{view}&place=heron-flats&pin={pin_of(riverbend)}"
    assert told["citation"].endswith(told["link"])
    assert riverbend.data_hash[:16] in told["citation"]
    assert told["bibtex"].startswith("@misc{trustboard-riverbend-findings-")
    frame = re.fullmatch(r'<iframe src="([^"]+)" title="([^"]+)" .*></iframe>', told["embed"])
    assert frame
    assert html.unescape(frame[1]) == f"{view}&place=heron-flats&embed=true"


@pytest.mark.parametrize(
    ("indicator", "query"),
    [
        *CASES,
        ("complaints-received", Query(by=("place",))),
        ("complaints-per-10000", Query(by=("year", "district"))),
        ("outreach-where-complaints", Query()),
        ("published-figure", Query()),
    ],
)
def test_a_frame_is_as_tall_as_the_chart_and_its_words(
    riverbend: CityData, indicator: str, query: Query
) -> None:
    if indicator == "published-figure":
        series = measure(riverbend, indicator, Query())
        assert isinstance(series, Measured)
        query = Query(filters=(("series", (str(series.table["series"].mode()[0]),)),))
    found = measure(riverbend, indicator, query)
    assert isinstance(found, Measured)
    assert height_of(found) == figure_of(found).layout.height
    wide, narrow = frame_heights(riverbend, catalogue()[indicator], query, found)
    assert height_of(found) + 250 < wide < narrow
    told = texts(take_away(riverbend, indicator, query))["embed"]
    assert f'height="{wide}"' in told
    assert f"height:clamp({wide}px,calc({narrow}px - " in told


def test_what_stands_in_a_block_is_escaped(riverbend: CityData) -> None:
    evil = '"><script>alert(1)</script>'
    assert "<script>" not in csv_address(
        riverbend, "complaints-received", Query(filters=(("place", (evil,)),))
    )
    block = take_away(riverbend, "complaints-received", Query(by=("year",)), drawn=False)
    assert 'data-take="png"' not in block
    assert block.count("<pre") == 5


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://board.example/complaints", "https://board.example"),
        ("https://board.example/", "https://board.example"),
        ("https://board.example", "https://board.example"),
        ("https://city.example/trust/board/sources", "https://city.example/trust/board"),
        ("https://city.example/trust/board/", "https://city.example/trust/board"),
        ("http://[::1]:8501/complaints", "http://[::1]:8501"),
        ("javascript:alert(1)", "http://localhost:8501"),
        ("https://user:word@board.example/", "http://localhost:8501"),
        ('https://board.example/"><script>', "http://localhost:8501"),
        ("https://[bad", "http://localhost:8501"),
        ("", "http://localhost:8501"),
    ],
)
def test_the_address_of_the_site_is_that_in_the_browser_without_the_page(
    url: str, site: str
) -> None:
    assert site_of(url, pages=frozenset({"complaints", "sources"})) == site


def test_two_addresses_of_one_site_do_not_share_a_citation(
    riverbend: CityData, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    first = take_away(riverbend, "findings", Query())
    monkeypatch.setenv("TRUSTBOARD_URL", "https://elsewhere.example")
    assert "https://elsewhere.example/chart?" in take_away(riverbend, "findings", Query())
    assert "elsewhere" not in first
