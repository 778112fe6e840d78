"""Words, tables and JSON for a terminal: aligned, plain, and safe whatever the data hold."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final, TextIO

#: Typographic signs of our own sentences that a plain terminal may not have.
_PLAIN: Final = str.maketrans("\N{MINUS SIGN}–—×’“”", '---x\'""')
#: Escape sequences and line ends, direction changes, broken letters, line and paragraph breaks.
_STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: Invisible signs that some languages spell with.
_JOINERS: Final = "\u200c\u200d"
_GAP: Final = "  "


def visible(value: object) -> str:
    """Write any value on one line; characters that steer a terminal are spelled out instead."""
    return "".join(_spelled(sign) for sign in str(value))


def _spelled(sign: str) -> str:
    if unicodedata.category(sign) in _STEERING and sign not in _JOINERS:
        return " " if sign in "\t\n" else sign.encode("unicode_escape").decode()
    return sign


def say(line: str = "", *, error: bool = False) -> None:
    """Print one line in whatever letters the terminal has."""
    stream: TextIO = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    if not encoding.lower().replace("-", "").startswith("utf"):
        line = line.translate(_PLAIN)
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def say_json(values: object) -> None:
    """Print values as JSON in ASCII; numbers that JSON cannot hold become null."""
    text = json.dumps(_json_ready(values), indent=2, ensure_ascii=True, allow_nan=False)
    print(text.replace("\x7f", "\\u007f"))


def _json_ready(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _json_ready(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_json_ready(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Align rows under their headings; columns of whole numbers to the right."""
    body = [[_cell(value) for value in row] for row in rows]
    columns = list(zip(head, *body, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    right = [bool(body) and all(_is_number(cell) for cell in column[1:]) for column in columns]
    lines = []
    for row in [list(head), *body]:
        cells = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        lines.append(_GAP.join(cells).rstrip())
    return lines


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else visible(value)


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").isdigit() or cell == "-"
