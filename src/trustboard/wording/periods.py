"""How dates and periods are read from a measured table and written for a reader."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import pandas as pd

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PERIOD: Final = re.compile(r"^(\d{4})(?:-Q([1-4])|-(\d{2}))?$")


@lru_cache(maxsize=4096)
def span(period: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Give the first moment of a period and of the one after it; None for "all"."""
    found = _PERIOD.match(str(period))
    if not found:
        return None
    year, quarter, month = found.groups()
    first = (int(quarter) - 1) * 3 + 1 if quarter else int(month or 1)
    if not 1 <= first <= 12:
        return None
    months = 3 if quarter else 1 if month else 12
    start = pd.Timestamp(int(year), first, 1)
    return start, start + pd.DateOffset(months=months)


def period_name(period: str) -> str:
    """Write a period out: "2019", "April to June 2019", "March 2019", "the whole period"."""
    found = _PERIOD.match(str(period))
    if not found:
        return "the whole period" if str(period) == "all" else str(period)
    year, quarter, month = found.groups()
    if quarter:
        first = (int(quarter) - 1) * 3
        return f"{MONTHS[first]} to {MONTHS[first + 2]} {year}"
    if month and 1 <= int(month) <= 12:
        return f"{MONTHS[int(month) - 1]} {year}"
    return year


def date_text(day: date | datetime | pd.Timestamp | None, precision: str = "day") -> str:
    """Write a date as "28 February 2018", no more precise than it is known."""
    if day is None or pd.isna(day):
        return "date not known"
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def since_text(day: date, *, on: date) -> str:
    """Write since when and for how long: "31 December 2020, 37 months"; no length for the future.

    Months are whole ones, those that were over on `on`.
    """
    months = (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
    if months < 1:
        return date_text(day)
    return f"{date_text(day)}, {months} month{'s' * (months > 1)}"


def short_date(day: date | datetime | pd.Timestamp, precision: str = "day") -> str:
    """Write a date for a chart label: "28 Feb 2018"."""
    if precision == "year":
        return str(day.year)
    month = f"{MONTHS[day.month - 1][:3]} {day.year}"
    return month if precision == "month" else f"{day.day} {month}"
