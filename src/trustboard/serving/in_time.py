"""The first view of a page if it can be had soon; a page never waits for a slow city."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from trustboard import shared
from trustboard.errors import CannotRunError
from trustboard.first_view import first_view
from trustboard.serving.headers import embeds
from trustboard.view import only

#: Seconds that a page may wait; what is worked out later is there for the next visitor.
LONGEST_WAIT: float = 0.4
#: Views worked out at once; beyond, pages go out without one.
_MOST: Final = 4
_LOG: Final = logging.getLogger(__name__)
_UNDER_WAY: Final[set[asyncio.Task[str]]] = set()


async def view_in_time(request: Request, name: str, names: Sequence[str]) -> str:
    """Give the first view of the page that a request asks for; empty if it would take too long.

    A page that is a part of another one shows less than a whole page, so it has none. Neither has a
    pinned page: the newest numbers would stand there for a moment under an address of older ones.
    """
    if embeds(request.scope.get("query_string", b"")) or "pin" in request.query_params:
        return ""
    given = {key: request.query_params.getlist(key) for key in request.query_params}
    slug = only(given.get("city", ()))
    if len(set(given.get("city", ()))) > 1:  # the page says which of them it shows
        return ""
    if not slug and shared.DEFAULT_CITY in shared.slugs():
        slug = shared.DEFAULT_CITY
    if len(_UNDER_WAY) >= _MOST or shared.described(slug) is None:
        return ""
    task = asyncio.create_task(run_in_threadpool(_view, slug, name, given, names))
    _UNDER_WAY.add(task)
    task.add_done_callback(_UNDER_WAY.discard)
    done, _ = await asyncio.wait({task}, timeout=LONGEST_WAIT)
    return task.result() if done else ""


def _view(slug: str, name: str, given: dict[str, list[str]], names: Sequence[str]) -> str:
    """Draw a view; whatever goes wrong is noted and costs the page its first view only."""
    try:
        return first_view(name, shared.opened(slug), given, pages=names)
    except CannotRunError:
        return ""
    except Exception:
        _LOG.exception("A first view could not be drawn")
        return ""
