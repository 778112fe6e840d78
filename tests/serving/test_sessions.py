"""So many pages may be open at a time, and only our own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from trustboard.serving.sessions import STREAM, Sessions, from_here


def scope(**headers: str) -> dict[str, Any]:
    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "websocket", "path": STREAM, "headers": told}


def test_a_page_beyond_the_most_is_told_to_come_back_and_may_once_one_has_gone() -> None:
    async def visits() -> list[list[Message]]:
        leave = asyncio.Event()

        async def page(_scope: Scope, _receive: Receive, send: Send) -> None:
            await send({"type": "websocket.accept"})
            await leave.wait()

        sessions, said = Sessions(page, most=2), [[] for _ in range(4)]  # type: ignore[var-annotated]

        async def open_page(number: int) -> None:
            async def send(message: Message) -> None:
                said[number].append(message)

            await sessions(scope(host="board.test"), asyncio.Event().wait, send)  # type: ignore[arg-type]

        first = [asyncio.create_task(open_page(number)) for number in (0, 1)]
        await asyncio.sleep(0)
        await open_page(2)
        leave.set()
        await asyncio.gather(*first)
        await open_page(3)
        return said

    said = asyncio.run(visits())
    assert [one[0]["type"] for one in said] == [
        *("websocket.accept", "websocket.accept", "websocket.close", "websocket.accept")
    ]
    assert said[2][0]["code"] == 1013


@pytest.mark.parametrize(
    ("origin", "host", "site", "ours"),
    [
        ("https://board.example", "board.example", "", True),
        ("https://board.example:8443", "board.example:8443", "", True),
        ("https://board.example:8443", "board.example", "", False),
        ("https://evil.example", "board.example", "", False),
        ("https://board.example.evil.example", "board.example", "", False),
        ("https://board.example", "10.0.0.5:8501", "https://board.example", True),
        ("http://board.example", "10.0.0.5:8501", "https://board.example", False),
        ("https://evil.example", "10.0.0.5:8501", "https://board.example", False),
        ("null", "board.example", "", False),
    ],
)
def test_ours_is_the_host_that_was_asked_or_the_site_that_was_named(
    monkeypatch: pytest.MonkeyPatch, origin: str, host: str, site: str, ours: bool
) -> None:
    monkeypatch.setenv("TRUSTBOARD_URL", site)
    assert from_here(scope(origin=origin, host=host)) is ours


def said(**message: object) -> bytes:
    return BackMsg(**message).SerializeToString()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        (said(app_heartbeat=True), True),
        (said(rerun_script={"query_string": "city=riverbend"}), True),
        (said(stop_script=True), True),
        (said(clear_cache=True), False),  # which would clear it for everybody
        (said(set_run_on_save=True), False),
        (said(load_git_info=True), False),
        (said(), False),
        (b"\xff\xff no message", True),  # Streamlit itself refuses it
    ],
)
def test_only_what_our_own_pages_say_is_heard(message: bytes, heard: bool) -> None:
    coming: list[Message] = [
        {"type": "websocket.receive", "bytes": message},
        {"type": "websocket.disconnect", "code": 1000},
    ]
    taken: list[Message] = []

    async def page(_scope: Scope, receive: Receive, _send: Send) -> None:
        while not taken or taken[-1]["type"] != "websocket.disconnect":
            taken.append(await receive())

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        raise AssertionError(message)

    asyncio.run(Sessions(page)(scope(host="board.test"), receive, send))
    assert [one.get("bytes") for one in taken] == ([message, None] if heard else [None])
