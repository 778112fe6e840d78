"""What a reader takes away arrives: files, pictures, texts, and a chart in another site's page."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.browser

VIEW = "chart?city=riverbend&indicator=findings&by=year&place=heron-flats"
PLACES = "chart?city=riverbend&indicator=complaints-received&by=place"
RATES = "chart?city=riverbend&indicator=complaints-per-10000&by=place"
APP = '[data-testid="stApp"]'


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """Give a reader who may save files and use the clipboard."""
    allowed = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(accept_downloads=True, permissions=allowed)
    yield context.new_page()
    context.close()


def at_rest(page: Page, wanted: str = ".tb-take") -> None:
    page.wait_for_selector(wanted, timeout=60_000)
    page.wait_for_selector(f'{APP}[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_selector(".js-plotly-plot .main-svg .xy", timeout=60_000, state="attached")


def saved(page: Page, name: str, folder: Path) -> Path:
    """Click something in the first row and give the file that arrives."""
    row = page.locator(".tb-take").first
    with page.expect_download(timeout=30_000) as arriving:
        row.get_by_text(name, exact=True).click()
    file = folder / arriving.value.suggested_filename
    arriving.value.save_as(file)
    return file


def test_files_arrive_under_names_that_say_what_they_are(
    server: str, reader: Page, tmp_path: Path
) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{server}/complaints?city=riverbend")
    at_rest(reader)
    table = saved(reader, "CSV", tmp_path)
    assert table.name == "riverbend-complaints-received-by-year.csv"
    rows = [row for row in csv.reader(io.StringIO(table.read_text())) if row[0][0] != "#"]
    assert [row[0] for row in rows] == ["period", *map(str, range(2019, 2025))]
    assert saved(reader, "Excel", tmp_path).read_bytes()[:2] == b"PK"
    rows_behind = saved(reader, "Rows behind it", tmp_path)
    assert rows_behind.name == "riverbend-complaints-received-rows-by-year.csv"
    assert len(rows_behind.read_text().splitlines()) > 1_000


@pytest.mark.parametrize(
    ("page", "closed", "name", "begins"),
    [
        (
            "commitments?city=riverbend&commitment=walks-again",
            "Check this yourself",
            "riverbend-walks-again-more-walks-rows.csv",
            "window,line,event_id,",
        ),
        (
            "data_quality?city=riverbend",
            "Complaints: 17 rows set aside, as published",
            "riverbend-complaints-set-aside.csv",
            "line,case_no,",
        ),
        (
            "sources?city=st-louis",
            "The letter",
            "st-louis-records-request.txt",
            "[Your name]",
        ),
    ],
)
def test_a_link_hands_out_a_file_and_leaves_the_page_where_it_is(
    server: str, reader: Page, tmp_path: Path, page: str, closed: str, name: str, begins: str
) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{server}/{page}")
    reader.wait_for_selector(f'{APP}[data-test-script-state="notRunning"]', timeout=60_000)
    reader.get_by_text(closed, exact=True).first.click()
    link = reader.locator(".tb-file a").first
    link.focus()
    with reader.expect_download(timeout=30_000) as arriving:
        reader.keyboard.press("Enter")
    assert arriving.value.suggested_filename == name
    arriving.value.save_as(tmp_path / name)
    assert (tmp_path / name).read_text().startswith(begins)
    assert reader.url == f"{server}/{page}"


def test_a_saved_chart_carries_its_title_and_its_source(
    server: str, reader: Page, tmp_path: Path
) -> None:
    reader.goto(f"{server}/complaints?city=riverbend")
    at_rest(reader)
    drawing = saved(reader, "SVG", tmp_path)
    assert drawing.name == "riverbend-complaints-received-by-year.svg"
    words = re.sub(r"<[^>]+>", " ", drawing.read_text())
    assert "Complaints received, by year" in words
    assert "Riverbend Complaints Office (invented)" in words
    assert "1,672" in words
    picture = saved(reader, "PNG", tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")
    wide = int.from_bytes(picture.read_bytes()[16:20], "big")
    assert wide == 1800, "the picture does not depend on the width of the window"
    shown = reader.locator(".js-plotly-plot").first
    assert "Riverbend Complaints Office" not in shown.inner_text(), "the page was changed"


def test_a_saved_chart_of_places_says_whose_its_numbers_are(
    server: str, reader: Page, tmp_path: Path
) -> None:
    close = ["weir-gardens", "old-orchard", "quarry-top", "upper-wicket", "marigold-park"]
    chosen = "".join(f"&place={place}" for place in close)
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{server}/neighborhoods?city=riverbend{chosen}")
    at_rest(reader, ".tb-key")
    figure = reader.locator(".tb-key").first.get_attribute("data-figure")
    with reader.expect_download(timeout=30_000) as arriving:
        reader.locator(f'.tb-take[data-figure="{figure}"]').get_by_text("SVG", exact=True).click()
    arriving.value.save_as(tmp_path / "places.svg")
    words = re.sub(r"<[^>]+>", " ", (tmp_path / "places.svg").read_text())
    assert "Numbers on the chart: 1" in words
    assert "Weir Gardens (within)" in words


def test_a_long_title_is_broken_into_lines(server: str, reader: Page, tmp_path: Path) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{server}/commitments?city=riverbend&commitment=calmer-streets")
    at_rest(reader)
    drawing = saved(reader, "SVG", tmp_path)
    assert drawing.name == "riverbend-calmer-streets-force-down-a-fifth.svg"
    title = re.search(r'<text class="gtitle".*?</text>', drawing.read_text(), re.DOTALL)
    assert title
    assert title[0].count('class="line"') == 2


def test_no_end_of_a_long_address_is_cut_off_in_a_saved_chart(
    server: str, reader: Page, tmp_path: Path
) -> None:
    kinds = ["use_of_force", "courtesy", "bias", "neglect_of_duty"]
    asked = [("place", one) for one in ("millrace", "old-orchard", "heron-flats", "weir-gardens")]
    asked += [("category", one) for one in kinds]
    asked += [("finding", one) for one in ("sustained", "not_sustained", "exonerated", "unfounded")]
    days = "from=2019-02-03&to=2023-11-28&filed_by=civilian&unit=allegation"
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{server}/complaints?city=riverbend&{urlencode(asked)}&{days}")
    at_rest(reader)
    row = reader.locator(".tb-take").first
    cited = row.locator('pre[data-part="citation"]').text_content()
    assert cited
    link = cited.rpartition(" ")[2]
    assert len(link) > 300
    drawing = saved(reader, "SVG", tmp_path).read_text()
    picture = saved(reader, "PNG", tmp_path)
    reader.set_content(drawing)
    lines = reader.locator(".annotation-text tspan.line")
    assert "".join(lines.all_text_contents()).replace(" ", "").endswith(cited.replace(" ", ""))
    measured = """all => all.map(e => e.getBoundingClientRect().right)"""
    ends = reader.locator("tspan.line").evaluate_all(measured)
    wide = reader.locator("svg").first.evaluate("e => e.getBoundingClientRect().right")
    assert max(ends) <= wide
    tall = reader.locator("svg").first.evaluate("e => e.getBoundingClientRect().bottom")
    foot = lines.last.evaluate("e => e.getBoundingClientRect().bottom")
    assert foot <= tall
    shape = [int.from_bytes(picture.read_bytes()[at : at + 4], "big") for at in (16, 20)]
    assert shape[0] * tall == pytest.approx(shape[1] * wide, rel=0.01), "the same picture"


def test_the_charts_own_menu_saves_both_kinds(server: str, reader: Page) -> None:
    reader.goto(f"{server}/complaints?city=riverbend")
    at_rest(reader)
    shown = reader.locator(".js-plotly-plot").first
    shown.hover()
    names = []
    for position in range(2):
        with reader.expect_download(timeout=30_000) as arriving:
            shown.locator(".modebar-btn").nth(position).click()
        names.append(arriving.value.suggested_filename)
    name = "riverbend-complaints-received-by-year"
    assert names == [f"{name}.png", f"{name}.svg"]


def test_a_citation_is_copied_with_one_click_and_by_keyboard(server: str, reader: Page) -> None:
    reader.goto(f"{server}/{VIEW}")
    at_rest(reader)
    row = reader.locator(".tb-take").first
    row.get_by_role("button", name="Copy citation").click()
    row.get_by_text("Copied", exact=True).wait_for()
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("TrustBoard. “Findings of decided complaints")
    assert f"{server}/{VIEW}" in copied
    row.locator("summary").focus()
    reader.keyboard.press("Enter")
    row.get_by_role("button", name="Copy: BibTeX").focus()
    reader.keyboard.press("Enter")
    reader.wait_for_function(
        "navigator.clipboard.readText().then(t => t.startsWith('@misc{trustboard-riverbend'))"
    )


def test_a_text_is_selected_whole_by_one_click_where_nothing_can_be_copied(
    server: str, reader: Page
) -> None:
    reader.goto(f"{server}/{VIEW}")
    at_rest(reader)
    row = reader.locator(".tb-take").first
    row.locator("summary").click()
    line = row.locator('pre[data-part="line"]')
    line.click()
    assert reader.evaluate("getSelection().toString()") == line.inner_text()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """Serve a folder under another origin."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_port}"
    finally:
        site.shutdown()
        site.server_close()


@contextmanager
def framed(reader: Page, folder: Path, *, width: int) -> Iterator[FrameLocator]:
    """Put the first frame that a page offers into an article of another site, and open it there."""
    at_rest(reader)
    snippet = reader.locator('pre[data-part="embed"]').first.text_content()
    assert snippet
    head = "<!doctype html><meta name='viewport' content='width=device-width'>"
    head += "<style>body { max-width: 800px }</style><h1>Elsewhere</h1>"
    (folder / "article.html").write_text(head + snippet)
    reader.set_viewport_size({"width": width, "height": 1100})
    with another_site(folder) as other:
        reader.goto(f"{other}/article.html")
        frame = reader.frame_locator("iframe")
        frame.locator(".tb-source").wait_for(timeout=60_000)
        drawn = frame.locator(".js-plotly-plot .main-svg .xy").first
        drawn.wait_for(timeout=60_000, state="attached")
        yield frame


@pytest.mark.parametrize("width", [340, 390, 540, 1280])
def test_a_chart_stands_in_a_frame_on_another_site_with_its_source_and_nothing_else(
    server: str, reader: Page, tmp_path: Path, width: int
) -> None:
    reader.goto(f"{server}/{VIEW}")
    with framed(reader, tmp_path, width=width) as frame:
        said = frame.locator('[data-testid="stMain"]').inner_text()
        for wanted in ("Invented data.", "Only place: Heron Flats.", "Source:", "Licence:"):
            assert wanted in said
        for around in (".tb-name", ".st-key-topnav", ".tb-footer", '[data-testid="stSelectbox"]'):
            assert frame.locator(around).count() == 0
        main = frame.locator('[data-testid="stMain"]')
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert main.evaluate("e => e.scrollHeight <= e.clientHeight + 1"), "nothing is cut"
        ends = frame.locator(".tb-source").last.bounding_box()
        around = reader.locator("iframe").bounding_box()
        assert ends
        assert around
        blank = around["y"] + around["height"] - ends["y"] - ends["height"]
        assert blank < 220, "no large blank"
        back = frame.get_by_role("link", name="The table, its rows and its limits on TrustBoard")
        assert back.get_attribute("target") == "_blank"
    reader.goto(f"{server}/{VIEW}&embed=true")
    at_rest(reader, ".tb-source")
    context = '[data-testid="stMain"]'
    assert [v["id"] for v in Axe().run(reader, context=context).response["violations"]] == []


@pytest.mark.parametrize("width", [340, 390, 620])
@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("commitments?city=riverbend&commitment=calmer-streets", "Kept"),
        ("commitments?city=st-louis&commitment=rectangle", "The printed figures compared"),
        ("data_quality?city=riverbend", "Rows set aside, by reason"),
        ("method?city=riverbend", "The series are invented"),
        (f"{PLACES}&as=map&mark=heron-flats", "Where is Heron Flats?"),
        (f"{RATES}&as=funnel&mark=heron-flats", "Are complaints in Heron Flats more"),
    ],
)
def test_what_is_framed_is_not_cut_off(
    server: str, reader: Page, tmp_path: Path, page: str, said: str, width: int
) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{server}/{page}")
    with framed(reader, tmp_path, width=width) as frame:
        main = frame.locator('[data-testid="stMain"]')
        assert said in main.inner_text()
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert main.evaluate("e => e.scrollHeight <= e.clientHeight + 1"), "nothing is cut"
        assert frame.locator(".tb-take").count() == 0
