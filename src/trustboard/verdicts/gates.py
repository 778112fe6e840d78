"""The six gates of docs/methods.md section 6: what has to hold before numbers may give a verdict.

Each gate answers with a sentence of what was found and, if it is not passed, a sentence of what
would resolve it. They are tried in order; the first that is not passed decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from trustboard.breaks import breaks_of
from trustboard.citydata import Table
from trustboard.months import Month, how_many, months_text
from trustboard.query import Query
from trustboard.verdict_states import CannotTell, Reason
from trustboard.verdicts.model import GATES, GateResult
from trustboard.wording import date_text, share, whole

Gate: TypeAlias = Callable[[], GateResult]

#: Missing in more than this share of the rows of a window: INCOMPLETE (locations may miss more).
MOST_MISSING: Final = 0.10
MOST_MISSING_PLACE: Final = 0.15
#: More than this share of a table's rows kept aside: verdicts that rest on it are INCOMPLETE.
MOST_QUARANTINED: Final = 0.01
FEWEST_EVENTS: Final = 10
FEWEST_CASES: Final = 30
PLACE_COLUMNS: Final = frozenset({"place", "district"})


def try_gates(gates: Iterable[Gate]) -> tuple[tuple[GateResult, ...], CannotTell | None]:
    """Try gates in order and stop at the first that is not passed."""
    tried: list[GateResult] = []
    for gate in gates:
        result = gate()
        tried.append(result)
        if not result.passed:
            return tuple(tried), CannotTell(result.name, result.found, result.would_resolve)
    return tuple(tried), None


def measurable(problems: Sequence[str], *, found: str) -> GateResult:
    """Gate 1: an indicator, a direction and dates are fixed and fit together."""
    if not problems:
        return GateResult(Reason.NOT_MEASURABLE, True, found)
    would = "A test whose indicator, direction, dates and target fit together."
    return GateResult(Reason.NOT_MEASURABLE, False, " ".join(problems), would)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How many complete, settled months have passed since a statement."""

    opening: Month
    by_calendar: Month  # the last month that could be settled by the day of the verdict
    published: Month | None  # the last settled month of the table; None where there is no table
    needed: int
    stale: bool  # the publisher is behind its own rhythm


def late_enough(elapsed: Elapsed) -> GateResult:
    """Gate 2: enough complete months have passed. A publisher that is late is gate 3's matter."""
    passed = how_many(elapsed.opening, elapsed.by_calendar)
    if elapsed.published is not None and not elapsed.stale:
        passed = min(passed, how_many(elapsed.opening, elapsed.published))
    found = (
        f"{_months(passed)} complete and settled since the statement; {elapsed.needed} are needed."
    )
    if passed >= elapsed.needed:
        return GateResult(Reason.TOO_EARLY, True, found)
    until = elapsed.opening + elapsed.needed - 1
    would = f"Complete figures for {months_text(elapsed.opening, until)}."
    return GateResult(Reason.TOO_EARLY, False, found, would)


def comparable(
    tables: Sequence[Table], *, indicator: str, query: Query, start: date, end: date
) -> GateResult:
    """Gate 4: nothing changed, between the start of one window and the end of the other, in what
    is counted or how, nor in the words that the question filters by."""
    hit = [
        one
        for table in tables
        for one in breaks_of(table, tables=tables, indicator=indicator, query=query)
        if start < one.on <= end
    ]
    if not hit:
        found = f"No break in the series is on record from {date_text(start)} to {date_text(end)}."
        return GateResult(Reason.NOT_COMPARABLE, True, found)
    first = min(hit, key=lambda one: (one.on, one.why))
    found = (
        f"On {date_text(first.on)} the series changed: {first.why.strip().rstrip('.')}. "
        "Figures from before and after that day are not counts of the same thing."
    )
    would = "Figures for both periods counted under the same rules."
    return GateResult(Reason.NOT_COMPARABLE, False, found, would)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of the rows of a window lack a field that the test needs.

    All rows of the window decide (docs/methods.md section 6, gate 5). `among` tells the same of the
    rows that pass, or may pass, the test's filters on other fields: how many lack it, of how many.
    None where no other filter leaves a row out.
    """

    column: str
    window: str
    missing: int
    rows: int
    among: tuple[int, int] | None = None

    @property
    def share(self) -> float:
        """Give the share of rows without the field; 0 where there are no rows."""
        return self.missing / self.rows if self.rows else 0.0

    @property
    def most(self) -> float:
        """Give the larger of both shares: what has to be told of first."""
        lacking, rows = self.among or (0, 0)
        return max(self.share, lacking / rows if rows else 0.0)

    @property
    def too_much(self) -> bool:
        """Say whether that is more than a verdict may rest on."""
        limit = MOST_MISSING_PLACE if self.column in PLACE_COLUMNS else MOST_MISSING
        return self.share > limit

    def sentence(self) -> str:
        """Say it in words."""
        field = self.column.replace("_", " ")
        said = (
            f"{field} is missing in {whole(self.missing)} of {whole(self.rows)} rows "
            f"({share(self.share)}) {self.window}"
        )
        lacking, rows = self.among or (0, 0)
        if not rows:
            return said
        return (
            f"{said}; among rows that fit everything else that is asked, in {whole(lacking)} of "
            f"{whole(rows)} ({share(lacking / rows)})"
        )


def complete(
    missing: Sequence[Missing], tables: Sequence[Table], *, changes_state: str = ""
) -> GateResult:
    """Gate 5: the needed fields are filled, and few rows were kept aside.

    `changes_state` says so in words if filling in what is missing, in the most and the least
    favorable way, would give another state.
    """
    bad = [one.sentence() for one in missing if one.too_much]
    for table in tables:
        account = table.accounting
        if account.read and account.quarantined / account.read > MOST_QUARANTINED:
            bad.append(
                f"{whole(account.quarantined)} of {whole(account.read)} rows of {table.file} could "
                f"not be read ({share(account.quarantined / account.read)})"
            )
    if bad:
        would = "The missing entries, or corrected rows, from the publisher."
        return GateResult(Reason.INCOMPLETE, False, _sentence("; ".join(bad)), would)
    if changes_state:
        would = "The missing or pending entries from the publisher."
        return GateResult(Reason.INCOMPLETE, False, changes_state, would)
    most = max(missing, key=lambda one: (one.most, one.column, one.window), default=None)
    if most is None or most.missing == 0:
        return GateResult(Reason.INCOMPLETE, True, "No field that the test needs is missing.")
    found = f"{_sentence(most.sentence())} Filling it in either way would not change the answer."
    return GateResult(Reason.INCOMPLETE, True, found)


def changed_by_filling(base: str, other: str) -> str:
    """Say that filling what is missing changes the answer."""
    return (
        "Filling missing or pending entries in the least favorable way would change the answer "
        f"from “{base}” to “{other}”."
    )


def enough_events(before: float, after: float) -> GateResult:
    """Gate 6 for counts and rates: at least 10 events in either window."""
    found = f"{whole(before)} before and {whole(after)} after; at least {FEWEST_EVENTS} are needed."
    if min(before, after) >= FEWEST_EVENTS:
        return GateResult(Reason.TOO_FEW, True, found)
    would = "A larger area or a longer time, so that more are counted."
    return GateResult(Reason.TOO_FEW, False, found, would)


def enough_cases(*cases: float) -> GateResult:
    """Gate 6 for shares: at least 30 cases in every window."""
    listed = " and ".join(whole(number) for number in cases)
    found = f"The share is of {listed} cases; at least {FEWEST_CASES} are needed."
    if min(cases) >= FEWEST_CASES:
        return GateResult(Reason.TOO_FEW, True, found)
    would = "A larger area or a longer time, so that more cases are counted."
    return GateResult(Reason.TOO_FEW, False, found, would)


def too_few_residents() -> GateResult:
    """Gate 6, not passed, for a rate without a reliable number of residents."""
    found = "The area has too few residents, or no reliable number of them, for a rate."
    return GateResult(Reason.TOO_FEW, False, found, "A larger area, or a reliable population.")


def _months(number: int) -> str:
    return "1 month is" if number == 1 else f"{number} months are"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def in_order(tried: Sequence[GateResult]) -> tuple[GateResult, ...]:
    """Show each gate once, in the order of METHODS, its decisive or last result."""
    last = {one.name: one for one in tried}
    return tuple(last[name] for name in GATES if name in last)
