"""What takes long is done once for all who ask for it meanwhile, and not in the others' places."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from trustboard.api.gate import Gate, busy


@dataclass(frozen=True, slots=True)
class Later:
    """An answer that takes long: what makes it ready, and how it is sent then.

    `make` runs in a thread, once for all who ask under the same `key` before it is done; `reply`
    is asked for each of them and must be quick.
    """

    key: Hashable
    make: Callable[[], Any]
    reply: Callable[[Any], Response]


class Once:
    """Makes long answers: as many at once as its gate lets in, each for up to `readers` at a time.

    Whoever waits for something that is being made takes no place from those who ask for others.
    """

    def __init__(self, gate: Gate, *, readers: int) -> None:
        self._gate, self._readers = gate, readers
        self._making: dict[Hashable, asyncio.Task[Any]] = {}
        self._waiting: dict[Hashable, int] = {}

    async def answer(self, later: Later) -> Response:
        """Wait until it is made, and answer. Raises a `ProblemError` (503) if too many wait."""
        key = later.key
        if self._waiting.get(key, 0) >= self._readers:
            raise busy(self._gate.retry_after)
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:  # the work goes on for the others when one who asked has left
            made = await asyncio.shield(self._work(later))
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
        return later.reply(made)

    def _work(self, later: Later) -> asyncio.Task[Any]:
        found = self._making.get(later.key)
        if found is None:
            found = asyncio.get_running_loop().create_task(self._gate.run(later.make))
            self._making[later.key] = found
            found.add_done_callback(lambda _: self._making.pop(later.key, None))
        return found
