"""Write so that a crash, a full disk or a cut of power leaves either the old or the new, whole."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

PIECE = 1 << 20


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step: whoever opens it sees the old text or the new, never a part."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def append_line(path: Path, values: dict[str, Any]) -> None:
    """Add one line of JSON at the end of a file; what stands there is never touched.

    A line that an earlier crash left half written is closed first, so that it spoils no other.
    """
    line = json.dumps(values, ensure_ascii=True, sort_keys=True) + "\n"
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else f"\n{line}"
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines; a line that was left half written is passed over."""
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            values = json.loads(line)
        except ValueError:
            continue
        if isinstance(values, dict):
            found.append(values)
    return found


def sha256_of(path: Path) -> str:
    """Hash a file without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sync_tree(folder: Path) -> None:
    """Make sure that everything below a folder has reached the disk, the folders too."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's entries have reached the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_read_only(folder: Path) -> None:
    """Take away the permission to write every file below a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
