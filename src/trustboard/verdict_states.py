"""What a verdict can say, and the reasons why nobody can tell.

The two never mix. "Cannot tell" is not a low score: it cannot be sorted, counted or averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, NoReturn, TypeAlias


class VerdictState(Enum):
    """What published data say about a promise. No state is above or below another."""

    MOVING_AS_PROMISED = "MOVING_AS_PROMISED"
    """Before the deadline: a change the promised way, larger than chance and large enough."""

    MOVING_AGAINST = "MOVING_AGAINST"
    """Before the deadline: a change the opposite way, larger than chance and large enough."""

    NO_REAL_CHANGE = "NO_REAL_CHANGE"
    """Before the deadline: the data show that nothing changed by as much as would matter."""

    NO_CLEAR_CHANGE = "NO_CLEAR_CHANGE"
    """Before the deadline: the data are too weak to say whether anything changed."""

    KEPT = "KEPT"
    """At the deadline: the promised level was reached, a promised change by more than chance."""

    NOT_KEPT = "NOT_KEPT"
    """At the deadline: the promised level was missed by more than chance explains."""

    TOO_CLOSE_TO_CALL = "TOO_CLOSE_TO_CALL"
    """At the deadline: the promised level may or may not have been reached."""


#: The states that close a promise; they change only by a logged revision.
DEADLINE_STATES: Final = frozenset(
    {VerdictState.KEPT, VerdictState.NOT_KEPT, VerdictState.TOO_CLOSE_TO_CALL}
)


class Reason(Enum):
    """Why nobody can tell. No reason is better or worse than another."""

    NOT_MEASURABLE = "NOT_MEASURABLE"
    """The promise names nothing that can be counted, no direction, or no date."""

    TOO_EARLY = "TOO_EARLY"
    """Too few complete months have passed since the promise."""

    NOT_PUBLISHED = "NOT_PUBLISHED"
    """The figures that would show it are not published, or no longer."""

    NOT_COMPARABLE = "NOT_COMPARABLE"
    """A law, form, code list or boundary changed between the two windows."""

    INCOMPLETE = "INCOMPLETE"
    """So much is missing from the records that filling it in could change the answer."""

    TOO_FEW = "TOO_FEW"
    """Too few events happened for a change to be told from chance."""

    SOURCES_CONFLICT = "SOURCES_CONFLICT"
    """Two published sources contradict each other on the point at issue."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say. `part_way`: not kept, yet the change went the promised way."""

    state: VerdictState
    part_way: bool = False

    def __post_init__(self) -> None:
        if self.part_way and self.state is not VerdictState.NOT_KEPT:
            raise ValueError(f"only a promise not kept can be part-way, not {self.state.name}")


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Nobody can tell from what is published.

    `found` says what was found instead of an answer, `would_resolve` what would have to be
    published for one. It can be compared for equality and shown; sorting, adding, converting to
    a number or counting it as a kind of result raises TypeError.
    """

    reason: Reason
    found: str
    would_resolve: str

    def __post_init__(self) -> None:
        if not (self.found.strip() and self.would_resolve.strip()):
            raise ValueError("say in words what was found and what would resolve it")

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError(_NO_RANK)

    def __le__(self, other: object) -> NoReturn:
        raise TypeError(_NO_RANK)

    def __gt__(self, other: object) -> NoReturn:
        raise TypeError(_NO_RANK)

    def __ge__(self, other: object) -> NoReturn:
        raise TypeError(_NO_RANK)

    def __add__(self, other: object) -> NoReturn:
        raise TypeError(_NO_NUMBER)

    def __radd__(self, other: object) -> NoReturn:
        raise TypeError(_NO_NUMBER)

    def __int__(self) -> NoReturn:
        raise TypeError(_NO_NUMBER)

    def __float__(self) -> NoReturn:
        raise TypeError(_NO_NUMBER)

    def __hash__(self) -> NoReturn:
        raise TypeError(_NO_TALLY)


_NO_RANK: Final = "“Cannot tell” is neither better nor worse than anything; it cannot be sorted."
_NO_NUMBER: Final = "“Cannot tell” is not a number; it cannot be added or averaged."
_NO_TALLY: Final = "“Cannot tell” is not a result; it cannot be tallied or used as a key."

Outcome: TypeAlias = Verdict | CannotTell
