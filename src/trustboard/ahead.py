"""What readers are likely to ask for next, to be drawn while nobody waits for anything.

A page that is seen says what it leads to (`trustboard.ui.look_ahead`); whoever has time draws that
(`trustboard.serving.drawing_ahead`), so that the reader who chooses it finds it drawn.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

#: So many pages lead to others at a time; of more, those that were seen longest ago are forgotten.
MOST_SEEN: Final = 3
#: For so many seconds after the last answer somebody may still be waiting for the rest of it.
QUIET_AFTER: Final = 0.4
#: So many pages after an answer are the likeliest: most choices in an open panel are among them.
LIKELIEST: Final = 24
#: So many seconds after all that a page leads to was drawn, some of it may be kept no more.
STALE_AFTER: Final = 60.0


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


class Outlook:
    """What one page leads to, the likeliest first; each is worked out when its turn comes."""

    def __init__(self, wanted: Iterator[Wanted]) -> None:
        self._wanted = wanted
        self._back: Wanted | None = None
        self._ended: float | None = None

    def take(self) -> Wanted | None:
        """Give the next page; None where all have been given."""
        one, self._back = self._back or next(self._wanted, None), None
        if one is None and self._ended is None:
            self._ended = time.monotonic()
        return one

    def put_back(self, one: Wanted) -> None:
        """Let the page that was taken last be the next again."""
        self._back = one

    @property
    def is_stale(self) -> bool:
        """Say whether all was given so long ago that it should be looked at anew."""
        return self._ended is not None and time.monotonic() - self._ended > STALE_AFTER


class Ahead:
    """Holds what the pages seen last lead to, and knows whether anybody is waiting."""

    def __init__(self, *, most: int = MOST_SEEN) -> None:
        self._most = most
        self._seen: OrderedDict[Outlook, None] = OrderedDict()
        self._from: Outlook | None = None
        self._lock = Lock()
        self._last = time.monotonic()
        self._taken = 0  # since somebody asked
        self._gives_way: Callable[[], object] | None = None
        #: The session that drew ahead last, whose pages nobody sees.
        self.session = ""

    def look(self, outlook: Outlook) -> None:
        """Put what a page leads to before all else: a reader sees that page, now or once more."""
        with self._lock:
            self._seen[outlook] = None
            self._seen.move_to_end(outlook)
            while len(self._seen) > self._most:
                self._seen.popitem(last=False)

    def take(self) -> Wanted | None:
        """Give what is wanted most; None where nothing is, or somebody may be waiting."""
        if time.monotonic() - self._last < QUIET_AFTER:
            return None
        while (outlook := self._seen_last()) is not None:
            one = outlook.take()
            if one is not None:
                self._from, self._taken = outlook, self._taken + 1
                return one
            with self._lock:
                self._seen.pop(outlook, None)
        return None

    def _seen_last(self) -> Outlook | None:
        with self._lock:
            return next(reversed(self._seen), None)

    def put_back(self, one: Wanted) -> None:
        """Take back what was taken last, for it could not be drawn."""
        if self._from is not None:
            self._from.put_back(one)

    @property
    def is_pressing(self) -> bool:
        """Say whether what was taken last is among the likeliest: a reader may ask for it soon."""
        return self._taken <= LIKELIEST

    def stir(self) -> None:
        """Note that somebody asks for something, or is being answered."""
        self._last, self._taken = time.monotonic(), 0
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

    @property
    def has_more(self) -> bool:
        """Say whether something may be left to be drawn."""
        return bool(self._seen)


#: The one of this process.
AHEAD: Final = Ahead()
