"""A question read from the address of a page: the grammar of the API, and never a dead end.

The API refuses what it cannot read, for a program must not take one number for another. A page
leaves it out, says so, and shows what it shows under a title that says what that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import QueryParams

from trustboard import shared
from trustboard.api import asked
from trustboard.api.problems import ProblemError
from trustboard.api.sizes import check_size
from trustboard.citydata import CityData
from trustboard.indicator import Indicator, catalogue
from trustboard.query import FILTERS, NoSuchValueError, Query, QueryError

#: What an address of a page may hold of a question, besides city and indicator.
PARAMETERS: Final = ("by", "from", "to", *FILTERS, "where", "rest", "unit")
#: More than this is set aside at once, without telling each.
_MOST_NOTES: Final = 4

Pairs = Sequence[tuple[str, str]]


def indicator_named(name: str) -> Indicator | None:
    """Give the indicator of that name; None if there is none."""
    return catalogue().get(name)


def query_from(pairs: Pairs, indicator: Indicator, city: CityData) -> tuple[Query, tuple[str, ...]]:
    """Read a question that this city can be asked, with a note on each thing that was set aside."""
    kept = list(pairs)[: asked.MOST_VALUES]
    notes: list[str] = []
    while len(notes) < _MOST_NOTES:
        try:
            return _read(kept, indicator, city), tuple(notes)
        except ProblemError as problem:
            notes.append(f"{problem.detail} It was set aside.")
            kept = _without(kept, problem, indicator, city)
    return Query(), (*notes, "Everything else in the address was set aside too.")


def _without(
    pairs: list[tuple[str, str]], problem: ProblemError, indicator: Indicator, city: CityData
) -> list[tuple[str, str]]:
    """Leave out what a problem is about: the values that are wrong by themselves, else all."""
    named = [pair for pair in pairs if pair[0] == problem.parameter]
    wrong = [pair for pair in named if _fails([pair], indicator, city)] or named or pairs
    return [pair for pair in pairs if pair not in wrong]


def _fails(pairs: Pairs, indicator: Indicator, city: CityData) -> bool:
    try:
        _read(pairs, indicator, city)
    except ProblemError:
        return True
    return False


def _read(pairs: Pairs, indicator: Indicator, city: CityData) -> Query:
    given = QueryParams(list(pairs))
    asked.known_only(given, PARAMETERS)
    query = asked.query_of(given, indicator)
    check_size(city, indicator, query)
    try:
        shared.measured(city, indicator.id, query)
    except NoSuchValueError as error:
        name = error.group if error.group in FILTERS else "where"
        raise ProblemError(404, str(error), parameter=name) from error
    except QueryError as error:
        raise ProblemError(400, str(error), parameter="query") from error
    return query
