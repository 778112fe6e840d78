"""Which question leads to the rows behind one line of a measured table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

import pandas as pd

from trustboard.indicator import catalogue
from trustboard.query import PERIODS, Query
from trustboard.terms import REST
from trustboard.tidy import Measured, Row, lines_of
from trustboard.wording.periods import span

_DAY: Final = pd.Timedelta(days=1)
Counted = Literal["all", "hits"]
_PARTLY: Final[Mapping[str, Counted]] = MappingProxyType({"n": "hits", "exposure": "all"})
#: Kind → the columns of its table in which a number stands for rows, and for which: all that were
#: counted, or those that hit.
_COUNTS_ROWS: Final[Mapping[str, Mapping[str, Counted]]] = MappingProxyType(
    {
        "count": {"n": "all"},
        "rate": {"n": "all"},
        "share": _PARTLY,
        "days": _PARTLY,
        "coverage": {"n": "hits"},
        "figure": {"value": "all"},
    }
)


def counting_rows(measured: Measured) -> Mapping[str, Counted]:
    """Name the columns in which a number stands for published rows, and for which of them.

    Months without an event have none: no row says that nothing was.
    """
    indicator = catalogue()[measured.indicator]
    if indicator.line_rows:
        return _PARTLY
    if measured.kind == "count" and indicator.parts:
        return {"n": "hits"}
    return _COUNTS_ROWS.get(measured.kind, {})


def stands_for_rows(measured: Measured, line: Row) -> bool:
    """Say whether the numbers of a line count rows; others count areas or residents."""
    one = catalogue()[measured.indicator]
    return not one.line_rows or line[one.lines[0]] in dict(one.line_rows)


def why_no_rows(measured: Measured) -> str:
    """Say why no number of a table leads to rows of its own; empty where some do."""
    if measured.kind == "months":
        return (
            "No row stands behind a month without an event, so no number leads to rows of its own"
        )
    return ""


def questions_behind(measured: Measured, query: Query) -> Iterator[Query]:
    """Give for each line of a measured table the same question, narrowed to this line.

    `query` is the question that was measured. The narrowed ones are split by time as before, so
    that what is too young to be judged is left out of the same periods; every group is a filter.
    """
    lines = lines_of(measured)
    if measured.kind == "figure":
        for line in lines:
            yield Query(filters=(("figure_id", (str(line["figure_id"]),)),))
        return
    groups = list(measured.groups)
    timed = replace(query, by=tuple(name for name in query.by if name in PERIODS))
    spans = {period: _days(period, query) for period in {str(line["period"]) for line in lines}}
    kept = tuple((name, ids) for name, ids in query.filters if name not in groups)
    for line in lines:
        first, last = spans[str(line["period"])]
        own = tuple((name, (str(line[name]),)) for name in groups)
        if query.rest and any(REST in ids for _, ids in own):
            yield replace(query, from_=first, to=last, rest="only")
            continue
        yield replace(timed, from_=first, to=last, filters=(*kept, *own), rest="")


def _days(period: str, query: Query) -> tuple[date | None, date | None]:
    """Give the first and last day of a period, no further than was asked for."""
    ends = _ends(period)
    if ends is None:
        return query.from_, query.to
    first, last = ends
    return max(first, query.from_ or first), min(last, query.to or last)


@lru_cache(maxsize=4096)
def _ends(period: str) -> tuple[date, date] | None:
    stretch = span(period)
    return None if stretch is None else (stretch[0].date(), (stretch[1] - _DAY).date())
