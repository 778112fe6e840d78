"""How many outreach events were held for every 10,000 residents and year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard.indicator import Indicator, Unit
from trustboard.rows import event_rows

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def _rows(city: CityData, _unit: Unit) -> pd.DataFrame:
    return event_rows(city)


INDICATOR = Indicator(
    id="outreach-per-10000",
    title="Outreach events per 10,000 residents a year",
    question="How many outreach events were held for every 10,000 residents, per year?",
    topic="outreach",
    kind="rate",
    unit="events per 10,000 resident-years",
    denominator="residents × years covered",
    table="outreach",
    needs=("outreach", "outreach.held_on", "places", "places.population"),
    by=("place", "district", "event_kind"),
    method=(
        "Events held, each date counted once where it took place, divided by residents × years "
        "covered. The range is exact Poisson. Rates need at least 10 events, a range no wider than "
        "160% of the rate (US National Center for Health Statistics) and, by our own choice, 1,000 "
        "residents."
    ),
    caveats=(
        "An event says nothing about who came or what they took from it.",
        "The figure for the city holds citywide and online events; that of a place does not.",
    ),
    missing_sentence="the number of residents is not published",
    rows=_rows,
    per=10_000.0,
)
