"""A parameter that takes one value and is given several is set aside and said, never guessed."""

from __future__ import annotations

from html import unescape

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from asking import asking
from test_app import ROOT, run, words
from trustboard.serving.first_page import first_pages
from trustboard.view import only

TWICE = "more than once; all of these were set aside."


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def home(**address: list[str] | str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def test_two_cities_are_set_aside_and_the_page_says_so_in_either_order():
    usual = home()
    for cities in (["riverbend", "st-louis"], ["st-louis", "riverbend"]):
        app = home(city=cities)
        assert f"The address gives city {TWICE}" in unescape(words(app))
        assert app.selectbox(key="pick_city").value == usual.selectbox(key="pick_city").value


def test_the_same_city_twice_is_that_city_without_a_word():
    app = home(city=["st-louis", "st-louis"])
    assert app.selectbox(key="pick_city").value == "st-louis"
    assert TWICE not in words(app)


@pytest.mark.parametrize(
    ("page", "name", "values"),
    [
        ("0_home.py", "topic", ["force", "outreach"]),
        ("1_commitments.py", "commitment", ["more-contact", "open-books"]),
    ],
)
def test_choices_of_a_page_fall_back_with_a_note(page, name, values):
    app = run(page, "riverbend", **{name: values})
    assert f"The address gives {name} {TWICE}" in unescape(words(app))
    assert app.selectbox(key=f"pick_{name}").value not in values
    assert not app.exception


def test_two_pins_are_none_and_the_newest_data_are_shown():
    said = unescape(words(home(city="riverbend", pin=["a", "b"])))
    assert "The address holds more than one pin." in said


def test_a_chart_with_two_questions_is_no_chart():
    found = unescape(words(run("chart.py", "riverbend", indicator=["findings", "still-open"])))
    assert "The address names more than one question." in found
    assert "There is no such chart" in found


def test_what_is_sent_before_any_script_shows_neither_of_two_cities():
    ask = asking(Starlette(routes=first_pages([""])))
    one, two = (ask(f"/?city=riverbend{more}").text for more in ("", "&city=st-louis"))
    assert "Riverbend" in one
    assert "Riverbend" not in two and "St. Louis" not in two


def test_only_one_value_is_a_value():
    assert only([]) == only(["a", "b"]) == ""
    assert only(["a"]) == only(["a", "a"]) == "a"
