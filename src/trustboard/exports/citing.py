"""How a number is cited: in a sentence, and as BibTeX."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.tidy import Measured

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in two forms."""

    plain: str
    bibtex: str


def citation(measured: Measured, city: CityData, link: str = "") -> Citation:
    """Cite a measured table: what, where, until when, from which data, by which method, from whom.

    It names no day of access: the fingerprint of the data says which version was read, for ever.
    """
    invented = " (invented data)" if city.city.fictional else ""
    what = _what(measured)
    version = f"data sha256 {city.data_hash[:16]}, method {METHOD_VERSION}"
    sources = "; ".join(measured.sources) or "source not named"
    where = f"{city.city.name}, {city.city.region}{invented}"
    plain = (
        f"TrustBoard. “{what}.” {where}. Data to {city.as_of.isoformat()}; {version}. "
        f"Source: {sources}."
    )
    fields = {
        "title": f"{{{_tex(what)}}}",
        "author": "{TrustBoard}",
        "year": str(city.as_of.year),
        "note": _tex(f"{where}. Data to {city.as_of.isoformat()}; {version}. Source: {sources}"),
        **({"howpublished": f"\\url{{{_address(link)}}}"} if link else {}),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    key = _key(measured, city, what)
    return Citation(
        plain=f"{plain} {link}".rstrip(),
        bibtex=f"@misc{{{key},\n{body}}}\n",
    )


def _what(measured: Measured) -> str:
    parts = [*measured.filters]
    if measured.by:
        parts.append(f"by {' and '.join(one.replace('_', ' ') for one in measured.by)}")
    return measured.title + (f" ({'; '.join(parts)})" if parts else "")


def _key(measured: Measured, city: CityData, what: str) -> str:
    """Name the entry; two views of one indicator get two names."""
    view = hashlib.sha256(f"{what} {measured.unit} {city.data_hash}".encode()).hexdigest()[:8]
    return f"trustboard-{city.slug}-{measured.indicator}-{view}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in re.sub(r"\s+", " ", text))


def _address(link: str) -> str:
    """Write an address so that braces and spaces in it cannot end the field."""
    return re.sub(r"[\s{}\\]", lambda sign: f"%{ord(sign[0]):02X}", link)
