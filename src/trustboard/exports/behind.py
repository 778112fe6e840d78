"""The published rows behind a measured number, filtered in the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports.fields import BEHIND, FIELDS, with_wording
from trustboard.groups import areas_of
from trustboard.indicator import Indicator, catalogue
from trustboard.measure import measure
from trustboard.query import Query
from trustboard.residents import compared_places
from trustboard.selecting import select
from trustboard.statistics import fewest_with_half
from trustboard.tidy import CannotMeasure, Measured

_EVERYTHING: Final = Query()


def rows_of(
    city: CityData, indicator_id: str, query: Query = _EVERYTHING, *, hits: bool = False
) -> pd.DataFrame | CannotMeasure:
    """Give the rows that an answer counted, without free text or anything about a person.

    One row per complaint, allegation, event or printed figure; `line` is its line in the published
    file of `table`, `period` the row of the measured table it belongs to, `hit` whether it is in
    the numerator of a share. With `hits` only the numerator: as many rows as `n` says. Raises
    `QueryError` and gives `CannotMeasure` as `measure` does.
    """
    answer = measure(city, indicator_id, query)
    if isinstance(answer, CannotMeasure):
        return answer
    indicator = catalogue()[indicator_id]
    if indicator.table == "figures":
        return _figures(city, answer)
    if indicator.rows is None:
        return _of_both(city, indicator, query, hits=hits)
    rows = _counted(city, indicator, _everywhere(query), kind=answer.kind)
    if query.rest:
        named = frozenset(rows["place"].dropna())
        rest = compared_places(city, answer.kind, named=named).difference(query.kept("place"))
        beside = () if query.rest == "only" else query.kept("place")
        rows = rows[rows["place"].isin(rest.union(beside))]
    if hits and "hit" in rows:
        rows = rows[rows["hit"].astype(bool)]
    rows = rows.assign(table="outcomes" if query.unit == "allegation" else indicator.table)
    return rows[with_wording(BEHIND, rows.columns)].reset_index(drop=True)


def _everywhere(query: Query) -> Query:
    """Give the question about all places, where it is about some beside the rest."""
    if not query.rest:
        return query
    others = tuple(pair for pair in query.filters if pair[0] != "place")
    return replace(query, filters=others, rest="")


def _counted(city: CityData, indicator: Indicator, query: Query, *, kind: str) -> pd.DataFrame:
    by_month = kind == "months"  # judged month by month, then told per year
    asked = replace(query, by=("month", *query.groups)) if by_month else query
    chosen = select(city, indicator, asked, row_by_row=True)
    rows = chosen.counted
    periods = chosen.calendar.table["period"].astype("str").reset_index(drop=True)
    period = rows["row"].map(periods)
    kept = query.kept(indicator.parts) if indicator.parts else ()
    if kind == "days":
        rows = rows.assign(hit=rows["observed"].astype(bool))  # closed; the others still run
    elif kind == "coverage":
        rows = rows.assign(hit=rows["place"].isin(areas_of(city)))
    if kept:
        rows = rows.assign(hit=rows[indicator.parts].isin(kept))
    elif indicator.parts and "hit" in rows:
        rows = rows.drop(columns="hit")  # every row is in the numerator of its own part
    return rows.assign(period=period.str[:4] if by_month else period)


def _figures(city: CityData, answer: Measured) -> pd.DataFrame:
    frame = city.tables["figures"].frame
    rows = frame[frame["figure_id"].isin(answer.table["figure_id"])]
    return rows[with_wording(FIELDS["figures"], rows.columns)].reset_index(drop=True)


def _of_both(city: CityData, indicator: Indicator, query: Query, *, hits: bool) -> pd.DataFrame:
    """Give the rows of both tables that are compared, or of that which one line counts.

    They are of the time and the areas that both tables know. A row is a hit if its area is one of
    the fewest that hold half of the complaints of its period.
    """
    spans = [city.tables[name].spec.coverage for name in ("complaints", "outreach")]
    known = [span for span in spans if span is not None]
    first, last = max(s.from_ for s in known), min(s.to for s in known)
    asked = Query(
        by=tuple(name for name in query.by if name == "year"),
        from_=max(first, query.from_ or first),
        to=min(last, query.to or last),
    )
    areas, counted = areas_of(city), {}
    for line, name in indicator.line_rows:
        one = catalogue()[name]
        rows = _counted(city, one, asked, kind="count")
        counted[line] = rows[rows["place"].isin(areas)].assign(table=one.table)
    halves = _halves(counted["complaints"])
    wanted = [line for line in counted if line in query.kept("measure")] or counted
    rows = pd.concat([counted[line] for line in wanted], ignore_index=True)
    rows["hit"] = pd.MultiIndex.from_frame(rows[["period", "place"]]).isin(halves)
    if hits:
        rows = rows[rows["hit"]]
    return rows[with_wording(BEHIND, rows.columns)].reset_index(drop=True)


def _halves(complaints: pd.DataFrame) -> list[tuple[str, str]]:
    """Name each period with each of the fewest areas that hold half of its complaints."""
    numbers = complaints.groupby("period", observed=True)["place"].value_counts()
    return [
        (str(period), area)
        for period, of_period in numbers.groupby(level="period")
        for area in fewest_with_half(of_period.droplevel("period"))
    ]
