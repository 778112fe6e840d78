"""Where nothing is, the answer says so: 404, for people and for programs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from asking import asking
from trustboard.serving.no_such_page import NoSuchPage

SHELL = "<div id=root></div>"
PAGES = ("", "complaints", "data_quality")


async def everything(request: Request) -> Response:
    """Answer as Streamlit does: its page wherever there is no file."""
    if request.url.path == "/there.txt":
        return PlainTextResponse("a file")
    return HTMLResponse(SHELL)


APP = Starlette(
    routes=[Route("/{path:path}", everything)],
    middleware=[Middleware(NoSuchPage, pages=PAGES, unlisted=["chart"])],
)
ask = asking(APP)


@pytest.mark.parametrize("path", ["/", "/complaints", "/data_quality", "/chart", "/api"])
def test_every_page_is_answered_as_before(path: str) -> None:
    assert (ask(path).status_code, ask(path).text) == (200, SHELL)


def test_files_are_answered_as_before() -> None:
    assert ask("/there.txt").text == "a file"


@pytest.mark.parametrize("path", ["/nothing", "/app.py", "/complaints/x", "/static/js/gone.js"])
def test_a_person_is_told_that_there_is_no_page_and_which_there_are(path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert SHELL not in answer.text
    links = re.findall(r'<a href="([^"]*)"', answer.text)
    assert {"./", "./complaints", "./data_quality", "./api"} <= set(links)
    assert "./chart" not in links
    assert 'content="noindex"' in answer.text


def test_a_mistyped_page_is_named_and_the_city_kept() -> None:
    assert 'Did you mean <a href="./complaints?city=riverbend">Complaints</a>?' in (
        ask("/Complaint?city=riverbend").text
    )
    assert "Did you mean" not in ask("/nothing").text


def test_who_asks_for_the_head_alone_gets_no_more() -> None:
    answer = ask("/nothing", method="HEAD")
    assert (answer.status_code, answer.text) == (404, "")


@given(st.text("<>\"'&/ab:", max_size=12), st.text("<>\"'&=;", max_size=12))
def test_nothing_of_an_address_is_repeated_as_a_sign_of_html(path: str, query: str) -> None:
    from urllib.parse import quote

    page = ask(f"/x{quote(path)}?city={quote(query)}").text
    assert page in (ask("/x").text, ask("/x/").text)
