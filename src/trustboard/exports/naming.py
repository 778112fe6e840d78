"""What a file that is taken away is called: the city, the question, and what was chosen.

A reporter's folder then holds each table once, and says without being opened which is which.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from trustboard.citydata import CityData
from trustboard.exports.addressing import query_pairs, query_text
from trustboard.query import Query

#: Of what was chosen, so many letters; file systems and mail programs take more than twice as many.
LONGEST: Final = 80
_PLAIN: Final = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_OTHER: Final = re.compile(r"[^a-z0-9_]+")


def file_name(city: CityData, indicator: str, query: Query, *, part: str = "") -> str:
    """Name a file, without its ending: `riverbend-findings-by-year--place-millrace`.

    `part` says which part of the question's numbers it holds. All letters are small and plain.
    Where what was chosen is too long, or cannot be written so, eight letters of its hash tell it
    from others.
    """
    each = [_words(*pair) for pair in query_pairs(query)]
    plain = "--".join(_OTHER.sub("-", one.lower()).strip("-") for one in each)
    if not all(map(_PLAIN.fullmatch, each)) or len(plain) > LONGEST:
        digest = hashlib.sha256(query_text(query).encode()).hexdigest()[:8]
        plain = f"{_fitting(plain, LONGEST - 10)}--{digest}".lstrip("-")
    return "-".join(filter(None, (city.slug, indicator, part, plain)))


def _fitting(words: str, longest: int) -> str:
    """Keep as many whole choices as there is room for; of a single long one, its beginning."""
    cut = words[:longest]
    whole = cut if len(words) <= longest else cut.rpartition("--")[0]
    return (whole or cut).rstrip("-")


def _words(name: str, value: str) -> str:
    """Write one choice; no name has a `-`, so that no two choices are written alike."""
    return value.replace("=", "-", 1) if name == "where" else f"{name}-{value}"
