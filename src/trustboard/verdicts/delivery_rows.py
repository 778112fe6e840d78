"""Delivery tests that count published rows, such as meetings held, instead of listed evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from trustboard.city import Coverage
from trustboard.commitments import Commitment, DeliveryTest
from trustboard.months import last_day, settled_until
from trustboard.rule import state_of_delivery
from trustboard.statistics import Interval
from trustboard.tidy import CannotMeasure
from trustboard.verdict_states import CannotTell, Reason
from trustboard.verdicts import gates, published_gate
from trustboard.verdicts.building import assembled
from trustboard.verdicts.missing import missing_dates, undated_rows, unknown_rows
from trustboard.verdicts.model import AssessedTest, GateResult, LabeledWindow
from trustboard.verdicts.sentences import joined, literal
from trustboard.verdicts.series import Question, ask
from trustboard.verdicts.timed_reading import coverage_of
from trustboard.verdicts.view import View
from trustboard.wording import date_text, whole


def assess_counted_rows(commitment: Commitment, test: DeliveryTest, view: View) -> AssessedTest:
    """Assess a delivery test by counting rows from the statement to the deadline."""
    assert test.indicator is not None  # noqa: S101 - the caller has looked
    question = ask(view.city, test.indicator, filters=test.filters, unit="complaint")
    counting = _Counting(commitment, test, view, question)
    tried, cannot = gates.try_gates(
        [
            lambda: gates.measurable([], found=f"The test counts {whole(test.count)} or more."),
            counting.basis,
            counting.due,
            counting.published,
            counting.comparable,
            counting.complete,
        ]
    )
    readable = counting.basis().passed
    tried = gates.in_order(tried)
    outcome = cannot or state_of_delivery(counting.found, test.count, whole_period_published=True)
    measured = question.measured
    series = None if isinstance(measured, CannotMeasure) else measured
    return assembled(
        commitment,
        test,
        view,
        outcome,
        sentence="" if isinstance(outcome, CannotTell) else counting.sentence(),
        windows=(LabeledWindow("counted", commitment.said_on, counting.until),) if readable else (),
        series=series,
        gates=tried,
        sources=() if series is None else series.sources,
        caveats=() if series is None else (*series.filters, *series.caveats),
        provisional=not counting.settled and not counting.reached,
        **(counting.numbers() if readable else {}),
    )


class _Counting:
    """The rows from the statement to the deadline, and what may be said about them."""

    def __init__(
        self, commitment: Commitment, test: DeliveryTest, view: View, question: Question
    ) -> None:
        self.commitment, self.test, self.view, self.question = commitment, test, view, question
        self.coverage: Coverage | None = coverage_of(question)
        covered = view.day if self.coverage is None else self.coverage.to
        self.until: date = covered if test.deadline is None else min(test.deadline, covered)

    @property
    def found(self) -> int:
        """Count the rows between the statement and the deadline."""
        return int(self._within(self.question.counted).sum())

    @property
    def reached(self) -> bool:
        """Say whether enough were found."""
        return self.found >= self.test.count

    @property
    def settled(self) -> bool:
        """Say whether late rows can no longer change the count up to the deadline."""
        if self.coverage is None or self.test.deadline is None:
            return False
        return self.test.deadline <= last_day(settled_until(self.coverage))

    def _within(self, rows: pd.DataFrame) -> pd.Series:
        first, last = pd.Timestamp(self.commitment.said_on), pd.Timestamp(self.until)
        return rows["on"].between(first, last)

    def basis(self) -> GateResult:
        """Gate 3, first half: the rows exist and may be counted."""
        measured, tables = self.question.measured, self.question.tables
        if isinstance(measured, CannotMeasure) or self.coverage is None or not tables:
            return published_gate.unpublished(measured)
        return published_gate.unusable(tables) or GateResult(
            Reason.NOT_PUBLISHED, True, f"{tables[0].spec.source.publisher} publishes the rows."
        )

    def due(self) -> GateResult:
        """Gate 2: enough were found already, or the deadline has passed and is settled."""
        so_far = f"{whole(self.found)} of {whole(self.test.count)} counted so far"
        deadline = self.test.deadline
        waiting = deadline is None or not self.settled
        stale = self.coverage is not None and published_gate.is_stale(self.coverage, self.view.day)
        if self.reached or not waiting or stale or deadline is None:
            return GateResult(Reason.TOO_EARLY, True, f"{so_far}; no more time has to pass.")
        said = f"{so_far}; the deadline is {date_text(deadline)}, and late rows may still come."
        return GateResult(Reason.TOO_EARLY, False, said, "Settled rows up to the deadline.")

    def published(self) -> GateResult:
        """Gate 3, second half: enough were found, or the whole time to the deadline is covered."""
        coverage, tables = self.coverage, self.question.tables
        assert coverage is not None  # noqa: S101 - `basis` was passed
        begins = coverage.from_ <= self.commitment.said_on
        if self.reached or (self.settled and begins):
            said = (
                f"Rows are published from {date_text(coverage.from_)} to {date_text(coverage.to)}."
            )
            return GateResult(Reason.NOT_PUBLISHED, True, said)
        said = (
            f"{whole(self.found)} of {whole(self.test.count)} counted; rows are published only "
            f"from {date_text(coverage.from_)} to {date_text(coverage.to)}"
        )
        said += "." if self.test.deadline else ", and no deadline was given."
        return published_gate.not_published(said, f"More rows of “{tables[0].spec.source.title}”.")

    def comparable(self) -> GateResult:
        """Gate 4: what is counted did not change on the way."""
        return gates.comparable(
            self.question.tables,
            indicator=self.question.indicator.id,
            query=self.question.query,
            start=self.commitment.said_on,
            end=self.until,
        )

    def complete(self) -> GateResult:
        """Gate 5: rows that may belong to those counted could not change the answer."""
        lacking = int(self._within(unknown_rows(self.question)).sum())
        unread = sum(table.accounting.quarantined for table in self.question.tables)
        doubtful = lacking + len(undated_rows(self.question)) + unread
        missing = (missing_dates(self.question),)
        changes = ""
        if not self.reached and self.found + doubtful >= self.test.count:
            changes = (
                f"{whole(doubtful)} rows lack a field that the test needs or could not be read; "
                "with them the number promised could be reached."
            )
        return gates.complete(missing, self.question.tables, changes_state=changes)

    def sentence(self) -> str:
        """Say the count, the promise and what the count cannot show."""
        first = (
            f"{self.question.subject}: {whole(self.found)} of {whole(self.test.count)} "
            f"promised, from {date_text(self.commitment.said_on)} to {date_text(self.until)}."
        )
        return joined(first, "A count cannot show how well it was done.")

    def numbers(self) -> dict[str, Any]:
        """Give the count with everything that goes beside it."""
        found = float(self.found)
        return {
            "literal": literal(self.reached),
            "estimate": Interval(found, found, found),
            "estimate_is": "count",
            "numbers": {"counted": self.found, "promised": self.test.count},
            "formula": f"{whole(found)} counted; {whole(self.test.count)} promised",
        }
