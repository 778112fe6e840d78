"""Visitors of a running dashboard, who speak Streamlit's own protocol as a browser does."""

from __future__ import annotations

from typing import Any

from google.protobuf.json_format import MessageToDict
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from keeping import Board

#: Kinds of messages about the run itself; the rest is the page.
ABOUT_THE_RUN = {"new_session", "session_status_changed", "script_finished", "ref_hash"}


class Visit:
    """One open page, which says what its widgets hold as a browser does."""

    def __init__(self, board: Board, page: str, line: ClientConnection) -> None:
        self._board, self._page, self._line = board, page, line
        self._hash = ""
        self.widgets: dict[str, dict[str, Any]] = {}
        self.opened = ""  # the name of a panel
        self.held: list[str] = []

    def run(self, query: str) -> list[ForwardMsg]:
        """Ask for a run; give its messages."""
        asking = BackMsg()
        asking.rerun_script.query_string = query
        asking.rerun_script.page_script_hash = self._hash
        asking.rerun_script.page_name = "" if self._hash else self._page
        asking.rerun_script.context_info.url = f"{self._board.url}/{self._page}"
        asking.rerun_script.cached_message_hashes.extend(self.held)
        for id_, value in self.widgets.items():
            state = asking.rerun_script.widget_states.widgets.add(id=id_)
            state.string_array_value.data.extend(value["chosen"])
        if self.opened:
            asking.rerun_script.widget_states.widgets.add(id=self.opened, bool_value=True)
        self._line.send(asking.SerializeToString())
        heard: list[ForwardMsg] = []
        while not heard or heard[-1].WhichOneof("type") != "script_finished":
            heard.append(ForwardMsg.FromString(self._line.recv(timeout=60)))
            if heard[-1].WhichOneof("type") == "navigation":
                self._hash = heard[-1].navigation.page_script_hash
        return heard


def opened(board: Board) -> ClientConnection:
    address = board.url.replace("http", "ws") + "/_stcore/stream"
    return connect(address, subprotocols=["streamlit"], max_size=None, proxy=None)  # type: ignore[list-item]


def visit(board: Board, page: str, query: str, *, runs: int = 1) -> list[list[ForwardMsg]]:
    """Open a page and ask for it so many times; give the messages of each run."""
    with opened(board) as line:
        visitor = Visit(board, page, line)
        return [visitor.run(query) for _ in range(runs)]


def page_of(messages: list[ForwardMsg]) -> list[dict[str, Any]]:
    """Give what messages make of a page, and not what they say of the run."""
    page = [MessageToDict(one) for one in messages if one.WhichOneof("type") not in ABOUT_THE_RUN]
    assert page
    return page


def quiet(page: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a page without what its widgets are told to show, which depends on the browser."""
    for message in page:
        message.pop("hash", None)  # of the whole message
        for widget in message.get("delta", {}).get("newElement", {}).values():
            if isinstance(widget, dict):
                for told in ("setValue", "rawValue", "rawValues"):
                    widget.pop(told, None)
    return page


def places(messages: list[ForwardMsg]) -> Any:
    """Give the widget in which places are chosen."""
    for one in messages:
        element = one.delta.new_element
        if element.WhichOneof("type") == "multiselect" and "filter_place" in element.multiselect.id:
            return element.multiselect
    raise AssertionError("there is no such widget")
