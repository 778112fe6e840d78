"""Put a draft into a folder of its own, never over a description of tables that is there."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trustboard.errors import CannotRunError
from trustboard.load import SLUG, read_city
from trustboard.new_city.origin import Allowed, samples
from trustboard.new_city.recognising import Recognised, recognise_tables
from trustboard.new_city.text import NO_TABLES, as_yaml, completed

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

    A city that is there and describes no table gets the drafted ones; all else it says stays.
    Raises `CannotRunError` if the city has tables already, the name is no folder's name, or nothing
    at the origin looks like complaints or findings.
    """
    folder = data / name
    if not SLUG.fullmatch(name):
        raise CannotRunError(f"{name[:80]!r} is no name: use small letters, digits and dashes.")
    begun = _without_tables(name, data=data) if folder.exists() else None
    known, unused = _recognised(origin, today=today, allowed=allowed)
    if begun is None:
        text = as_yaml(name, known, unused=unused, today=today)
    else:
        text = completed(begun, known, unused=unused, today=today)
    folder.mkdir(exist_ok=True)
    if begun is None:
        (folder / "commitments.yml").write_text(COMMITMENTS, encoding="utf-8")
    (folder / "city.yml").write_text(text, encoding="utf-8")
    return Drafted(
        file=folder / "city.yml",
        tables={table.name: table.sample.file for table in known.tables},
        unused=tuple(unused),
        todo=text.count("TODO"),
    )


def _recognised(origin: str, *, today: date, allowed: Allowed) -> tuple[Recognised, list[str]]:
    """Read what is at an origin; give the tables among it, and the files that are none."""
    with tempfile.TemporaryDirectory() as scratch:
        found = samples(origin, scratch=Path(scratch), allowed=allowed)
    known = recognise_tables(found, today=today)
    if not known.tables:
        raise CannotRunError(
            "No table there has both an id of a complaint and a filing date or a finding, and none "
            "is a list of events, of printed figures or of places."
        )
    return known, [sample.file for sample in found if sample.file not in known.files]


def _without_tables(name: str, *, data: Path) -> str:
    """Give the text of a description that has no tables yet; a draft overwrites nothing else."""
    with suppress(CannotRunError, OSError, UnicodeError):
        text = (data / name / "city.yml").read_text(encoding="utf-8")
        if not read_city(name, data=data).tables and f"\n{NO_TABLES}\n" in text:
            return text
    raise CannotRunError(f"There is a folder {name!r} already; a draft never overwrites one.")
