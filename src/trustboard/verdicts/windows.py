"""Which months are compared: those before a statement and those after it.

See docs/methods.md sections 4 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trustboard.commitments import ChangeTest, Commitment
from trustboard.months import (
    Month,
    earliest_day,
    first_complete,
    first_day,
    how_many,
    last_complete,
    last_day,
    latest_day,
    month_of,
    months_between,
    months_text,
)
from trustboard.verdicts.model import LabeledWindow

#: No verdict before this many complete months have passed, unless the deadline comes earlier.
FEWEST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class After:
    """The time after a statement, as far as a table's settled months allow.

    `needed` complete months must have passed; `at_deadline` says that the deadline's last month is
    settled; `shorter` that the deadline leaves less than whole years, so that only the same
    calendar months are compared.
    """

    first: Month
    last: Month
    opening: Month
    needed: int
    at_deadline: bool
    shorter: bool

    @property
    def months(self) -> list[Month]:
        """List the months of the current window."""
        return months_between(self.first, self.last)


def after_statement(
    commitment: Commitment, *, length: int, deadline: date | None, settled: Month
) -> After:
    """Find the current window: the latest settled months, up to the deadline once it has passed."""
    said = latest_day(commitment.said_on, commitment.said_on_precision)
    opening = month_of(said) + 1
    closing = None if deadline is None else last_complete(deadline)
    room = length if closing is None else how_many(opening, closing)
    needed = min(length, room)
    at_deadline = closing is not None and settled >= closing
    last = closing if closing is not None and at_deadline else settled
    first = max(opening, last - needed + 1)
    return After(first, last, opening, needed, at_deadline, shorter=needed < FEWEST_MONTHS)


def before_statement(commitment: Commitment, test: ChangeTest, after: After) -> list[Month]:
    """List the months of the baseline: complete months that ended before the statement's month.

    A place chosen because its number was high would fall back by chance alone, so the year of its
    choosing (the 12 months before the statement) is left out. Where the deadline leaves less than a
    year, only the calendar months of the current window are kept.
    """
    said = earliest_day(commitment.said_on, commitment.said_on_precision)
    latest = month_of(said) - 1 - (12 if test.chosen_for_high_value else 0)
    if test.baseline is None:
        months = months_between(latest - test.baseline_months + 1, latest)
    else:
        last = min(latest, last_complete(test.baseline.to))
        months = months_between(first_complete(test.baseline.from_), last)
    if after.shorter:
        kept = {month.month for month in after.months}
        months = [month for month in months if month.month in kept]
    return months


def labeled(label: str, months: list[Month]) -> LabeledWindow:
    """Name a window for the page: "before: April 2019 to March 2021"."""
    text = months_text(months[0], months[-1])
    return LabeledWindow(f"{label}: {text}", first_day(months[0]), last_day(months[-1]))
