"""What a request asks for: its parameters, each checked and named when it is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from starlette.datastructures import QueryParams

from trustboard.api.problems import bad, nothing, shown
from trustboard.indicator import Indicator
from trustboard.query import FILTERS, PERIODS, Query, QueryError, check_query, no_rest
from trustboard.written_days import first_day, last_day

#: Bounds on what one request may ask for.
MOST_ROWS: Final = 10_000
USUAL_ROWS: Final = 1_000
FURTHEST: Final = 10_000_000
MOST_VALUES: Final = 120
MOST_EACH: Final = 20
LONGEST_VALUE: Final = 80
YEARS: Final = range(1900, 2100)

UNITS: Final = ("complaint", "allegation")
RESTS: Final = ("no", "beside", "only")
PAGING: Final = ("limit", "offset")
MEASURE: Final = (
    "by", "from", "to", *FILTERS, "where", "rest", "unit", "format", "about", *PAGING, "pin",
)  # fmt: skip
#: Of the rows behind a number also: all that were counted, or the numerator of a share alone.
ROWS: Final = (*MEASURE, "counted")
COUNTED: Final = ("all", "hits")
#: What any address below a city takes.
OF_CITY: Final = ("pin",)
_MANY: Final = frozenset({"by", "where", *FILTERS})
_AS_EVER: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """Which stretch of a long list is wanted."""

    limit: int
    offset: int

    @property
    def part(self) -> slice:
        """Give it as a slice."""
        return slice(self.offset, self.offset + self.limit)


def known_only(
    given: QueryParams, allowed: Sequence[str], *, longest: Mapping[str, int] = _AS_EVER
) -> None:
    """Refuse parameters that do not exist, come twice, are empty or far too long.

    `longest` gives the characters of parameters that take more than `LONGEST_VALUE`.
    """
    pairs = given.multi_items()
    if len(pairs) > MOST_VALUES:
        raise bad("query", f"No more than {MOST_VALUES} values in one address.")
    seen: Counter[str] = Counter()
    for name, value in pairs:
        if name not in allowed:
            what = "none" if not allowed else ", ".join(allowed)
            raise bad(
                name[:60],
                f"There is no parameter {shown(name)} here; there is: {what}.",
                allowed=allowed,
            )
        most = MOST_EACH if name in _MANY else 1
        if seen[name] >= most:
            raise bad(name, f"Give {name} {'once' if most == 1 else f'up to {most} times'}.")
        chars = longest.get(name, LONGEST_VALUE)
        if not value or len(value) > chars:
            raise bad(name, f"Give {name} a value of 1 to {chars} characters.")
        seen[name] += 1


def needed(given: QueryParams, name: str) -> str:
    """Read a parameter without which there is no question."""
    if name not in given:
        raise bad(name, f"Give {name}: without it there is nothing to look for.")
    return given[name]


def one_of(given: QueryParams, name: str, allowed: Sequence[str]) -> str:
    """Read a parameter with a few possible values; the first is taken where none is given."""
    value = given.get(name, allowed[0])
    if value not in allowed:
        raise bad(name, f"{name} is {' or '.join(allowed)}, not {shown(value)}.", allowed=allowed)
    return value


def page(given: QueryParams) -> Page:
    """Read `limit` and `offset`."""
    return Page(
        limit=_whole(given, "limit", USUAL_ROWS, least=1, most=MOST_ROWS),
        offset=_whole(given, "offset", 0, least=0, most=FURTHEST),
    )


def query_of(given: QueryParams, indicator: Indicator) -> Query:
    """Read the question to an indicator, with the same filters as `trustboard measure`."""
    by = tuple(one for text in given.getlist("by") for one in text.split(","))
    splits = splits_of(indicator)
    for name in by:
        if name not in splits:
            what = ", ".join(splits) or "nothing"
            raise bad("by", f"It can be split by {what}; not by {shown(name)}.", allowed=splits)
    if len(set(by)) < len(by) or sum(name in PERIODS for name in by) > 1:
        raise bad("by", "Split by each group once, and by one stretch of time.", allowed=splits)
    first, last = day(given, "from"), day(given, "to", last=True)
    if first and last and first > last:
        raise nothing(
            "from", f"No day lies between: {first}, the first, is after {last}, the last."
        )
    unit = one_of(given, "unit", UNITS)
    if unit not in indicator.units:
        allowed = indicator.units
        raise bad("unit", f"It is counted by {' or '.join(allowed)} only.", allowed=allowed)
    query = Query(by=by, from_=first, to=last, filters=_filters(given, indicator), unit=unit)
    query = _beside_rest(given, indicator, query)
    try:
        check_query(indicator, query)
    except QueryError as error:  # whatever was not foreseen above
        raise bad("query", str(error)) from error
    return query


def _beside_rest(given: QueryParams, indicator: Indicator, query: Query) -> Query:
    """Add to a question that the places named stand beside the rest of their city."""
    rest = one_of(given, "rest", RESTS)
    if rest == "no":
        return query
    query = replace(query, rest="beside" if rest == "beside" else "only")
    why = no_rest(indicator, query)
    if why:
        raise nothing("rest", why)
    return query


def splits_of(indicator: Indicator) -> list[str]:
    """List what an indicator can be split by: stretches of time, then groups."""
    return [*(name for name in indicator.periods if name != "all"), *indicator.by]


def _filters(given: QueryParams, indicator: Indicator) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for name in FILTERS:
        for value in given.getlist(name):
            _check_group(name, indicator, parameter=name)
            found.setdefault(name, []).append(value)
    for pair in given.getlist("where"):
        group, equals, value = pair.partition("=")
        if not (group and equals and value):
            raise bad("where", f"where takes GROUP=VALUE, not {shown(pair)}.")
        _check_group(group, indicator, parameter="where")
        found.setdefault(group, []).append(value)
    return tuple((name, tuple(dict.fromkeys(values))) for name, values in found.items())


def _check_group(group: str, indicator: Indicator, *, parameter: str) -> None:
    if group not in indicator.filters:
        what = ", ".join(indicator.filters) or "nothing"
        raise bad(
            parameter,
            f"It can be filtered by {what}; not by {shown(group)}.",
            allowed=indicator.filters,
        )


def day(given: QueryParams, name: str, *, last: bool = False) -> date | None:
    """Read 2019-03-31, 2019-03 or 2019; the short forms mean their first day, or their last."""
    text = given.get(name)
    if text is None:
        return None
    try:
        found = last_day(text) if last else first_day(text)
        if found.year not in YEARS:
            raise ValueError
        return found
    except ValueError:
        years = f"{YEARS.start} to {YEARS.stop - 1}"
        raise bad(
            name, f"{shown(text)} is no date from {years}; write 2019-03-31, 2019-03 or 2019."
        ) from None


def _whole(given: QueryParams, name: str, usual: int, *, least: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return usual
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
        raise bad(name, f"{name} is a whole number from {least} to {most}, not {shown(text)}.")
    return int(text)
