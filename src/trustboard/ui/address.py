"""The state of a page lives in its address, so that any view can be linked to.

Whatever stands in the address is compared with what exists. Anything else is set aside with a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from trustboard.ui.escape import plain, shorten, text
from trustboard.ui.kept import keep
from trustboard.view import only

#: Where a visit keeps what was set aside of its address, until it has been told.
NOTES: Final = "tb_notes"


def pick(
    name: str, label: str, options: Mapping[str, str], *, default: str, alone: bool = False
) -> str:
    """Let a visitor choose one of `options` (id → printed name); the choice lives in `?name=`.

    Returns the chosen id. An unknown id in the address falls back to `default`, with a note.
    `alone` clears the rest of the address, where other choices mean nothing after this one.
    """
    chosen = from_address(name, list(options), default=default)
    key = keep(f"pick_{name}", chosen)
    return str(
        st.selectbox(
            label,
            list(options),
            key=key,
            format_func=lambda one: plain(options.get(one, one)),
            on_change=_write_address,
            args=(name, key, alone),
        )
    )


def from_address(name: str, known: Sequence[str], *, default: str) -> str:
    """Read one id from the address.

    Unknown ones are set aside, and so are several that differ; the page will say so.
    """
    given = st.query_params.get_all(name)
    asked = only(given)
    if not given or asked in known:
        return asked or default
    notes: list[str] = st.session_state.setdefault(NOTES, [])
    if len(set(given)) > 1:
        notes.append(f"The address gives {name} more than once; all of these were set aside.")
    else:
        asked = shorten(asked, longest=40)
        notes.append(f"The address asked for {name} “{asked}”, which is not here.")
    return default


def _write_address(name: str, key: str, alone: bool) -> None:
    chosen = st.session_state[key]
    if alone:  # at once: each change of the address is a step that the back button takes
        st.query_params.from_dict({name: chosen})
    else:
        st.query_params[name] = chosen


def show_notes() -> None:
    """Show, once, what was set aside."""
    notes = st.session_state.pop(NOTES, [])
    for note in notes:
        st.html(f'<div class="tb"><p class="tb-note" role="status">{text(note)}</p></div>')
