"""In how many months of a year was there no outreach event at all?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trustboard import groups as grouping
from trustboard import terms
from trustboard.counting import count_rows, doubts
from trustboard.indicator import Indicator, Unit
from trustboard.no_rows import why_none
from trustboard.provenance import measured
from trustboard.rows import event_rows
from trustboard.selecting import calendar_of, select
from trustboard.statistics import expected_empty_months

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.query import Query
    from trustboard.tidy import Measured


def _rows(city: CityData, _unit: Unit) -> pd.DataFrame:
    return event_rows(city)


def _measure(city: CityData, query: Query) -> Measured:
    chosen = select(city, INDICATOR, replace(query, by=("month", *query.groups)))
    months = count_rows(chosen)
    if "place" in months:
        months = months[months["place"].isin(grouping.areas_of(city))]
    for column in {"district"} & set(months):
        months = months[~months[column].isin(list(terms.NO_PLACE))]
    months = months.assign(period=months["period"].str[:4], whole=_whole(months))
    keys = ["period", *query.groups]
    years = calendar_of(city, INDICATOR, replace(query, by=("year",))).table
    table = months[keys].drop_duplicates(ignore_index=True)
    table["state"] = table["period"].map(years.set_index("period")["state"])
    table = table.join(_tally(months[months["whole"]], keys), on=keys)
    table["exposure"] = table["exposure"].fillna(0.0)
    # Without a whole month there is no number; but what was not chosen may well be published.
    none = (table["exposure"] == 0) & (table["state"] != "cut")
    table.loc[none, "state"] = "not_published"
    table = table.assign(value=table["n"], lower=np.nan, upper=np.nan)
    return measured(
        city,
        INDICATOR,
        query,
        table=table,
        groups=query.groups,
        period="year",
        kind="months",
        extra=("expected", "events"),
        caveats=doubts(chosen, query),
        no_rows=why_none(city, INDICATOR, query, chosen),
    )


def _whole(months: pd.DataFrame) -> pd.Series:
    """Say which months are covered and chosen to the last day: only these can be empty."""
    return months["state"].isin(["ok", "unsettled"])


def _tally(months: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Count empty months, covered months and events, and the empty months chance would leave."""
    found = months.assign(empty=months["n"] == 0).groupby(keys, sort=False)
    table = found.agg(n=("empty", "sum"), exposure=("empty", "size"), events=("n", "sum"))
    pairs = zip(table["events"], table["exposure"], strict=True)
    table["expected"] = [expected_empty_months(events, months=int(m)) for events, m in pairs]
    return table.astype("float64")


INDICATOR = Indicator(
    id="months-without-event",
    title="Months without an outreach event",
    question="In how many months was there no outreach event at all?",
    topic="outreach",
    kind="custom",
    unit="months",
    denominator="whole months that the source covers",
    table="outreach",
    needs=("outreach", "outreach.held_on"),
    by=("place", "district", "event_kind"),
    method=(
        "Months without a held event, beside the number that would stay empty if the same number "
        "of events fell on months by chance: M × (1 - 1/M)^n for n events in M months."
    ),
    caveats=("Few events leave empty months by chance alone: 12 a year leave about 4.",),
    missing_sentence="outreach events are not published",
    rows=_rows,
    custom=_measure,
    periods=("year",),
)
