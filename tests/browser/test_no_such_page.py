"""Whoever comes to an address where nothing is finds the way to the pages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_that_is_not_there_can_be_read_and_left(
    server: str, visitor: Page, width: int
) -> None:
    visitor.set_viewport_size({"width": width, "height": 844})
    answer = visitor.goto(f"{server}/old/outcomes/link?city=riverbend")
    assert answer is not None
    assert answer.status == 404
    assert Axe().run(visitor).violations_count == 0
    family = "getComputedStyle(document.querySelector('h1')).fontFamily"
    assert "Newsreader" in visitor.evaluate(family)
    assert visitor.evaluate("document.fonts.check('20px Newsreader')")
    assert visitor.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visitor.get_by_role("link", name="Outcomes").click()
    assert visitor.url == f"{server}/outcomes?city=riverbend"
