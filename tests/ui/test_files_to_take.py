"""Files that pages hand out by a link: the link works, and gives as many rows as its words say."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from asking import asking
from trustboard import api, shared
from trustboard.pins import pin_of

ROOT = Path(__file__).parents[2]
ASK = asking(Starlette(routes=api.routes()))
LINK = re.compile(r'<p class="tb-file"><a href="([^"]+)">([^<]+)</a></p>')
CITIES = ("riverbend", "st-louis")


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def run(page: str, city: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"city": city, **address}.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"pages/{page}").run()


def links(app: AppTest) -> Iterator[tuple[str, str]]:
    """Give the address and the words of each link that hands out a file."""
    assert not app.exception
    assert not app.get("download_button")
    for element in app.get("html"):
        for address, words in LINK.findall(element.proto.body):
            yield html.unescape(address), html.unescape(words)


def rows_in(address: str) -> int:
    found = ASK(f"/{address}")
    assert found.status_code == 200, found.text
    assert "attachment" in found.headers["content-disposition"]
    return len(list(csv.reader(io.StringIO(found.text)))) - 1


def number_in(words: str) -> int:
    [number] = re.findall(r"\d[\d,]*", words)
    return int(number.replace(",", ""))


@pytest.mark.parametrize("city", CITIES)
def test_every_verdict_that_rests_on_rows_hands_them_out(city: str) -> None:
    opened, app = shared.opened(city), run("1_commitments.py", city)
    handed_out: list[str] = []
    some = shared.assessed(opened)[: 4 if city == "riverbend" else None]  # pages of many charts
    for one in some:
        app.query_params["commitment"] = one.commitment.id
        for address, words in links(app.run()):
            assert f"commitment={one.commitment.id}&" in address
            assert f"&pin={pin_of(opened.city)}" in address
            assert rows_in(address) == number_in(words) > 0
            handed_out.append(address)
    assert len(set(handed_out)) == len(handed_out) > 5


def test_where_rows_are_too_many_for_a_file_the_page_gives_the_command_that_writes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trustboard.ui.check_yourself.MOST_ROWS", 0)
    st.cache_resource.clear()  # what other tests have drawn
    city = shared.opened("riverbend").city
    app = run("1_commitments.py", "riverbend", commitment="walks-again")
    said = " ".join(element.proto.body for element in app.get("html"))
    assert not list(links(app))
    line = f"trustboard reproduce riverbend walks-again --pin {pin_of(city)} --rows rows.csv"
    assert f"<code>{line}</code>" in said
    st.cache_resource.clear()


def test_every_table_hands_out_its_rows_that_were_set_aside() -> None:
    tables = shared.opened("riverbend").city.tables
    aside = [one.accounting.quarantined for one in tables.values() if one.accounting.quarantined]
    told = list(links(run("7_data_quality.py", "riverbend")))
    assert [number_in(words) for _, words in told] == aside
    assert [rows_in(address) for address, _ in told] == aside
    assert not list(links(run("7_data_quality.py", "st-louis"))), "nothing was set aside there"


@pytest.mark.parametrize("city", CITIES)
def test_the_letter_that_is_handed_out_is_the_one_that_is_shown(city: str) -> None:
    every = run("6_sources.py", city)
    holder = every.selectbox(key="pick_holder").options[1]
    for app in (every, run("6_sources.py", city, holder=holder)):
        [(address, words)] = links(app)
        assert words == "Download the letter (text)"
        [shown] = [one.value for one in app.code if "Thank you." in one.value]
        assert ASK(f"/{address}").text == f"{shown}\n"
    assert f"HELD, AS FAR AS IS KNOWN, BY: {holder}"[:60] in shown.replace("\n", " ")
