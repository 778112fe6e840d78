"""How many outreach events were held?"""

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
    id="outreach-events",
    title="Outreach events held",
    question="How many outreach events were held?",
    topic="outreach",
    kind="count",
    unit="events",
    denominator="",
    table="outreach",
    needs=("outreach", "outreach.held_on"),
    by=("place", "district", "event_kind"),
    method=(
        "Events that took place with police present, each date counted once. Announced and "
        "cancelled events, recorded absences, recruitment and appearances for the press are not "
        "counted. Citywide and online events are shown apart. The range is exact Poisson."
    ),
    caveats=(
        "An event says nothing about who came or what they took from it.",
        "An event is counted where it took place, whoever it was meant for.",
    ),
    missing_sentence="outreach events are not published",
    rows=_rows,
    per_resident="outreach-per-10000",
)
