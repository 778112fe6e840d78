"""In how many neighborhoods was there at least one outreach event?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trustboard import groups as grouping
from trustboard.counting import count_rows, doubts
from trustboard.indicator import Indicator, Unit
from trustboard.no_rows import why_none
from trustboard.provenance import measured
from trustboard.rows import event_rows
from trustboard.selecting import select

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.query import Query
    from trustboard.tidy import Measured


def _rows(city: CityData, _unit: Unit) -> pd.DataFrame:
    return event_rows(city)


def _measure(city: CityData, query: Query) -> Measured:
    period = query.period(INDICATOR)
    chosen = select(city, INDICATOR, replace(query, by=(period, *query.groups, "place")))
    areas = grouping.areas_of(city)
    if query.kept("district"):
        areas = [one for one in areas if _district(city, one) in query.kept("district")]
    counted = count_rows(chosen)
    counted = counted[counted["place"].isin(areas)]
    if "district" in counted:  # an area belongs to the district that the list of places names
        home = counted["place"].map(lambda one: _district(city, one))
        counted = counted[counted["district"] == home]
    keys = ["row", *query.groups]
    table = counted.groupby(keys, sort=False, as_index=False).agg(
        period=("period", "first"),
        state=("state", "first"),
        n=("n", lambda events: float((events > 0).sum())),
        exposure=("n", "size"),
    )
    table = table.assign(value=table["n"] / table["exposure"], lower=np.nan, upper=np.nan)
    outside = table["state"] == "not_published"
    table.loc[outside, ["value", "n"]] = np.nan
    return measured(
        city,
        INDICATOR,
        query,
        table=table,
        groups=query.groups,
        period=period,
        kind="coverage",
        unit=f"share of {city.city.places.plural}",
        caveats=doubts(chosen, query),
        no_rows=why_none(city, INDICATOR, query, chosen),
    )


def _district(city: CityData, area: str) -> object:
    if city.city.places.level == "district" or "district_id" not in city.places:
        return area
    return city.places["district_id"].get(area)


INDICATOR = Indicator(
    id="places-reached",
    title="Neighborhoods reached",
    question="How many neighborhoods had at least one outreach event?",
    topic="outreach",
    kind="custom",
    unit="share of neighborhoods",
    denominator="neighborhoods on the city's list, parks left out",
    table="outreach",
    needs=("outreach", "outreach.held_on", "outreach.place_id", "places"),
    by=("district", "event_kind"),
    method=(
        "Neighborhoods with at least one held event in the period, as a share of all on the "
        "city's list. Citywide and online events reach none in particular. All neighborhoods are "
        "counted, so no range applies."
    ),
    caveats=("One event reaches few of a neighborhood's residents.",),
    missing_sentence="outreach events and where they took place are not published",
    rows=_rows,
    custom=_measure,
    periods=("quarter", "year", "month"),
)
