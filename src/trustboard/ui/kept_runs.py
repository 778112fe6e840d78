"""Whole pages that were drawn before, for anybody: they are sent again without drawing them.

What a page shows follows from the address, the data and a few things more, all named by
`state_of_run`. Where a page was drawn in the same state before, its messages are left in the outbox
as they were, its widgets are made known to the visit, and that is all there is to a click.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from trustboard import shared
from trustboard.ahead import AHEAD, Outlook
from trustboard.citydata import CityData
from trustboard.clock import today
from trustboard.outbox import OUTBOX
from trustboard.shelves import Heap
from trustboard.ui import data, script_run
from trustboard.ui.address import NOTES
from trustboard.ui.freshness import has_changed, out_of_date, take_note
from trustboard.ui.kept import FINDER, PANEL, noting, shows, stayed
from trustboard.ui.kept_pieces import PieceStore
from trustboard.ui.look_ahead import outlook
from trustboard.ui.pinned import AsAsked, open_as_asked
from trustboard.ui.said_before import log_version
from trustboard.ui.script_run import Widget
from trustboard.ui.site import home
from trustboard.view import only

#: How many runs are kept, each with some 20,000 bytes in memory, and the bytes on the disk of all
#: of them. A page of charts takes 60,000 to 220,000 there.
MOST_RUNS: Final = 600
MOST_ON_DISK: Final = 256_000_000


@dataclass
class KeptRun:
    """One run of a page: where its messages lie, its widgets, and what those were told to show.

    `outlook` is what it leads to, once a reader has seen it; else it was only drawn ahead.
    """

    page: str
    messages: int
    widgets: tuple[Widget, ...]
    told: dict[str, Any]
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All that a page depends on, and the city it shows."""

    page: str
    city: CityData
    key: Hashable


_MESSAGES: Final = PieceStore()
_RUNS: Final[Heap[KeptRun]] = Heap(
    most=MOST_ON_DISK, number=MOST_RUNS, leaving=lambda run: _MESSAGES.drop(run.messages)
)
#: The pages of the site, once a run has declared them. They never change while a server runs.
_PAGES: Final[script_run.Pages] = {}


def state_of_run() -> State | None:
    """Name everything that the page of this run depends on; None where it must be drawn."""
    run = script_run.context()
    if run is None or not OUTBOX.is_attended or not _PAGES:
        return None
    page, names = script_run.page_asked(run, _PAGES), data.names()
    given = st.query_params.get_all("city")
    slug = only(given) if given else next(iter(names), "")
    if not page or slug not in names or not shared.is_open(slug) or _is_asking():
        return None
    asked = open_as_asked(slug)
    if not isinstance(asked.city, CityData) or has_changed(asked.city):
        return None
    return State(page, asked.city, _key(page, asked, asked.city))


def _is_asking() -> bool:
    """Say whether the visit waits for something that happens but once."""
    return bool(st.session_state.get(NOTES)) or st.session_state.get(FINDER) is not None


def _key(page: str, asked: AsAsked, city: CityData) -> Hashable:
    address = tuple((name, *st.query_params.get_all(name)) for name in st.query_params)
    told = (asked.said, asked.older, out_of_date(city), log_version(city))
    return (
        *(page, address, st.context.is_embedded, home(), tuple(data.names().items())),
        *(city.slug, city.fingerprint, told, shared.state_of_changes(city.slug)),
        *(bool(st.session_state.get(PANEL)), today()),
    )


def shown_again(state: State | None) -> bool:
    """Show the page of this run as it was drawn before in the same state; False if it was not."""
    run = script_run.context()
    kept = None if state is None else _RUNS.get(state.key)
    if kept is not None and _is_drawn_ahead(run):
        return True  # somebody was quicker, and nobody reads this
    pieces = [] if kept is None else _MESSAGES.get(kept.messages)
    if state is None or run is None or kept is None or not pieces:
        return False
    script_run.go_to(run, kept.page)
    take_note(state.city)
    wrong = {key for key, value in kept.told.items() if not shows(key, value)}
    for key in wrong:
        st.session_state[key] = copy(kept.told[key])
    script_run.register(run, kept.widgets)
    held, set_ = run.cached_message_hashes, frozenset(wrong)
    answer = [one.fit(held=held, set_=set_) for one in pieces]
    script_run.say(run, OUTBOX.leave(answer))
    stayed()
    _seen(kept, state)
    return True


def _is_drawn_ahead(run: script_run.Run | None) -> bool:
    """Say whether nobody sees this run."""
    return run is not None and run.session_id == AHEAD.session


def _seen(kept: KeptRun, state: State) -> None:
    """Look ahead from a page that a reader sees, at what has not been drawn yet.

    Where all was drawn a while ago, it is visited anew: that costs little, draws what had to make
    room for other pages, and keeps the rest from that.
    """
    if _is_drawn_ahead(script_run.context()):
        return
    if kept.outlook is None or kept.outlook.is_stale:
        kept.outlook = outlook(state.city, page=state.page)
    AHEAD.look(kept.outlook)


@contextmanager
def kept_for_others(state: State | None) -> Iterator[None]:
    """Draw the page of this run, and keep what was drawn for whoever asks for the same.

    Nothing is kept of a run that ends in another way than by drawing the whole page, or that holds
    something that hangs on this visit alone.
    """
    run = script_run.context()
    if run is None or state is None:
        yield
        stayed()
        if run is not None and OUTBOX.is_attended and not _PAGES:
            _PAGES.update(script_run.pages_of(run))
            _look_ahead_from_here()  # the first page of all is not kept, but read like any other
        return
    with noting() as told, script_run.overhearing(run, told=told) as heard:
        yield
    stayed()
    pieces, widgets = script_run.pieces_of(heard, told=told), script_run.widgets_of(run)
    if pieces is None or not all(_is_known(one, told) for one in widgets):
        return
    now = state_of_run()  # newer data may have come while the page was being drawn
    if now is None or now.key != state.key:
        return
    number = _MESSAGES.put(pieces)
    if number is None:
        return
    values = {key: copy(one.value) for key, one in told.items()}
    kept = KeptRun(state.page, number, tuple(widgets), values)
    _RUNS.put(state.key, kept, size=sum(len(one.message) + len(one.quiet) for one in pieces))
    _seen(kept, state)


def _look_ahead_from_here() -> None:
    now = state_of_run()
    if now is not None:
        AHEAD.look(outlook(now.city, page=now.page))


def _is_known(widget: Widget, told: Any) -> bool:
    """Say whether what a widget holds follows from the state of a run."""
    key = script_run.key_of(widget)
    return key in told or key in {PANEL, FINDER} or script_run.is_button(widget)
