"""The dates of promises, for the charts of what they are about."""

from __future__ import annotations

from collections.abc import Callable

from trustboard.citydata import CityData
from trustboard.commitments import AnyTest
from trustboard.figures import Statement
from trustboard.figures.frame import statement

_MOST = 3


def promise_marks(city: CityData, indicator: str) -> tuple[Statement, ...]:
    """Give one mark per date on which something was promised about an indicator."""
    return _marks(city, lambda test: getattr(test, "indicator", None) == indicator)


def figure_marks(city: CityData, figures: frozenset[str]) -> tuple[Statement, ...]:
    """Give one mark per date on which something was said that some printed figures test."""
    lists = ("before", "after", "claim", "against")

    def about(test: AnyTest) -> bool:
        return any(figures & set(getattr(test, name, ())) for name in lists)

    return _marks(city, about)


def _marks(city: CityData, about: Callable[[AnyTest], bool]) -> tuple[Statement, ...]:
    """With more than three dates only the first and the last are drawn, to keep labels readable."""
    days = sorted(
        {
            (one.said_on, one.said_on_precision)
            for one in city.commitments
            if any(about(test) for test in one.tests)
        }
    )
    if len(days) > _MOST:
        days = [days[0], days[-1]]
    return tuple(statement(on, precision=precision, words="Promise") for on, precision in days)
