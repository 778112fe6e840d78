"""What is the same for everybody is drawn once, and anew when what it rests on changes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from trustboard.citydata import CityData
from trustboard.load import data_root, load_city
from trustboard.ui.replay import replayed

DRAWN: list[str] = []


@cache
def town() -> CityData:
    return load_city("st-louis", data=data_root())


@pytest.fixture(autouse=True)
def _nothing_drawn_yet():
    DRAWN.clear()
    st.cache_resource.clear()


def page(show):  # AppTest runs the text of this function alone
    show()


def part(city: CityData, name: str) -> None:
    """Show one part that says which state of the city it was drawn for."""

    def draw() -> None:
        DRAWN.append(city.data_hash)
        with st.expander("More"):
            st.html(f"<p>{name} {city.data_hash}</p>")

    with st.container(key="around"):
        replayed("part", city, name, draw=draw)


def shown(name: str, **state: Any) -> list[str]:
    """Run a page of one part; give the HTML on it."""
    city = replace(town(), **state)
    app = AppTest.from_function(page, kwargs={"show": partial(part, city, name)})
    app.run()
    assert not app.exception
    return [one.proto.body for one in app.get("html")]


def test_later_visitors_get_the_same_elements_without_drawing():
    first = shown("a", data_hash="one")
    assert first == shown("a", data_hash="one") == ["<p>a one</p>"]
    assert DRAWN == ["one"]


def test_other_data_other_promises_and_another_key_are_drawn_anew():
    shown("a", data_hash="one")
    shown("a", data_hash="two")
    shown("b", data_hash="one")
    shown("a", data_hash="one", commitments=())
    assert DRAWN == ["one", "two", "one", "one"]


def test_the_fingerprint_of_promises_tells_their_wording_apart():
    one = town()
    other = one.commitments[0].model_copy(update={"title": "Something else"})
    changed = replace(one, commitments=(other, *one.commitments[1:]))
    assert changed.promises_hash != one.promises_hash
    assert replace(one).promises_hash == one.promises_hash
