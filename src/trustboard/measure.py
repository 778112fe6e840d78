"""One question to one city's rows, answered as a measured table; the same way for all indicators.

Rows are grouped by period and group; zeros are filled within declared coverage and nowhere else;
recent months are marked unsettled, young cohorts immature, small numbers too few to tell; ranges
are added. An indicator only says which rows count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard import numbers
from trustboard.counting import both_ways, count_rows, doubts
from trustboard.indicator import Indicator, catalogue
from trustboard.provenance import cannot, measured, why_not
from trustboard.query import Query, QueryError, check_query
from trustboard.residents import residents
from trustboard.rows import NotPublishedError
from trustboard.selecting import select
from trustboard.tidy import CannotMeasure, Measured
from trustboard.whereabouts import check_whereabouts

if TYPE_CHECKING:
    from trustboard.citydata import CityData

__all__ = ["Query", "QueryError", "measure"]

_EVERYTHING = Query()


def measure(
    city: CityData, indicator_id: str, query: Query = _EVERYTHING
) -> Measured | CannotMeasure:
    """Answer one indicator's question about one city.

    Gives a `Measured` whose `table` is what a chart draws, or a `CannotMeasure` with the reason
    where the published rows cannot answer. Raises QueryError for a question that cannot be asked.
    """
    indicator = catalogue().get(indicator_id)
    if indicator is None:
        raise QueryError(
            f'There is no indicator "{indicator_id}"; there are: {", ".join(sorted(catalogue()))}.'
        )
    check_query(indicator, query)
    check_whereabouts(city, query)
    refusal = why_not(city, indicator, query)
    if refusal is not None:
        return refusal
    try:
        if indicator.custom is not None:
            return indicator.custom(city, query)
        return _from_rows(city, indicator, query)
    except NotPublishedError as reason:
        return cannot(city, indicator, why=reason.why, missing=reason.missing)


def _from_rows(city: CityData, indicator: Indicator, query: Query) -> Measured:
    chosen = select(city, indicator, query)
    table = count_rows(chosen, parts=indicator.parts)
    cases = chosen.counted
    usable = pd.Series(True, index=table.index)
    if indicator.kind == "rate":
        people = residents(city, table[[*chosen.groups]], query)
        table["exposure"] = people["people"].to_numpy() * table["years"]
        usable = people["usable"].set_axis(table.index)
    if indicator.kind == "days":
        found = numbers.medians(table, cases, ["row", *chosen.groups])
        table[["n", "exposure"]] = found[["n", "exposure"]]
    elif indicator.kind == "share":
        found = numbers.shares(table)
    elif indicator.kind == "rate":
        found = numbers.rates(table, per=indicator.per, usable=usable)
    else:
        table["exposure"] = float("nan")
        found = numbers.counts(table)
    table = numbers.finish(table, found, immature=~table["mature"])
    notes = indicator.notes(chosen.rows) if indicator.notes else ()
    return measured(
        city,
        indicator,
        query,
        table=table,
        groups=chosen.groups,
        period=chosen.calendar.kind,
        caveats=(*notes, *doubts(chosen, query), *both_ways(chosen, indicator)),
    )
