"""Put a draft into a folder of its own, never over one that is there."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trustboard.errors import CannotRunError
from trustboard.load import SLUG
from trustboard.new_city.origin import Allowed, samples
from trustboard.new_city.text import as_yaml, tables_of

COMMITMENTS = """\
# A promise is added only with the exact source in which it can be read: docs/add-a-city.md.
commitments: []
"""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was drafted: the file, the tables found (name → published file), what is left to do."""

    file: Path
    tables: dict[str, str]
    unused: tuple[str, ...]
    todo: int


def write_draft(name: str, *, origin: str, data: Path, today: date, allowed: Allowed) -> Drafted:
    """Write `<data>/<name>/city.yml` from the tables at `origin` (an address, file or folder).

    Raises `CannotRunError` if the city is there already, the name is no folder's name, or nothing
    at the origin looks like complaints or findings.
    """
    folder = data / name
    if not SLUG.fullmatch(name):
        raise CannotRunError(f"{name[:80]!r} is no name: use small letters, digits and dashes.")
    if folder.exists():
        raise CannotRunError(f"There is a folder {name!r} already; a draft never overwrites one.")
    with tempfile.TemporaryDirectory() as scratch:
        found = samples(origin, scratch=Path(scratch), allowed=allowed)
    tables = tables_of(found, today=today)
    if not tables:
        raise CannotRunError(
            "No table there has both an id of a complaint and a filing date or a finding."
        )
    used = {table.sample.file for table in tables}
    unused = tuple(sample.file for sample in found if sample.file not in used)
    text = as_yaml(name, tables, unused=list(unused), today=today)
    folder.mkdir()
    (folder / "commitments.yml").write_text(COMMITMENTS, encoding="utf-8")
    (folder / "city.yml").write_text(text, encoding="utf-8")
    return Drafted(
        file=folder / "city.yml",
        tables={table.name: table.sample.file for table in tables},
        unused=unused,
        todo=text.count("TODO"),
    )
