"""A table that is wider than a phone's screen says so, or stands row below row."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
APP = '[data-testid="stApp"]'


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(".tb-scroll", timeout=60_000, state="attached")
    page.wait_for_selector(f'{APP}[data-test-script-state="notRunning"]', timeout=60_000)
    return page


def darkness(box: Locator, *, edge: str) -> int:
    """Give how much darker than the paper a box is some pixels inside one of its edges."""
    picture = Image.open(io.BytesIO(box.screenshot())).convert("L")
    x = picture.width - 3 if edge == "right" else 2
    return 252 - sorted(picture.getpixel((x, y)) for y in range(picture.height))[-5]


def test_the_account_of_rows_stands_row_below_row_on_a_phone(server: str, phone: Page) -> None:
    table = opened(phone, f"{server}/sources?city=riverbend").locator(".tb-scroll").first
    assert "Read = kept + set aside + dropped" in (table.get_attribute("aria-label") or "")
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert "Possible duplicates" in table.evaluate(
        "box => getComputedStyle(box.querySelector('td:last-child'), '::before').content"
    )


def test_a_wide_table_is_shaded_where_it_goes_on_and_there_alone(server: str, phone: Page) -> None:
    opened(phone, f"{server}/outcomes?city=riverbend")
    phone.locator("details.tb-fold > summary").first.click()
    box = phone.locator("details.tb-fold[open] .tb-scroll").first
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") > 100
    assert darkness(box, edge="right") > 20
    assert darkness(box, edge="left") <= 3
    box.evaluate("box => box.scrollLeft = 10_000")
    phone.wait_for_timeout(300)
    assert darkness(box, edge="right") <= 3
    assert darkness(box, edge="left") > 20
