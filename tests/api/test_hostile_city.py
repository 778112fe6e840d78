"""Every form in which data leave the API holds hostile words as words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from asking import Ask, asking, needed
from hostile import write_hostile_city
from trustboard import shared
from trustboard.api.naming import ROOT
from trustboard.api.openapi import described
from trustboard.indicator import catalogue
from trustboard.serving.first_page import first_pages
from trustboard.unseen import UNSEEN

#: Signs with which a spreadsheet begins a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?[\d.,]+(e[-+]\d+)?")


@pytest.fixture(autouse=True)
def hostile(hostile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTBOARD_DATA", str(hostile_folder))


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile_city(tmp_path_factory.mktemp("data")).parent


def cells_that_would_run(rows: Iterable[Iterable[Any]]) -> list[str]:
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    return [c for c in cells if c.startswith(FORMULA) and not NUMBER.fullmatch(c)]


def forms() -> list[str]:
    """Name every address of the API in every form that it can take, as the document has them."""
    found = described(server="", cities=["hostile"])
    common, addresses = found["components"]["parameters"], []
    for path, operations in found["paths"].items():
        told = [one if "name" in one else common[one["$ref"].rsplit("/", 1)[1]]
                for one in operations["get"]["parameters"]]  # fmt: skip
        kinds = [one["schema"]["enum"] for one in told if one["name"] == "format"]
        here = path.format(city="hostile")
        part = "&limit=50" if any(one["name"] == "limit" for one in told) else ""
        whole = f"{here}?{needed(told)}".removesuffix("?")
        joint = "&" if "?" in whole else "?"
        each = [f"{whole}{joint}format={kind}{part}" for kind in kinds[0]] if kinds else [whole]
        addresses += each
    return addresses


@pytest.mark.parametrize("address", forms())
def test_every_answer_in_every_form_is_whole_and_runs_nowhere(ask: Ask, address: str) -> None:
    found = ask(f"{ROOT}{address}")
    assert found.status_code in (200, 404), found.text
    media = found.headers["content-type"].split(";")[0]
    if "spreadsheet" not in media and media != "application/zip":
        assert not UNSEEN.search(found.text), "a sign that nobody sees"
    if media.endswith("json"):
        told = json.loads(found.text)
        assert isinstance(told, dict | list)
        assert "\u2028" not in found.text
        assert not UNSEEN.search(json.dumps(told, ensure_ascii=False))
    elif media.endswith("xml"):
        Xml.fromstring(found.content)  # noqa: S314 - written by us, read by a parser on purpose
    elif media == "text/csv":
        assert not cells_that_would_run(csv.reader(io.StringIO(found.text)))
    elif "spreadsheet" in media:
        book = load_workbook(io.BytesIO(found.content))
        for sheet in book.worksheets:
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
            assert not cells_that_would_run(sheet.iter_rows(values_only=True))
            assert not UNSEEN.search(str([*sheet.iter_rows(values_only=True)]))
    elif media == "application/zip":
        check_package(found.content)
    else:
        assert media in ("text/plain", "application/x-bibtex"), media
        assert found.headers["x-content-type-options"] == "nosniff"


def check_package(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        for name in packed.namelist():
            assert re.fullmatch(r"[\w./-]+", name) and ".." not in name and name[0] != "/"
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig")))
                assert not cells_that_would_run(rows), name
            if name.endswith(".json"):
                json.loads(packed.read(name))


def test_there_are_hostile_words_in_what_was_checked(ask: Ask) -> None:
    for address in ("", "/verdicts", "/verdicts?format=jsonld", "/commitments", "/sources"):
        assert "<script>script9" in ask(f"{ROOT}/hostile{address}").text
    rows = ask(f"{ROOT}/hostile/measures/outreach-events/rows?format=csv").text
    assert "script9" in rows
    assert any(ask(f"{ROOT}/hostile/measures/{one}").status_code == 200 for one in catalogue())


class Head(HTMLParser):
    """Counts tags, and collects what would run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        data = tag == "script" and ("type", "application/ld+json") in attrs  # no browser runs it
        self.tags.append("data" if data else tag)
        self.wrong += [name for name, _ in attrs if name.startswith("on")]
        self.wrong += [v for _, v in attrs if v and v.strip().startswith("javascript:")]


def test_no_word_becomes_a_tag_in_what_previews_and_search_engines_read(ask: Ask) -> None:
    pages = asking(Starlette(routes=first_pages(["", "commitments"])))
    for page in ("/", "/commitments"):
        text = pages(f"{page}?city=hostile").text
        plain, told = Head(pages(f"{page}?city=nowhere").text), Head(text)
        for tag in ("script", "img", "b", "iframe"):
            assert told.tags.count(tag) == plain.tags.count(tag)
        assert told.tags.count("svg") == text.count('<svg class="fv-chart"'), "no drawing but ours"
        assert told.tags.count("data") <= 1
        assert not told.wrong
    page = Head(ask("/api").text)
    assert not page.wrong and not {"script", "img", "b", "svg"} & set(page.tags)
    Xml.fromstring(ask("/sitemap.xml").content)  # noqa: S314 - ours


def test_letters_to_holders_with_hostile_names_are_plain_text(ask: Ask) -> None:
    holders = ask(f"{ROOT}/hostile/records-request?holder=nobody").json()["allowed"]
    assert all("script9" in one for one in holders)
    for holder in holders:
        found = ask(f"{ROOT}/hostile/records-request?{urlencode({'holder': holder})}")
        assert found.status_code == 200, found.text
        assert found.headers["content-type"] == "text/plain; charset=utf-8"
        assert "attachment" in found.headers["content-disposition"]


def test_the_rows_behind_no_verdict_hold_a_cell_that_would_run(ask: Ask) -> None:
    ran = ""
    for one in shared.assessed(shared.opened("hostile")):
        for test in one.tests:
            named = {"commitment": one.commitment.id, "test": test.test.id}
            found = ask(f"{ROOT}/hostile/verdicts/rows?{urlencode(named)}")
            assert found.status_code == 200, found.text
            assert not cells_that_would_run(csv.reader(io.StringIO(found.text)))
            ran += found.text
    assert "script9" in ran
