"""The only shape that a chart, a verdict or a download may receive.

A *measured table* has one row per period and group:

=============  =============================================================================
`period`       "2019", "2019-Q2" or "2019-03"; "all" when not split by time
groups         zero or more of `place`, `district`, `category`, `finding` … (ids; never missing)
`value`        the number drawn: a count, a rate, a share (0 to 1) or days; missing if not known
`lower`        95% interval, missing where none applies; `inf` where a limit is not reached
`upper`
`n`            events counted: the numerator
`exposure`     the denominator: resident-years, cases decided, cases at risk …; missing for counts
`state`        why the value may be quoted, or why not (see `STATES`)
=============  =============================================================================
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

State = Literal[
    "ok", "unsettled", "partial", "cut", "too_few", "not_published", "not_reached", "immature"
]

#: What each state tells a reader.
STATES: Final = MappingProxyType(
    {
        "ok": "Complete.",
        "unsettled": "Recent: late rows may still change this.",
        "partial": "The source covers only part of this period.",
        "cut": "Only part of this period was chosen: the number is of the chosen days alone.",
        "too_few": "Too few to tell: the count is shown, no rate is drawn from it.",
        "not_published": "The source does not cover this.",
        "not_reached": "Fewer than half have closed, so there is no median yet.",
        "immature": "Not every complaint of this period is old enough to be judged.",
    }
)

#: A limit of every count by finding: nobody may take its recent end for a fall.
UNDECIDED: Final = (
    "Cases without a finding yet are not among those with one, so recent counts are too low."
)

#: One row of a measured table, as plain values: a series of pandas is slow to make and to ask.
Row = Mapping[Hashable, Any]

NUMBERS: Final = ("value", "lower", "upper", "n", "exposure")
#: The kind of all words: what "str" stands for, which pandas would look up by its name each time.
WORDS: Final = pd.StringDtype(na_value=np.nan)


@dataclass(frozen=True, slots=True, eq=False)  # a table has no truth value: two are never equal
class Measured:
    """A measured table with the words that belong to it."""

    table: pd.DataFrame
    indicator: str
    title: str
    question: str
    kind: str  # count, rate, share, days, coverage, months, figure
    unit: str  # "complaints", "per 10,000 resident-years", "share of decided complaints", "days"
    by: tuple[str, ...]  # as asked: ("year", "place")
    groups: tuple[str, ...]  # the group columns present
    period: str  # "year", "quarter", "month" or "all"
    denominator: str = ""  # what `exposure` counts, in words
    sources: tuple[str, ...] = ()  # one line per table used: publisher, title, retrieved
    caveats: tuple[str, ...] = ()
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # group column -> id -> label
    breaks: tuple[tuple[pd.Timestamp, str], ...] = ()
    method: str = ""
    filters: tuple[str, ...] = ()  # what was filtered, as sentences
    no_rows: str = ""  # that no published row fits, and why, if that can be told
    until: date | None = None  # the last day that was asked for; None where nobody named one

    @property
    def limits(self) -> tuple[str, ...]:
        """Give all that must be told where no answer in words stands beside the table."""
        return (self.no_rows, *self.caveats) if self.no_rows else self.caveats

    def label(self, column: str, value: str) -> str:
        """Give the printed form of a group's id."""
        return self.names.get(column, {}).get(value, value.replace("_", " "))


@lru_cache(maxsize=32)  # the answer, the chart and the table of one block ask one after another
def lines_of(measured: Measured) -> tuple[Row, ...]:
    """Give the rows of a measured table as plain values; shared, so never change them."""
    return tuple(plain_rows(measured.table))


def plain_rows(table: pd.DataFrame) -> list[Row]:
    """Give the rows of a table as plain values: each column is read once, not each cell."""
    columns = {name: values.tolist() for name, values in table.items()}
    every = zip(*columns.values(), strict=True)
    return [dict(zip(columns, values, strict=True)) for values in every]


@dataclass(frozen=True, slots=True)
class CannotMeasure:
    """An indicator that a city's published data cannot answer, with the reason in words."""

    indicator: str
    title: str
    question: str
    why: str  # "closing dates are not published"
    missing: tuple[str, ...] = ()  # the columns or tables that would be needed
    would_resolve: str = ""
    publications: tuple[str, ...] = ()  # ids of publications that should hold it
