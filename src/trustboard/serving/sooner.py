"""How soon what a page has said goes out to its reader.

Streamlit sends what all pages have said together, and then waits five milliseconds before it looks
again. An answer that takes one or two waits out the rest, its own page's or another reader's. Two
milliseconds are enough to gather what a page says while it is drawn.
"""

from __future__ import annotations

from typing import Final

from streamlit.runtime import runtime

SECONDS: Final = 0.002
#: What Streamlit's loop reads each time. None of its promises covers it: where a later release does
#: without it, nothing is changed.
NAME: Final = "MESSAGE_FLUSH_INTERVAL_SECS"


def send_sooner() -> bool:
    """Let answers wait less for each other; say whether Streamlit still has them wait."""
    if not hasattr(runtime, NAME):
        return False
    setattr(runtime, NAME, min(SECONDS, getattr(runtime, NAME)))
    return True
