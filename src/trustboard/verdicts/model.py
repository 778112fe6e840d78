"""What an assessment says: one outcome per test, everything it rests on, and never an average."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NoReturn, TypeAlias

from trustboard import METHOD_VERSION
from trustboard.commitments import AnyTest, Commitment, Evidence
from trustboard.statistics import Interval
from trustboard.verdict_states import CannotTell, Reason, Verdict

if TYPE_CHECKING:
    from trustboard.tidy import Measured

#: The gates in the order in which they are tried; the first that is not passed decides.
GATES: Final = (
    Reason.NOT_MEASURABLE,
    Reason.TOO_EARLY,
    Reason.NOT_PUBLISHED,
    Reason.NOT_COMPARABLE,
    Reason.INCOMPLETE,
    Reason.TOO_FEW,
)

Number: TypeAlias = int | float | str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A claimed figure and a published one are no further apart than the tolerance.

    It says nothing about a person. Where the two differ by more, the outcome is
    `CannotTell(SOURCES_CONFLICT)` instead. It has no order and is no number.
    """

    claimed: float
    published: float
    tolerance: float

    @property
    def agrees(self) -> Literal[True]:
        """Say that the two agree: there is no `Agreement` of figures that differ."""
        return True


Outcome: TypeAlias = Verdict | CannotTell | Agreement


@dataclass(frozen=True, slots=True)
class LabeledWindow:
    """A stretch of time used by a test, both ends included, with the name the page gives it."""

    label: str
    from_: date
    to: date


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate: whether it was passed, what was found, and (if not) what would resolve it."""

    name: Reason
    passed: bool
    found: str
    would_resolve: str = ""


@dataclass(frozen=True, slots=True)
class AssessedTest:
    """One test with its outcome and everything a reader needs to check it.

    `outcome` is what is shown; `raw` is what this quarter's numbers alone say (they differ only
    while a new state waits to be repeated, see `held_back`). `numbers` holds every number of
    `formula`, in order. `gates` holds every gate tried, up to the first that was not passed.
    `provisional` is False only for a verdict at a deadline, whose window is complete and settled.
    """

    commitment_id: str
    test: AnyTest
    outcome: Outcome
    raw: Outcome
    headline: str
    sentence: str
    as_of: date
    literal: str = ""
    estimate: Interval | None = None
    estimate_is: Literal["ratio", "share", "difference", "count", ""] = ""
    numbers: Mapping[str, Number] = field(default_factory=dict)
    formula: str = ""
    windows: tuple[LabeledWindow, ...] = ()
    series: Measured | None = None
    smallest_detectable: float | None = None
    gates: tuple[GateResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    provisional: bool = True
    held_back: str = ""
    method_version: str = METHOD_VERSION

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError("Assessed tests have no order: no outcome is above another.")

    @property
    def cannot_tell(self) -> CannotTell | None:
        """Give the reason for having no answer, or None where there is one."""
        return self.outcome if isinstance(self.outcome, CannotTell) else None


@dataclass(frozen=True, slots=True)
class AssessedCommitment:
    """A commitment with all its tests, side by side. There is no overall outcome, on purpose."""

    commitment: Commitment
    tests: tuple[AssessedTest, ...]
    as_of: date
    data_hash: str
    not_measurable: CannotTell | None = None

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError("Commitments have no order: no outcome is above another.")
