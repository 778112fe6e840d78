"""Connections that keep the server waiting are closed, and others are served meanwhile."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from running import running
from trustboard.api.replies import send
from trustboard.serving import patience, server

LARGE = b"x" * 40_000_000


async def page(_: Request) -> PlainTextResponse:
    return PlainTextResponse("page")


async def long_work(_: Request) -> PlainTextResponse:
    await asyncio.sleep(3 * patience.HEAD_SECONDS)
    return PlainTextResponse("done")


def large(_: Request) -> Any:
    return send(LARGE, edition="1", media="application/zip")


async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    while True:
        await websocket.send_bytes(await websocket.receive_bytes())


ROUTES = [
    Route("/", page),
    Route("/long", long_work),
    Route("/large", large),
    WebSocketRoute("/talk", talk),
]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve with little patience; give the port."""
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(patience, "READING_SECONDS", 0.3)
    with running(Starlette(routes=ROUTES), timeout_keep_alive=1) as port:
        yield port


def opened(port: int, words: bytes) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=20)
    one.sendall(words)
    return one


def heard(one: socket.socket) -> bytes:
    """Read until the server closes."""
    parts = []
    try:
        while part := one.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    one.close()
    return b"".join(parts)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: a\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHo",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nx",
    ],
)
def test_a_request_that_never_ends_is_closed_and_others_are_served(
    impatient: int, begun: bytes
) -> None:
    slow = [opened(impatient, begun) for _ in range(40)]
    assert httpx.get(f"http://127.0.0.1:{impatient}/").text == "page"
    for one in slow:
        answer = heard(one)
        assert answer.endswith(b"page") or b" 408 " in answer or not answer
    assert httpx.get(f"http://127.0.0.1:{impatient}/").text == "page"


def test_a_head_that_comes_by_drops_is_closed_all_the_same(impatient: int) -> None:
    with opened(impatient, b"GET / HTTP/1.1\r\n") as one, pytest.raises(OSError):
        for number in range(1000):
            one.sendall(b"X-%d: y\r\n" % number)
            time.sleep(0.02)


def test_a_head_without_end_is_refused(impatient: int) -> None:
    lines = b"".join(b"X-%d: %s\r\n" % (i, b"y" * 1000) for i in range(40))
    one = opened(impatient, b"GET / HTTP/1.1\r\nHost: a\r\n" + lines)
    answer = heard(one)
    assert not answer or b" 431 " in answer or b" 400 " in answer


def test_a_body_without_end_is_not_read_for_ever(impatient: int) -> None:
    one = opened(impatient, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n")
    with one, pytest.raises(OSError):
        for _ in range(1000):
            one.sendall(b"x" * 1000)
            time.sleep(0.02)


def test_a_reader_who_stops_reading_is_let_go(impatient: int) -> None:
    one = opened(impatient, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    time.sleep(2)
    assert len(heard(one)) < len(LARGE)


def test_a_slow_reader_who_does_read_gets_everything(impatient: int) -> None:
    one = opened(impatient, b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    found = 0
    for _ in range(20):
        found += len(one.recv(1_000_000))
        time.sleep(0.05)
    assert found + len(heard(one)) > len(LARGE)


def test_work_may_take_longer_than_a_head(impatient: int) -> None:
    assert httpx.get(f"http://127.0.0.1:{impatient}/long").text == "done"


def test_an_open_page_may_be_silent(impatient: int) -> None:
    with connect(f"ws://127.0.0.1:{impatient}/talk") as page_open:
        time.sleep(3 * patience.HEAD_SECONDS)
        page_open.send(b"still here")
        assert page_open.recv(timeout=20) == b"still here"


def test_connections_beyond_the_most_are_told_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "_connections", lambda: 10)
    with running(Starlette(routes=ROUTES), timeout_keep_alive=1) as port:
        held = [opened(port, b"") for _ in range(12)]
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 503
        for one in held:
            one.close()
        for _ in range(200):
            if httpx.get(f"http://127.0.0.1:{port}/").status_code == 200:
                break
            time.sleep(0.02)
        assert httpx.get(f"http://127.0.0.1:{port}/").text == "page"
