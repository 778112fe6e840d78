"""Where things lie that were worked out once: a bounded number of them, for all threads."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

#: Files are looked at for changes this often, in seconds: many visitors at once look once.
LOOK_EVERY: float = 1.0
_V = TypeVar("_V")


class Shelf(Generic[_V]):
    """Holds the `most` things asked for last; each is made once, however many ask for it."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _V] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(
        self, key: Hashable, make: Callable[[], _V], *, keep: Callable[[_V], bool] = lambda _: True
    ) -> _V:
        """Give what lies under `key`, or make it; kept only where `keep` says so."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:  # somebody may have made it meanwhile, or pushed it out again
                if key in self._kept:
                    return self._kept[key]
            try:
                made = make()
                if keep(made):
                    self._put(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def find(self, key: Hashable) -> _V | None:
        """Give what lies under `key` already, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def drop(self, unwanted: Callable[[Hashable], bool]) -> None:
        """Let go of everything under keys that are no longer wanted."""
        with self._lock:
            for key in [key for key in self._kept if unwanted(key)]:
                del self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)

    def _put(self, key: Hashable, made: _V) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


class Lately(Generic[_V]):
    """Remembers what was seen on the disk for `LOOK_EVERY` seconds, for at most `most` keys."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._seen: dict[Hashable, tuple[float, _V]] = {}

    def get(self, key: Hashable, look: Callable[[], _V]) -> _V:
        """Give what was seen under `key`, or look again if that was too long ago."""
        now = time.monotonic()
        seen = self._seen.get(key)
        if seen is not None and now - seen[0] < LOOK_EVERY:
            return seen[1]
        found = look()
        if len(self._seen) >= self._most:
            self._seen.clear()
        self._seen[key] = (now, found)
        return found


class Heap(Generic[_V]):
    """Holds the things asked for last, as many as fit into `most` bytes and no more than `number`.

    `leaving` is told what is let go of.
    """

    def __init__(
        self,
        *,
        most: int,
        number: int | None = None,
        leaving: Callable[[_V], None] = lambda _: None,
    ) -> None:
        self._most, self._number, self._size = most, number, 0
        self._leaving = leaving
        self._kept: OrderedDict[Hashable, tuple[_V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> _V | None:
        """Give what lies under `key`, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, value: _V, *, size: int) -> None:
        """Lay down something of `size` bytes; what does not fit at all is not kept."""
        with self._lock:
            gone = [self._kept.pop(key)] if key in self._kept else []
            if size > self._most:
                gone.append((value, 0))
            else:
                self._kept[key] = (value, size)
                self._size += size
            self._size -= sum(old for _, old in gone)
            while self._size > self._most or len(self._kept) > (self._number or len(self._kept)):
                gone.append(self._kept.popitem(last=False)[1])
                self._size -= gone[-1][1]
        for one, _ in gone:
            self._leaving(one)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            gone = [one for one, _ in self._kept.values()]
            self._kept.clear()
            self._size = 0
        for one in gone:
            self._leaving(one)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)
