"""The first view without any script, and how the page takes its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADDRESSES = [
    "?city=st-louis",
    "commitments?city=riverbend&commitment=calmer-streets",
    "complaints?city=riverbend&category=use_of_force",
    "outcomes?city=riverbend",
    "sources?city=riverbend",
    "method?city=st-louis",
]


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """Give a phone that never gets the scripts; axe could not run where none may run at all."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.route("**/static/js/**", lambda route: route.abort())
    yield context.new_page()
    context.close()


def wait_for_view(page: Page, address: str) -> None:
    """Wait until the page carries a first view; the first visitor of a city may be too early."""
    for _ in range(20):
        if 'class="fv"' in page.request.get(address).text():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"no first view at {address}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_read_without_scripts_and_has_no_barriers(server, plain, address):
    wait_for_view(plain, f"{server}/{address}")
    plain.goto(f"{server}/{address}", wait_until="domcontentloaded")
    assert plain.locator("h1").count() == 1
    assert plain.locator("main").inner_text().strip()
    assert plain.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    found = Axe().run(plain, context=".fv").response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


def test_the_page_takes_the_place_of_its_first_view(server, visitor):
    address = f"{server}/complaints?city=riverbend"
    wait_for_view(visitor, address)
    visitor.goto(address)
    visitor.wait_for_selector('[data-testid="stMain"] h1', timeout=60_000)
    assert visitor.locator(".fv").count() == 0
    assert visitor.locator("h1").count() == 1


def test_a_first_visit_loads_no_more_of_fonts_and_charts_than_it_shows(server, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(f"{server}/complaints?city=riverbend")
    page.wait_for_selector(".js-plotly-plot .main-svg .point", timeout=60_000)
    fonts = {one.rpartition("/")[2].partition(".")[0] for one in asked if one.endswith(".woff2")}
    assert fonts == {"MaterialSymbols-Rounded", "newsreader-latin", "source-sans-3-latin"}
    (charts,) = {one for one in asked if "/PlotlyChart." in one}
    assert len(page.request.get(charts).body()) < 1_500_000
    arrow = page.locator('[data-testid="stIconMaterial"]').first
    assert arrow.evaluate("sign => sign.scrollWidth") < 40, "a sign, not the letters of its name"
    context.close()
