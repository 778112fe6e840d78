"""Widgets that show what the address says, whatever a visitor's browser still holds of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

#: Widgets that no address tells: whether the filters are open, and the way to a neighborhood.
PANEL: Final = "filter_panel"
FINDER: Final = "find_a_place"


@dataclass(frozen=True, slots=True)
class Told:
    """What a widget was told to show, and whether it showed it already."""

    value: Any
    already: bool


#: Where a visit keeps the page that was last shown to its end.
_LAST: Final = "tb_page"
_NOTED: Final[ContextVar[dict[str, Told] | None]] = ContextVar("noted", default=None)


def keep(key: str, value: Any) -> str:
    """Let a widget show `value`, which may have changed without it; give its key."""
    already, noted = shows(key, value), _NOTED.get()
    if noted is not None:
        noted[key] = Told(value, already)
    if noted is not None or not already:
        st.session_state[key] = value
    return key


def shows(key: str, value: Any) -> bool:
    """Say whether a widget shows a value in this browser already.

    On a page to which a visitor has just come every widget is new, and shows nothing yet, although
    the page before may have had one of the same key.
    """
    return st.session_state.get(_LAST) == _page() and bool(st.session_state.get(key) == value)


def stayed() -> None:
    """Note that a page has been shown to its end: its widgets are in the browser now."""
    st.session_state[_LAST] = _page()


def _page() -> str:
    run = get_script_run_ctx(suppress_warning=True)
    return "" if run is None else run.page_script_hash


@contextmanager
def noting() -> Iterator[dict[str, Told]]:
    """Take note of what each widget is told to show, and tell it even where it shows it already.

    So the messages of such a run fit a browser in any state.
    """
    noted: dict[str, Told] = {}
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)
