"""Whole calendar months: which are complete, which are settled, and how they are written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

import pandas as pd

from trustboard.city import Coverage
from trustboard.wording.periods import MONTHS

Month: TypeAlias = Any  # a pandas Period of one month; pandas is untyped here
Precision = Literal["day", "month", "year"]


def month_of(day: date) -> Month:
    """Give the calendar month that a day lies in."""
    return pd.Period(year=day.year, month=day.month, freq="M")


def first_day(month: Month) -> date:
    """Give the first day of a month."""
    return date(month.year, month.month, 1)


def last_day(month: Month) -> date:
    """Give the last day of a month."""
    return date(month.year, month.month, month.days_in_month)


def last_complete(day: date) -> Month:
    """Give the last month that had ended by a day (the day itself included)."""
    month = month_of(day)
    return month if day == last_day(month) else month - 1


def first_complete(day: date) -> Month:
    """Give the first month that begins on or after a day."""
    month = month_of(day)
    return month if day.day == 1 else month + 1


def how_many(first: Month, last: Month) -> int:
    """Count the months from `first` to `last`, both included; 0 if there are none."""
    return max(0, int((last.year - first.year) * 12 + last.month - first.month + 1))


def months_between(first: Month, last: Month) -> list[Month]:
    """List the months from `first` to `last`, both included."""
    return [first + step for step in range(how_many(first, last))]


def earliest_day(day: date, precision: Precision) -> date:
    """Give the earliest day that a date of this precision can mean."""
    if precision == "year":
        return date(day.year, 1, 1)
    return day.replace(day=1) if precision == "month" else day


def latest_day(day: date, precision: Precision) -> date:
    """Give the latest day that a date of this precision can mean."""
    if precision == "year":
        return date(day.year, 12, 31)
    return last_day(month_of(day)) if precision == "month" else day


def settled_until(coverage: Coverage, *, mature_after_days: int = 0) -> Month:
    """Give the last month that late rows no longer change and whose cases are old enough."""
    newest = last_complete(coverage.to)
    old_enough = last_complete(coverage.to - timedelta(days=mature_after_days))
    return min(newest - coverage.settles_after_months, old_enough)


def month_text(month: Month) -> str:
    """Write a month: "March 2021"."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def months_text(first: Month, last: Month) -> str:
    """Write a stretch of months: "April 2019 to March 2021"."""
    return month_text(first) if first == last else f"{month_text(first)} to {month_text(last)}"
