"""Is a regular expression from a description safe to run on every cell of a published file?

Python's engine tries every way in which a pattern can match. A repeat inside a repeat, such as
`(a+)+`, has so many ways that one cell of forty letters keeps it busy for years. Such patterns are
refused when the description is read; nothing that cleans a published word needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

#: Open-ended repeats in one pattern; each multiplies the ways to match by the length of the cell.
MOST_REPEATS: Final = 3
#: So many ways are tried in about a second; longer cells than that allows are not replaced in.
MOST_WAYS: Final = 10**8
LONGEST_CELL: Final = 10_000
_REPEATS: Final = {codes.MAX_REPEAT, codes.MIN_REPEAT}


def flaw_of(pattern: str, template: str) -> str | None:
    """Say what is wrong with a pattern and with what it is replaced by; None if nothing is."""
    shown = repr(pattern[:80])
    try:
        parser.parse_template(template, re.compile(pattern))
        parts = list(_parts(parser.parse(pattern)))
    except (re.error, OverflowError, RecursionError, IndexError) as error:
        return f"{shown} with {template[:80]!r} is no replacement that can be made: {error}"
    for code, value in parts:
        if code in _REPEATS and value[1] > 1 and any(_can_vary(*one) for one in _parts(value[2])):
            return f"{shown} repeats what itself varies in length; that can take for ever"
    if _open_ended(parts) > MOST_REPEATS:
        return f"{shown} holds more than {MOST_REPEATS} open-ended repeats"
    return None


@cache
def longest_cell(pattern: str) -> int:
    """Give the length up to which a cell can be searched for a pattern in about a second."""
    factors = _open_ended(list(_parts(parser.parse(pattern)))) + 1
    return min(LONGEST_CELL, int(MOST_WAYS ** (1 / factors)))


def _open_ended(parts: list[tuple[Any, Any]]) -> int:
    """Count the repeats that leave open how often."""
    return sum(code in _REPEATS and value[1] - value[0] > 1 for code, value in parts)


def _can_vary(code: Any, value: Any) -> bool:
    """Say whether a part can match in more than one way: a repeat, alternatives, a reference."""
    if code in _REPEATS:
        return bool(value[0] != value[1])
    return code in {codes.BRANCH, codes.GROUPREF, codes.GROUPREF_EXISTS}


def _parts(parsed: Any) -> Iterator[tuple[Any, Any]]:
    """Walk through every part of a parsed pattern, however deep."""
    for code, value in parsed:
        yield code, value
        yield from _inside(value)


def _inside(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, parser.SubPattern):
        yield from _parts(value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _inside(one)
