"""Read a published file into rows of plain text, knowing the line of each. The only file reader."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from charset_normalizer import from_bytes

from trustboard.errors import DataProblem
from trustboard.problem_kinds import problem

#: A file that unpacks to more than this is refused: no publisher's table here comes near it.
LARGEST_UNPACKED = 2_000_000_000
#: How much of a file is looked at to recognise its encoding.
SAMPLE = 500_000

#: Stands for the cells of a record whose quotation mark never closes.
UNCLOSED: list[str] = []

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file as text ("" for empty), their lines, and rows that do not fit."""

    frame: pd.DataFrame  # every column str
    lines: list[int]  # line of each row of `frame`, header included in the count
    malformed: pd.DataFrame  # line, text
    problems: list[DataProblem]
    sha256: str


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; says what was found and how to fix it."""

    def __init__(self, found: str, *, expected: str, fix: str) -> None:
        super().__init__(found)
        self.found, self.expected, self.fix = found, expected, fix


def read_rows(path: Path, *, name: str, sheet: str | None, encoding: str | None) -> Rows:
    """Read a CSV (also .gz), Excel, Parquet or GeoJSON file.

    Raises `UnreadableFileError` for a file that holds no table at all; rows that do not fit the
    header are returned in `malformed` and `problems`, never lost.
    """
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if path.name.endswith(".gz"):
        raw = _unpack(raw)
    problems: list[DataProblem] = []
    if suffix in {".csv", ".tsv", ".txt"}:
        text = _decode(raw, encoding=encoding, name=name, problems=problems)
        frame, lines, malformed = _read_csv(text, name=name, problems=problems)
        return Rows(frame, lines, malformed, problems, digest)
    readers = {
        ".xlsx": lambda: pd.read_excel(
            io.BytesIO(raw), sheet_name=sheet or 0, dtype=object, keep_default_na=False
        ),
        ".parquet": lambda: pd.read_parquet(io.BytesIO(raw)),
        ".geojson": lambda: pd.DataFrame([f["properties"] for f in json.loads(raw)["features"]]),
    }
    if suffix not in readers:
        raise UnreadableFileError(
            f"a {suffix or 'nameless'} file",
            expected=".csv, .csv.gz, .xlsx, .parquet or .geojson",
            fix="Save it as CSV.",
        )
    try:
        frame = readers[suffix]()
    except Exception as error:
        raise UnreadableFileError(
            f"{type(error).__name__}: {str(error)[:200]}",
            expected=f"a whole {suffix} file",
            fix="Fetch the file again or save it as CSV.",
        ) from error
    return Rows(_as_text(frame), list(range(2, len(frame) + 2)), _no_rows(), problems, digest)


def _unpack(raw: bytes) -> bytes:
    """Unpack gzip, refusing a file that would not fit."""
    try:
        with gzip.open(io.BytesIO(raw)) as unpacked:
            text = unpacked.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError) as error:
        raise UnreadableFileError(
            f"a damaged .gz ({error})", expected="a whole .gz file", fix="Fetch the file again."
        ) from error
    if len(text) > LARGEST_UNPACKED:
        raise UnreadableFileError(
            f"more than {LARGEST_UNPACKED:,} bytes once unpacked",
            expected="a smaller table",
            fix="Split the file by year.",
        )
    return text


def _decode(raw: bytes, *, encoding: str | None, name: str, problems: list[DataProblem]) -> str:
    """Decode a text file: as declared, else UTF-8, else as recognised (and then say so)."""
    try:
        return raw.decode(encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        guess = _recognise(raw[:SAMPLE])
        found = f"text that is not {encoding or 'UTF-8'} ({error}); read as {guess}"
        problems.append(problem("encoding", file=name, found=found))
        return raw.decode(guess, errors="replace").removeprefix("\ufeff")


def _recognise(raw: bytes) -> str:
    """Guess an encoding; of equally likely ones, that of spreadsheets on Windows."""
    matches = from_bytes(raw)
    best = matches.best()
    if best is None or any(m.encoding == "cp1252" and m.chaos <= best.chaos for m in matches):
        return "cp1252"
    return best.encoding


def _read_csv(
    text: str, *, name: str, problems: list[DataProblem]
) -> tuple[pd.DataFrame, list[int], pd.DataFrame]:
    lines = list(io.StringIO(text, newline=""))
    if not lines or not text.strip():
        raise UnreadableFileError("an empty file", expected="a header", fix="Fetch it again.")
    delimiter = max(",;\t|", key=lines[0].count)
    records = _records(lines, delimiter)
    header_line, header = next(records)
    header = [cell.strip() for cell in header]
    repeated = sorted({cell for cell in header if header.count(cell) > 1})
    if repeated:
        raise UnreadableFileError(
            f"a header on line {header_line} with {', '.join(map(repr, repeated))} twice",
            expected="a name of its own for each column",
            fix="Rename one of the columns in a copy, or ask the publisher.",
        )
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


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins on.

    A quotation mark that never closes would swallow the rest of the file: a record over several
    lines that does not fit the header is cut back to its first line and reading goes on after it.
    """
    start, width = 0, None
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
        before = 0
        for cells in reader:
            first, spanned = start + before + 1, reader.line_num - before
            before = reader.line_num
            if not cells:
                continue
            width = width or len(cells)
            open_quote = spanned > 1 and _quotes(lines[first - 1 : first - 1 + spanned]) % 2
            if open_quote or (spanned > 1 and len(cells) != width):
                yield first, UNCLOSED
                start = first
                break
            yield first, cells
        else:
            return


def _quotes(lines: list[str]) -> int:
    """Count quotation marks: a record that ends properly has an even number of them."""
    return sum(line.count('"') for line in lines)


def _misfit(name: str, line: int, found: int, expected: int) -> DataProblem:
    """Describe a record that does not fit the header."""
    text = f"{found} cells" if found else "a quotation mark that never closes"
    return problem("malformed_row", file=name, line=line, found=text, fill={"width": expected})


def _no_rows() -> pd.DataFrame:
    return pd.DataFrame({"line": pd.Series(dtype=int), "text": pd.Series(dtype="str")})


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn typed cells into the text a CSV would hold: ISO dates, whole numbers without `.0`."""
    text = {str(name): [_cell(value) for value in frame[name]] for name in frame.columns}
    return pd.DataFrame(text, dtype="str")


def _cell(value: Any) -> str:
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)
