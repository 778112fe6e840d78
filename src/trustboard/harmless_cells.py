"""Single cells of a file to take away: plain values, and text that no spreadsheet would run."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final, TypeAlias

import pandas as pd

from trustboard.unseen import without_unseen

Cell: TypeAlias = str | int | float | bool | None

#: A cell that begins like this can be run as a formula, by Excel, LibreOffice or Google Sheets;
#: the wide forms are read as the narrow ones where text is entered in East Asian languages.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?%?")
_SPACE: Final = re.compile(r"\s+")
#: Excel cuts longer text off and calls the file damaged.
LONGEST_TEXT: Final = 32_000


def plain(value: Any) -> Cell:
    """Give a value as a download holds it: missing is None, whole numbers have no decimal point."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, date | datetime):
        return str(value.strftime("%Y-%m-%d"))
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return bool(value)
    number = float(value)
    return int(number) if number.is_integer() else number


def safe_cell(value: Any) -> Cell:
    """Make a cell safe for spreadsheets: text that looks like a formula gets an apostrophe.

    Numbers stay numbers, also negative ones and those written as text. Signs that nobody sees
    go (see `unseen`), or a formula could hide behind one; text is cut at 32,000 characters.
    """
    cell = plain(value)
    if not isinstance(cell, str):
        return cell
    text = without_unseen(cell).encode("utf-8", "replace").decode()[:LONGEST_TEXT]
    if _NUMBER.fullmatch(text):
        return text
    runs = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if runs else text


def one_line(text: str) -> str:
    """Put text on one line, so that it cannot end a header line early."""
    return _SPACE.sub(" ", without_unseen(text)).strip()
