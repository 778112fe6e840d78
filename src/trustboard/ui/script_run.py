"""What is used of Streamlit's inside to keep a run and to show it again, all in one place.

None of it is promised to stay as it is. The release is pinned, and `tests/ui/test_kept_runs.py`
compares a run that was kept with the one that was drawn: a release that changes these parts fails
there, and not before a visitor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import create_reference_msg
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.common import WidgetMetadata, user_key_from_element_id
from streamlit.runtime.state.widgets import register_widget_from_metadata

from trustboard.ui.kept import Told

Run: TypeAlias = ScriptRunContext
Widget: TypeAlias = WidgetMetadata[Any]

#: Elements that say everything in their message, and hang on nothing the visit holds besides.
_WHOLE: Final = frozenset(
    {
        *("button", "code", "empty", "heading", "html", "markdown", "multiselect", "page_link"),
        *("plotly_chart", "radio", "selectbox", "text"),
    }
)
#: What a message tells a widget to show; without, the browser keeps to what it shows.
_SET: Final = ("set_value", "raw_value", "raw_values")
_PLAIN: Final = frozenset({"navigation", "page_config_changed"})


@dataclass(frozen=True)
class Piece:
    """One message of a run, ready to be sent.

    `name` is that by which browsers keep a large one, `reference` what is sent to those that have
    it. `key` is that of a widget, `quiet` the message for a browser where it shows the right thing.
    """

    message: bytes
    name: str = ""
    reference: bytes = b""
    key: str = ""
    quiet: bytes = b""

    def fit(self, *, held: frozenset[str], set_: frozenset[str]) -> bytes:
        """Give what one browser needs, that holds some messages and must set some widgets."""
        if self.name in held:
            return self.reference
        return self.quiet if self.quiet and self.key not in set_ else self.message


def context() -> ScriptRunContext | None:
    """Give the run that this thread is in; None outside of one."""
    return get_script_run_ctx(suppress_warning=True)


@contextmanager
def overhearing(run: ScriptRunContext, *, told: Mapping[str, Told]) -> Iterator[list[ForwardMsg]]:
    """Collect the messages of a run, each whole, while they go out.

    A widget that shows already what it was `told` is left alone in this browser, as ever.
    """
    heard: list[ForwardMsg] = []
    send, held = run._enqueue, run.cached_message_hashes

    def hear(message: ForwardMsg) -> None:
        heard.append(message)
        key = _key(message)
        send(_quiet(message) if key in told and told[key].already else message)

    run._enqueue, run.cached_message_hashes = hear, frozenset()
    try:
        yield heard
    finally:
        run._enqueue, run.cached_message_hashes = send, held


def pieces_of(heard: Sequence[ForwardMsg], *, told: Mapping[str, Told]) -> list[Piece] | None:
    """Make messages ready to be sent again; None if one of them hangs on more than it says."""
    if not all(map(_is_whole, heard)):
        return None
    return [_piece(message, told) for message in heard]


def _is_whole(message: ForwardMsg) -> bool:
    kind = message.WhichOneof("type")
    if kind != "delta":
        return kind in _PLAIN
    delta = message.delta
    if delta.fragment_id:
        return False
    what = delta.WhichOneof("type")
    if what == "new_element":
        return delta.new_element.WhichOneof("type") in _WHOLE
    return bool(what == "add_block")


def _piece(message: ForwardMsg, told: Mapping[str, Told]) -> Piece:
    key = _key(message)
    name = message.hash if message.metadata.cacheable else ""
    return Piece(
        message.SerializeToString(),
        name=name,
        reference=create_reference_msg(message).SerializeToString() if name else b"",
        key=key,
        quiet=_quiet(message).SerializeToString() if key in told else b"",
    )


def _key(message: ForwardMsg) -> str:
    """Give the key of the widget that a message shows; nothing for another message."""
    if message.WhichOneof("type") != "delta":
        return ""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    id_ = getattr(getattr(element, kind), "id", "") if kind else ""
    return (user_key_from_element_id(id_) or "") if id_ else ""


def _quiet(message: ForwardMsg) -> ForwardMsg:
    """Copy a widget's message without what it tells the widget to show."""
    quiet = ForwardMsg()
    quiet.CopyFrom(message)
    element = quiet.delta.new_element
    widget = getattr(element, str(element.WhichOneof("type")))
    for field in _SET:
        if field in widget.DESCRIPTOR.fields_by_name:
            widget.ClearField(field)
    return quiet


def widgets_of(run: ScriptRunContext) -> list[Widget]:
    """Give the widgets of a run, as Streamlit knows them: what they hold, what a change calls."""
    every = run.shared.widget_ids_this_run.snapshot()
    found = [run.session_state._state.get_widget_metadata(one) for one in sorted(every)]
    return [one for one in found if one is not None]


def key_of(widget: Widget) -> str:
    """Give the key under which the program knows a widget."""
    return user_key_from_element_id(widget.id) or ""


def is_button(widget: Widget) -> bool:
    """Say whether a widget only calls something, and holds nothing."""
    return widget.value_type == "trigger_value"


def register(run: ScriptRunContext, widgets: Sequence[Widget]) -> None:
    """Make widgets part of a run, as drawing them would."""
    for one in widgets:
        run.shared.widget_ids_this_run.check_and_add(one.id)
        register_widget_from_metadata(one, run)


Pages: TypeAlias = dict[str, Any]


def pages_of(run: ScriptRunContext) -> Pages:
    """Give the pages that `st.navigation` has declared, as Streamlit knows them."""
    return dict(run.pages_manager.get_pages())


def page_asked(run: ScriptRunContext, pages: Pages) -> str:
    """Declare the pages as `st.navigation` does; name the one asked for, nothing if none is it."""
    manager: PagesManager = run.pages_manager
    first = next((name for name, one in pages.items() if not one["url_pathname"]), "")
    found = manager.set_pages_and_resolve(pages, fallback_page_hash=first)
    return "" if found is None else str(found["page_script_hash"])


def go_to(run: ScriptRunContext, page: str) -> None:
    """Make a page the current one, as `st.navigation` does."""
    run.set_mpa_v2_page(page)


def say(run: ScriptRunContext, word: str) -> None:
    """Send a short word, in a message that is neither joined with another nor read by a browser."""
    message = ForwardMsg()
    message.page_profile.exec_time = 0
    message.hash = word
    run.enqueue(message)
