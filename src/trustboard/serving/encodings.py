"""Which packed form of an answer a browser takes: the meaning of `Accept-Encoding` (RFC 9110)."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Final

import brotli

#: The forms that are offered, the smallest first; "" is the content as it is.
BROTLI, GZIP, PLAIN = "br", "gzip", ""
_OFFERED: Final = (BROTLI, GZIP)
#: Quick enough to pack a page while somebody waits for it.
QUICK: Final = 5
_LONGEST: Final = 1_000


def chosen(header: str, *, offered: Sequence[str] = _OFFERED) -> str:
    """Choose the form with the highest weight, at equal weights the first that is offered.

    Without a usable header, or where nothing that is offered is accepted, it is the plain one.
    """
    weights = _weights(header[:_LONGEST])
    anything = weights.get("*", 0.0)
    plain = weights.get("identity", 0.0)
    best, most = PLAIN, 0.0
    for one in offered:
        weight = weights.get(one, anything)
        if weight > most and weight >= plain:
            best, most = one, weight
    return best


def _weights(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            found[{"x-gzip": GZIP}.get(name, name)] = _weight(parameters)
    return found


def _weight(parameters: Sequence[str]) -> float:
    """Read `q=0.5`; what is no number counts as zero, so that nobody gets what they cannot read."""
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def packed(content: bytes, form: str, *, quality: int = QUICK) -> bytes:
    """Pack content in one form; `quality` is brotli's, from 0 to 11."""
    if form == BROTLI:
        done: bytes = brotli.compress(content, quality=quality)
        return done
    if form == GZIP:
        return gzip.compress(content, compresslevel=6, mtime=0)
    return content
