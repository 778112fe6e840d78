"""Read a CSV file in which every line is one record, in one go.

Most files are like that, and then there is only one way to read them. A file in which a quotation
mark could mean two things, a line break stands inside a cell, or a line has too many or too few
cells is none: `trustboard.csv_rows` reads it line by line.
"""

from __future__ import annotations

import io
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

_QUOTE, _LINE_END, _RETURN = b'"', 10, 13
#: A line longer than this is read with care (see `csv.field_size_limit` in `csv_rows`).
_LONGEST_LINE: Final = 1_000_000


def read_plain(text: str, *, width: int, delimiter: str) -> pd.DataFrame | None:
    """Give all records below the header as text; None unless each line holds exactly one.

    `width` is the number of cells in the header. The record in row n stands on line n + 2.
    """
    raw = text.encode("utf-8", errors="surrogatepass").rstrip(b"\r\n") + b"\n"
    begins = raw.find(b"\n") + 1
    if begins == len(raw) or not _one_record_a_line(raw, delimiter):
        return None
    names = [str(number) for number in range(width)]
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(memoryview(raw)[begins:]),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 24),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowException:  # a line with too many or too few cells
        return None
    return pd.DataFrame({name: pd.array(table[name], dtype="str") for name in names})


def _one_record_a_line(raw: bytes, delimiter: str) -> bool:
    """Say whether no two readers could disagree on where a record or a cell ends."""
    empty_line = b"\n\n" in raw or b"\n\r\n" in raw or raw.startswith((b"\n", b"\r\n"))
    if empty_line or b"\0" in raw or raw.count(b"\r") != raw.count(b"\r\n"):
        return False
    letters = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero(letters == _LINE_END)
    if np.diff(ends, prepend=-1).max() > _LONGEST_LINE:
        return False
    return _QUOTE not in raw or _marks_are_plain(letters, ends, ord(delimiter))


def _marks_are_plain(letters: NDArray[np.uint8], ends: NDArray[np.int64], delimiter: int) -> bool:
    """Say whether quotation marks stand around whole cells, doubled within them, on one line."""
    mark = ord(_QUOTE)
    marks = np.flatnonzero(letters == mark)
    if len(marks) % 2 or (np.searchsorted(marks, ends) % 2).any():
        return False
    before = letters[marks[0::2] - 1]  # before the first letter: the last, which ends a line
    after = letters[marks[1::2] + 1]  # a line end follows whatever comes last
    opens = np.isin(before, [delimiter, _LINE_END, mark])
    closes = np.isin(after, [delimiter, _LINE_END, _RETURN, mark])
    return bool(opens.all() and closes.all())
