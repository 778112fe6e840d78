"""Many messages in one piece are the same messages to whoever reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from running import running
from trustboard.serving.sockets import MANY, framed

#: The lengths at which the head of a frame grows, and their neighbors.
LENGTHS = (0, 1, 125, 126, 127, 65_535, 65_536, 65_537)
MESSAGES = [bytes([number % 256]) * length for number, length in enumerate(LENGTHS)]


@given(st.lists(st.sampled_from(MESSAGES)))
def test_frames_are_those_that_the_library_writes(messages: list[bytes]) -> None:
    alone = [Frame(Opcode.BINARY, one).serialize(mask=False) for one in messages]
    assert framed(messages) == b"".join(alone)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Say all messages at once, between two others."""
    if scope["type"] != "websocket":
        return
    assert MANY in scope["extensions"]
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "bytes": b"before"})
    await send({"type": MANY, "messages": MESSAGES})
    await send({"type": "websocket.send", "bytes": b"after"})
    await send({"type": "websocket.close"})


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_reader_gets_every_message_whole_and_in_order(packed: bool) -> None:
    with (
        running(app, ws_per_message_deflate=packed) as port,
        connect(f"ws://127.0.0.1:{port}", max_size=None, proxy=None) as reader,
    ):
        assert bool(reader.protocol.extensions) == packed
        assert list(reader) == [b"before", *MESSAGES, b"after"]
