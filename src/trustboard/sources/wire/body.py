"""Take a body in, piece by piece: bounded as sent and once unpacked, recognised, hashed, kept."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import httpx

from trustboard.sources.contract import Progress
from trustboard.sources.refusals import (
    DamagedAnswerError,
    EmptyAnswerError,
    NotDataError,
    RefusedByPublisherError,
    TooLargeError,
)
from trustboard.sources.wire.limits import Limits

Expect = Literal["json", "csv", "file"]
PIECE = 1 << 18
HTML_TYPES = ("text/html", "application/xhtml")
BOM = b"\xef\xbb\xbf"
TRY_LATER = "Open the address in a browser to see what the publisher says, and try again later."
ASK_FOR_LESS = "Ask for less with `where` or `select`, or for one year at a time."


@dataclass(frozen=True, slots=True)
class Kept:
    """A body that was taken in whole."""

    sha256: str
    size: int


class _Unpacker(Protocol):
    def pieces(self, chunk: bytes) -> Iterator[bytes]: ...
    def finished(self) -> bool: ...


class _Plain:
    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def finished(self) -> bool:
        return True


class _Gzip:
    """Undo the gzip of HTTP without ever holding more than a piece."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._begun = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        waiting = chunk
        while waiting:
            if self._inner.eof:
                self._inner = zlib.decompressobj(wbits=31)
            self._begun = True
            yield self._inner.decompress(waiting, PIECE)
            waiting = self._inner.unconsumed_tail or self._inner.unused_data

    def finished(self) -> bool:
        return self._inner.eof or not self._begun


def take_in(
    response: httpx.Response,
    *,
    asked: str,
    target: Path,
    expect: Expect,
    limits: Limits,
    progress: Progress,
) -> Kept:
    """Write a body to `target` as gzip and give its hash and size (both of the body as meant).

    Raises `TooLargeError`, `NotDataError`, `EmptyAnswerError` or `DamagedAnswerError`; whatever
    goes wrong, at most one piece is held in memory.
    """
    largest = limits.page if expect == "json" else limits.unpacked
    claimed = response.headers.get("content-length", "")
    progress.expect(bytes=int(claimed) if claimed.isdecimal() else None)
    _refuse_by_headers(response, asked=asked, largest=min(largest, limits.sent))
    pieces = _unpacked(response, asked=asked, most_sent=limits.sent, progress=progress)
    digest, size, start = hashlib.sha256(), 0, b""
    with target.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        for piece in pieces:
            if len(start) < 512:
                start = (start + piece)[:512]
                refuse_markup(start, asked=asked, expect=expect)
            size += len(piece)
            _refuse_if_over(size, largest, asked=asked, what="unpacked")
            digest.update(piece)
            packed.write(piece)
    if not size:
        raise EmptyAnswerError(asked=asked, came="an answer without a single byte", fix=TRY_LATER)
    return Kept(digest.hexdigest(), size)


def _unpacked(
    response: httpx.Response, *, asked: str, most_sent: int, progress: Progress
) -> Iterator[bytes]:
    """Yield a body as meant, as it arrives; it must be whole and no longer than is accepted."""
    unpacker, sent = _unpacker(response, asked=asked), 0
    for chunk in response.iter_raw(PIECE):
        sent += len(chunk)
        progress.add(bytes=len(chunk))
        _refuse_if_over(sent, most_sent, asked=asked, what="sent")
        yield from _pieces(unpacker, chunk, asked=asked)
    if not unpacker.finished():
        raise cut_off(asked)


def _pieces(unpacker: _Unpacker, chunk: bytes, *, asked: str) -> Iterator[bytes]:
    try:
        yield from unpacker.pieces(chunk)
    except zlib.error as error:
        raise DamagedAnswerError(
            asked=asked, came=f"a damaged compressed answer ({error})", fix=TRY_LATER
        ) from error


def _unpacker(response: httpx.Response, *, asked: str) -> _Unpacker:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"identity", ""}:
        return _Plain()
    if encoding in {"gzip", "x-gzip"}:
        return _Gzip()
    raise NotDataError(
        asked=asked,
        came=f"an answer compressed as {encoding[:40]!r}, which was not offered",
        fix=TRY_LATER,
    )


def _refuse_by_headers(response: httpx.Response, *, asked: str, largest: int) -> None:
    claimed = response.headers.get("content-length", "")
    if claimed.isdecimal():
        _refuse_if_over(int(claimed), largest, asked=asked, what="announced")
    if response.headers.get("content-type", "").lower().startswith(HTML_TYPES):
        raise _web_page(asked)


def _refuse_if_over(size: int, largest: int, *, asked: str, what: str) -> None:
    if size > largest:
        raise TooLargeError(
            asked=asked,
            came=f"a body of more than {largest:,} bytes ({size:,} {what})",
            fix=ASK_FOR_LESS,
        )


def refuse_markup(start: bytes, *, asked: str, expect: Expect) -> None:
    """Refuse a web page by its first bytes, and a table that is JSON or JSON that is not."""
    first = start.removeprefix(BOM).lstrip()
    if first[:1] == b"<":
        raise _web_page(asked)
    if expect == "json" and first and first[:1] not in b"{[":
        raise NotDataError(asked=asked, came="something that is not JSON", fix=TRY_LATER)
    if expect == "csv" and first[:1] == b"{":
        said = first[:200].decode("utf-8", "replace")
        raise RefusedByPublisherError(
            asked=asked, came=f"a message instead of a table: {said!r}", fix=TRY_LATER
        )


def _web_page(asked: str) -> NotDataError:
    return NotDataError(asked=asked, came="a web page instead of data", fix=TRY_LATER)


def cut_off(asked: str) -> DamagedAnswerError:
    """Make the refusal of a body that ends too early."""
    return DamagedAnswerError(asked=asked, came="an answer that was cut off", fix=TRY_LATER)
