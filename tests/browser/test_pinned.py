"""A link that was pinned before newer data came, opened after: the old numbers, and said so."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pinning import Town, copied

pytestmark = pytest.mark.browser

APP = '[data-testid="stApp"]'
OURS = '[data-testid="stMain"]'


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return copied(tmp_path_factory.mktemp("pinned") / "data")


@pytest.fixture(scope="module")
def board(town: Town, dashboard: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """Serve the copy, with a home of its own."""
    home = town.cities.parent / "home"
    with dashboard({"TRUSTBOARD_DATA": str(town.cities), "TRUSTBOARD_HOME": str(home)}) as address:
        yield address


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".tb-footer", timeout=60_000)
    page.wait_for_selector(f'{APP}[data-test-script-state="notRunning"]', timeout=60_000)


def last_count(page: Page) -> str:
    """Give the number of the last year in the table, as the page shows it."""
    page.get_by_text("Table behind the chart").first.click()
    row = page.get_by_role("row", name=re.compile("^2024 "))
    row.first.wait_for()
    return row.first.locator("td").first.inner_text()


def test_a_pin_outlives_newer_data(board: str, town: Town, visitor: Page, tmp_path: Path) -> None:
    visitor.set_viewport_size({"width": 390, "height": 844})
    view = f"{board}/chart?city=riverbend&indicator=complaints-received&by=year"
    open_page(visitor, view)
    assert last_count(visitor) == "1,593"
    visitor.get_by_role("link", name="Pin this view").click()
    visitor.wait_for_url(re.compile("pin=[0-9a-f]{12}-"), timeout=60_000)
    pinned = visitor.url
    open_page(visitor, pinned)
    visitor.get_by_text("No newer data have arrived.", exact=False).wait_for()

    town.take_back(90)
    visitor.wait_for_timeout(1_500)  # files are looked at once a second
    open_page(visitor, pinned)
    visitor.get_by_text("Pinned to older data.", exact=False).wait_for()
    assert last_count(visitor) == "1,593"
    with visitor.expect_download() as arriving:
        visitor.locator(".tb-take").first.get_by_role("link", name="CSV").click()
    arriving.value.save_as(tmp_path / "table.csv")
    rows = list(csv.reader((tmp_path / "table.csv").read_text().splitlines()))
    assert rows[-1][:2] == ["2024", "1593"]
    found = Axe().run(visitor, context=OURS).response["violations"]
    assert [one["id"] for one in found] == []
    assert visitor.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")

    visitor.get_by_role("link", name="Complaints", exact=True).click()
    visitor.wait_for_url(re.compile("/complaints.*pin="), timeout=60_000)
    visitor.get_by_text("Pinned to older data.", exact=False).wait_for()
    visitor.get_by_role("link", name="the same view of the newest data").click()
    visitor.wait_for_url(re.compile(r"/complaints\?city=riverbend$"), timeout=60_000)
    open_page(visitor, view)
    assert last_count(visitor) == "1,504"
