"""Names of encodings and formats of dates, checked when a description is read.

A wrong one would otherwise be found once for each row, or once for each file.
"""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime
from typing import Final

#: Directives of `strptime` that say which day it is; any of these sets makes a date.
_YEAR: Final = ("%Y", "%y", "%G", "%c", "%x")
_DIRECTIVE: Final = re.compile(r"%(.)", re.DOTALL)
#: Encodings of Python that turn text into other text, or run more than a decoder should.
_NO_TEXT: Final = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
)
_ON: Final = datetime(2020, 11, 23, 14, 5, 6, tzinfo=UTC)


def flaw_of_encoding(name: str) -> str | None:
    """Say what is wrong with the name of an encoding, or None: it must be one of text in bytes."""
    try:
        found = codecs.lookup(name)
        "a".encode(name)  # what packs or scrambles bytes is no encoding of text
    except (LookupError, ValueError):
        found = None
    if found is None or found.name in _NO_TEXT:
        return (
            f"there is no encoding {name[:40]!r}; write one such as utf-8, cp1252 or latin-1, or "
            "leave it out to have it recognised"
        )
    return None


def flaw_of_format(form: str) -> str | None:
    """Say what is wrong with a format of dates, or None: it must be able to read a year."""
    said = f"{form[:40]!r} is not a format of dates"
    directives = [f"%{letter}" for letter in _DIRECTIVE.findall(form)]
    if not set(directives) & set(_YEAR):
        return f"{said}: it names no year; write it as in strptime, such as %m/%d/%Y"
    try:
        datetime.strptime(_ON.strftime(form), form)
    except (ValueError, re.error) as error:
        return f"{said}: {str(error)[:120]}; write it as in strptime, such as %m/%d/%Y"
    return None
