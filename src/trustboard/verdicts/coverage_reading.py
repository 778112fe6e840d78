"""One reading of a coverage test on one day: the places reached in each settled period."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from trustboard import terms
from trustboard.commitments import CoverageTest
from trustboard.measure import measure
from trustboard.months import (
    Month,
    first_complete,
    how_many,
    last_complete,
    last_day,
    latest_day,
    month_of,
)
from trustboard.query import Query
from trustboard.tidy import CannotMeasure, Measured
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts import gates, published_gate
from trustboard.verdicts.missing import missing_dates
from trustboard.verdicts.model import GateResult
from trustboard.verdicts.timed_reading import TimedReading
from trustboard.verdicts.windows import FEWEST_MONTHS
from trustboard.wording import whole


@dataclass(frozen=True)
class CoverageReading(TimedReading):
    """The share of places reached in each settled period after a statement."""

    test: CoverageTest

    @cached_property
    def measured(self) -> Measured | CannotMeasure:
        """Measure the places reached per period (and district, where districts are meant)."""
        split = ("district",) if self._by_district else ()
        return measure(self.question.city, self.test.indicator, Query(by=(self.test.each, *split)))

    @property
    def _by_district(self) -> bool:
        return self.test.of == "district" and self._level == "neighborhood"

    @property
    def _level(self) -> str:
        return self.question.city.city.places.level

    @property
    def opening(self) -> Month:
        """Give the first month that counts."""
        if self.test.window is not None:
            return first_complete(self.test.window.from_)
        said = latest_day(self.commitment.said_on, self.commitment.said_on_precision)
        return month_of(said) + 1

    @property
    def closing(self) -> Month | None:
        """Give the last month that counts; None where no end was given."""
        ends = [self.test.deadline, self.test.window.to if self.test.window else None]
        known = [last_complete(end) for end in ends if end is not None]
        return min(known, default=None)

    @property
    def at_deadline(self) -> bool:
        """Say whether the last period is settled."""
        return self.closing is not None and self.settled >= self.closing

    @cached_property
    def periods(self) -> pd.DataFrame:
        """Give, per settled whole period: `first`, `last` (months), `n` and `exposure` (places)."""
        assert isinstance(self.measured, Measured)  # noqa: S101 - gate 3 sees to that
        table = self.measured.table
        table = table[~table["state"].isin(["not_published", "partial", "cut"])]
        if self._by_district:
            table = table[~table["district"].isin([terms.OUTSIDE, terms.UNKNOWN_PLACE])]
            reached = table["n"].gt(0).astype("float64")
            table = table.assign(n=reached, exposure=1.0)
        found = table.groupby("period", sort=True)[["n", "exposure"]].sum().reset_index()
        frequency = {"month": "M", "quarter": "Q", "year": "Y"}[self.test.each]
        spans = pd.PeriodIndex(found["period"].str.replace("-Q", "Q"), freq=frequency)
        found["first"], found["last"] = spans.asfreq("M", "start"), spans.asfreq("M", "end")
        last = self.settled if self.closing is None else min(self.settled, self.closing)
        return found[(found["first"] >= self.opening) & (found["last"] <= last)]

    @property
    def needed(self) -> pd.Series:
        """Give per period how many places have to be reached."""
        return (self.periods["exposure"] * self.test.target - 1e-9).map(math.ceil)

    @property
    def missed(self) -> pd.DataFrame:
        """Give the periods in which too few places were reached."""
        return self.periods[self.periods["n"] < self.needed]

    @cached_property
    def tried(self) -> tuple[tuple[GateResult, ...], CannotTell | None]:
        """Try the gates in order; gate 6 has nothing to ask of a complete count."""
        found = f"The test counts the {self.test.of}s reached in each {self.test.each}."
        tried, cannot = gates.try_gates(
            [
                lambda: gates.measurable([], found=found),
                self._late_enough,
                self._published,
                self._ended,
                self._comparable,
                self._complete,
            ]
        )
        return gates.in_order(tried), cannot

    @property
    def outcome(self) -> Verdict | CannotTell:
        """Give the verdict, or the reason for having none."""
        if self.tried[1] is not None:
            return self.tried[1]
        kept = self.missed.empty
        return Verdict(VerdictState.KEPT if kept else VerdictState.NOT_KEPT)

    def _late_enough(self) -> GateResult:
        needed = FEWEST_MONTHS
        if self.closing is not None:
            needed = min(needed, how_many(self.opening, self.closing))
        return self.late_enough(opening=self.opening, needed=needed)

    def _published(self) -> GateResult:
        refused = self.basis(at_deadline=self.at_deadline)
        if refused is not None or self.coverage is None:
            return refused or published_gate.unpublished(self.measured)
        if self.periods.empty:
            found = f"No whole {self.test.each} after the statement is published and settled."
            return published_gate.not_published(found, f"Rows for a whole {self.test.each}.")
        last, table = self.periods["last"].iloc[-1], self.question.tables[0]
        return published_gate.reaches(self.coverage, self.opening, last, table=table)

    def _ended(self) -> GateResult:
        """Gate 2 again: a promise for a stretch of time is met only once that time is over."""
        if self.closing is None or self.at_deadline or not self.missed.empty:
            found = f"{whole(len(self.periods))} whole periods of one {self.test.each} are settled."
            return GateResult(Reason.TOO_EARLY, True, found)
        found = (
            f"In all {whole(len(self.periods))} settled periods so far the promise was met, and "
            "its time is not over."
        )
        would = f"Settled rows up to {last_day(self.closing)}."
        return GateResult(Reason.TOO_EARLY, False, found, would)

    def _comparable(self) -> GateResult:
        start = self.periods["first"].iloc[0].start_time.date()
        end = last_day(self.periods["last"].iloc[-1])
        return gates.comparable(
            self.question.tables,
            indicator=self.test.indicator,
            query=self.question.query,
            start=start,
            end=end,
        )

    def _complete(self) -> GateResult:
        """Gate 5: events without a place could not have filled every gap."""
        events = self.question.base
        spread = events[events["place"].isna() | events["place"].eq(terms.UNKNOWN_PLACE)]
        possible = [
            int(spread["month"].between(row.first, row.last).sum())
            for row in self.missed.itertuples()
        ]
        short = (self.needed - self.periods["n"]).loc[self.missed.index]
        changes = ""
        if len(short) and all(p >= s for p, s in zip(possible, short, strict=True)):
            changes = (
                "Events whose place is not known could have reached the places that seem left out."
            )
        missing = (missing_dates(self.question),)
        return gates.complete(missing, self.question.tables, changes_state=changes)
