"""Where the editions of a city lie, and how one takes its place among them.

<home>/<city>/prepared/<key>/edition.json    what it holds, and the hash of every other file
<home>/<city>/prepared/<key>/...             tables, cases, descriptions
<home>/<city>/prepared/building-.../         being written; of no consequence to anybody
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from trustboard.prepared.inputs import FORMAT
from trustboard.snapshots.home import snapshot_home
from trustboard.snapshots.safe_files import sha256_of, sync_folder, sync_tree

NAME: Final = "edition.json"
_KEY: Final = re.compile(r"[0-9a-f]{40}")
_BUILDING: Final = "building-"
#: What a killed program left unfinished is cleared away after this many seconds.
_GIVEN_UP: Final = 6 * 3600


def place_of(slug: str) -> Path:
    """Give the folder that holds the editions of a city; it need not be there yet."""
    return snapshot_home() / slug / "prepared"


def folders_of(slug: str) -> list[Path]:
    """List the finished editions of a city, in no order."""
    place = place_of(slug)
    try:
        return [one for one in place.iterdir() if _KEY.fullmatch(one.name) and one.is_dir()]
    except OSError:
        return []


@contextmanager
def building(place: Path, key: str) -> Iterator[Path]:
    """Give a folder to write into; after the block it takes its place in one step.

    A second builder of the same edition finds it there and throws its own away. Raises OSError
    where nothing can be written.
    """
    place.mkdir(parents=True, exist_ok=True)
    _clear_away(place)
    folder = place / f"{_BUILDING}{key}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    try:
        yield folder
        sync_tree(folder)
        if not (place / key / NAME).is_file():
            discard(place / key)
            folder.rename(place / key)
            sync_folder(place)
    except OSError:
        if not (place / key / NAME).is_file():  # else another builder was first: as good
            raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def seal(folder: Path, told: dict[str, Any]) -> None:
    """Write what an edition holds, with the hash of every file and of this text itself."""
    files = {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    body = json.dumps({"format": FORMAT, **told, "files": files})
    text = json.dumps({"sha256": _sha256(body), "edition": body})
    (folder / NAME).write_text(text, encoding="utf-8")


def read_seal(folder: Path) -> dict[str, Any] | None:
    """Read what an edition holds; None if it is not whole or was written in another form."""
    try:
        outer = json.loads((folder / NAME).read_text(encoding="utf-8"))
        body = outer["edition"]
        told: dict[str, Any] = json.loads(body)
        whole = outer["sha256"] == _sha256(body) and told["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return told if whole else None


def is_whole(folder: Path, told: dict[str, Any]) -> bool:
    """Compare every file of an edition with its hash."""
    try:
        return all(sha256_of(folder / name) == known for name, known in told["files"].items())
    except OSError:
        return False


def discard(folder: Path) -> None:
    """Throw an edition away: first its description, so that nobody opens the rest.

    One that cannot be removed stays.
    """
    try:
        (folder / NAME).unlink(missing_ok=True)
    except OSError:
        return
    shutil.rmtree(folder, ignore_errors=True)


def _clear_away(place: Path) -> None:
    for path in place.glob(f"{_BUILDING}*"):
        try:
            old = time.time() - path.stat().st_mtime > _GIVEN_UP
        except OSError:  # its builder has just finished
            continue
        if old:
            shutil.rmtree(path, ignore_errors=True)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
