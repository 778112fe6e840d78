"""How a request is run: without a body, a few at a time, and never with a bare error."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from trustboard.api.gate import Gate
from trustboard.api.once import Later, Once
from trustboard.api.problems import ProblemError
from trustboard.errors import CannotRunError

Answer: TypeAlias = Callable[[Request], Response | Later]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
_LOG: Final = logging.getLogger(__name__)


def endpoint(answer: Answer, *, gate: Gate, slow: Once) -> Endpoint:
    """Make an address of a function; whatever it raises becomes a problem in JSON.

    What it can answer at once goes through `gate`; what it gives to be made first, through `slow`,
    and by then its place at the gate is free for others.
    """

    async def run(request: Request) -> Response:
        try:
            if has_body(request.scope):
                raise ProblemError(400, "This address takes no request body.", parameter="body")
            found = await gate.run(answer, request)
            return await slow.answer(found) if isinstance(found, Later) else found
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
