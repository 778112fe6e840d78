"""Two printed figures: their exact ratio, and what the rule makes of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from trustboard.commitments import Commitment, FigureChangeTest
from trustboard.query import Query
from trustboard.rule import smallest_that_matters, state_at_deadline, state_before_deadline
from trustboard.statistics import Interval, RatioTest, rate_ratio, smallest_detectable_change
from trustboard.verdict_states import CannotTell, Reason, Verdict
from trustboard.verdicts import gates, published_gate
from trustboard.verdicts.model import GateResult, LabeledWindow
from trustboard.verdicts.printed import Printed, days_of
from trustboard.verdicts.sentences import (
    CANNOT_SHOW_WHY,
    change_of,
    change_with_range,
    clause,
    joined,
    literal,
    margin_of_ratio,
)
from trustboard.verdicts.view import View
from trustboard.wording import amount

TWO_TOTALS = (
    "Two printed totals cannot show how much the number varies from month to month; the range "
    "assumes that events happen independently of each other, so the true range may be wider."
)


@dataclass(frozen=True)
class Pair:
    """Figures before and after, and what the rule makes of their ratio."""

    commitment: Commitment
    test: FigureChangeTest
    view: View
    before: Printed
    after: Printed

    @property
    def day(self) -> date:
        """Give the day of the verdict: the asked one, else the latest day anything was printed."""
        if self.view.limit is not None or "figures" not in self.view.city.tables:
            return self.view.day
        printed_on = days_of(self.view.city, self.after.rows)
        return max([self.view.day, *printed_on])

    @property
    def at_deadline(self) -> bool:
        """Say whether the deadline of a promise with a number has passed."""
        deadline = self.test.deadline
        return deadline is not None and self.target is not None and deadline <= self.day

    @property
    def target(self) -> float | None:
        """Give the promised ratio."""
        return None if self.test.target_change is None else 1 + self.test.target_change

    @property
    def months(self) -> tuple[float, float]:
        """Give the lengths of time behind the figures; equal where they are not printed."""
        lengths = (self.before.months, self.after.months)
        return (1.0, 1.0) if any(math.isnan(one) or one <= 0 for one in lengths) else lengths

    @property
    def ratio(self) -> RatioTest:
        """Compare the two figures, per month where the lengths of time differ."""
        old, new = self.months
        return rate_ratio(self.after.total, new, self.before.total, old)

    def not_counts(self) -> list[str]:
        """Say if the figures are not counts, so that no range can be computed from them."""
        if not (self.before.known and self.after.known):
            return []
        if self.before.are_counts and self.after.are_counts:
            return []
        units = ", ".join(sorted(self.before.units | self.after.units)) or "no stated unit"
        return [f"The figures are printed in {units}; only whole counts of things can be compared."]

    def published(self) -> GateResult:
        """Gate 3: all figures are here, each as one number."""
        absent = [*self.before.absent, *self.after.absent]
        if self.before.known and self.after.known:
            found = f"Printed by {self.before.publishers()} and {self.after.publishers()}."
            return GateResult(Reason.NOT_PUBLISHED, True, found)
        if absent:
            found = f"The figure {absent[0]} was not published by {self.day}."
        else:
            found = "One of the figures was not printed as a single number."
        return published_gate.not_published(found, "Both figures, printed as numbers.")

    def comparable(self) -> GateResult:
        """Gate 4: the same thing, counted for the same place, without a break between."""
        would = "Two figures that count the same thing for the same place."
        units, places = self.before.units | self.after.units, self.before.places | self.after.places
        if len(units) > 1 or len(places) > 1:
            differ = units if len(units) > 1 else places
            found = f"The figures differ in what they count: {' and '.join(sorted(differ))}."
            return GateResult(Reason.NOT_COMPARABLE, False, found, would)
        first, last = self.before.first, self.after.last
        if first == first and last == last:  # both printed
            return gates.comparable(
                [self.view.city.tables["figures"]],
                indicator="published-figure",
                query=Query(),
                start=first.date(),
                end=last.date(),
            )
        found = "Both figures count the same thing; when exactly is not printed."
        return GateResult(Reason.NOT_COMPARABLE, True, found)

    def verdict(self) -> Verdict:
        """Apply the rule."""
        rule = state_at_deadline if self.at_deadline else state_before_deadline
        return rule(
            self.ratio,
            direction=self.test.direction,
            target_ratio=self.target,
            margin=self.test.margin,
        )

    def meets(self) -> bool | None:
        """Say whether the bare figures meet the target."""
        if self.target is None:
            return None
        ratio = self.ratio.ratio
        reached = (
            ratio <= self.target if self.test.direction == "decrease" else ratio >= self.target
        )
        return reached or math.isclose(ratio, self.target, rel_tol=1e-12)

    def numbers(self) -> dict[str, Any]:
        """Give the estimate and every number that goes into it."""
        ratio, (old, new) = self.ratio, self.months
        numbers: dict[str, float] = {"before": self.before.total, "after": self.after.total}
        formula = f"{amount(self.after.total)} ÷ {amount(self.before.total)}"
        if old != new:
            numbers |= {"months before": old, "months after": new}
            formula = (
                f"({amount(self.after.total)} ÷ {new:.0f} months) ÷ "
                f"({amount(self.before.total)} ÷ {old:.0f} months)"
            )
        numbers |= {
            "ratio": ratio.ratio,
            "ratio, lower end": ratio.lower,
            "ratio, upper end": ratio.upper,
        }
        formula += f" = {ratio.ratio:.4f}; 95% range {ratio.lower:.4f} to {ratio.upper:.4f} (exact)"
        if self.target is not None:
            numbers["promised ratio"] = self.target
            formula += f"; promised {self.target:.4f}"
        return {
            "literal": literal(self.meets()),
            "estimate": Interval(ratio.ratio, ratio.lower, ratio.upper),
            "estimate_is": "ratio",
            "numbers": numbers,
            "formula": formula,
            "smallest_detectable": smallest_detectable_change(self.before.total, new / old),
        }

    def sentence(self, outcome: Verdict | CannotTell) -> str:
        """Say both figures, the change with its range, and what two totals cannot show."""
        assert isinstance(outcome, Verdict)  # noqa: S101 - only called for a verdict
        ratio = self.ratio
        interval = Interval(ratio.ratio, ratio.lower, ratio.upper)
        when = [f" ({period})" if period else "" for period in self._periods()]
        first = (
            f"{self.after.said()}{when[1]} against {self.before.said()}{when[0]}: "
            f"{change_with_range(interval)}."
        )
        target = "" if self.target is None else change_of(self.target)
        direction = self.test.direction
        matters = smallest_that_matters(direction, self.target, margin=self.test.margin)
        margin = margin_of_ratio(matters, direction)
        meaning = clause(outcome, margin=margin, target=target)
        return joined(first, meaning, TWO_TOTALS, CANNOT_SHOW_WHY)

    def caveats(self) -> tuple[str, ...]:
        """Say what the comparison leaves open."""
        listed = []
        if self.before.publishers() != self.after.publishers():
            listed.append("The two figures come from different publishers.")
        if self.months == (1.0, 1.0):
            listed.append("The figures are taken to cover equally long times.")
        return tuple(listed)

    def windows(self) -> tuple[LabeledWindow, ...]:
        """Name the times behind the figures, where they are printed."""
        named = []
        for label, side in (("before", self.before), ("after", self.after)):
            if len(side.rows) and side.first == side.first and side.last == side.last:
                text = f"{label}: {side.period()}" if side.period() else label
                named.append(LabeledWindow(text, side.first.date(), side.last.date()))
        return tuple(named)

    def _periods(self) -> tuple[str, str]:
        return self.before.period(), self.after.period()
