"""Read a published file into rows of plain text, knowing the line of each. The only file reader."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from charset_normalizer import from_bytes

from trustboard.csv_rows import read_csv
from trustboard.errors import DataProblem, UnreadableFileError
from trustboard.problem_kinds import problem
from trustboard.seen_text import seen_cells, seen_text

#: A file that unpacks to more than this is refused: no publisher's table here comes near it.
LARGEST_UNPACKED = 2_000_000_000
#: A Parquet file can say "the same value, a thousand million times" in a few bytes.
MOST_CELLS = 200_000_000
#: How much of a file is looked at to recognise its encoding.
SAMPLE = 500_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file as text ("" for empty), their lines, and rows that do not fit.

    Signs that nobody sees are in none of it (see `unseen`); `problems` says where they were.
    """

    frame: pd.DataFrame  # every column str
    lines: Sequence[int]  # line of each row of `frame`, header included in the count
    malformed: pd.DataFrame  # line, text
    problems: list[DataProblem]
    sha256: str


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
        text = seen_text(text, name=name, problems=problems)
        frame, lines, malformed = read_csv(text, name=name, problems=problems)
        return Rows(frame, lines, malformed, problems, digest)
    readers = {
        ".xlsx": lambda: pd.read_excel(
            io.BytesIO(raw), sheet_name=sheet or 0, dtype=object, keep_default_na=False
        ),
        ".parquet": lambda: _parquet(raw),
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
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(
            f"{type(error).__name__}: {str(error)[:200]}",
            expected=f"a whole {suffix} file",
            fix="Fetch the file again or save it as CSV.",
        ) from error
    frame = seen_cells(_as_text(frame), name=name, problems=problems)
    return Rows(frame, list(range(2, len(frame) + 2)), _no_rows(), problems, digest)


def _parquet(raw: bytes) -> pd.DataFrame:
    """Read Parquet, refusing a file whose own account of itself would not fit into memory."""
    from pyarrow import parquet

    told = parquet.read_metadata(io.BytesIO(raw))
    size = sum(told.row_group(n).total_byte_size for n in range(told.num_row_groups))
    cells = told.num_rows * told.num_columns
    if size > LARGEST_UNPACKED or cells > MOST_CELLS:
        raise UnreadableFileError(
            f"{size:,} bytes and {cells:,} cells once unpacked",
            expected="a smaller table",
            fix="Split the file by year.",
        )
    return pd.read_parquet(io.BytesIO(raw))


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
