"""Would another reasonable rule say the same? One test, read again with other choices.

Only choices that could matter are tried: once a deadline has passed its window is fixed, and a
promised number leaves no room for another margin. Readings that give no answer are counted apart:
they neither agree nor differ.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from trustboard.citydata import CityData
from trustboard.commitments import ChangeTest, Commitment, ThresholdTest, Window
from trustboard.indicator import Unit
from trustboard.months import first_day, how_many, month_of
from trustboard.verdict_states import CannotTell, Verdict
from trustboard.verdicts.building import ill_defined
from trustboard.verdicts.change_reading import ChangeReading
from trustboard.verdicts.sentences import headline
from trustboard.verdicts.series import Question, ask
from trustboard.verdicts.threshold_reading import ThresholdReading
from trustboard.verdicts.timed_reading import coverage_of
from trustboard.verdicts.view import View, view_of
from trustboard.wording import share, whole

BASELINES: Final = (12, 24, 36)
LENGTHS: Final = (6, 12, 24)
MARGINS: Final = (0.05, 0.10, 0.20)
#: The words for a choice, and the fields of the test it sets.
_Choice: TypeAlias = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class OtherReading:
    """One other way to read a test, and what it gives."""

    choices: str  # "12 months before; smallest change that matters 5%"
    outcome: Verdict | CannotTell

    @property
    def says(self) -> str:
        """Say the outcome in a few words."""
        return headline(self.outcome)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How one verdict stands up to other choices."""

    base: Verdict
    readings: tuple[OtherReading, ...]

    @property
    def answered(self) -> tuple[OtherReading, ...]:
        """Give the readings that give an answer at all."""
        return tuple(one for one in self.readings if isinstance(one.outcome, Verdict))

    @property
    def differing(self) -> tuple[OtherReading, ...]:
        """Give the readings whose answer is another one."""
        return tuple(one for one in self.answered if _state(one) is not self.base.state)

    @property
    def unanswered(self) -> tuple[OtherReading, ...]:
        """Give the readings from which nobody can tell; they neither agree nor differ."""
        return tuple(one for one in self.readings if isinstance(one.outcome, CannotTell))

    @property
    def sentence(self) -> str:
        """Say it: "The verdict stays the same in 9 of 12 other readings."."""
        total, same = len(self.answered), len(self.answered) - len(self.differing)
        said = f"The verdict stays the same in {whole(same)} of {whole(total)} other readings."
        if self.unanswered:
            said += f" {whole(len(self.unanswered))} more cannot be told."
        return said


def sensitivity(
    commitment: Commitment,
    test: ChangeTest | ThresholdTest,
    city: CityData,
    *,
    as_of: date | None = None,
) -> Sensitivity | None:
    """Read a change or threshold test with other choices; None where it gives no verdict."""
    view = view_of(city, as_of=as_of)
    if ill_defined(commitment, test, view) is not None:
        return None
    reader = _Reader(commitment, view)
    base = reader.read(test)
    if not isinstance(base.outcome, Verdict):
        return None
    readings = []
    for choices, other, settled_only in _alternatives(test, base):
        if other != test or not settled_only:
            found = reader.read(other, settled_only=settled_only)
            readings.append(OtherReading(choices, found.outcome))
    return Sensitivity(base.outcome, tuple(readings))


class _Reader:
    """Reads a test and its variants, measuring each unit only once."""

    def __init__(self, commitment: Commitment, view: View) -> None:
        self.commitment, self.view = commitment, view
        self.questions: dict[str, Question] = {}

    def read(
        self, test: ChangeTest | ThresholdTest, *, settled_only: bool = True
    ) -> ChangeReading | ThresholdReading:
        """Read one variant, with or without the months that late rows may still change."""
        question = self._question(test)
        coverage = coverage_of(question)
        if coverage is not None and not settled_only:
            coverage = coverage.model_copy(update={"settles_after_months": 0})
        if isinstance(test, ChangeTest):
            return ChangeReading(self.commitment, question, coverage, self.view.day, test)
        return ThresholdReading(self.commitment, question, coverage, self.view.day, test)

    def _question(self, test: ChangeTest | ThresholdTest) -> Question:
        if test.unit not in self.questions:
            self.questions[test.unit] = ask(
                self.view.city, test.indicator, filters=test.filters, unit=test.unit
            )
        return self.questions[test.unit]


def _alternatives(
    test: ChangeTest | ThresholdTest, base: ChangeReading | ThresholdReading
) -> Iterator[tuple[str, ChangeTest | ThresholdTest, bool]]:
    """Combine all choices that could matter, each with its words."""
    fixed = base.after.at_deadline
    waits = base.coverage is not None and base.coverage.settles_after_months > 0
    recent = [True] if fixed or not waits else [True, False]
    changes: list[list[_Choice]]
    if isinstance(test, ChangeTest):
        changes = [_baselines(test), _margins(test, base, fixed=fixed)]
    else:
        changes = [[(f"{n} months", {"current_months": n}) for n in LENGTHS]]
    changes.append(_units(base))
    for combined in itertools.product(*changes):
        words = [said for said, _ in combined if said]
        update = {key: value for _, one in combined for key, value in one.items()}
        for settled_only in recent:
            extra = [] if settled_only else ["with the unsettled months"]
            yield "; ".join([*words, *extra]), test.model_copy(update=update), settled_only


def _baselines(test: ChangeTest) -> list[_Choice]:
    """Try 12, 24 and 36 months before, ending where the written baseline ends."""
    if test.baseline is None:
        lengths = sorted({*BASELINES, test.baseline_months})
        return [(f"{n} months before", {"baseline_months": n}) for n in lengths]
    last = month_of(test.baseline.to)
    found: list[_Choice] = []
    written = how_many(month_of(test.baseline.from_), last)
    for number in sorted({*BASELINES, written}):
        window = Window(from_=first_day(last - number + 1), to=test.baseline.to)
        same = test.baseline if number == written else window
        found.append((f"{number} months before", {"baseline": same}))
    return found


def _margins(
    test: ChangeTest, base: ChangeReading | ThresholdReading, *, fixed: bool
) -> list[_Choice]:
    if fixed and test.target_change is not None:
        return [("", {})]
    if base.question.indicator.kind == "share":
        return [("", {})]
    margins = sorted({*MARGINS, test.margin})
    return [(f"smallest change that matters {share(m)}", {"margin": m}) for m in margins]


def _units(base: ChangeReading | ThresholdReading) -> list[_Choice]:
    units: tuple[Unit, ...] = base.question.indicator.units
    if len(units) == 1 or "outcomes" not in base.question.city.tables:
        return [("", {})]
    return [(f"counted in {unit}s", {"unit": unit}) for unit in units]


def _state(one: OtherReading) -> object:
    return one.outcome.state if isinstance(one.outcome, Verdict) else None
