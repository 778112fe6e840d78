"""How a number is cited: in a sentence, and as BibTeX."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.exports.promises import said_on
from trustboard.quality import Part
from trustboard.tidy import Measured
from trustboard.verdicts import AssessedTest

_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in two forms."""

    plain: str
    bibtex: str


def citation(measured: Measured, city: CityData, link: str = "") -> Citation:
    """Cite a measured table: what, where, until when, from which data, by which method, from whom.

    It names no day of access: the fingerprint of the data says which version was read, for ever.
    """
    what = _what(measured)
    key = _key(measured.indicator, f"{what} {measured.unit}", city)
    return _cited(what, city, key=key, sources=measured.sources, link=link)


def verdict_citation(
    commitment: Commitment, test: AssessedTest, city: CityData, link: str = ""
) -> Citation:
    """Cite what the data say on one question of a promise, with the promise it is about."""
    said = f"{commitment.said_by.name}, {said_on(commitment)}"
    what = f"{commitment.title} ({said}): {test.test.question} {test.headline}"
    what = what.rstrip(".")
    key = _key(f"{commitment.id}-{test.test.id}", what, city)
    return _cited(what, city, key=key, sources=test.sources, link=link)


def quality_citation(part: Part, city: CityData, link: str = "") -> Citation:
    """Cite what was found out about one kind of fault in a city's data."""
    what = f"{part.question} {part.said}".rstrip(".")
    return named_citation(f"quality-{part.id}", what, city, sources=part.sources, link=link)


def named_citation(
    name: str, what: str, city: CityData, *, sources: Sequence[str], link: str = ""
) -> Citation:
    """Cite a list or a table that is no measured one; `name` stands in the name of the entry."""
    return _cited(what, city, key=_key(name, what, city), sources=sources, link=link)


def _cited(what: str, city: CityData, *, key: str, sources: Sequence[str], link: str) -> Citation:
    invented = " (invented data)" if city.city.fictional else ""
    version = f"data sha256 {city.data_hash[:16]}, method {METHOD_VERSION}"
    where = f"{city.city.name}, {city.city.region}{invented}"
    last = None if city.as_of == date.min else city.as_of
    reach = f"Data to {last.isoformat()}" if last else "No table here"
    source = "; ".join(sources)
    note = f"{where}. {reach}; {version}." + (f" Source: {source}." if source else "")
    return _in_both_forms(what, note, key=key, year=last.year if last else None, link=link)


def cite_method(what: str, note: str, *, link: str = "") -> Citation:
    """Cite numbers of the method itself, which are of no city and no data."""
    digest = hashlib.sha256(f"{what} {note}".encode()).hexdigest()[:8]
    return _in_both_forms(what, f"{note}.", key=f"trustboard-method-{digest}", year=None, link=link)


def _in_both_forms(what: str, note: str, *, key: str, year: int | None, link: str) -> Citation:
    fields = {
        "title": f"{{{_tex(what)}}}",
        "author": "{TrustBoard}",
        **({"year": str(year)} if year else {}),
        "note": _tex(note.removesuffix(".")),
        **({"howpublished": f"\\url{{{_address(link)}}}"} if link else {}),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return Citation(
        plain=f"TrustBoard. “{what}.” {note} {link}".rstrip(),
        bibtex=f"@misc{{{key},\n{body}}}\n",
    )


def _what(measured: Measured) -> str:
    parts = [*measured.filters]
    if measured.by:
        parts.append(f"by {' and '.join(one.replace('_', ' ') for one in measured.by)}")
    return measured.title + (f" ({'; '.join(parts)})" if parts else "")


def _key(name: str, view: str, city: CityData) -> str:
    """Name the entry; two views of one indicator get two names."""
    digest = hashlib.sha256(f"{view} {city.data_hash}".encode()).hexdigest()[:8]
    return f"trustboard-{city.slug}-{name}-{digest}"


def _tex(text: str) -> str:
    return _SPACE.sub(" ", text).translate(_TEX)


def _address(link: str) -> str:
    """Write an address so that braces and spaces in it cannot end the field."""
    return re.sub(r"[\s{}\\]", lambda sign: f"%{ord(sign[0]):02X}", link)
