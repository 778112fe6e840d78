"""Read what a publisher means by a status: wait, or no; and ask only for what is new."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpcore
import httpx

from trustboard.sources.contract import RawResponse
from trustboard.sources.refusals import (
    BusyPublisherError,
    EmptyAnswerError,
    FetchRefusedError,
    RefusedByPublisherError,
    UnreachableError,
)
from trustboard.sources.wire.body import TRY_LATER

AGAIN = frozenset({202, 408, 425, 429, 500, 502, 503, 504})
LONGEST_MESSAGE = 8192


class Again(NamedTuple):
    """This try came to nothing; another may not."""

    final: FetchRefusedError
    wait: float | None = None  # seconds, where the publisher says how long


def conditions(earlier: RawResponse | None) -> dict[str, str]:
    """Ask only for something newer than what we have."""
    if earlier is None:
        return {}
    known = {name.lower(): value for name, value in earlier.headers.items()}
    asked = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last-modified")}
    return {name: value for name, value in asked.items() if value}


def unreachable(error: Exception, *, asked: str) -> UnreachableError:
    """Make the refusal of a publisher that does not answer."""
    timed_out = isinstance(error, httpcore.TimeoutException)
    why = str(error) or type(error).__name__
    came = "no answer in time" if timed_out else f"no connection ({why[:200]})"
    fix = "Check that this machine is online, and try again later."
    return UnreachableError(asked=asked, came=came, fix=fix)


def refuse_status(response: httpx.Response, *, asked: str) -> None:
    """Refuse every status but 200."""
    if response.status_code == 200:
        return
    if response.status_code == 204:
        raise EmptyAnswerError(asked=asked, came="status 204, no content", fix=TRY_LATER)
    fix = "Check `fetch` in city.yml against what the publisher offers now."
    raise RefusedByPublisherError(asked=asked, came=_status(response), fix=fix)


def busy(response: httpx.Response, *, asked: str, now: datetime) -> Again:
    """Read how long the publisher wants us to wait."""
    wait = retry_after(response.headers.get("retry-after", ""), now=now)
    fix = f"Try again in {wait:.0f} seconds." if wait else "Try again later."
    if response.status_code == 429:
        fix += " An app token, where the publisher gives one, helps."
    return Again(BusyPublisherError(asked=asked, came=_status(response), fix=fix), wait)


def retry_after(value: str, *, now: datetime) -> float | None:
    """Read Retry-After, which is seconds or a date; None if it is neither."""
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _status(response: httpx.Response) -> str:
    said = _message(response)
    return f"status {response.status_code}" + (f", {said!r}" if said else "")


def _message(response: httpx.Response) -> str:
    """Find what the publisher says of an error, in at most 200 characters."""
    start = b""
    for chunk in response.iter_raw(LONGEST_MESSAGE):
        start += chunk
        if len(start) >= LONGEST_MESSAGE:
            break
    text = start.decode("utf-8", "replace").strip()
    if text.startswith("<") or response.headers.get("content-encoding"):
        return ""
    try:
        values = json.loads(text)
        found = next(values[name] for name in ("message", "error", "detail") if values.get(name))
        text = found if isinstance(found, str) else json.dumps(found)
    except (ValueError, AttributeError, StopIteration, TypeError):
        pass
    return " ".join(text.split())[:200]
