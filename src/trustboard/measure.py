"""One question to one city's rows, answered as a measured table; the same way for all indicators.

Rows are grouped by period and group; zeros are filled within declared coverage and nowhere else;
recent months are marked unsettled, young cohorts immature, small numbers too few to tell; ranges
are added. An indicator only says which rows count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trustboard import numbers
from trustboard.beside import REST, beside_rest
from trustboard.counting import both_ways, count_columns, doubts, line_of
from trustboard.indicator import Indicator, catalogue
from trustboard.no_rows import why_none
from trustboard.provenance import cannot, filter_words, measured, why_not
from trustboard.query import Query, QueryError, check_query, check_value
from trustboard.residents import compared_places, residents
from trustboard.rows import NotPublishedError
from trustboard.selecting import select
from trustboard.tidy import CannotMeasure, Measured
from trustboard.whereabouts import check_whereabouts

if TYPE_CHECKING:
    from trustboard.citydata import CityData

__all__ = ["Query", "QueryError", "measure"]

_EVERYTHING = Query()

Ask = Callable[[Query], Measured | CannotMeasure]


def measure(
    city: CityData,
    indicator_id: str,
    query: Query = _EVERYTHING,
    *,
    ask: Ask | None = None,
) -> Measured | CannotMeasure:
    """Answer one indicator's question about one city.

    Gives a `Measured` whose `table` is what a chart draws, or a `CannotMeasure` with the reason
    where the published rows cannot answer. Raises QueryError for a question that cannot be asked.
    `ask` answers other questions to the same indicator, where this one is put together from some.
    """
    indicator = catalogue().get(indicator_id)
    if indicator is None:
        raise QueryError(
            f'There is no indicator "{indicator_id}"; there are: {", ".join(sorted(catalogue()))}.'
        )
    check_query(indicator, query)
    if query.rest:
        return _beside(city, indicator, query, ask=ask or partial(measure, city, indicator_id))
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


def _beside(
    city: CityData, indicator: Indicator, query: Query, *, ask: Ask
) -> Measured | CannotMeasure:
    """Set places beside the rest of their city, or give the rest alone."""
    places = query.kept("place")
    others = tuple(pair for pair in query.filters if pair[0] != "place")
    plain = replace(query, filters=others, rest="")
    by_place = ask(plain)
    whole = ask(replace(plain, by=tuple(name for name in query.by if name != "place")))
    if isinstance(by_place, CannotMeasure) or isinstance(whole, CannotMeasure):
        return by_place if isinstance(by_place, CannotMeasure) else whole
    check_value(indicator, "place", ids=places, known=list(by_place.names["place"]))
    among = compared_places(city, by_place.kind, named=by_place.names["place"])
    name = f"Rest of {city.city.name}"
    found = beside_rest(by_place, whole, places=places, among=among, rest_name=name)
    table = found.table
    if query.rest == "only":
        table = table[table["place"] == REST].reset_index(drop=True)
    return replace(found, table=table, filters=filter_words(city, query))


def _from_rows(city: CityData, indicator: Indicator, query: Query) -> Measured:
    chosen = select(city, indicator, query)
    table = count_columns(chosen, parts=indicator.parts)
    if indicator.kind == "rate":
        keys = {name: table[name] for name in chosen.groups}
        people = residents(city, pd.DataFrame(keys, index=range(len(table["n"]))), query)
        table["exposure"] = people["people"].to_numpy() * table["years"]
        usable = people["usable"].to_numpy()
        found = numbers.rates(table, per=indicator.per, usable=usable)
    elif indicator.kind == "days":
        found = numbers.medians(
            line_of(chosen),
            days=chosen.numbers("days"),
            observed=chosen.flags("observed"),
            weights=chosen.weights,
            lines=len(table["n"]),
        )
        table |= {"n": found["n"], "exposure": found["exposure"]}
    elif indicator.kind == "share":
        found = numbers.shares(table)
    else:
        table["exposure"] = np.full(len(table["n"]), np.nan)
        found = numbers.counts(table)
    table |= numbers.finish(table, found, immature=~np.asarray(table["mature"], dtype=bool))
    notes = indicator.notes(chosen) if indicator.notes else ()
    return measured(
        city,
        indicator,
        query,
        table=table,
        groups=chosen.groups,
        period=chosen.calendar.kind,
        caveats=(*notes, *doubts(chosen, query), *both_ways(chosen, indicator)),
        no_rows=why_none(city, indicator, query, chosen),
    )
