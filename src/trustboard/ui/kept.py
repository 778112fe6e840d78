"""Widgets that show what the address says, whatever a visitor's browser still holds of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

#: Widgets that no address tells: whether the filters are open, and the way to a neighborhood.
PANEL: Final = "filter_panel"
FINDER: Final = "find_a_place"


@dataclass(frozen=True, slots=True)
class Told:
    """What a widget was told to show, and whether it showed it already."""

    value: Any
    already: bool


_NOTED: Final[ContextVar[dict[str, Told] | None]] = ContextVar("noted", default=None)


def keep(key: str, value: Any) -> str:
    """Let a widget show `value`, which may have changed without it; give its key."""
    already, noted = st.session_state.get(key) == value, _NOTED.get()
    if noted is not None:
        noted[key] = Told(value, already)
    if noted is not None or not already:
        st.session_state[key] = value
    return key


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
