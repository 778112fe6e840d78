"""One reading of a threshold test on one day: the window, the six gates, and the share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from trustboard.commitments import ThresholdTest
from trustboard.months import first_day, last_complete, last_day, month_text
from trustboard.rule import state_of_threshold
from trustboard.statistics import Interval, proportion
from trustboard.verdict_states import CannotTell, Reason, Verdict
from trustboard.verdicts import gates
from trustboard.verdicts.fillings import doubtful_cases
from trustboard.verdicts.missing import missing_fields
from trustboard.verdicts.model import GateResult
from trustboard.verdicts.sentences import headline
from trustboard.verdicts.timed_reading import TimedReading
from trustboard.verdicts.windows import After, after_statement
from trustboard.wording import date_text


@dataclass(frozen=True)
class ThresholdReading(TimedReading):
    """What the rule says on `day` about the share in the months settled by then."""

    test: ThresholdTest

    @cached_property
    def tried(self) -> tuple[tuple[GateResult, ...], CannotTell | None]:
        """Try the gates in order."""
        found = f"The test names a share ({self.question.indicator.title.lower()}) and a level."
        return gates.try_gates(
            [
                lambda: gates.measurable([], found=found),
                self._due,
                lambda: self.published(self.after.months, at_deadline=self.after.at_deadline),
                self._comparable,
                self._complete,
                lambda: gates.enough_cases(self.totals[1]),
            ]
        )

    @property
    def outcome(self) -> Verdict | CannotTell:
        """Give the verdict, or the reason for having none."""
        return self.tried[1] or self._state(self.share)

    @property
    def has_figure(self) -> bool:
        """Say whether a figure can be quoted: the window is published and comparable."""
        return len(self.tried[0]) > 4

    @cached_property
    def after(self) -> After:
        """Give the window: the latest settled months, up to the deadline."""
        return after_statement(
            self.commitment,
            length=self.test.current_months,
            deadline=self.test.deadline,
            settled=self.settled,
        )

    @cached_property
    def totals(self) -> tuple[float, float]:
        """Give hits and cases of the window."""
        window = self.question.monthly.loc[self.after.months]
        return float(window["n"].sum()), float(window["exposure"].sum())

    @cached_property
    def share(self) -> Interval:
        """Give the share of the window with its Wilson range."""
        return proportion(*self.totals)

    @property
    def meets(self) -> bool:
        """Say whether the bare share meets the level, whatever its range."""
        if self.test.direction == "decrease":
            return self.share.estimate <= self.test.target
        return self.share.estimate >= self.test.target

    def _state(self, found: Interval) -> Verdict:
        return state_of_threshold(found, target=self.test.target, direction=self.test.direction)

    def _due(self) -> GateResult:
        """Gate 2: the window is complete, and the deadline (if any) is past and settled."""
        early = self.late_enough(opening=self.after.opening, needed=self.after.needed)
        deadline = self.test.deadline
        if not early.passed or deadline is None or self.after.at_deadline or self.stale:
            return early
        if self.coverage is None:
            return early
        found = f"The deadline, {date_text(deadline)}, is still to come or not settled yet."
        would = f"Complete figures up to {month_text(last_complete(deadline))}."
        return GateResult(Reason.TOO_EARLY, False, found, would)

    def _comparable(self) -> GateResult:
        start, end = first_day(self.after.first), last_day(self.after.last)
        return gates.comparable(
            self.question.tables,
            indicator=self.question.indicator.id,
            query=self.question.query,
            start=start,
            end=end,
        )

    def _complete(self) -> GateResult:
        missing = missing_fields(self.question, {"in the window": self.after.months})
        too_much = any(one.too_much for one in missing)
        changes = "" if too_much else self._filling_changes()
        return gates.complete(missing, self.question.tables, changes_state=changes)

    def _filling_changes(self) -> str:
        """Count every doubtful row as a case and a hit, then as no hit; say if that changes it."""
        more_cases, more_hits = doubtful_cases(self.question, self.after.months)
        hits, cases = self.totals
        if not cases:
            return ""
        base = self._state(self.share)
        for extra in (0, more_hits):
            other = self._state(proportion(hits + extra, cases + more_cases))
            if other.state is not base.state:
                return gates.changed_by_filling(headline(base), headline(other))
        return ""
