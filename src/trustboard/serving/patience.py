"""How long a connection may keep the server waiting.

uvicorn waits without end for the rest of a request that has begun, and for a reader who has stopped
to read. A few hundred such connections would take every place there is. Here a request's head must
be whole soon and short, and an answer must be read at some speed.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

#: Seconds for the head of a request to arrive, counted from the first that was heard of it.
HEAD_SECONDS: Final = 10.0
#: Bytes that a head may have; ours with every filter set have 10,000.
LONGEST_HEAD: Final = 32_768
#: An answer that nobody reads is given up: so many bytes at least in so many seconds.
READING_SECONDS: Final = 30.0
LEAST_READ: Final = 16_384
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_LONG: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Connection: close\r\nContent-Length: 0\r\n\r\n"
)


class Patient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's own protocol, with an end to waiting. Give it to uvicorn as `http`."""

    transport: asyncio.Transport
    cycle: Any

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to wait for a head."""
        self._head = 0
        self._waiting: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all waiting."""
        self._stop_waiting()
        self._stop_reading()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; refuse a head that grows too long."""
        if self._wants_head():
            self._head += len(data)
            if self._head > LONGEST_HEAD:
                self._give_up(_TOO_LONG)
                return
        super().data_received(data)
        if self.transport.get_protocol() is self and self._wants_head():
            self._wait()
        else:  # an answer is being worked out, or a page talks by its socket now
            self._head = 0
            self._stop_waiting()

    def pause_writing(self) -> None:
        """Begin to watch a reader who is slower than we write."""
        super().pause_writing()
        if self._reading is None:
            self._watch(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """The reader has kept up."""
        self._stop_reading()
        super().resume_writing()

    def _wants_head(self) -> bool:
        return self.cycle is None or bool(self.cycle.response_complete)

    def _wait(self) -> None:
        if self._waiting is None:
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(HEAD_SECONDS, self._give_up, _TOO_SLOW)

    def _give_up(self, words: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(words)
            self.transport.close()

    def _watch(self, unread: int) -> None:
        loop = asyncio.get_running_loop()
        self._reading = loop.call_later(READING_SECONDS, self._still_reading, unread)

    def _still_reading(self, before: int) -> None:
        unread = self.transport.get_write_buffer_size()
        if before - unread < LEAST_READ:
            self.transport.abort()
        else:
            self._watch(unread)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
