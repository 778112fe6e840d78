"""Where a message says a word, its answer is sent; everything else passes as it is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from trustboard.ahead import Ahead, Outlook, Wanted
from trustboard.outbox import Outbox
from trustboard.serving.door import Door
from trustboard.serving.sockets import MANY


def sent(outbox: Outbox, *messages: Message, **scope: Any) -> list[Message]:
    """Let an application say some messages; give what leaves the door."""
    out: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for one in messages:
            await send(one)

    async def send(message: Message) -> None:
        out.append(message)

    door = Door(app, outbox=outbox)
    asyncio.run(door({"type": "websocket", **scope}, None, send))  # type: ignore[arg-type]
    return out


def said(words: bytes) -> Message:
    return {"type": "websocket.send", "bytes": words}


def test_an_answer_takes_the_place_of_its_word_in_the_order_of_its_messages() -> None:
    outbox = Outbox()
    word = outbox.leave([b"one", b"two"])
    out = sent(outbox, said(b"before"), said(word.encode()), said(b"after"))
    assert out == [said(b"before"), said(b"one"), said(b"two"), said(b"after")]


def test_a_server_that_takes_many_messages_at_once_gets_them_at_once() -> None:
    outbox = Outbox()
    word = outbox.leave([b"one", b"two"])
    out = sent(outbox, said(word.encode()), extensions={MANY: {}})
    assert out == [{"type": MANY, "messages": [b"one", b"two"]}]


def test_what_is_no_message_of_bytes_passes() -> None:
    outbox = Outbox()
    other = [{"type": "websocket.accept"}, {"type": "websocket.send", "text": "hello"}]
    assert sent(outbox, *other) == other


def test_nothing_may_be_left_in_the_outbox_before_somebody_stands_at_the_door() -> None:
    outbox = Outbox()
    assert not outbox.is_attended
    sent(outbox, type="http")
    assert not outbox.is_attended
    sent(outbox)
    assert outbox.is_attended


@pytest.mark.parametrize(
    ("scope", "waits"),
    [
        ({"type": "http", "path": "/api/v1/cities"}, True),
        ({"type": "http", "path": "/_stcore/health"}, False),  # whoever watches over the server
        ({"type": "websocket", "path": "/_stcore/stream"}, True),
    ],
)
def test_whoever_asks_or_is_answered_stops_what_is_drawn_ahead(
    monkeypatch: pytest.MonkeyPatch, scope: Scope, waits: bool
) -> None:
    ahead = Ahead()
    ahead.look(Outlook(iter([Wanted("page", "city=riverbend", "http://localhost/")])))
    monkeypatch.setattr("trustboard.ahead.QUIET_AFTER", 1_000.0)
    ahead._last -= 2_000

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b""}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    asyncio.run(Door(app, outbox=Outbox(), ahead=ahead)(scope, receive, send))
    assert (ahead.take() is None) == waits
