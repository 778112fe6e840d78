"""What readings of a series on one day share: settled months, and gates 2 and 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trustboard.city import Coverage
from trustboard.commitments import Commitment
from trustboard.months import Month, last_complete, settled_until
from trustboard.tidy import CannotMeasure, Measured
from trustboard.verdicts import gates, published_gate
from trustboard.verdicts.gates import Elapsed
from trustboard.verdicts.model import GateResult
from trustboard.verdicts.series import Question


@dataclass(frozen=True)
class TimedReading:
    """A question to a city's rows, read on `day`.

    `coverage` is that of the question's tables, ending on the day of the look if that is earlier;
    None where the tables are not here.
    """

    commitment: Commitment
    question: Question
    coverage: Coverage | None
    day: date

    @cached_property
    def measured(self) -> Measured | CannotMeasure:
        """Give the answer that the reading rests on."""
        return self.question.measured

    @cached_property
    def settled(self) -> Month:
        """Give the last month that may be used; without tables, the last that could be."""
        if self.coverage is None:
            return last_complete(self.day)
        return self._settled_by(self.coverage)

    def _settled_by(self, coverage: Coverage) -> Month:
        days = self.question.indicator.mature_after_days
        return settled_until(coverage, mature_after_days=days)

    @property
    def stale(self) -> bool:
        """Say whether the publisher is behind its own rhythm."""
        return self.coverage is not None and published_gate.is_stale(self.coverage, self.day)

    def late_enough(self, *, opening: Month, needed: int) -> GateResult:
        """Gate 2: enough settled months have passed since the statement."""
        by_calendar, published = last_complete(self.day), None
        if self.coverage is not None:
            on_day = self.coverage.model_copy(update={"to": max(self.day, self.coverage.from_)})
            by_calendar, published = self._settled_by(on_day), self.settled
        return gates.late_enough(Elapsed(opening, by_calendar, published, needed, self.stale))

    def basis(self, *, at_deadline: bool) -> GateResult | None:
        """Gate 3, first half: None if rows are here, may be counted and are new enough."""
        tables = self.question.tables
        if isinstance(self.measured, CannotMeasure) or self.coverage is None or not tables:
            return published_gate.unpublished(self.measured)
        refused = published_gate.unusable(tables)
        if refused is None and self.stale and not at_deadline:
            return published_gate.stale_table(tables[0], self.coverage, self.day)
        return refused

    def published(self, months: Sequence[Month], *, at_deadline: bool) -> GateResult:
        """Gate 3: the rows may be counted, and cover every one of these months."""
        refused = self.basis(at_deadline=at_deadline)
        if refused is not None or self.coverage is None:
            return refused or published_gate.unpublished(self.measured)
        table = self.question.tables[0]
        reached = published_gate.reaches(self.coverage, months[0], months[-1], table=table)
        lacking = [month for month in months if month not in self.question.monthly.index]
        if reached.passed and lacking:
            return published_gate.month_absent(lacking[0], table=table)
        return reached


def coverage_of(question: Question) -> Coverage | None:
    """Give the time that all of a question's tables cover; None where its own table is not here."""
    name = question.indicator.table
    if name not in question.city.tables:
        return None
    own = question.city.tables[name].spec.coverage
    if own is None:
        return None
    spans = [t.spec.coverage for t in question.tables if t.spec.coverage is not None]
    first, last = max(one.from_ for one in spans), min(one.to for one in spans)
    slowest = max(one.settles_after_months for one in spans)
    span = {"from_": first, "to": max(first, last), "settles_after_months": slowest}
    return own.model_copy(update=span)


def cut_coverage(coverage: Coverage, day: date) -> Coverage:
    """End a coverage on a day, if it ends later."""
    last = max(coverage.from_, min(coverage.to, day))
    return coverage.model_copy(update={"to": last})
