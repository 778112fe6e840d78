"""Filters as a visitor meets them: two taps, the address, back and forward, cold links."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, TimeoutError, expect
from test_pages import HOSTILE, OURS, WIDTHS, at_rest, violations, visit

pytestmark = pytest.mark.browser

FILTERED = [
    "complaints?city=riverbend&place=heron-flats&vs=millrace&from=2020&unit=allegation&show=rates",
    "complaints?city=chicago&unit=allegation&from=2015&finding=sustained",
    "outcomes?city=riverbend&district=hill&finding=sustained&filed_by=officer",
    "outreach?city=riverbend&place=millrace&vs=old-orchard",
    "outreach?city=st-louis&from=2018&to=2019",
    "neighborhoods?city=riverbend",
    "neighborhoods?city=riverbend&place=heron-flats&vs=millrace,slipway",
    "neighborhoods?city=philadelphia&place=22&vs=9",
]


def shown(page: Page) -> str:
    """Give the sentence that says what is shown."""
    return page.locator(".tb-shown").inner_text()


def says(page: Page, words: str) -> None:
    """Wait until the page says so, however busy its server is, and has drawn what it then shows."""
    pattern = re.compile("^" + re.escape(words))
    expect(page.locator(".tb-shown")).to_have_text(pattern, timeout=30_000)
    at_rest(page)


def settled(page: Page) -> None:
    """Wait until what was just done has run through."""
    page.wait_for_timeout(400)
    at_rest(page)


def choose(page: Page, name: str) -> None:
    """Choose a place as a thumb would: one tap opens the list, the next chooses.

    A list that moves while it is tapped, since a chart above it is being drawn, takes no notice of
    the tap; whoever sees that nothing was chosen taps again.
    """
    for _ in range(3):
        at_rest(page)
        page.locator(".st-key-filter_place input").click()
        page.get_by_role("option", name=name).click()
        try:
            page.locator(".st-key-filter_place").get_by_text(name, exact=True).wait_for(
                timeout=3_000
            )
            break
        except TimeoutError:
            page.keyboard.press("Escape")
    settled(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", FILTERED)
def test_a_filtered_page_is_whole_quiet_and_readable(server, visitor, address, width):
    page = visit(visitor, f"{server}/{address}", width=width).page
    assert page.locator('[data-testid="stException"]').count() == 0
    main = page.locator(OURS)
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_open_panel_can_be_read_and_stays_open_while_choices_change(server, visitor, width):
    page = visit(visitor, f"{server}/complaints?city=riverbend", width=width).page
    page.locator(".st-key-filterbar summary").click()
    settled(page)
    assert page.locator(OURS).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert violations(page) == []
    page.get_by_role("radiogroup", name="Counted by").get_by_text("Allegation").click()
    settled(page)
    assert "counted by allegation" in shown(page)
    assert page.get_by_role("radiogroup", name="Counted by").is_visible()


def test_two_taps_on_a_phone_lead_to_a_neighborhood_and_back_and_forward_restore_it(
    server, visitor
):
    page = visit(visitor, f"{server}/complaints?city=riverbend", width="phone").page
    everything = shown(page)
    choose(page, "Heron Flats")
    says(page, "Shown: Heron Flats;")
    assert page.url.endswith("/complaints?city=riverbend&place=heron-flats")
    page.go_back()
    says(page, everything)
    page.go_forward()
    says(page, "Shown: Heron Flats;")
    page.reload()
    page.wait_for_selector(".tb-shown", timeout=60_000)
    says(page, "Shown: Heron Flats;")


def test_filters_go_along_from_page_to_page_until_they_are_cleared(server, visitor):
    page = visit(visitor, f"{server}/complaints?city=riverbend&place=millrace", width="desk").page
    page.get_by_role("link", name="Outcomes", exact=True).first.click()
    page.wait_for_url(re.compile("/outcomes[?].*place=millrace"), timeout=30_000)
    says(page, "Shown: Millrace;")
    page.get_by_role("link", name="All about Millrace").click()
    page.wait_for_url(re.compile("/neighborhoods[?].*place=millrace"), timeout=30_000)
    settled(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Millrace"
    page.get_by_role("link", name="Complaints here").click()
    page.wait_for_url(re.compile("/complaints[?].*place=millrace"), timeout=30_000)
    settled(page)
    page.get_by_role("button", name="Clear all filters").click()
    says(page, "Shown: all of Riverbend;")
    assert "place" not in page.url


def test_from_home_two_taps_lead_to_all_about_a_neighborhood(server, visitor):
    page = visit(visitor, f"{server}/?city=riverbend", width="phone").page
    page.locator(".st-key-find_a_place input").click()
    page.get_by_role("option", name="Heron Flats").click()
    page.wait_for_url(re.compile("/neighborhoods[?].*place=heron-flats"), timeout=30_000)
    settled(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Heron Flats"


def test_a_link_opened_cold_shows_the_numbers_that_the_api_gives_for_the_same_parameters(
    server, browser
):
    asked = "place=heron-flats&from=2020&to=2022-06&finding=sustained&unit=allegation"
    context = browser.new_context()
    page = context.new_page()
    visit(page, f"{server}/complaints?city=riverbend&{asked}", width="desk")
    page.get_by_text("Table behind the chart").first.click()
    table = page.locator(f"{OURS} table").first
    on_page = [row.inner_text().split("\t")[:2] for row in table.locator("tbody tr").all()]
    context.close()
    address = f"{server}/api/v1/riverbend/measures/complaints-received?by=year&{asked}"
    with urllib.request.urlopen(f"{address}&format=json", timeout=60) as answer:  # noqa: S310
        rows = json.load(answer)["rows"]
    assert [(year, int(number)) for year, number in on_page] == [
        (row["period"], int(row["value"])) for row in rows
    ]
    with urllib.request.urlopen(f"{address}&format=csv&about=no", timeout=60) as answer:  # noqa: S310
        taken = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert [row["period"] for row in taken] == ["2020", "2021", "2022"]


def test_a_table_that_was_opened_stays_open_when_a_filter_draws_it_anew(server, visitor):
    page = visit(visitor, f"{server}/complaints?city=riverbend", width="desk").page
    fold = page.locator("details.tb-fold").first
    fold.locator("summary").click()
    before = fold.inner_text()
    page.keyboard.press("Control+Home")
    page.wait_for_timeout(500)  # a list closes while the page moves
    choose(page, "Heron Flats")
    page.wait_for_function(
        "before => document.querySelector('details.tb-fold').innerText !== before", arg=before
    )
    assert fold.evaluate("one => one.open")
    others = page.locator("details.tb-fold").evaluate_all("all => all.filter(one => one.open)")
    assert len(others) == 1
    page.keyboard.press("Escape")  # the list of places stays open for more of them
    page.get_by_role("link", name="Outcomes", exact=True).first.click()
    page.wait_for_url(re.compile("/outcomes"), timeout=30_000)
    settled(page)
    assert not page.locator("details.tb-fold").first.evaluate("one => one.open")


def test_hostile_filters_fall_back_with_notes_and_run_nothing(server, visitor):
    names = ("place", "district", "vs", "from", "category", "finding", "unit", "show", "plase")
    alerts = []
    visitor.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    address = "&".join(f"{name}={HOSTILE}" for name in names)
    page = visit(visitor, f"{server}/complaints?city=riverbend&{address}", width="phone").page
    assert alerts == []
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.locator('[role="status"].tb-note').count() == len(names)
    assert page.locator("img[src=x]").count() == 0
    assert page.locator(OURS).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
