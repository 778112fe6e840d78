"""Split the text of a CSV file into records, knowing the line on which each begins.

Stray quotation marks are the commonest fault of such files and the most dangerous: one can make the
rest of a file look like a single cell. A record that cannot be one costs its first line and nothing
more.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from trustboard.errors import DataProblem, UnreadableFileError
from trustboard.plain_csv import read_plain
from trustboard.problem_kinds import problem

#: Stands for the cells of a record whose quotation mark never closes.
UNCLOSED: list[str] = []

#: After so many of these, each line is read by itself: looking for the end of each would take for
#: ever in a file made of stray quotation marks.
MOST_UNCLOSED = 100
#: A table with more columns than this is not one that a publisher made.
MOST_COLUMNS = 5_000

#: The records that do not fit a header, where there are none.
_NO_MISFIT: Final = MappingProxyType(
    {"line": pd.Series(dtype="int64"), "text": pd.Series(dtype="str")}
)

csv.field_size_limit(1_000_000)


def read_csv(
    text: str, *, name: str, problems: list[DataProblem]
) -> tuple[pd.DataFrame, Sequence[int], pd.DataFrame]:
    """Give the rows as text, the line of each, and the records that do not fit the header.

    The latter have the columns `line` and `text`; each is also listed in `problems`. Raises
    `UnreadableFileError` for a text without a usable header.
    """
    if not text.strip():
        raise UnreadableFileError("an empty file", expected="a header", fix="Fetch it again.")
    plain = _plain(text)
    if plain is not None:
        return plain, range(2, len(plain) + 2), pd.DataFrame(dict(_NO_MISFIT))
    return _with_care(text, name=name, problems=problems)


def _delimiter(line: str) -> str:
    return max(",;\t|", key=line.count)


def _plain(text: str) -> pd.DataFrame | None:
    """Read a file in which nothing is in doubt; None for any other."""
    first = text.partition("\n")[0].rstrip("\r")
    delimiter = _delimiter(first)
    try:
        header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    except csv.Error:
        return None
    frame = read_plain(text, width=len(header), delimiter=delimiter)
    if frame is None:
        return None
    _check_header(header, line=1)
    return frame.set_axis(header, axis=1)


def _with_care(
    text: str, *, name: str, problems: list[DataProblem]
) -> tuple[pd.DataFrame, Sequence[int], pd.DataFrame]:
    """Read a file record by record."""
    lines = list(io.StringIO(text, newline=""))
    delimiter = _delimiter(lines[0])
    records = _records(lines, delimiter)
    header_line, header = next(records)
    header = [cell.strip() for cell in header]
    _check_header(header, line=header_line)
    good: list[list[str]] = []
    at: list[int] = []
    bad: list[tuple[int, str]] = []
    for line, cells in records:
        if len(cells) > len(header) and not any(cells[len(header) :]):
            cells = cells[: len(header)]
        if len(cells) == len(header):
            good.append(cells)
            at.append(line)
        else:
            bad.append((line, lines[line - 1].rstrip("\r\n")))
            problems.append(_misfit(name, line, len(cells), len(header)))
    frame = pd.DataFrame(good, columns=header, dtype="str")
    return frame, at, pd.DataFrame(bad, columns=["line", "text"])


def _check_header(header: list[str], *, line: int) -> None:
    """Refuse a header that does not tell columns apart, or that has more than a table can have."""
    if len(header) > MOST_COLUMNS:
        raise UnreadableFileError(
            f"a header on line {line} with {len(header):,} columns",
            expected=f"at most {MOST_COLUMNS:,} columns",
            fix="Keep the columns that city.yml names in a copy, or ask the publisher.",
        )
    repeated = sorted(cell for cell, times in Counter(header).items() if times > 1)
    if repeated:
        raise UnreadableFileError(
            f"a header on line {line} with {', '.join(map(repr, repeated))[:200]} twice",
            expected="a name of its own for each column",
            fix="Rename one of the columns in a copy, or ask the publisher.",
        )


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins on.

    A quotation mark that never closes would swallow the rest of the file: a record over several
    lines that does not fit the header is cut back to its first line and reading goes on after it.
    """
    start, width, unclosed = 0, 0, 0
    while start < len(lines):
        end = len(lines) if unclosed < MOST_UNCLOSED else start + 1
        for first, cells, spanned in _parsed(lines, start, end, delimiter):
            start = first - 1 + spanned
            if not cells and spanned == 1 and not lines[first - 1].strip("\r\n"):
                continue
            width = width or len(cells)
            swallowed = spanned > 1 and not _is_one_record(
                lines[first - 1 : start], delimiter, width=width
            )
            if not cells or swallowed:
                unclosed += 1
                yield first, UNCLOSED
                start = first
                break
            yield first, cells


def _parsed(
    lines: list[str], start: int, end: int, delimiter: str
) -> Iterator[tuple[int, list[str], int]]:
    """Yield each record of some lines: where it begins, its cells, and how many lines it spans.

    One that is too long to be a record has no cells.
    """
    reader = csv.reader((lines[at] for at in range(start, end)), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            yield start + before + 1, cells, reader.line_num - before
            before = reader.line_num
    except csv.Error:
        yield start + before + 1, UNCLOSED, reader.line_num - before


def _is_one_record(lines: list[str], delimiter: str, *, width: int) -> bool:
    """Say whether several lines are one record, not rows between two stray quotation marks.

    A real one has as many cells as the header, and each mark that ends a cell stands at its end.
    """
    if sum(line.count('"') for line in lines) % 2:
        return False
    try:
        return [len(cells) for cells in csv.reader(lines, delimiter=delimiter, strict=True)] == [
            width
        ]
    except csv.Error:
        return False


def _misfit(name: str, line: int, found: int, expected: int) -> DataProblem:
    """Describe a record that does not fit the header."""
    text = f"{found} cells" if found else "a quotation mark that never closes"
    return problem("malformed_row", file=name, line=line, found=text, fill={"width": expected})
