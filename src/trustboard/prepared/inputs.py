"""What an edition is made from: every file that a city is read from, and the code that reads it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from trustboard import METHOD_VERSION, __version__, load
from trustboard.snapshots import manifest
from trustboard.snapshots.safe_files import sha256_of

#: Raised whenever the files of an edition change their form.
FORMAT: Final = 3
_DESCRIPTIONS: Final = ("city.yml", "corrections.yml", "commitments.yml")
#: The code that decides what an edition holds, below the package.
_READERS: Final = (
    *("*.py", "prepared/*.py", "indicators/*.py", "snapshots/dating.py"),
    *("quality/*.py", "wording/*.py"),  # what is wrong with the data, and its sentences
)
#: What a packed file grows to, about.
_UNPACKED: Final = 8


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of one city as they are now. `key` names the edition that is made from them."""

    slug: str
    data: Path
    published: Path
    key: str
    size: int  # bytes of published files, packed ones counted as if they were not

    @classmethod
    def of(cls, slug: str, *, data: Path, elsewhere: Path | None) -> Inputs:
        """Hash every file of a city. A file that has not changed is not read again."""
        published = load.published_folder(data / slug, elsewhere)
        files = {name: data / slug / name for name in _DESCRIPTIONS}
        files |= _below(published)
        for place, folder in enumerate(load.folders_of_maps(slug, elsewhere)):
            files |= {f"{place} {name}": path for name, path in _below(folder, "*.geojson").items()}
        if published.name == "published":  # of a snapshot: since when its rows are here
            files |= {manifest.NAME: published.parent / manifest.NAME}
            files |= _below(published.parent / "ledger")
        digest = hashlib.sha256(f"{FORMAT} {slug} {_code()}\n".encode())
        size = 0
        for name, path in sorted(files.items()):
            if path.is_file():
                digest.update(f"{name} {_hash(path)}\n".encode())
                size += path.stat().st_size * (_UNPACKED if path.suffix == ".gz" else 1)
        return cls(slug, data, published, digest.hexdigest()[:40], size)


def _below(folder: Path, pattern: str = "*") -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    found = (path for path in folder.rglob(pattern) if path.is_file())
    return {f"{folder.name}/{path.relative_to(folder).as_posix()}": path for path in found}


def _hash(path: Path) -> str:
    told = path.stat()
    return _hash_of(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4096)
def _hash_of(path: Path, _changed: int, _size: int) -> str:
    return sha256_of(path)


@cache
def _code() -> str:
    """Name the code that reads: its versions and its text, so that a mended reader reads anew."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(f"{__version__} {METHOD_VERSION}".encode())
    for path in sorted(one for pattern in _READERS for one in package.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
