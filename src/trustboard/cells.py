"""Convert one published cell: derive, then read it as a date, a number, a term or plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import terms
from trustboard.city import Column
from trustboard.errors import Action
from trustboard.patterns import longest_cell
from trustboard.problem_kinds import KINDS

#: Dates before this are typing errors or placeholders (1900-01-01), never a modern complaint.
EARLIEST = datetime(1950, 1, 1)
LATEST_YEAR = 2200
YES, NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}

Words = Mapping[str, str | None]
#: Begins and ends with a printed ASCII sign: there is nothing to strip.
_PLAIN: Final = r"[!-~](?:.*[!-~])?"
#: Days are mostly written like this.
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one cell could not be converted: a kind of problem and what was found."""

    check: str
    found: str
    fill: dict[str, str] = field(default_factory=dict)

    def action(self, on_fault: str) -> Action:
        """Say what happens to the row; optional columns soften quarantine to a missing cell."""
        softens = KINDS[self.check].action == "quarantined" and on_fault == "set_missing"
        return "set_missing" if softens else KINDS[self.check].action


def convert(text: str, *, name: str, kind: str, column: Column, words: Words) -> Any | Fault:
    """Give the canonical value of one published cell of the canonical column `name`.

    None means "not known"; a `Fault` means that the cell cannot be understood. `words` is this
    column's vocabulary with folded keys (see `fold_case`).
    """
    text = text.strip()
    if not text or text in column.missing:
        return None
    if text in column.unreadable:
        return Fault("unreadable_cell", repr(text))
    for step in column.replace:
        if len(text) > longest_cell(step.pattern):
            return Fault("unreadable_cell", f"{len(text):,} letters, too many to search")
        text = re.sub(step.pattern, step.with_, text)
    if column.divide_by is not None:
        number = read_number(text)
        if isinstance(number, Fault):
            return number
        text = str(int(number) // column.divide_by)
    if not text or text in column.missing:
        return None
    if kind == "date":
        return read_date(text, column.date)
    if kind == "number":
        return read_number(text)
    if kind == "yes_no":
        return read_yes_no(text)
    return read_term(text, name=name, kind=kind, words=words)


def stands_for_itself(
    texts: pd.Index, *, name: str, kind: str, column: Column, words: Words
) -> NDArray[np.bool_]:
    """Say which texts `convert` would give back as they are; ids are like that, and there are many.

    False only means that one has to look.
    """
    derived = column.replace or column.divide_by is not None
    if kind != "text" or words or derived or name in terms.BY_COLUMN:
        return np.zeros(len(texts), dtype=bool)
    plain = texts.str.fullmatch(_PLAIN) & ~texts.isin([*column.missing, *column.unreadable])
    found: NDArray[np.bool_] = np.asarray(plain, dtype=bool)
    return found


def fold_case(word: str) -> str:
    """Give the form in which published words are compared: case and spacing do not matter."""
    return " ".join(word.split()).casefold()


def slug(word: str) -> str:
    """Turn a published word of any script into an id: lower case, words joined by `_`."""
    return re.sub(r"[\W_]+", "_", word.casefold()).strip("_") or "unnamed"


def read_term(text: str, *, name: str, kind: str, words: Words) -> str | Fault | None:
    """Translate a published word; an unknown one is never quietly called "other"."""
    folded = fold_case(text)
    if folded in words:
        return words[folded]
    canonical = terms.BY_COLUMN.get(name)
    if canonical is not None and text in canonical:
        return text
    if canonical is None and kind != "term":
        return text
    if canonical is None and not words:
        return slug(text)
    return Fault("unknown_word", f"{text[:120]!r} is not a known {name}")


def read_date(text: str, formats: tuple[str, ...]) -> datetime | Fault:
    """Read a day in the first format that fits; ISO if none is declared."""
    formats = formats or ("%Y-%m-%d",)
    for form in formats:
        try:
            day = _parsed(text, form)
        except ValueError:
            continue
        day = day.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        if day < EARLIEST:
            return Fault("impossible_date", f"{text!r}, an impossible early date")
        if day.year <= LATEST_YEAR:
            return day
    fill = {"formats": " or ".join(formats)}
    return Fault("unreadable_date", f"{text[:60]!r} is not a date", fill)


def _parsed(text: str, form: str) -> datetime:
    """Parse a date as `strptime` does; the commonest form without its long way round."""
    parts = _ISO.fullmatch(text) if form == "%Y-%m-%d" else None
    if parts is None:
        return datetime.strptime(text, form)
    return datetime(int(parts[1]), int(parts[2]), int(parts[3]))


def read_number(text: str) -> float | Fault:
    """Read a number; thousands may be set off by commas."""
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        return Fault("unreadable_number", f"{text[:60]!r} is not a number")
    return number


def read_yes_no(text: str) -> bool | Fault:
    """Read yes or no."""
    word = text.casefold()
    if word in YES | NO:
        return word in YES
    return Fault("unreadable_yes_no", repr(text[:60]))
