"""Days as they are written in an address or on the command line: 2019, 2019-03 or 2019-03-05."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

_WRITTEN: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def first_day(text: str) -> date:
    """Give the first day of what is written. Raises ValueError where that is no date."""
    year, month, day = parts_of(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Give the last day of what is written. Raises ValueError where that is no date."""
    year, month, day = parts_of(text)
    if day is not None:
        return date(year, month or 1, day)
    month = month or 12
    return date(year, month, calendar.monthrange(year, month)[1])


def written(day: date, *, last: bool = False) -> str:
    """Write a day as short as it can be read back as the first day, or the `last`, of something."""
    for size in (4, 7):
        short = day.isoformat()[:size]
        if (last_day(short) if last else first_day(short)) == day:
            return short
    return day.isoformat()


def parts_of(text: str) -> tuple[int, int | None, int | None]:
    """Give year, month and day; None for what is left open. Raises ValueError as above."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("a date is written 2019, 2019-03 or 2019-03-05")
    year = int(found[1])
    month, day = (None if part is None else int(part) for part in found.group(2, 3))
    date(year, 1 if month is None else month, 1 if day is None else day)  # there is such a day
    return year, month, day
