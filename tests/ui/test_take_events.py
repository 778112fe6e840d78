"""What a page lists can be taken away as it stands there, though nothing counts it."""

from __future__ import annotations

import html
import re

import pytest
from starlette.applications import Starlette

from asking import asking
from test_app import run, words
from trustboard import api
from trustboard.query import Query
from trustboard.ui import data
from trustboard.ui.take_events import take_events

ASK = asking(Starlette(routes=api.routes()))


def taken(block: str, label: str) -> list[str]:
    """Give the addresses of the row whose label begins so."""
    rows = re.findall(r'aria-label="Take away: ([^"]+)".*?</ul>', block, re.DOTALL)
    assert any(one.startswith(label) for one in rows), rows
    row = re.search(rf'aria-label="Take away: {label}.*?</ul>', block, re.DOTALL)
    assert row
    return [html.unescape(one) for one in re.findall(r'href="([^"]+)"', row[0])]


@pytest.mark.parametrize("page", ["4_outreach.py", "5_neighborhoods.py"])
def test_the_listed_events_of_a_page_are_in_its_files(page: str) -> None:
    block = words(run(page, "st-louis", place="21"))
    shown = re.search(r"(\d+) events? (?:is|are) documented in", block)
    assert shown
    files = taken(block, "Outreach events documented")
    for address in files:
        assert ASK(f"/{address}").status_code == 200
    assert ASK(f"/{files[2]}").json()["total"] == int(shown[1])


def test_the_printed_figures_of_a_page_are_in_its_files() -> None:
    block = words(run("4_outreach.py", "st-louis"))
    shown = re.search(r"(\d+) printed figures were found", block)
    assert shown
    table, workbook, rows = taken(block, "Published figures")
    for address in (table, rows):
        lines = [one for one in ASK(f"/{address}").text.splitlines() if not one.startswith("# ")]
        assert len(lines) == 1 + int(shown[1])
    assert "publisher,title,url" in lines[0]
    assert ASK(f"/{workbook}").status_code == 200


def test_a_list_of_events_is_cited_as_a_list() -> None:
    city = data.city("st-louis")
    block = take_events(city, Query(filters=(("place", ("21",)),)))
    cited = re.search(r'data-part="citation"[^>]*>([^<]+)<', block)
    assert cited
    assert "Outreach events documented, one by one (Place: " in html.unescape(cited[1])
    assert "embed" not in block, "a list that is not complete is no chart"
