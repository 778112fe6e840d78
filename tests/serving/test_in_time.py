"""A page goes out with its first view if that can be had soon, and never waits for a slow city."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

from asking import Ask, asking
from trustboard import shared
from trustboard.serving import in_time
from trustboard.serving.first_page import first_pages


@pytest.fixture
def ask() -> Ask:
    return asking(Starlette(routes=first_pages(["", "complaints", "unheard_of"])))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_time, "LONGEST_WAIT", 60.0)


@pytest.mark.usefixtures("patient")
def test_a_page_carries_its_first_view_inside_the_root_that_scripts_will_fill(ask: Ask) -> None:
    page = ask("/complaints?city=riverbend").text
    root = page.index('<div id="root"><style>')
    assert root < page.index("<h1>Complaints against police</h1>") < page.index("</svg>") < 20_000
    assert page.count("<noscript>") == 1
    assert "You need to enable JavaScript" not in page


@pytest.mark.usefixtures("patient")
def test_an_address_without_a_city_shows_the_first_city(ask: Ask) -> None:
    assert "St. Louis, Missouri" in ask("/").text
    assert '<div id="root"></div>' in ask("/?city=nowhere").text


@pytest.mark.usefixtures("patient")
def test_a_page_without_a_first_view_and_a_fault_in_one_cost_nothing_else(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert '<div id="root"></div>' in ask("/unheard_of?city=riverbend").text

    def fail(*_: Any, **__: Any) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(in_time, "first_view", fail)
    found = ask("/complaints?city=riverbend")
    assert found.status_code == 200
    assert '<div id="root"></div>' in found.text
    assert "Without JavaScript, load it again" in found.text


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("more", ["embed=true", "pin=anything"])
def test_a_page_within_another_or_pinned_to_other_data_has_no_first_view(
    ask: Ask, more: str
) -> None:
    assert '<div id="root"></div>' in ask(f"/complaints?city=riverbend&{more}").text


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    opened, began = shared.opened, []

    def slowly(slug: str) -> shared.Opened:
        began.append(time.monotonic())
        time.sleep(0.5)
        return opened(slug)

    monkeypatch.setattr(shared, "opened", slowly)
    monkeypatch.setattr(in_time, "LONGEST_WAIT", 0.01)
    yield began


def test_a_slow_city_is_not_waited_for(ask: Ask, slow: list[float]) -> None:
    assert '<div id="root"></div>' in ask("/complaints?city=riverbend").text
    assert len(slow) == 1, "it was begun, for whoever comes next"


def test_few_views_are_worked_out_at_once(
    ask: Ask, slow: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_time, "_MOST", 0)
    assert '<div id="root"></div>' in ask("/complaints?city=riverbend").text
    assert slow == []
