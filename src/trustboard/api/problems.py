"""What goes wrong, said so that a program and a person can act on it (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import Response

from trustboard.api.replies import as_json

MEDIA = "application/problem+json"
#: More choices than this are not listed.
MOST_LISTED = 100


class ProblemError(Exception):
    """A request that cannot be answered: why, which parameter, and what would be allowed."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        parameter: str = "",
        allowed: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.parameter, self.allowed = parameter, tuple(allowed)
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """Write it as `application/problem+json`."""
        values: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.parameter:
            values["parameter"] = self.parameter
        if self.allowed:
            values["allowed"] = list(self.allowed[:MOST_LISTED])
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(as_json(values), self.status, headers=headers, media_type=MEDIA)


def bad(parameter: str, detail: str, *, allowed: Sequence[str] = ()) -> ProblemError:
    """Refuse a parameter of the address."""
    return ProblemError(400, detail, parameter=parameter, allowed=allowed)


def nothing(parameter: str, detail: str, *, allowed: Sequence[str] = ()) -> ProblemError:
    """Say that a parameter can be read, and that there is nothing of that name or in that time."""
    return ProblemError(404, detail, parameter=parameter, allowed=allowed)


def refused(parameter: str, detail: str) -> ProblemError:
    """Refuse a question that can be read and would cost too much to answer."""
    return ProblemError(403, detail, parameter=parameter)


def not_found(what: str, name: str, *, allowed: Sequence[str]) -> ProblemError:
    """Say that there is no such thing, and which there are."""
    return ProblemError(
        404, f"There is no {what} {shown(name)}.", parameter=what.split()[-1], allowed=allowed
    )


def shown(text: str) -> str:
    """Repeat a visitor's own words, shortened and on one line."""
    return ascii(text[:60])
