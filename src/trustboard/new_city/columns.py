"""Guess which published column is which of ours, from its name and from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

#: Our column → the names it may go by, the likeliest first.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "complaint_id": (
        r"complaint.*(id|number|no)$",
        r"^(cr|case|file|log)_?(id|number|no)$",
        r"(case|file|tracking|control).*(id|number|no)$",
        r"^(case|id|number)$",
    ),
    "filed_on": (r"filed|receiv|reciev", r"complaint.*date|report.*date|opened", r"^date$"),
    "closed_on": (r"clos", r"complet|end_date"),
    "incident_on": (r"incident|occur",),
    "district_id": (r"district|precinct", r"beat|neighborhood"),
    "category": (r"categor|classif", r"allegation|case_type|complaint_type"),
    "filed_by": (r"complainant_type|filed_by|^source$",),
    "status": (r"status",),
    "finding": (r"final.*(finding|disposition)", r"finding", r"disposition"),
    "discipline": (r"final.*(penalt|disciplin)", r"disciplin|penalt"),
    "row_id": (r"^(row|allegation|record|unique|object).*(id|identity)$",),
}
#: Columns about persons, and what was only recommended; no number needs them.
NEVER: Final = re.compile(r"officer|employee|_name|race|sex|gender|address|recommend|summary|text")
DATES: Final = frozenset({"filed_on", "closed_on", "incident_on"})
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
#: A column is one of dates when so many of its cells are.
ENOUGH: Final = 0.9
#: A column with more different words than this is free text, and may name persons.
MOST_WORDS: Final = {"category": 200, "finding": 80, "discipline": 80, "filed_by": 20, "status": 40}


@dataclass(frozen=True, slots=True)
class Guessed:
    """One of our columns: the published one, and how its dates are written."""

    published: str
    formats: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()  # distinct cells with their number, most common first


def guess_columns(frame: pd.DataFrame) -> dict[str, Guessed]:
    """Give what could be recognised; a published column serves for one of ours only."""
    found: dict[str, Guessed] = {}
    for ours, patterns in NAMES.items():
        taken = {one.published for one in found.values()}
        free = [c for c in frame.columns if c not in taken]
        for name in _by_name(free, patterns):
            guessed = _fits(frame[name], name=name, ours=ours)
            if guessed is not None:
                found[ours] = guessed
                break
    return found


def _by_name(columns: Iterable[str], patterns: tuple[str, ...]) -> list[str]:
    plain = {c: re.sub(r"[^a-z0-9]+", "_", c.casefold()).strip("_") for c in columns}
    allowed = {c: name for c, name in plain.items() if not NEVER.search(name)}
    return [c for pattern in patterns for c, name in allowed.items() if re.search(pattern, name)]


def _fits(cells: pd.Series, *, name: str, ours: str) -> Guessed | None:
    cells = cells[cells.str.strip() != ""]
    formats = date_formats(cells)
    if (ours in DATES) != bool(formats):
        return None
    if formats:
        return Guessed(name, formats)
    if ours == "finding" and re.search("disciplin|penalt", name.casefold()):
        return None
    if ours == "row_id" and not cells.is_unique:
        return None
    counts = cells.str.strip().value_counts()
    if len(counts) > MOST_WORDS.get(ours, len(counts)):
        return None
    words = tuple((str(word), int(count)) for word, count in counts.items())
    return Guessed(name, words=words if ours in MOST_WORDS else ())


def date_formats(cells: pd.Series) -> tuple[str, ...]:
    """Give the formats in which nearly all cells are dates, or nothing."""
    left, used = pd.Series(cells.unique(), dtype="str"), []
    total = len(left)
    for form in FORMATS:
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
