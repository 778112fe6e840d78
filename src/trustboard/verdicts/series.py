"""The monthly numbers a test rests on, and which of their rows lack a field the test needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from trustboard import terms
from trustboard.citydata import CityData, Table
from trustboard.indicator import Indicator, Unit, catalogue
from trustboard.measure import measure
from trustboard.query import Query, QueryError
from trustboard.rows import NotPublishedError, complaint_rows, event_rows
from trustboard.tidy import CannotMeasure, Measured

Filters = Mapping[str, tuple[str, ...]]
_UNKNOWN: Final = (terms.UNKNOWN_PLACE,)


@dataclass(frozen=True)
class Question:
    """An indicator of one city, for some of its rows, in one unit."""

    city: CityData
    indicator: Indicator
    filters: Filters
    unit: Unit

    @property
    def query(self) -> Query:
        """Give the question month by month, as `trustboard.measure` takes it."""
        kept = tuple((name, tuple(ids)) for name, ids in sorted(self.filters.items()))
        return Query(by=("month",), filters=kept, unit=self.unit)

    @cached_property
    def measured(self) -> Measured | CannotMeasure:
        """Measure it month by month."""
        if isinstance(self._answer, QueryError):
            one = self.indicator
            return CannotMeasure(one.id, one.title, one.question, why=str(self._answer))
        return self._answer

    @cached_property
    def _answer(self) -> Measured | CannotMeasure | QueryError:
        try:
            return measure(self.city, self.indicator.id, self.query)
        except QueryError as error:
            return error

    @property
    def asked_wrongly(self) -> str:
        """Say why the question cannot be asked in this city; empty where it can."""
        return str(self._answer) if isinstance(self._answer, QueryError) else ""

    @property
    def subject(self) -> str:
        """Say what is counted: "Complaints received (category: Use of force)"."""
        limits = [] if isinstance(self.measured, CannotMeasure) else list(self.measured.filters)
        if self.unit == "allegation":
            limits.append("counted in allegations")
        words = "; ".join(one[:1].lower() + one[1:] for one in limits)
        return f"{self.indicator.title} ({words})" if words else self.indicator.title

    @property
    def tables(self) -> tuple[Table, ...]:
        """Give the tables it rests on, its own first."""
        named = [self.indicator.table, *(need.partition(".")[0] for need in self.indicator.needs)]
        if self.unit == "allegation":
            named.append("outcomes")
        return tuple(
            self.city.tables[name] for name in dict.fromkeys(named) if name in self.city.tables
        )

    @cached_property
    def monthly(self) -> pd.DataFrame:
        """Give `n` and `exposure` per complete covered month, indexed by month.

        For a rate, `exposure` is the number of residents, so that long and short months with the
        same residents weigh the same and a ratio of counts can be checked by hand.
        """
        if isinstance(self.measured, CannotMeasure):
            return pd.DataFrame(columns=["n", "exposure"], dtype="float64")
        table = self.measured.table
        table = table[~table["state"].isin(["not_published", "partial", "cut"])]
        # A share split into its parts (findings) has one row per part: add the parts asked for.
        parts = table.groupby("period", sort=True)
        frame = pd.DataFrame({"n": parts["n"].sum(), "exposure": parts["exposure"].first()})
        months = pd.PeriodIndex(frame.index.astype(str), freq="M")
        frame = frame.astype("float64").set_axis(months)
        if self.indicator.kind == "rate":
            year_share = months.days_in_month / (365 + months.is_leap_year.astype(int))
            frame["exposure"] = frame["exposure"] / year_share
        return frame

    @cached_property
    def base(self) -> pd.DataFrame:
        """Give every row that could count, with the month it belongs to (missing if undated)."""
        try:
            if self.indicator.table == "outreach":
                rows = event_rows(self.city)
            else:
                rows = complaint_rows(self.city, self.unit)
        except NotPublishedError:  # the gate NOT_PUBLISHED says so
            return _NO_ROWS.copy()
        return rows.assign(month=rows["on"].dt.to_period("M"))

    @property
    def row_filters(self) -> Filters:
        """Give the filters that choose rows; a filter on the parts of a share chooses hits."""
        return {c: ids for c, ids in self.filters.items() if c != self.indicator.parts}

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Give the rows that do count, after the filters, with their month and (shares) `hit`."""
        if self.indicator.rows is None:
            return self.base.iloc[:0]
        try:
            rows = self.indicator.rows(self.city, self.unit)
        except NotPublishedError:
            return _NO_ROWS.copy()
        if "counted" in rows:
            rows = rows[rows["counted"].astype(bool)]
        if self.indicator.parts and self.indicator.parts in self.filters:
            ids = list(self.filters[self.indicator.parts])
            rows = rows.assign(hit=rows[self.indicator.parts].isin(ids))
        rows = rows.assign(month=rows["on"].dt.to_period("M"))
        return rows[passes(rows, self.row_filters)]


_NO_ROWS: Final = pd.DataFrame(
    {
        "on": pd.Series(dtype="datetime64[s]"),
        "hit": pd.Series(dtype="bool"),
        "month": pd.PeriodIndex([], freq="M"),
    }
)


def ask(city: CityData, indicator: str, *, filters: Filters, unit: Unit) -> Question:
    """Put a question to a city. KeyError if there is no such indicator."""
    return Question(city, catalogue()[indicator], dict(filters), unit)


def passes(rows: pd.DataFrame, filters: Filters) -> pd.Series:
    """Say which rows pass every filter; a row whose field is missing does not."""
    kept = pd.Series(True, index=rows.index)
    for column, ids in filters.items():
        kept &= rows[column].isin(list(ids)) if column in rows else False
    return kept
