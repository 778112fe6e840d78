"""Every page of every city, opened at the width of a desk and of a phone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from trustboard.load import city_slugs, data_root, load_city

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "commitments",
    "complaints",
    "outcomes",
    "outreach",
    "neighborhoods",
    "sources",
    "data_quality",
    "method",
]
SHARED = Path(__file__).parents[3] / "shared/data"


def cities_with_something_to_show() -> list[str]:
    """Name the cities with tables here or with commitments; pages of all others say the same."""
    opened = [load_city(s, data=data_root(), elsewhere=SHARED) for s in city_slugs(data_root())]
    return [one.slug for one in opened if one.tables or one.commitments]


CITIES = cities_with_something_to_show()
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
#: On any page but the first, Streamlit asks for its health below the page's own path before it asks
#: at the root; the browser logs those questions as errors although nothing is wrong.
PROBE = re.compile(r"/[A-Za-z_]+/_stcore/(health|host-config)$")
#: Our content; the shell around it (toolbar, status) is Streamlit's own.
APP = '[data-testid="stApp"]'
CHARTS = "[...document.querySelectorAll('[data-testid=\"stPlotlyChart\"]')]"
MARKS = ".scatterlayer path, .barlayer path, .shapelayer path"
OURS = '[data-testid="stMain"]'


@dataclass
class Visit:
    """What happened while a page was opened."""

    page: Page
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def visit(page: Page, address: str, *, width: str) -> Visit:
    """Open an address and wait until the page has come to rest."""
    seen = Visit(page)
    host = urlparse(address).netloc

    def note_request(request):
        away = urlparse(request.url)
        if away.scheme in {"http", "https", "ws", "wss"} and away.netloc != host:
            seen.elsewhere.append(request.url)

    def note_console(message):
        if message.type == "error" and not PROBE.search(message.location["url"]):
            seen.console.append(f"{message.text} {message.location['url']}")

    page.on("request", note_request)
    page.on("console", note_console)
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector(f"{OURS} h1", timeout=60_000)
    at_rest(page)
    page.remove_listener("request", note_request)
    page.remove_listener("console", note_console)
    return seen


def at_rest(page: Page) -> None:
    """Wait until the script has run and every chart has been drawn."""
    page.wait_for_selector(f'{APP}[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_function(
        f"() => {CHARTS}.every(chart => chart.querySelector('.main-svg .plot, .main-svg .xy'))",
        timeout=60_000,
    )
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", timeout=60_000)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("city", CITIES)
def test_a_page_opens_whole_quiet_and_readable(server, visitor, city, name, width):
    seen = visit(visitor, f"{server}/{name}?city={city}", width=width)
    page = seen.page
    assert page.locator('[data-testid="stException"]').count() == 0
    assert seen.console == []
    assert seen.elsewhere == [], "the page asked another machine for something"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    main = page.locator(OURS)
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert page.locator(f"{OURS} h1").count() == 1
    empty = page.evaluate(f"() => {CHARTS}.filter(c => !c.querySelector('{MARKS}')).length")
    assert empty == 0, "a chart was drawn without anything in it"
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """Run axe-core over our content and say each violation in one line."""
    found = Axe().run(page, context=OURS).response["violations"]
    return [f"{v['id']}: {v['help']} {json.dumps(v['nodes'][0]['html'])[:300]}" for v in found]


@pytest.mark.parametrize("name", PAGES)
def test_invented_data_is_said_on_every_page_of_the_fictional_city(server, visitor, name):
    seen = visit(visitor, f"{server}/{name}?city=riverbend", width="phone")
    assert seen.page.get_by_text("Invented data", exact=False).first.is_visible()


HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "address",
    [
        f"?city={HOSTILE}",
        f"neighborhoods?city=riverbend&place={HOSTILE}",
        f"commitments?city=riverbend&commitment={HOSTILE}",
        "complaints?city=../../etc/passwd",
        f"?city=st-louis&topic={HOSTILE}",
        f"sources?city=st-louis&holder={HOSTILE}",
    ],
)
def test_a_hostile_address_falls_back_with_a_note_and_runs_nothing(server, visitor, address):
    alerts = []
    visitor.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    seen = visit(visitor, f"{server}/{address}", width="desk")
    assert alerts == []
    assert seen.page.locator('[data-testid="stException"]').count() == 0
    assert seen.page.locator('[role="status"].tb-note').count() >= 1
    assert seen.page.locator("img[src=x]").count() == 0


def test_the_city_survives_going_from_page_to_page(server, visitor):
    seen = visit(visitor, f"{server}/?city=riverbend", width="desk")
    seen.page.get_by_role("link", name="Complaints", exact=True).first.click()
    seen.page.wait_for_url(
        re.compile("/complaints[?].*city=riverbend", re.IGNORECASE), timeout=30_000
    )
    at_rest(seen.page)
    assert seen.page.get_by_text("Invented data", exact=False).first.is_visible()


def test_a_title_on_home_leads_to_its_promise_and_the_list_there_to_each_question(server, visitor):
    seen = visit(visitor, f"{server}/?city=riverbend", width="desk")
    seen.page.get_by_role("link", name="More contact, in every neighborhood").click()
    seen.page.wait_for_url(re.compile("commitment=more-contact"), timeout=30_000)
    seen.page.wait_for_selector(f"{OURS} h1", timeout=60_000)
    at_rest(seen.page)
    assert seen.page.get_by_role("heading", level=1).inner_text().startswith("More contact")
    seen.page.locator(".tb-contents").get_by_role("link").last.click()
    seen.page.wait_for_timeout(500)
    at_rest(seen.page)
    last = seen.page.get_by_role("heading", name="Was every neighborhood reached in every quarter?")
    assert -1 < last.bounding_box()["y"] < WIDTHS["desk"][1]  # parts of a pixel do not count
    assert seen.page.locator('[data-testid="stException"]').count() == 0


def test_the_list_of_all_promises_can_be_scanned(server, visitor):
    for width, most in {"desk": 4_800, "phone": 7_300}.items():
        visit(visitor, f"{server}/?city=st-louis", width=width)
        block = visitor.locator('[data-testid="stMainBlockContainer"]')
        assert block.evaluate("e => e.scrollHeight") < most


@pytest.mark.parametrize("name", [*PAGES, "chart"])
def test_the_link_past_the_navigation_lands_on_the_heading(server, browser, name):
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server}/{name}?city=riverbend&indicator=complaints-received")
    page.wait_for_selector(f'{APP}[data-test-script-state="notRunning"]', timeout=60_000)
    heading = page.locator(f"{OURS} h1").element_handle()
    assert page.evaluate("one => one.getBoundingClientRect().top", heading) > 150
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("one => document.activeElement === one", heading)
    top = page.evaluate("one => one.getBoundingClientRect().top", heading)
    assert 0 <= top < 60, "the heading has come to the top of the screen"
    page.keyboard.press("Tab")
    behind = "one => one.compareDocumentPosition(document.activeElement)"
    assert page.evaluate(behind, heading) & 4, "the next stop is behind the heading"
    context.close()


def test_a_printed_page_is_whole(server, visitor):
    seen = visit(
        visitor, f"{server}/commitments?city=riverbend&commitment=calmer-streets", width="desk"
    )
    seen.page.emulate_media(media="print")
    assert not seen.page.locator(".st-key-topnav").is_visible()
    assert not seen.page.locator('[data-testid="stSelectbox"]').first.is_visible()
    tall = "e => e.scrollHeight <= e.clientHeight + 1"
    assert seen.page.locator(OURS).evaluate(tall), "the page is cut off where it scrolls"
    seen.page.emulate_media(media="screen")


def test_on_paper_stand_filters_methods_limits_and_short_tables_but_no_long_one(server, visitor):
    seen = visit(visitor, f"{server}/complaints?city=riverbend&from=2019", width="desk")
    page = seen.page
    folds = page.locator("details.tb-fold")
    assert folds.count() and not page.locator("details.tb-fold[open]").count()
    seen_inside = "e => e.lastElementChild.checkVisibility()"
    rows = folds.evaluate_all("all => all.map(e => e.querySelectorAll('tbody > tr').length)")
    assert min(rows) == 0 and max(rows) > 40, "methods, and a table of many months, are folded here"
    page.emulate_media(media="print")
    for at, many in enumerate(rows):
        assert folds.nth(at).evaluate(seen_inside) == (many <= 40), folds.nth(at).inner_text()
        after = "e => getComputedStyle(e.querySelector('summary'), '::after').content"
        assert ("not printed" in folds.nth(at).evaluate(after)) == (many > 40)
    assert page.locator(".tb-shown").is_visible()
    assert page.locator(".tb-source").first.is_visible()
    assert not page.locator(".tb-take").first.is_visible()
    page.emulate_media(media="null")
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="Letter")))
    assert 2 <= pages <= 15
    assert not page.locator("details.tb-fold[open]").count(), "on the screen all is as it was"


def test_a_printed_promise_has_the_readings_that_differ_and_no_commands(server, visitor):
    address = f"{server}/commitments?city=riverbend&commitment=calmer-streets"
    page = visit(visitor, address, width="desk").page
    page.emulate_media(media="print")
    expanders = page.locator('[data-testid="stExpander"]')
    shown = [one.inner_text() for one in expanders.all() if one.is_visible()]
    assert shown and all("reading" in one for one in shown)
    assert all("With these choices" in one for one in shown), "what is folded is printed, too"
    assert page.get_by_text("What to keep in mind").first.is_visible()
    page.emulate_media(media="null")


def test_a_link_to_a_view_gives_the_same_view_when_it_is_opened_cold(server, browser):
    for _ in range(2):
        context = browser.new_context()
        page = context.new_page()
        visit(page, f"{server}/neighborhoods?city=riverbend&place=heron-flats", width="desk")
        assert page.get_by_role("heading", level=1).inner_text() == "Heron Flats"
        context.close()


def test_screenshots_of_every_page_can_be_taken(server, visitor, tmp_path):
    visit(visitor, f"{server}/?city=st-louis", width="desk")
    shot = Path(tmp_path) / "home.png"
    visitor.screenshot(path=shot)
    assert shot.stat().st_size > 20_000
