"""What is asked of an indicator: split by what, between which days, which rows, which unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from trustboard.described import EARLIEST, LATEST

if TYPE_CHECKING:
    from trustboard.indicator import Indicator, Unit

PeriodKind = Literal["all", "year", "quarter", "month"]
Rest = Literal["", "beside", "only"]
PERIODS: Final[tuple[PeriodKind, ...]] = ("year", "quarter", "month")
#: The groups that are filtered by under their own name, in addresses and on the command line; any
#: other goes through `where`.
FILTERS: Final = ("place", "district", "category", "finding", "filed_by")


class QueryError(ValueError):
    """The question cannot be asked that way; the message says what is allowed."""


class NoSuchValueError(QueryError):
    """A filter names a value of `group` that this city does not have."""

    def __init__(self, message: str, *, group: str, known: tuple[str, ...]) -> None:
        super().__init__(message)
        self.group, self.known = group, known


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an indicator. Hashable, so that answers can be kept.

    `by` holds at most one of year, quarter, month, and any groups the indicator knows; `from_` and
    `to` are both included; `filters` pairs a group with the ids to keep. `rest` adds a line for all
    other places together to those of the places kept, or gives it alone.
    """

    by: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: Unit = "complaint"
    rest: Rest = ""

    @property
    def groups(self) -> tuple[str, ...]:
        """Give what is split by besides time."""
        return tuple(name for name in self.by if name not in PERIODS)

    def period(self, indicator: Indicator) -> PeriodKind:
        """Give the stretch of time per row: as asked, else the indicator's own first choice."""
        asked = [name for name in PERIODS if name in self.by]
        return asked[0] if asked else indicator.periods[0]

    def kept(self, column: str) -> tuple[str, ...]:
        """Give the ids of a group that are asked for; empty where all are."""
        return next((ids for name, ids in self.filters if name == column), ())


def check_query(indicator: Indicator, query: Query) -> None:
    """Refuse what this indicator cannot be asked, whatever the city. Raises QueryError."""
    what = f'"{indicator.id}"'
    if len(set(query.by)) != len(query.by):
        raise QueryError(f"{what} is split twice by the same thing: {_list(query.by)}.")
    if sum(name in PERIODS for name in query.by) > 1:
        raise QueryError(f"{what} can be split by one of {_list(PERIODS)} at a time.")
    for name in query.by:
        allowed = [*(p for p in indicator.periods if p != "all"), *indicator.by]
        if name not in allowed:
            raise QueryError(
                f'{what} cannot be split by "{name}"; it can be split by {_list(allowed)}.'
            )
    for one in (query.from_, query.to):
        if one is not None and not EARLIEST <= one <= LATEST:
            raise QueryError(
                f"{one} is no day that can be asked for; name one from {EARLIEST} to {LATEST}."
            )
    if query.from_ and query.to and query.from_ > query.to:
        raise QueryError(
            f"The first day ({query.from_}) is after the last ({query.to}); swap --from and --to."
        )
    if query.unit not in indicator.units:
        raise QueryError(
            f'{what} is not counted in the unit "{query.unit}"; it is counted in '
            f"{_list(indicator.units)}."
        )
    _check_filters(indicator, query)
    why = no_rest(indicator, query)
    if why:
        raise QueryError(why)


def no_rest(indicator: Indicator, query: Query) -> str:
    """Say why places cannot be set beside the rest of their city; empty where they can."""
    if not query.rest:
        return ""
    if indicator.kind not in ("rate", "share") or indicator.parts or "place" not in indicator.by:
        return f'"{indicator.id}" is no rate or share that places can be compared by.'
    if query.groups != ("place",) or not query.kept("place"):
        return "The rest of a city is that beside places: split by place, and name the places."
    if query.kept("district"):
        return "The rest of a city cannot be narrowed by district."
    return ""


def check_value(
    indicator: Indicator, column: str, *, ids: tuple[str, ...], known: list[str]
) -> None:
    """Refuse ids that this city does not have. Raises NoSuchValueError naming those it has."""
    strange = [one for one in ids if one not in known]
    if strange:
        raise NoSuchValueError(
            f'"{indicator.id}" has no {column.replace("_", " ")} "{strange[0]}" in this city; '
            f"it has {_list(known)}.",
            group=column,
            known=tuple(known),
        )


def _check_filters(indicator: Indicator, query: Query) -> None:
    columns = [column for column, _ in query.filters]
    if len(set(columns)) != len(columns):
        raise QueryError(f"Filter each group once, with all its values: {_list(columns)}.")
    for column, ids in query.filters:
        if column not in indicator.filters:
            raise QueryError(
                f'"{indicator.id}" cannot be filtered by "{column}"; '
                f"it can be filtered by {_list(indicator.filters)}."
            )
        if not ids:
            raise QueryError(f'The filter on "{column}" names no value; name one or leave it out.')


def _list(words: tuple[str, ...] | list[str], most: int = 30) -> str:
    if not words:
        return "nothing"
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")
