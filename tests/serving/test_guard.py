"""Every answer carries the headers that keep browsers safe; what no reader sends is refused."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from asking import Ask, asking
from trustboard.serving.guard import LONGEST_QUERY, Guard, refusal
from trustboard.serving.headers import with_one_vary


@pytest.fixture(scope="module")
def ask() -> Ask:
    async def page(request: Request) -> PlainTextResponse:
        own = {"Referrer-Policy": "no-referrer"} if "own" in request.query_params else {}
        return PlainTextResponse("page", headers=own)

    every = ["GET", "POST", "PUT"]
    routes = [Route(path, page, methods=every) for path in ("/", "/_stcore/upload")]
    return asking(Starlette(routes=routes, middleware=[Middleware(Guard)]))


def test_what_an_answer_depends_on_is_said_once_whoever_added_it() -> None:
    given = [(b"Vary", b"Accept-Encoding, Origin"), (b"x", b"1"), (b"vary", b"accept-encoding,")]
    assert with_one_vary(given) == [(b"x", b"1"), (b"vary", b"accept-encoding, Origin")]
    assert with_one_vary([(b"x", b"1")]) == [(b"x", b"1")]


def policy(ask: Ask, path: str) -> dict[str, str]:
    parts = ask(path).headers["content-security-policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_answer_has_the_headers_also_a_refusal(ask: Ask, path: str) -> None:
    headers = ask(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


def test_scripts_come_from_here_only_and_nothing_is_evaluated(ask: Ask) -> None:
    found = policy(ask, "/")
    assert "'unsafe" not in found["script-src"]
    assert re.search(r"'sha256-[\w+/=]{44}'", found["script-src"])
    assert found["object-src"] == "'none'"
    assert found["connect-src"] == "'self' ws://board.test wss://board.test"


def test_a_forged_host_is_not_repeated(ask: Ask) -> None:
    found = ask("/", headers={"Host": "a.example; script-src *"})
    assert "a.example" not in found.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("query", "framed"),
    [
        ("?embed=true", True),
        ("?city=riverbend&embed=True", True),
        ("", False),
        ("?embed=false", False),
        ("?embed=true&embed=false", False),
        ("?x=embed%3Dtrue", False),
    ],
)
def test_only_an_embedded_page_may_be_framed_by_others(ask: Ask, query: str, framed: bool) -> None:
    assert policy(ask, f"/{query}")["frame-ancestors"] == ("*" if framed else "'self'")
    assert ("x-frame-options" in ask(f"/{query}").headers) is not framed


def test_what_an_answer_says_itself_is_left_alone(ask: Ask) -> None:
    assert ask("/?own=1").headers.get_list("referrer-policy") == ["no-referrer"]


def test_pages_take_no_body_and_nothing_can_be_posted_to_them(ask: Ask) -> None:
    assert ask("/", content=b"x").json()["parameter"] == "body"
    assert ask("/", method="POST", content=b"x").status_code == 405
    assert ask("/", method="TRACE").status_code == 405


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/upload_file/a/b"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_sent_anywhere_and_who_tries_is_not_listened_to(
    ask: Ask, path: str, method: str
) -> None:
    found = ask(path, method=method, content=b"x")
    assert (found.status_code, found.headers["connection"]) == (405, "close")
    assert found.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("name", ["Content-Length", "Transfer-Encoding"])
def test_a_body_is_refused_by_its_announcement(ask: Ask, name: str) -> None:
    value = "chunked" if name == "Transfer-Encoding" else "5"
    found = ask("/", headers={name: value})
    assert (found.status_code, found.json()["parameter"]) == (400, "body")
    assert found.headers["connection"] == "close"


@pytest.mark.parametrize(
    "path", ["/%0a", "/%00", "/a%0d%0aSet-Cookie:x=1", "/%5cevil.example/", "/a//b/", "/%ff"]
)
def test_addresses_with_signs_that_no_address_has_are_refused(ask: Ask, path: str) -> None:
    found = ask(path)
    assert (found.status_code, found.json()["parameter"]) == (400, "path")


def test_an_endless_address_is_refused(ask: Ask) -> None:
    found = ask(f"/?x={'y' * LONGEST_QUERY}")
    assert (found.status_code, found.json()["parameter"]) == (414, "query")
    assert ask(f"/?x={'y' * (LONGEST_QUERY - 10)}").status_code == 200


@pytest.mark.parametrize(
    ("version", "hosts", "taken"),
    [
        ("1.1", [b"board.test"], True),
        ("1.1", [], False),
        ("1.1", [b"board.test", b"other.test"], False),
        ("1.0", [], True),  # which knows no such header
        ("1.0", [b"board.test", b"other.test"], False),
    ],
)
def test_a_request_names_one_host(version: str, hosts: list[bytes], taken: bool) -> None:
    scope = {
        "type": "http", "http_version": version, "method": "GET", "path": "/", "query_string": b"",
        "headers": [(b"host", host) for host in hosts],
    }  # fmt: skip
    refused = refusal(scope)
    assert (refused is None) is taken
    assert refused is None or refused.status == 400


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("gzip;q=0", "identity"),
        ("gzip;q=0, *", "br"),
        ("*", "br, gzip"),
        ("GZIP", "gzip"),
        ("gzip, br;q=0.5", "gzip, br;q=0.5"),
        ("deflate", "deflate"),
    ],
)
def test_what_is_refused_is_not_taken_for_what_is_asked_for(said: str, heard: str) -> None:
    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers["accept-encoding"])

    ask = asking(Starlette(routes=[Route("/", page)], middleware=[Middleware(Guard)]))
    assert ask("/", headers={"Accept-Encoding": said}).text == heard
