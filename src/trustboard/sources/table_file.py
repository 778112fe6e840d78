"""Write one table file: as the publisher's own bytes, or row by row as CSV."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from trustboard.sources.refusals import DamagedAnswerError, DeclaredWronglyError, TooLargeError

GZIP = b"\x1f\x8b"
#: How a file of each kind begins; text has no such mark.
BEGINS = {".xlsx": b"PK", ".parquet": b"PAR1", ".geojson": b"{", ".zip": b"PK"}
TEXT = frozenset({".csv", ".tsv", ".txt"})
#: Read as a whole, in many times their size of memory, so that less of them is accepted.
READ_WHOLE = frozenset({".geojson", ".xlsx"})
DELIMITERS = ",;\t|"
PIECE = 1 << 18

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many rows a table has and what its columns are called; unknown for binary files."""

    rows: int | None
    columns: tuple[str, ...]


def kind_of(path: Path | PurePosixPath) -> str:
    """Give the ending that says what a file is, without `.gz`."""
    return PurePosixPath(path.name.removesuffix(".gz")).suffix.lower()


@contextmanager
def _written(path: Path) -> Iterator[io.BufferedIOBase]:
    """Open a file for writing that appears under its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as file:
            if path.name.endswith(".gz"):
                with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                    yield packed
            else:
                yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_rows(path: Path, *, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows of text as CSV and count them."""
    count = 0
    with _written(path) as file:
        text = io.TextIOWrapper(cast("IO[bytes]", file), "utf-8", newline="")
        try:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(columns)
            for row in rows:
                writer.writerow(row)
                count += 1
        finally:
            text.detach()  # flushed, and left for `_written` to close
    return count


def write_geojson(path: Path, *, features: Iterable[tuple[dict[str, str], Any]]) -> int:
    """Write properties and shapes (GeoJSON geometries, numbers as text) as one collection."""
    count = 0
    with _written(path) as file:
        file.write(b'{"type": "FeatureCollection", "features": [')
        for properties, geometry in features:
            feature = {"type": "Feature", "properties": properties, "geometry": _numbers(geometry)}
            file.write(b",\n" if count else b"\n")
            file.write(json.dumps(feature, ensure_ascii=False).encode())
            count += 1
        file.write(b"\n]}\n")
    return count


def _numbers(geometry: Any) -> Any:
    """Turn the coordinates of a shape, read as text, back into numbers."""
    if isinstance(geometry, dict):
        return {k: v if k == "type" else _numbers(v) for k, v in geometry.items()}
    if isinstance(geometry, list):
        return [_numbers(value) for value in geometry]
    return float(geometry) if isinstance(geometry, str) else geometry


def write_bytes(path: Path, body: io.BufferedIOBase, *, asked: str, largest: int) -> Shape:
    """Write a body under the table's name, unpacking or packing as the name says.

    Raises `TooLargeError`, `DamagedAnswerError`, or `DeclaredWronglyError` where the bytes are not
    what the name says.
    """
    kind = kind_of(path)
    with _written(path) as file:
        start = b""
        for piece in _plain(body, asked=asked, largest=largest):
            if not start:
                start = piece
                _refuse_other_kind(start, kind=kind, asked=asked)
            file.write(piece)
    if kind == ".xlsx":
        _refuse_bomb(path, asked=asked, largest=largest)
    elif kind == ".geojson":
        _refuse_cut_off(path, asked=asked)
    return shape_of(path) if kind in TEXT else Shape(None, ())


def _plain(body: io.BufferedIOBase, *, asked: str, largest: int) -> Iterator[bytes]:
    """Read a body in pieces, through gzip where it is packed."""
    buffered = io.BufferedReader(cast("io.RawIOBase", body), PIECE)
    packed = buffered.peek(2)[:2] == GZIP
    source: io.BufferedIOBase = gzip.GzipFile(fileobj=buffered, mode="rb") if packed else buffered
    size = 0
    try:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > largest:
                raise TooLargeError(
                    asked=asked,
                    came=f"a file of more than {largest:,} bytes once unpacked",
                    fix="Ask the publisher for one year at a time.",
                )
            yield piece
    except (EOFError, OSError, zipfile.BadZipFile) as error:
        raise DamagedAnswerError(
            asked=asked, came=f"a damaged compressed file ({error})", fix="Fetch it again."
        ) from error


def _refuse_other_kind(start: bytes, *, kind: str, asked: str) -> None:
    expected = BEGINS.get(kind, b"")
    found = next((k for k, mark in BEGINS.items() if kind in TEXT and start.startswith(mark)), "")
    if not start.lstrip().startswith(expected) or found in {".xlsx", ".parquet"}:
        what = f"a file that begins like {found}" if found else f"a file that is not {kind}"
        raise DeclaredWronglyError(
            asked=asked,
            came=what,
            fix="Give the table's `file` in city.yml the ending of what the publisher offers.",
        )


def _refuse_bomb(path: Path, *, asked: str, largest: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        path.unlink()
        raise DamagedAnswerError(
            asked=asked, came=f"a damaged Excel file ({error})", fix="Fetch it again."
        ) from error
    if size > largest:
        path.unlink()
        raise TooLargeError(
            asked=asked,
            came=f"an Excel file of {size:,} bytes once unpacked",
            fix="Ask the publisher for a CSV.",
        )


def _refuse_cut_off(path: Path, *, asked: str) -> None:
    try:
        with gzip.GzipFile(path) if path.name.endswith(".gz") else path.open("rb") as file:
            json.load(file)
    except (ValueError, RecursionError) as error:
        path.unlink()
        raise DamagedAnswerError(
            asked=asked, came=f"GeoJSON that is cut off ({error})", fix="Fetch it again."
        ) from error


def shape_of(path: Path) -> Shape:
    """Count the rows of a CSV file and name its columns."""
    rows = csv_rows(gzip.GzipFile(path) if path.name.endswith(".gz") else path.open("rb"))
    columns = next(rows, [])
    return Shape(sum(1 for cells in rows if cells), tuple(cell.strip() for cell in columns))


def csv_rows(body: io.BufferedIOBase, *, strict: bool = False) -> Iterator[list[str]]:
    """Read the rows of a CSV, header first; closes the body.

    `strict` raises `UnicodeDecodeError` for what is not UTF-8, where rows are written anew.
    """
    with body, _text(body, errors="strict" if strict else "replace") as text:
        first = text.readline()
        delimiter = max(DELIMITERS, key=first.count)
        yield from csv.reader(_again(first, text), delimiter=delimiter)


def _text(body: io.BufferedIOBase, *, errors: str) -> io.TextIOWrapper[Any]:
    raw = cast("IO[bytes]", body)
    return io.TextIOWrapper(raw, "utf-8-sig", errors=errors, newline="")


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
