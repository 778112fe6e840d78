"""Tables on the disk: written as Parquet, read when somebody asks, not kept for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from typing import Any, Final
from weakref import WeakValueDictionary

import pandas as pd
from pyarrow import ArrowException

from trustboard.errors import CannotRunError

#: Frames larger than this are let go of as soon as nobody works with them.
LARGEST_KEPT: Final = 8 * 2**20
#: All frames that are kept although nobody works with them take no more than this.
MOST_KEPT: Final = 32 * 2**20
#: A column with more different words than this is read when somebody asks for them.
MOST_WORDS: Final = 500


class Held:
    """The frames that were read last, within a bound; larger ones only while they are in use."""

    def __init__(self, *, most: int = MOST_KEPT, largest: int = LARGEST_KEPT) -> None:
        self._most, self._largest, self._size = most, largest, 0
        self._kept: OrderedDict[object, tuple[pd.DataFrame, int]] = OrderedDict()
        self._in_use: WeakValueDictionary[object, pd.DataFrame] = WeakValueDictionary()
        self._lock = RLock()

    def get(self, key: object) -> pd.DataFrame | None:
        """Give a frame that is in memory, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            found: pd.DataFrame | None = self._in_use.get(key)
            return found

    def put(self, key: object, frame: pd.DataFrame) -> None:
        """Note a frame that was read."""
        size = int(frame.memory_usage(deep=True).sum())
        with self._lock:
            self._in_use[key] = frame
            if size > self._largest or key in self._kept:
                return
            self._kept[key] = (frame, size)
            self._size += size
            while self._size > self._most:
                self._size -= self._kept.popitem(last=False)[1][1]


_HELD: Final = Held()


class Stored:
    """One table of an edition, as `trustboard.citydata.Kept` describes it."""

    def __init__(self, path: Path, told: dict[str, Any]) -> None:
        self._path = path
        self._types: dict[str, str] = told["types"]
        self.columns = tuple(self._types)
        self.told = frozenset(told["told"])
        self.omitted = frozenset(told["omitted"])
        self.rows = int(told["rows"])
        self._words: dict[str, list[str]] = told["words"]

    def words(self, column: str) -> frozenset[str]:
        """Give the different words of a column; none where there is no such column."""
        if column in self._words or column not in self.columns:
            return frozenset(self._words.get(column, ()))
        return frozenset(self.read([column])[column].dropna().astype("str").unique())

    def read(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Give the rows, all columns or some of them. The frame is shared: never change it.

        Raises `CannotRunError` if the file is gone or damaged since the city was opened.
        """
        key = (self._path, None if columns is None else tuple(columns))
        found = _HELD.get(key)
        if found is None:
            found = self._read(columns)
            _HELD.put(key, found)
        return found

    def _read(self, columns: Sequence[str] | None) -> pd.DataFrame:
        wanted = list(self.columns if columns is None else columns)
        try:
            frame = pd.read_parquet(self._path, columns=wanted)
        except (OSError, ArrowException) as error:
            raise CannotRunError(
                f"The prepared rows in {self._path.name} cannot be read any more. Open the city "
                "again; it is then prepared anew."
            ) from error
        changed = {c: self._types[c] for c in wanted if str(frame.dtypes[c]) != self._types[c]}
        return frame.astype(changed) if changed else frame


def write_frame(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    """Write a frame and give what `Stored` must be told of it, as plain values."""
    plain = frame.reset_index(drop=True)
    plain.to_parquet(path, compression="zstd", index=False)
    return {
        "types": {str(name): str(kind) for name, kind in plain.dtypes.items()},
        "told": [str(name) for name in plain if plain[name].notna().any()],
        "omitted": [str(name) for name in plain if plain[name].isna().any()],
        "rows": len(plain),
        "words": {str(name): words for name in plain if (words := _words(plain[name])) is not None},
    }


def _words(column: pd.Series) -> list[str] | None:
    """List the different words of a column of few; None for any other column."""
    if not isinstance(column.dtype, pd.StringDtype):
        return None
    found = column.dropna().unique()
    return sorted(found) if len(found) <= MOST_WORDS else None
