"""Draws what readers are likely to ask for next, while nobody waits for anything.

It visits a page as a browser does, in a session of its own whose messages nobody reads. What it
draws is kept like any other page (`trustboard.ui.kept_runs`). When somebody asks for something, the
page that is being drawn is left as it is, and drawn later.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.runtime import RuntimeStoppedError
from streamlit.runtime.session_manager import SessionClient

from trustboard import shared
from trustboard.ahead import AHEAD, Ahead, Wanted

#: `TRUSTBOARD_DRAW_AHEAD=no` turns it off, where each second of processor time is paid for.
SWITCH: Final = "TRUSTBOARD_DRAW_AHEAD"
#: It rests so many times as long as it has drawn, among the likeliest pages and after them.
REST, LATER_REST = 0.5, 2.0
#: Verdicts of a large city take long, and are worked out by another process.
_LONGEST_REST: Final = 1.0
#: After so many pages, and after the last, the rows added up are let go of that they looked at.
MOST_IN_A_ROW: Final = 20
#: How often it looks whether there is something to do, in seconds.
_LOOK_EVERY: Final = 0.25
#: A page that takes longer than this is given up.
_PATIENCE: Final = 120.0


@asynccontextmanager
async def drawing_ahead(*, ahead: Ahead = AHEAD) -> AsyncIterator[None]:
    """Draw ahead as long as the server runs."""
    if os.environ.get(SWITCH, "").lower() in {"no", "0", "off", "false"}:
        yield
        return
    task = asyncio.create_task(_draw(ahead))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _draw(ahead: Ahead) -> None:
    drawn = 0  # since rows added up were let go of: it looks at all of a city, readers at a part
    while True:
        if drawn >= MOST_IN_A_ROW or (drawn and not ahead.has_more):
            drawn = 0
            await run_in_threadpool(shared.let_go)
        wanted = ahead.take() if Runtime.exists() else None
        if wanted is not None:
            drawn, began = drawn + 1, time.monotonic()
            try:
                has_left = await _visit(wanted, ahead)
            except RuntimeStoppedError:  # the server is about to end
                return
            if has_left:
                ahead.put_back(wanted)
            drawing = time.monotonic() - began
            await asyncio.sleep(rest_after(drawing, is_pressing=ahead.is_pressing))
            continue
        await asyncio.sleep(_LOOK_EVERY)


def rest_after(drawing: float, *, is_pressing: bool) -> float:
    """Give for how many seconds it rests after as many of drawing.

    While it draws, a reader's own page takes up to twice as long. The likeliest pages are worth
    that; the others are drawn a third of the time, so that most clicks find it at rest.
    """
    return min(drawing * (REST if is_pressing else LATER_REST), _LONGEST_REST)


async def _visit(wanted: Wanted, ahead: Ahead) -> bool:
    """Let one page be drawn, and wait for its end; say whether it was left before, for a reader."""
    runtime, nobody = Runtime.instance(), _Nobody()
    session = ahead.session = runtime.connect_session(nobody, user_info={})
    try:
        visit = runtime.get_app_session(session)
        if wanted.panel and visit is not None:  # a browser would have opened it in a run before
            visit.session_state[wanted.panel] = True
        runtime.handle_backmsg(session, _asking(wanted))
        with ahead.giving_way(nobody.leave):
            async with asyncio.timeout(_PATIENCE):
                await nobody.is_over.wait()
    except TimeoutError:
        pass  # whoever asks for it will wait as long as they like
    finally:
        runtime.close_session(session)  # which ends the run, where it has not ended
    return nobody.has_left


def _asking(wanted: Wanted) -> BackMsg:
    """Write what a browser would send."""
    message = BackMsg()
    run = message.rerun_script
    run.page_script_hash, run.query_string = wanted.page, wanted.query
    run.context_info.url = wanted.url
    return message


class _Nobody(SessionClient):
    """Takes the messages of a session and notes only that a run has ended, or that it left."""

    def __init__(self) -> None:
        self.is_over = asyncio.Event()
        self.has_left = False

    def leave(self) -> None:
        """Make room for somebody who waits."""
        if not self.is_over.is_set():
            self.has_left = True
            self.is_over.set()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take one message."""
        if msg.WhichOneof("type") == "script_finished":
            self.is_over.set()
