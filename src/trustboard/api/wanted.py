"""One question to one city, read from a request and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from trustboard import shared
from trustboard.api import asked
from trustboard.api.asked import Page
from trustboard.api.naming import city_of, home, indicator_of
from trustboard.api.problems import ProblemError, bad, nothing
from trustboard.api.sizes import check_size
from trustboard.citydata import CityData
from trustboard.exports import view_path
from trustboard.indicator import Indicator
from trustboard.query import FILTERS, NoSuchValueError, Query, QueryError
from trustboard.tidy import CannotMeasure, Measured


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question, read and checked. `link` is the full address of the page that shows it."""

    opened: shared.Opened
    indicator: Indicator
    query: Query
    page: Page
    form: str
    header: bool
    link: str

    @property
    def city(self) -> CityData:
        """Give the city."""
        return self.opened.city

    def answer(self) -> Measured | CannotMeasure:
        """Measure it. Raises a `ProblemError` (404) where the city has no such value."""
        check_size(self.city, self.indicator, self.query)
        try:
            return shared.measured(self.city, self.indicator.id, self.query)
        except NoSuchValueError as error:
            name = error.group if error.group in FILTERS else "where"
            raise nothing(name, str(error), allowed=error.known) from error
        except QueryError as error:  # whatever was not foreseen when the address was read
            raise bad("query", str(error)) from error


def read_wanted(
    request: Request, *, forms: Sequence[str], parameters: Sequence[str] = asked.MEASURE
) -> Wanted:
    """Read a question. Raises a `ProblemError` that names what is wrong with it."""
    opened, indicator = city_of(request), indicator_of(request)
    given = request.query_params
    asked.known_only(given, parameters)
    query = asked.query_of(given, indicator)
    return Wanted(
        opened=opened,
        indicator=indicator,
        query=query,
        page=asked.page(given),
        form=asked.one_of(given, "format", forms),
        header=asked.one_of(given, "about", ("yes", "no")) == "yes",
        link=f"{home(request)}/{view_path(opened.city, indicator.id, query)}",
    )


def no_file(found: CannotMeasure) -> ProblemError:
    """Refuse a file where there are no numbers: an empty one would look like zeros."""
    return ProblemError(
        404,
        f"Cannot tell: {found.why}. Ask for format=json to read what is missing.",
        parameter="format",
        allowed=("json",),
    )
