"""Guess which published column is which of ours, from its name and from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from trustboard.new_city.names import DATES, MOST_WORDS, NAMES, NEVER, TEXTS, UNIQUE

FORMATS: Final = (
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%fZ",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y",
)
#: Tried only where other cells of the column are whole days.
PARTS: Final = ("%Y-%m", "%Y")
#: A column is one of dates when so many of its cells are.
ENOUGH: Final = 0.9


@dataclass(frozen=True, slots=True)
class Guessed:
    """One of our columns: the published one, and how its dates are written."""

    published: str
    formats: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()  # distinct cells with their number, most common first


def guess_columns(frame: pd.DataFrame, *, table: str) -> dict[str, Guessed]:
    """Give what could be recognised; a published column serves for one of ours only."""
    found: dict[str, Guessed] = {}
    for ours, patterns in NAMES[table].items():
        taken = {one.published for one in found.values()}
        free = [c for c in frame.columns if c not in taken]
        for name in _by_name(free, patterns, never=NEVER if table == "rows" else None):
            guessed = _fits(frame[name], name=name, ours=ours, table=table)
            if guessed is not None:
                found[ours] = guessed
                break
    return found


def _by_name(
    columns: Iterable[str], patterns: tuple[str, ...], *, never: re.Pattern[str] | None
) -> list[str]:
    """Give the columns whose names fit, the likeliest first; of several years, the newest first."""
    plain = {c: re.sub(r"[^a-z0-9]+", "_", c.casefold()).strip("_") for c in columns}
    allowed = {c: n for c, n in plain.items() if never is None or not never.search(n)}
    newest = dict(sorted(allowed.items(), key=lambda pair: _year_in(pair[1]), reverse=True))
    return [c for pattern in patterns for c, name in newest.items() if re.search(pattern, name)]


def _year_in(name: str) -> int:
    return max((int(year) for year in re.findall(r"(?:19|20)\d\d", name)), default=0)


def _fits(cells: pd.Series, *, name: str, ours: str, table: str) -> Guessed | None:
    cells = cells[cells.str.strip() != ""]
    formats = date_formats(cells) if ours not in TEXTS else ()
    if (ours in DATES) != bool(formats):
        return None
    if formats:
        return Guessed(name, formats)
    if ours == "finding" and re.search("disciplin|penalt", name.casefold()):
        return None
    if ours in UNIQUE[table] and not cells.is_unique:
        return None
    counts = cells.str.strip().value_counts()
    if len(counts) > MOST_WORDS.get(ours, len(counts)):
        return None
    words = tuple((str(word), int(count)) for word, count in counts.items())
    return Guessed(name, words=words if ours in MOST_WORDS else ())


def date_formats(cells: pd.Series) -> tuple[str, ...]:
    """Give the formats in which nearly all cells are dates, or nothing."""
    left = pd.Series(cells.unique(), dtype="str")
    used: list[str] = []
    total = len(left)
    for form in (*FORMATS, *PARTS):
        if form in PARTS and not used:
            break
        read = _read(left, form)
        if read.notna().any():
            used.append(form)
            left = left[read.isna()]
    return tuple(used) if total and 1 - len(left) / total >= ENOUGH else ()


def days(cells: pd.Series, formats: tuple[str, ...], *, today: date) -> tuple[date, date] | None:
    """Give the first and the last day of a column of dates, leaving out days to come."""
    read = pd.concat([_read(cells, form) for form in formats]).dropna()
    read = read[(read <= pd.Timestamp(today)) & (read >= pd.Timestamp(1950, 1, 1))]
    return None if read.empty else (read.min().date(), read.max().date())


def _read(cells: pd.Series, form: str) -> pd.Series:
    return pd.to_datetime(cells.str.strip(), format=form, errors="coerce")
