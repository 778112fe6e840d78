"""What readers are likely to ask for next, to be drawn while nobody waits for anything.

A page that is drawn says what can be chosen on it (`trustboard.ui.look_ahead`); whoever has time
draws that (`trustboard.serving.drawing_ahead`), so that the reader who chooses it finds it drawn.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

#: So many pages wait to be drawn, all that one page of a large city leads to; of more, those that
#: were wanted longest ago go.
MOST_WANTED: Final = 200
#: For so many seconds after the last answer somebody may still be waiting for the rest of it.
QUIET_AFTER: Final = 0.4


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page as a browser would ask for it.

    `page` is Streamlit's name for it, `query` what stands behind the question mark, `url` the
    address in the browser, and `panel` the key of the filter panel, where that is open.
    """

    page: str
    query: str
    url: str
    panel: str = ""


class Ahead:
    """Holds what is wanted, the newest wishes first, and knows whether anybody is waiting."""

    def __init__(self, *, most: int = MOST_WANTED) -> None:
        self._most = most
        self._wanted: OrderedDict[Wanted, None] = OrderedDict()
        self._lock = Lock()
        self._last = time.monotonic()
        self._gives_way: Callable[[], object] | None = None
        #: The session that drew ahead last, whose pages nobody sees.
        self.session = ""

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Put wishes before all others, in their order."""
        with self._lock:
            for one in reversed(wanted):
                self._wanted[one] = None
                self._wanted.move_to_end(one, last=False)
            while len(self._wanted) > self._most:
                self._wanted.popitem()

    def take(self) -> Wanted | None:
        """Give what is wanted most; None where nothing is, or somebody may be waiting."""
        if time.monotonic() - self._last < QUIET_AFTER:
            return None
        with self._lock:
            return self._wanted.popitem(last=False)[0] if self._wanted else None

    def stir(self) -> None:
        """Note that somebody asks for something, or is being answered."""
        self._last = time.monotonic()
        if self._gives_way is not None:
            self._gives_way()

    @property
    def is_drawing(self) -> bool:
        """Say whether a page is being drawn ahead."""
        return self._gives_way is not None

    @contextmanager
    def giving_way(self, leave: Callable[[], object]) -> Iterator[None]:
        """Call `leave`, in this block, as soon as somebody asks for something."""
        self._gives_way = leave
        try:
            yield
        finally:
            self._gives_way = None

    def __len__(self) -> int:
        return len(self._wanted)


#: The one of this process.
AHEAD: Final = Ahead()
