"""The limits of a number, told once on a page: a block tells those that no block above it told.

The whole list of each block stays one click away, under "How this is counted". A limit that was
told above is a limit here too; a page that repeats the same three under every chart is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

#: So many are told beside a chart; all of them stand with the method, one click away.
MOST_TOLD: Final = 3
_TOLD: Final = "tb_limits_told"

#: Chooses the limits that one block tells.
Tell = Callable[[Sequence[str]], tuple[str, ...]]


def begin_page() -> None:
    """Start a page: nothing has been told on it."""
    st.session_state[_TOLD] = frozenset()


def telling() -> Tell:
    """Give what chooses the limits of blocks that are drawn together, once for everybody.

    Such blocks are played back, so that what they tell must not depend on the visit.
    """
    told: set[str] = set()

    def tell(limits: Sequence[str]) -> tuple[str, ...]:
        now = tuple(one for one in limits if one not in told)[:MOST_TOLD]
        told.update(now)
        return now

    return tell


def to_tell(limits: Sequence[str]) -> tuple[str, ...]:
    """Choose the limits that this block tells, and remember them for the blocks below it.

    Only where it runs on each visit: never within what is played back.
    """
    told: frozenset[str] = st.session_state.get(_TOLD, frozenset())
    now = tuple(one for one in limits if one not in told)[:MOST_TOLD]
    st.session_state[_TOLD] = told.union(now)
    return now
