"""Tables that lie on the disk as they would lie in memory, and are mapped into it, not read.

Opening one costs next to nothing at any length; only the columns that somebody looks at are brought
in, all processes on a machine share them, and the system takes them back when it needs the room.
They are written in Arrow's IPC format, not packed; flags as bytes, for Arrow's own are bits, which
would have to be unpacked into memory. An edition never changes once it has taken its place, so
nothing moves under a reader.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
from pyarrow import ArrowException, ipc

from trustboard.errors import CannotRunError


def write_mapped(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    """Write a frame in one piece, so that it is mapped without a copy; give what `Mapped` needs."""
    flags = {name: one.to_numpy().view("uint8") for name, one in frame.items() if one.dtype == bool}
    table = pyarrow.Table.from_pandas(frame.assign(**flags), preserve_index=False)
    with ipc.new_file(path, table.schema) as file:
        file.write_table(table, max_chunksize=max(len(frame), 1))
    return {"file": path.name, "rows": len(frame)}


class Mapped:
    """One such table of an edition."""

    def __init__(self, path: Path, *, rows: int) -> None:
        self._path = path
        self.rows = rows

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Give the rows. The frame is shared and cannot be written to.

        Raises `CannotRunError` if the file is gone or damaged since the city was opened.
        """
        try:
            with pyarrow.memory_map(str(self._path)) as file:
                table = ipc.open_file(file).read_all()
        except (OSError, ArrowException) as error:
            raise CannotRunError(
                f"The prepared rows in {self._path.name} cannot be read any more. Open the city "
                "again; it is then prepared anew."
            ) from error
        frame = table.to_pandas(split_blocks=True)
        # Nothing but flags is written as bytes without a sign.
        flags = [field.name for field in table.schema if field.type == pyarrow.uint8()]
        kept = {name: frame[name].to_numpy().view("bool") for name in flags}
        return frame.assign(**{name: pd.Series(one, copy=False) for name, one in kept.items()})

    def let_go(self) -> None:
        """Forget the rows; they are mapped again when somebody asks for them."""
        self.__dict__.pop("frame", None)
