"""A page that was drawn for somebody else looks and works like one drawn for this visitor.

One walk through the dashboard, twice: the first visitor has every page drawn, the second is sent
what was drawn, by our own server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from test_filters import choose, says, settled
from test_pages import OURS, at_rest, violations

from keeping import Board, telling

pytestmark = pytest.mark.browser

Step = Callable[[Page], None]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with telling(tmp_path_factory.mktemp("again")) as told:
        yield told


def begin(page: Page) -> None:
    page.wait_for_selector(".tb-footer", timeout=60_000)
    at_rest(page)


def choose_a_place(page: Page) -> None:
    choose(page, "Heron Flats")
    says(page, "Shown: Heron Flats;")


def go_back(page: Page) -> None:
    page.go_back()
    says(page, "Shown: all of Riverbend;")


def go_forward(page: Page) -> None:
    page.go_forward()
    says(page, "Shown: Heron Flats;")


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector(".tb-shown", timeout=60_000)
    says(page, "Shown: Heron Flats;")


def open_the_panel(page: Page) -> None:
    page.locator(".st-key-filterbar summary").click()
    page.get_by_role("radiogroup", name="Counted by").wait_for()
    settled(page)


def count_allegations(page: Page) -> None:
    page.get_by_role("radiogroup", name="Counted by").get_by_text("Allegation").click()
    page.wait_for_url(re.compile("unit=allegation"), timeout=30_000)
    settled(page)


def go_to_outcomes(page: Page) -> None:
    page.get_by_role("link", name="Outcomes", exact=True).first.click()
    page.wait_for_url(re.compile("/outcomes[?].*place=heron-flats"), timeout=30_000)
    settled(page)


def clear_all(page: Page) -> None:
    page.get_by_role("button", name="Clear all filters").click()
    says(page, "Shown: all of Riverbend;")


STEPS: list[Step] = [
    begin, choose_a_place, go_back, go_forward, reload, open_the_panel, count_allegations,
    go_to_outcomes, clear_all,
]  # fmt: skip


def seen(page: Page) -> dict[str, object]:
    """Give what a visitor sees: the address, every word, the choices, how many charts."""
    main = page.locator(OURS)
    chosen = main.locator('[data-baseweb="tag"], [role="radio"][aria-checked="true"]')
    return {
        "address": page.url,
        "words": main.inner_text().splitlines(),
        "chosen": chosen.all_inner_texts(),
        "charts": main.locator(".js-plotly-plot").count(),
        "errors": page.locator('[data-testid="stException"]').count(),
    }


def walk(
    browser: Browser, board: Board, *, like: list[dict[str, object]] | None = None
) -> tuple[list[dict[str, object]], list[object]]:
    """Walk with a new browser; give what is seen after each step, and what axe says at the end.

    With `like`, each step is given time to look like that: charts take a while to be drawn.
    """
    context = browser.new_context(reduced_motion="reduce", locale="en-US")
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{board.url}/complaints?city=riverbend")
    views: list[dict[str, object]] = []
    for number, step in enumerate(STEPS):
        step(page)
        for _ in range(20):
            if like is None or seen(page) == like[number]:
                break
            page.wait_for_timeout(500)
        views.append(seen(page))
    found = violations(page)
    context.close()
    return views, found


def test_a_second_visitor_sees_and_does_the_same_without_anything_being_drawn(
    browser: Browser, board: Board
) -> None:
    walk(browser, board)  # the first of all declares the pages and works out what was never asked
    first = len(board.runs())
    board.draw_all(True)
    drawn, _ = walk(browser, board)
    second = len(board.runs())
    board.draw_all(False)
    again, found = walk(browser, board, like=drawn)
    assert set(board.runs()[first:second]) == {"drawn"}
    assert set(board.runs()[second:]) == {"again"}
    for step, one, other in zip(STEPS, drawn, again, strict=True):
        differing = {name: (one[name], other[name]) for name in one if one[name] != other[name]}
        assert not differing, step.__name__
    assert [one["errors"] for one in again] == [0] * len(STEPS)
    assert found == []
