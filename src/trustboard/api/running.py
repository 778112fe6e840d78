"""How a request is run: without a body, a few at a time, and never with a bare error."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from trustboard.api.problems import ProblemError
from trustboard.errors import CannotRunError

Answer: TypeAlias = Callable[[Request], Response]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
_LOG: Final = logging.getLogger(__name__)
_BUSY: Final = "Too many requests are waiting. Try again in a few seconds."


class Gate:
    """Lets `at_once` requests be worked on, and as many as `waiting` wait for their turn."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._most, self._inside = at_once + waiting, 0

    async def run(self, answer: Answer, request: Request) -> Response:
        """Work an answer out in a thread. Raises a `ProblemError` (503) if too many wait."""
        if self._inside >= self._most:
            raise ProblemError(503, _BUSY, headers={"Retry-After": "5"})
        self._inside += 1
        try:
            async with self._turns:
                return await run_in_threadpool(answer, request)
        finally:
            self._inside -= 1


def endpoint(answer: Answer, *, gate: Gate) -> Endpoint:
    """Make an address of a function; whatever it raises becomes a problem in JSON."""

    async def run(request: Request) -> Response:
        try:
            if has_body(request.scope):
                raise ProblemError(400, "This address takes no request body.", parameter="body")
            return await gate.run(answer, request)
        except ProblemError as problem:
            return problem.response()
        except CannotRunError:
            _LOG.exception("A city cannot be opened")
            return ProblemError(503, "This city cannot be opened at the moment.").response()
        except Exception:
            _LOG.exception("A request ended with an error")
            return ProblemError(500, "Something went wrong here; it was noted down.").response()

    run.__name__ = answer.__name__
    return run


def has_body(scope: Scope) -> bool:
    """Say whether a request brings a body along."""
    headers = {name.lower(): value for name, value in scope.get("headers", ())}
    length = headers.get(b"content-length", b"0").strip()
    return b"transfer-encoding" in headers or length not in (b"", b"0")
