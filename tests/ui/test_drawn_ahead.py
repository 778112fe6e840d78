"""Whoever takes the next step from a page that somebody has looked at finds it drawn.

Real visits over Streamlit's own protocol to a server that draws ahead.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from keeping import Board, telling
from visiting import Visit, opened, page_of, places, quiet, visit

pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")

CITY = "city=riverbend"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with telling(tmp_path_factory.mktemp("ahead"), TRUSTBOARD_DRAW_AHEAD="yes") as told:
        visit(told, "", CITY)  # Commitments, with the way to each neighborhood
        yield told


def look_at(board: Board, page: str, query: str) -> None:
    """Visit a page and leave the server the time to look ahead."""
    visit(board, page, query)
    board.wait_until_all_is_drawn()


STEPS = [
    ("neighborhoods", f"{CITY}&place=heron-flats"),  # "Your neighborhood" on the first page
    ("neighborhoods", CITY),
    ("outcomes", CITY),
]


def test_from_the_first_page_to_any_neighborhood_everything_is_drawn(board: Board) -> None:
    board.wait_until_all_is_drawn()
    for page, query in STEPS:
        visit(board, page, query)
        assert board.runs()[-1] == "again", (page, query)


def test_a_neighborhood_chosen_on_a_page_is_drawn_and_so_are_the_other_pages_for_it(board) -> None:
    look_at(board, "complaints", f"{CITY}&unit=allegation")
    with opened(board) as line:
        visitor = Visit(board, "complaints", line)
        widget = places(visitor.run(f"{CITY}&unit=allegation"))
        before = len(board.runs())
        visitor.widgets[widget.id] = {"chosen": ["Millrace"]}
        heard = visitor.run(f"{CITY}&unit=allegation")
    assert "Millrace" in str(page_of(heard))
    assert board.runs()[before:] == ["again"]
    visit(board, "outcomes", f"{CITY}&unit=allegation")
    assert board.runs()[-1] == "again"


def panel(messages: list[ForwardMsg]) -> str:
    """Give the name of the filter panel."""
    return next(
        one.delta.add_block.id
        for one in messages
        if one.delta.HasField("add_block") and "filter_panel" in one.delta.add_block.id
    )


def test_in_the_open_panel_every_choice_is_drawn(board: Board) -> None:
    here = f"{CITY}&place=heron-flats&from=2021"
    look_at(board, "outcomes", here)
    with opened(board) as line:
        visitor = Visit(board, "outcomes", line)
        visitor.opened = panel(visitor.run(here))
        visitor.run(here)
        assert board.runs()[-1] == "again"  # whoever looks at a page may open it
        board.wait_until_all_is_drawn()
        before = len(board.runs())
        visitor.run(f"{here}&category=courtesy")
        visitor.run(f"{here}&to=2022")
        visitor.run(f"{here}&show=rates")
    assert board.runs()[before:] == ["again"] * 3


def test_what_was_drawn_ahead_is_what_would_be_drawn_now(board: Board) -> None:
    board.wait_until_all_is_drawn()
    for page, query in STEPS:
        again = visit(board, page, query)[0]
        assert board.runs()[-1] == "again"
        board.draw_all(True)
        drawn = visit(board, page, query)[0]
        board.draw_all(False)
        assert quiet(page_of(again)) == quiet(page_of(drawn))


def test_from_a_chart_on_somebody_elses_page_nothing_is_drawn_ahead(board: Board) -> None:
    board.wait_until_all_is_drawn()
    before = len(board.runs())
    visit(board, "chart", f"{CITY}&indicator=findings&by=year&embed=true")
    board.wait_until_all_is_drawn()
    assert board.runs()[before:] == ["drawn"]


def test_it_can_be_turned_off(tmp_path_factory: pytest.TempPathFactory) -> None:
    with telling(tmp_path_factory.mktemp("off"), TRUSTBOARD_DRAW_AHEAD="no") as told:
        visit(told, "method", CITY, runs=2)
        time.sleep(5)
        assert len(told.runs()) == 2
