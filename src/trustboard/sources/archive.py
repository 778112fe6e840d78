"""Take one member out of a zip. Nothing is ever unpacked under a name that the archive chose."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import PurePosixPath
from typing import IO, cast

from trustboard.sources.refusals import DamagedAnswerError, DeclaredWronglyError, TooLargeError

MOST_MEMBERS = 10_000
ENCRYPTED = 0x1


@contextmanager
def member_of(
    body: BufferedIOBase, *, member: str | None, asked: str, largest: int
) -> Iterator[tuple[str, BufferedIOBase]]:
    """Open the member that is named, or the only file there is, with its name.

    Raises `DeclaredWronglyError` if it is not there, `TooLargeError` for one that would unpack to
    more than `largest` bytes, `DamagedAnswerError` for an archive that cannot be read.
    """
    try:
        with zipfile.ZipFile(cast("IO[bytes]", body)) as archive:
            entry = _entry(archive, member=member, asked=asked)
            if entry.file_size > largest:
                raise TooLargeError(
                    asked=asked,
                    came=f"{entry.filename!r} in a zip, {entry.file_size:,} bytes once unpacked",
                    fix="Ask the publisher for one year at a time.",
                )
            with archive.open(entry) as opened:
                yield entry.filename, cast("BufferedIOBase", opened)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise DamagedAnswerError(
            asked=asked, came=f"a zip that cannot be read ({error})", fix="Fetch it again."
        ) from error


def _entry(archive: zipfile.ZipFile, *, member: str | None, asked: str) -> zipfile.ZipInfo:
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    named = [e for e in files if e.filename == member] if member else files
    if len(files) > MOST_MEMBERS:
        named, problem = [], f"a zip of {len(files):,} files"
    else:
        names = ", ".join(repr(e.filename[:80]) for e in files[:10]) or "nothing"
        problem = f"a zip that holds {names}"
    if len(named) != 1:
        fix = "Name one of them under `member` in city.yml."
        raise DeclaredWronglyError(asked=asked, came=problem, fix=fix)
    entry = named[0]
    parts = PurePosixPath(entry.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or entry.flag_bits & ENCRYPTED:
        raise DeclaredWronglyError(
            asked=asked,
            came=f"a zip whose member {entry.filename[:80]!r} leaves its folder or is encrypted",
            fix="Do not use this file; ask the publisher for a plain one.",
        )
    return entry
