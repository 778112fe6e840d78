"""Figures that a report or an article printed: found by id, added up, with their sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from trustboard.citydata import CityData
from trustboard.months import Precision, latest_day
from trustboard.verdicts.view import View, published_on
from trustboard.wording import amount

_DAY = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
#: Units of numbers that are not counts of things, so that no chance variation can be read off them.
_NOT_COUNTS = re.compile(
    r"percent|%|per cent|share|ratio|rate|per |median|average|mean|score|index|days|months?$"
    r"|years?$|hours|dollar|\$|points|times|date|votes",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Printed:
    """One or more printed figures added together."""

    rows: pd.DataFrame
    absent: tuple[str, ...]

    @property
    def total(self) -> float:
        """Add the figures up; missing if any of them is."""
        return float(self.rows["value"].sum(skipna=False)) if len(self.rows) else float("nan")

    @property
    def known(self) -> bool:
        """Say whether every figure is here and is one number."""
        return not self.absent and bool(self.rows["value"].notna().all()) and len(self.rows) > 0

    @property
    def units(self) -> frozenset[str]:
        """Give the units the figures are printed in."""
        return frozenset(self._words("unit"))

    @property
    def places(self) -> frozenset[str]:
        """Give the places the figures are printed for."""
        return frozenset(self._words("place"))

    @property
    def are_counts(self) -> bool:
        """Say whether the figures count things: whole numbers in a unit of things."""
        values = self.rows["value"]
        whole = bool((values.ge(0) & values.eq(values.round())).all())
        return whole and bool(self.units) and not any(_NOT_COUNTS.search(u) for u in self.units)

    @property
    def first(self) -> pd.Timestamp:
        """Give the first day the figures speak of; missing where it is not printed."""
        return self._days("period_from").min(skipna=False)

    @property
    def last(self) -> pd.Timestamp:
        """Give the last day the figures speak of; missing where it is not printed."""
        return self._days("period_to").max(skipna=False)

    @property
    def months(self) -> float:
        """Give the length of time the figures speak of, in months; `nan` where not printed."""
        starts, ends = self._days("period_from"), self._days("period_to")
        spans = pd.DataFrame({"from": starts, "to": ends}).drop_duplicates()
        if spans.isna().any(axis=None) or spans.empty:
            return float("nan")
        return float(round(((spans["to"] - spans["from"]).dt.days + 1).sum() / 30.4375))

    def said(self) -> str:
        """Write the figures as a sum: "700 + 648 = 1,348"."""
        values = [amount(value) for value in self.rows["value"]]
        return values[0] if len(values) == 1 else f"{' + '.join(values)} = {amount(self.total)}"

    def period(self) -> str:
        """Write the period as printed."""
        return " and ".join(dict.fromkeys(self._words("period")))

    def publishers(self) -> str:
        """Name who printed them."""
        return " and ".join(dict.fromkeys(self._words("publisher"))) or "a source not named"

    def sources(self) -> tuple[str, ...]:
        """Give one line per figure: publisher, title, address, when."""
        lines = []
        for row in self.rows.itertuples():
            parts = [getattr(row, c, None) for c in ("publisher", "title", "published_on", "url")]
            lines.append(", ".join(str(part) for part in parts if pd.notna(part)))
        return tuple(dict.fromkeys(lines))

    def _words(self, column: str) -> list[str]:
        return list(self.rows[column].dropna()) if column in self.rows else []

    def _days(self, column: str) -> pd.Series:
        if column not in self.rows:
            return pd.Series(pd.NaT, index=self.rows.index, dtype="datetime64[s]")
        return self.rows[column]


def printed(view: View, ids: tuple[str, ...]) -> Printed:
    """Find printed figures that had been published by the view's day."""
    frame = view.city.frame("figures")
    if frame is None:
        return Printed(pd.DataFrame({"value": []}), ids)
    rows = frame[frame["figure_id"].isin(list(ids))]
    rows = rows.set_index("figure_id", drop=False).reindex(
        [i for i in ids if i in set(rows["figure_id"])]
    )
    public = [view.known_by(day) for day in days_of(view.city, rows)]
    rows = rows[pd.Series(public, index=rows.index, dtype=bool)]
    return Printed(rows, tuple(one for one in ids if one not in rows.index))


def days_of(city: CityData, rows: pd.DataFrame) -> list[date]:
    """Say when each figure was printed: its own date, else that of the table that holds it."""
    table = published_on(city.tables["figures"])
    dates = rows["published_on"] if "published_on" in rows else pd.Series(pd.NA, index=rows.index)
    return [_day(text) or table for text in dates]


def _day(text: object) -> date | None:
    """Read "2019", "2019-06" or "2019-06-28" as the latest day it can mean; None for others."""
    found = _DAY.match(str(text).strip()[:10]) if pd.notna(text) else None
    if found is None:
        return None
    year, month, day = found.groups()
    precision: Precision = "day" if day else "month" if month else "year"
    try:
        return latest_day(date(int(year), int(month or 1), int(day or 1)), precision)
    except ValueError:
        return None
