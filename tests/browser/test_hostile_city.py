"""Words that try to be tags, scripts, links, formulas or icons stay words on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, TimeoutError

from hostile import MARKED, write_hostile_city
from trustboard.load import load_city
from trustboard.serving.application import addresses

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
#: Every page there is, and those that show one thing of many with the thing that shows most.
VIEWS = [
    *(f"{page}?city=hostile" for page in addresses(ROOT / "app.py")),
    "commitments?city=hostile&commitment=more-contact",
    "commitments?city=hostile&commitment=open-books",
    "commitments?city=hostile&commitment=one-city",
    "neighborhoods?city=hostile&place=clocktower",
]
READ = """words => {
    // a line of a wrapped label may hold one word by itself; that is our own wrapping
    const all = [...document.querySelectorAll('body *:not(tspan.line)')];
    const made = all.filter(e => words.includes(e.textContent.trim())).map(e => e.outerHTML);
    const bad = document.querySelectorAll(`img[src="x"], [onerror], [onload], [href^="javascript"],
        .katex, [data-testid="stMain"] script`);
    const icons = [...document.querySelectorAll('[data-testid="stIconMaterial"]')]
        .filter(e => e.textContent.trim() === 'delete');
    return [...made, ...[...bad].map(e => e.outerHTML), ...icons.map(e => e.outerHTML)];
}"""

FOLDED = "[...document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary')]"
UNFOLD = f"() => {FOLDED}.forEach(one => one.click())"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, dashboard: Callable[..., Any]) -> Iterator[str]:
    """Serve the hostile city alone."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_city(folder / "data")
    with dashboard({"TRUSTBOARD_DATA": str(folder / "data")}) as address:
        yield address


def test_the_hostile_city_opens_with_all_that_a_city_has(tmp_path: Path) -> None:
    write_hostile_city(tmp_path)
    city = load_city("hostile", data=tmp_path)
    assert {name for name, table in city.tables.items() if len(table.frame)} == {
        *("places", "complaints", "outcomes", "outreach", "figures")
    }
    assert len(city.commitments) == 8
    assert "html9" in city.city.name and "html9" in city.commitments[0].statement
    assert city.problems


@pytest.mark.parametrize("view", VIEWS)
def test_every_word_stays_a_word(board: str, visitor: Page, view: str) -> None:
    said: list[str] = []
    visitor.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    visitor.set_viewport_size({"width": 1280, "height": 900})
    visitor.goto(f"{board}/{view}", wait_until="domcontentloaded")
    visitor.wait_for_selector('[data-testid="stMain"] h1', timeout=60_000)
    visitor.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    assert visitor.locator('[data-testid="stException"]').count() == 0
    open_everything(visitor)
    assert visitor.evaluate(READ, list(MARKED)) == []
    for chart in visitor.locator('[data-testid="stPlotlyChart"]').all():
        hover(chart)
        assert visitor.evaluate(READ, list(MARKED)) == []
    assert said == []


def open_everything(page: Page) -> None:
    """Open what is folded, then the list of each choice."""
    page.evaluate(UNFOLD)
    page.wait_for_function(f"() => {FOLDED}.length === 0")
    for opener in page.locator('[data-testid="stMain"] button[aria-haspopup="listbox"]').all():
        opener.evaluate("button => button.closest('[role=group]').querySelector('input').focus()")
        page.keyboard.press("ArrowDown")
        try:
            page.wait_for_selector('[role="option"]', state="attached", timeout=3000)
        except TimeoutError:  # a list in which everything is chosen has nothing left to offer
            continue
        assert page.evaluate(READ, list(MARKED)) == []
        page.keyboard.press("Escape")


def hover(chart: Any) -> None:
    """Point at the first thing drawn, if anything can be pointed at."""
    drawn = chart.locator(".points path, .point path, .shapelayer path").first
    try:
        drawn.hover(force=True, timeout=1000)
    except TimeoutError:
        return
