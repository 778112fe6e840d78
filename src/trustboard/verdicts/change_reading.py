"""One reading of a change test on one day: the windows, the six gates, and the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from trustboard.commitments import ChangeTest
from trustboard.months import Month, first_day, last_day
from trustboard.verdict_states import CannotTell, Verdict
from trustboard.verdicts import gates
from trustboard.verdicts.comparison import Comparison
from trustboard.verdicts.fillings import fillings
from trustboard.verdicts.gates import Gate
from trustboard.verdicts.missing import missing_fields
from trustboard.verdicts.model import GateResult, LabeledWindow
from trustboard.verdicts.ratios import Windows, compare_ratio
from trustboard.verdicts.sentences import headline
from trustboard.verdicts.shares import compare_shares
from trustboard.verdicts.timed_reading import TimedReading
from trustboard.verdicts.windows import After, after_statement, before_statement, labeled


@dataclass(frozen=True)
class ChangeReading(TimedReading):
    """What the rule says on `day` about months settled by then."""

    test: ChangeTest

    @cached_property
    def tried(self) -> tuple[tuple[GateResult, ...], CannotTell | None]:
        """Try the gates in order."""
        listed: list[Gate] = [
            self._measurable,
            lambda: self.late_enough(opening=self.after.opening, needed=self.after.needed),
            lambda: self.published(
                [*self.before, *self.after.months], at_deadline=self.after.at_deadline
            ),
            self._comparable,
            self._complete,
            self._enough,
        ]
        return gates.try_gates(listed)

    @property
    def outcome(self) -> Verdict | CannotTell:
        """Give the verdict, or the reason for having none."""
        return self.tried[1] or self.comparison.verdict

    @property
    def has_figure(self) -> bool:
        """Say whether a figure can be quoted: both windows are published and comparable."""
        return len(self.tried[0]) > 4 and self._residents_known

    @cached_property
    def after(self) -> After:
        """Give the current window."""
        return after_statement(
            self.commitment,
            length=self.test.current_months,
            deadline=self.test.deadline,
            settled=self.settled,
        )

    @cached_property
    def before(self) -> list[Month]:
        """Give the months of the baseline."""
        return before_statement(self.commitment, self.test, self.after)

    @cached_property
    def labels(self) -> tuple[LabeledWindow, ...]:
        """Name both windows for the page, once both have months."""
        if not self.before or not self.after.months:
            return ()
        return labeled("before", self.before), labeled("after", self.after.months)

    @cached_property
    def windows(self) -> Windows:
        """Give the months of both windows. KeyError if one is not published (see gate 3)."""
        monthly = self.question.monthly
        return Windows(monthly.loc[self.before], monthly.loc[self.after.months])

    @cached_property
    def comparison(self) -> Comparison:
        """Compare the two windows."""
        return self._compare(self.windows)

    def _compare(self, windows: Windows) -> Comparison:
        if self.question.indicator.kind == "share":
            return compare_shares(windows, self.test, at_deadline=self.after.at_deadline)
        rate = self.question.indicator.kind == "rate"
        return compare_ratio(windows, self.test, rate=rate, at_deadline=self.after.at_deadline)

    def _measurable(self) -> GateResult:
        found = (
            f"The test names what is counted ({self.question.indicator.title.lower()}), a "
            f"direction ({self.test.direction}) and the months to compare."
        )
        return gates.measurable([], found=found)

    def _comparable(self) -> GateResult:
        start, end = first_day(self.before[0]), last_day(self.after.last)
        return gates.comparable(
            self.question.tables,
            indicator=self.question.indicator.id,
            query=self.question.query,
            start=start,
            end=end,
        )

    def _complete(self) -> GateResult:
        spans = {"before": self.before, "after": self.after.months}
        missing = missing_fields(self.question, spans)
        too_much = any(one.too_much for one in missing)
        changes = "" if too_much else self._filling_changes()
        return gates.complete(missing, self.question.tables, changes_state=changes)

    def _enough(self) -> GateResult:
        if not self._residents_known:
            return gates.too_few_residents()
        before, after = self.comparison.before, self.comparison.after
        if self.question.indicator.kind == "share":
            return gates.enough_cases(before, after)
        return gates.enough_events(before, after)

    @property
    def _residents_known(self) -> bool:
        if self.question.indicator.kind != "rate":
            return True
        return all(
            bool(w["exposure"].gt(0).all()) for w in (self.windows.before, self.windows.after)
        )

    def _filling_changes(self) -> str:
        """Fill what is missing in the two most lopsided ways; say so if the state changes."""
        if not self._residents_known:
            return ""
        base = self.comparison.verdict
        for filled in fillings(self.question, self.windows):
            other = self._compare(filled).verdict
            if other.state is not base.state:
                return gates.changed_by_filling(headline(base), headline(other))
        return ""
