"""Which rows a question is about: filtered, laid out over periods and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trustboard import groups as grouping
from trustboard import stretches, terms
from trustboard.cubes import rows_of, tally_of
from trustboard.indicator import Indicator
from trustboard.periods import Calendar, calendar
from trustboard.provenance import settles_after_months, tables_used
from trustboard.query import Query, check_value
from trustboard.rows import NotPublishedError
from trustboard.selection import Selection, among
from trustboard.stretches import At
from trustboard.tallies import Tally

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def select(
    city: CityData, indicator: Indicator, query: Query, *, row_by_row: bool = False
) -> Selection:
    """Take an indicator's rows, apply the filters and lay them out over periods and groups.

    With `row_by_row` every row is a published one; else rows may stand for many.
    """
    groups = tuple(dict.fromkeys((*query.groups, *([indicator.parts] if indicator.parts else ()))))
    columns = [*groups, *(column for column, _ in query.filters if column not in groups)]
    periods = calendar_of(city, indicator, query)
    if row_by_row:
        tally = rows_of(city, indicator, query.unit, columns=columns)
    else:
        tally = tally_of(city, indicator, query.unit, columns=columns, periods=periods)
    asked = [c for c in columns if c != indicator.parts]
    grouping.require(tally, asked, table=indicator.table)
    known = {c: grouping.known_ids(city, c, tally) for c in columns}
    if indicator.parts:
        known[indicator.parts] = _parts(city, indicator)
    passed = _passing(tally, indicator, query, known=known)
    unsaid = {c for c in asked if c in tally.unsaid}
    shown = {c: _shown(query.kept(c), known[c], unknown=c in unsaid) for c in groups}
    if query.kept("district") and "place" in shown and not query.kept("place"):
        shown["place"] = _within(city, query, shown["place"], _named(tally, "place", passed))
    if query.kept("place") and "district" in shown and not query.kept("district"):
        shown["district"] = _around(
            city, query, shown["district"], _named(tally, "district", passed)
        )
    located = {"place", "district"} <= set(groups)  # then it matters which pairs there are
    rows = tally.frame.iloc[passed] if located else tally.frame
    asked_about = {*columns, *indicator.told}  # groups that nobody asked for are left behind
    return Selection.of(
        tally,
        passed=passed,
        columns=[c for c in tally.frame if c not in tally.named or c in asked_about],
        calendar=periods,
        groups=groups,
        combinations=grouping.combinations(city, groups, shown, rows),
    )


def _passing(
    tally: Tally, indicator: Indicator, query: Query, *, known: dict[str, list[str]]
) -> At:
    """Give the places of the rows that were asked for.

    What a whole is split into is shown or not, never filtered out.
    """
    for column, ids in query.filters:
        unplaced = [terms.OUTSIDE] if column in ("place", "district") else []
        unsaid = [] if column == indicator.parts else [terms.UNKNOWN_PLACE]
        allowed = list(dict.fromkeys([*known[column], *unplaced, *unsaid]))
        check_value(indicator, column, ids=ids, known=allowed)
    at: At = slice(0, len(tally.source))
    for column in tally.frame:  # what rows are ordered by comes first, and leaves the fewest
        ids = query.kept(column)
        if ids and column != indicator.parts:
            at = stretches.among(at, stretches.found(among(tally.source.words(column), ids, at=at)))
    return at


def _named(tally: Tally, column: str, passed: At) -> set[str]:
    """Name the ids of a group that the rows asked for name."""
    words = tally.source.words(column)
    codes = np.unique(words.codes[passed])
    return {words.ids[code] for code in codes.tolist() if code >= 0}


def calendar_of(city: CityData, indicator: Indicator, query: Query) -> Calendar:
    """Lay out the periods by the coverage of the indicator's table, judged at the data date.

    A period is settled once the slowest of the tables behind the answer is: findings arrive long
    after complaints do. Raises NotPublishedError where nothing says which days are covered.
    """
    tables = [*tables_used(city, indicator, query), city.tables[indicator.table]]
    spans = [table.spec.coverage for table in tables]
    coverage = city.tables[indicator.table].spec.coverage
    if coverage is None:
        raise NotPublishedError("the source does not say which days its rows cover")
    slowest = settles_after_months(tables, indicator, query)
    coverage = coverage.model_copy(update={"settles_after_months": slowest})
    return calendar(
        query,
        kind=query.period(indicator),
        coverage=coverage,
        data_date=pd.Timestamp(min(span.to for span in spans if span is not None)),
        mature_after_days=indicator.mature_after_days,
        only_covered=indicator.kind == "rate",
    )


def _parts(city: CityData, indicator: Indicator) -> list[str]:
    """List what a whole is split into; a word the source never uses is left out, not zero."""
    if indicator.parts not in terms.BY_COLUMN:
        return list(indicator.part_ids)
    used = {word for table in city.tables.values() for word in table.words(indicator.parts)}
    return [one for one in indicator.part_ids if one in used]


def _shown(asked: tuple[str, ...], known: list[str], *, unknown: bool) -> list[str]:
    """List the ids a table shows: those asked for, else all known ones and the rows of unknown."""
    if asked:
        order = [*known, terms.OUTSIDE, terms.UNKNOWN_PLACE]
        return sorted(asked, key=order.index)
    return [
        *known,
        *([terms.UNKNOWN_PLACE] if unknown and terms.UNKNOWN_PLACE not in known else []),
    ]


def _within(city: CityData, query: Query, ids: list[str], named: set[str]) -> list[str]:
    """Keep the places of the districts asked for, and those their rows name."""
    wanted = set(query.kept("district"))
    if city.city.places.level == "district":
        return [one for one in ids if one in wanted | named]
    district = city.places.get("district_id", pd.Series(dtype="str"))
    return [one for one in ids if one in named or district.get(one) in wanted]


def _around(city: CityData, query: Query, ids: list[str], named: set[str]) -> list[str]:
    """Keep the districts of the places asked for: others would show zeros that mean nothing."""
    wanted = set(query.kept("place"))
    if city.city.places.level != "district":
        districts = city.places.get("district_id", pd.Series(dtype="str"))
        wanted = set(districts.reindex(list(wanted)).dropna())
    return [one for one in ids if one in wanted | named]
