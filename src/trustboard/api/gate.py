"""A gate: a few pieces of work at once, a few that wait, and a clear word for all others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from trustboard.api.problems import ProblemError

_T = TypeVar("_T")


class Gate:
    """Lets `at_once` pieces of work be done, and as many as `waiting` wait for their turn.

    All others are told to come back after `retry_after` seconds.
    """

    def __init__(self, *, at_once: int, waiting: int, retry_after: int = 5) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._most, self._inside = at_once + waiting, 0
        self.retry_after = retry_after

    async def run(self, work: Callable[..., _T], *given: Any) -> _T:
        """Do a piece of work in a thread. Raises a `ProblemError` (503) if too many wait."""
        if self._inside >= self._most:
            raise busy(self.retry_after)
        self._inside += 1
        try:
            async with self._turns:
                return await run_in_threadpool(work, *given)
        finally:
            self._inside -= 1


def busy(seconds: int) -> ProblemError:
    """Ask somebody to come back, as too many wait for the same thing."""
    words = f"Too many requests are waiting. Try again in {seconds} seconds."
    return ProblemError(503, words, headers={"Retry-After": str(seconds)})
