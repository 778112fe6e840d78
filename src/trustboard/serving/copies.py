"""Packed copies of files that never change while a process runs, made once and kept on the disk."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from trustboard.serving.encodings import BROTLI, GZIP, QUICK, packed

#: Brotli's smallest: a fifth fewer bytes than `QUICK`, for fifty times the work.
SMALLEST: Final = 11
#: Below this a packed copy saves nothing.
LEAST: Final = 512


def cache_home() -> Path:
    """Give the folder for what can be made again: `TRUSTBOARD_CACHE`, else the system's place."""
    named = os.environ.get("TRUSTBOARD_CACHE")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("trustboard", appauthor=False))


class Copies:
    """Packed copies named by the hash of what they hold, so that none can be out of date.

    A folder that cannot be written is no fault: copies are then kept in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, bytes] = {}

    def get(self, digest: str, form: str) -> tuple[bytes, str] | None:
        """Give the smallest copy there is, with a name for it; None where there is none yet."""
        for name in _names(digest, form):
            if name in self._held:
                return self._held[name], name
            try:
                return (self._folder / name).read_bytes(), name
            except OSError:
                continue
        return None

    def make(self, content: bytes, *, form: str, quality: int = QUICK) -> None:
        """Make one copy, unless it is there already."""
        name = _name(digest_of(content), form, quality)
        if name in self._held or (self._folder / name).is_file():
            return
        copy = packed(content, form, quality=quality)
        if not self._write(name, copy):
            self._held[name] = copy

    def _write(self, name: str, copy: bytes) -> bool:
        """Write whole files only: another process may read while we write, or be killed."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        except OSError:
            return False
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(copy)
            Path(temporary).replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            return False
        return True


class Content(Protocol):
    """Something that can be read when it is its turn."""

    def read(self) -> bytes:
        """Give all of it."""


def make_all(copies: Copies, files: Iterable[Content], *, first: Iterable[Content]) -> None:
    """Pack files: all of them quickly, then the `first` ones as small as they get."""
    for file in files:
        content = file.read()
        for form in (BROTLI, GZIP):
            copies.make(content, form=form)
    for file in first:
        copies.make(file.read(), form=BROTLI, quality=SMALLEST)


def digest_of(content: bytes) -> str:
    """Name a content by its hash."""
    return hashlib.sha256(content).hexdigest()[:32]


def _name(digest: str, form: str, quality: int) -> str:
    return f"{digest}.{form}{quality}" if form == BROTLI else f"{digest}.{form}"


def _names(digest: str, form: str) -> list[str]:
    """Name the copies of a content in one form, the smallest first."""
    if form == BROTLI:
        return [_name(digest, form, quality) for quality in (SMALLEST, QUICK)]
    return [_name(digest, form, 0)]
