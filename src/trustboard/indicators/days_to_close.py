"""How long does it take until a complaint is closed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard.counting import plural
from trustboard.indicator import Indicator, Unit
from trustboard.rows import complaint_rows
from trustboard.selection import Selection

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    rows = complaint_rows(city, unit)
    running = rows["observed"] | rows["is_open"].fillna(False).astype(bool)
    return rows.assign(counted=rows["duration_ok"] & running & rows["days"].notna())


def _notes(chosen: Selection) -> tuple[str, ...]:
    left_out = chosen.how_many(~chosen.flags("counted"))
    if not left_out:
        return ()
    return (
        f"{plural(left_out, 'complaint is', 'complaints are')} left out: dates that contradict "
        "each other, or no day of closing.",
    )


INDICATOR = Indicator(
    id="days-to-close",
    title="Days until half the complaints are closed",
    question="How long does it take until a complaint is closed?",
    topic="outcomes",
    kind="days",
    unit="days",
    denominator="complaints filed with usable dates, open ones included",
    table="complaints",
    needs=("complaints", "complaints.filed_on", "complaints.closed_on"),
    by=("place", "district", "category", "filed_by"),
    method=(
        "The median time from filing to closing, with open complaints counted as still running "
        "(Kaplan-Meier, log-log range). It needs 10 complaints, 10 of them closed; until half have "
        "closed there is no median."
    ),
    caveats=(
        "Half the complaints took longer than this.",
        "How long a case takes says nothing about how well it was looked into.",
    ),
    missing_sentence="closing dates are not published",
    rows=_rows,
    notes=_notes,
    needs_open_cases=True,
)
