"""A page that was drawn for one visitor is sent to the next as it was: the same messages.

Real visits over Streamlit's own protocol, of which the server says whether it drew the page.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from keeping import ROOT, Board, telling
from visiting import Visit, opened, page_of, places, quiet, visit

pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")

PAGES = [
    *("", "commitments", "complaints", "outcomes", "outreach", "neighborhoods", "sources"),
    *("data_quality", "method", "chart"),
]


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy two cities, which a test may change."""
    copied = tmp_path_factory.mktemp("kept") / "data"
    for slug in ("riverbend", "st-louis"):
        shutil.copytree(ROOT / "data" / slug, copied / slug)
    return copied


@pytest.fixture(scope="module")
def board(cities: Path) -> Iterator[Board]:
    with telling(cities.parent, TRUSTBOARD_DATA=str(cities)) as told:
        visit(told, "method", "city=riverbend")  # the first run of all declares the pages
        yield told


def drawn_and_again(
    board: Board, page: str, query: str
) -> tuple[list[ForwardMsg], list[ForwardMsg]]:
    """Let a page be drawn for one visitor, and give it to another as it was."""
    before = len(board.runs())
    board.draw_all(True)
    drawn = visit(board, page, query)[0]
    board.draw_all(False)
    again = visit(board, page, query)[0]
    assert board.runs()[before:] == ["drawn", "again"]
    return drawn, again


@pytest.mark.parametrize("city", ["riverbend", "st-louis"])
@pytest.mark.parametrize("page", PAGES)
def test_the_second_visitor_of_a_page_gets_it_as_it_was_drawn(board, page, city) -> None:
    query = f"city={city}"
    visit(board, page, query)  # what is worked out but once may show a spinner
    drawn, again = drawn_and_again(board, page, query)
    assert quiet(page_of(again)) == quiet(page_of(drawn))


QUERIES = [
    "city=riverbend&place=heron-flats&vs=millrace&from=2020",
    "city=riverbend&category=courtesy&unit=allegation&show=rates",
    "city=riverbend&place=nowhere",  # set aside, and said
    "city=riverbend&from=%3Cscript%3E&utm_source=x",
    "city=riverbend&pin=not-a-pin",
]


@pytest.mark.parametrize("query", QUERIES)
def test_each_address_is_kept_by_itself(board: Board, query: str) -> None:
    other = visit(board, "complaints", "city=riverbend")
    drawn, again = drawn_and_again(board, "complaints", query)
    assert quiet(page_of(again)) == quiet(page_of(drawn)) != quiet(page_of(other[0]))


def test_a_city_that_is_not_here_is_said_to_everybody(board: Board) -> None:
    for _ in range(2):
        shown = page_of(visit(board, "complaints", "city=atlantis")[0])
        assert "atlantis" in str(shown)
    assert board.runs()[-2:] == ["drawn", "drawn"]


def test_a_widget_is_told_what_the_address_says_only_where_it_shows_something_else(board) -> None:
    with_place, without = "city=riverbend&place=heron-flats", "city=riverbend"
    for query in (with_place, without):
        visit(board, "complaints", query, runs=2)
    with opened(board) as line:
        visitor = Visit(board, "complaints", line)
        cold = places(visitor.run(with_place))
        assert (cold.set_value, list(cold.raw_values)) == (True, ["Heron Flats"])
        visitor.widgets[cold.id] = {"chosen": ["Heron Flats"]}
        same = places(visitor.run(with_place))
        assert (same.set_value, list(same.raw_values)) == (False, [])
        back = places(visitor.run(without))
        assert (back.set_value, list(back.raw_values)) == (True, [])
    assert board.runs()[-3:] == ["again"] * 3


def test_a_choice_made_on_a_page_that_was_sent_again_is_written_into_the_address(board) -> None:
    visit(board, "complaints", "city=riverbend", runs=2)
    with opened(board) as line:
        visitor = Visit(board, "complaints", line)
        widget = places(visitor.run("city=riverbend"))
        assert board.runs()[-1] == "again"
        visitor.widgets[widget.id] = {"chosen": ["Millrace"]}
        heard = visitor.run("city=riverbend")
        changed = [one.page_info_changed for one in heard if one.HasField("page_info_changed")]
        assert "place=millrace" in changed[0].query_string
        assert "Millrace" in str(page_of(heard))


def test_a_browser_that_holds_a_large_message_is_sent_a_reference_to_it(board: Board) -> None:
    visit(board, "outcomes", "city=riverbend", runs=2)
    with opened(board) as line:
        visitor = Visit(board, "outcomes", line)
        first = visitor.run("city=riverbend")
        visitor.held = [one.hash for one in first if one.metadata.cacheable]
        second = visitor.run("city=riverbend")
    assert board.runs()[-2:] == ["again", "again"]
    names = [one.ref_hash for one in second if one.HasField("ref_hash")]
    assert names == visitor.held != []


def test_other_words_in_a_description_are_shown_at_once(board: Board, cities: Path) -> None:
    visit(board, "sources", "city=st-louis", runs=2)
    file = cities / "st-louis" / "city.yml"
    text = file.read_text(encoding="utf-8")
    assert "name: St. Louis" in text
    file.write_text(text.replace("name: St. Louis", "name: St. Louis anew", 1), encoding="utf-8")
    try:
        for _ in range(120):  # the disk is looked at once a second
            time.sleep(0.25)
            shown = str(page_of(visit(board, "method", "city=st-louis")[0]))
            if "St. Louis anew" in shown:
                return
        raise AssertionError("the old name is still shown")
    finally:
        file.write_text(text, encoding="utf-8")
