"""The sockets of our own server: uvicorn's, that can also send many messages in one piece."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN

#: An event of ASGI that no other server knows: `{"type": MANY, "messages": [b"…", …]}`. A server
#: that knows it says so among the extensions of a socket's scope.
MANY: Final = "trustboard.send_many"


class Sockets(WebSocketsSansIOProtocol):
    """uvicorn's own protocol, that takes many messages at once. Give it to uvicorn as `ws`.

    A page of sixty messages is written once, instead of sixty times by way of sixty events.
    """

    def handle_connect(self, event: Request) -> None:
        """Say to the application what this server can do besides."""
        super().handle_connect(event)
        if hasattr(self, "scope"):  # the application is asked later, by a task of its own
            cast("dict[str, Any]", self.scope)["extensions"][MANY] = {}

    async def send(self, message: Any) -> None:
        """Send what the application says."""
        if message["type"] != MANY:
            await super().send(message)
        elif self._is_plain():
            await self.writable.wait()
            self.transport.write(framed(message["messages"]))
        else:  # closing, or packed: uvicorn knows what to do with each message
            for one in message["messages"]:
                await super().send({"type": "websocket.send", "bytes": one})

    def _is_plain(self) -> bool:
        """Say whether messages go out as they are: the socket is open, and nothing packs them."""
        gone = self.disconnected or self.close_sent or not self.handshake_complete
        return not gone and not self.conn.extensions and self.conn.state is OPEN


def framed(messages: Sequence[bytes]) -> bytes:
    """Write messages as frames of a socket, one after the other (RFC 6455, section 5.2)."""
    return b"".join(part for one in messages for part in (_head(len(one)), one))


@lru_cache(maxsize=4_096)
def _head(length: int) -> bytes:
    """Give what stands before a message of so many bytes, as a server sends it: without a mask."""
    whole = Frame(Opcode.BINARY, bytes(length)).serialize(mask=False)
    return whole[: len(whole) - length]
