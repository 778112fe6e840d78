"""Of the complaints filed in a period, how many were closed within 180 days?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from trustboard.counting import plural
from trustboard.indicator import Indicator, Unit
from trustboard.rows import complaint_rows
from trustboard.selection import Selection

if TYPE_CHECKING:
    from trustboard.citydata import CityData

_LIMIT: Final = 180


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    rows = complaint_rows(city, unit)
    running = rows["observed"] | rows["is_open"].fillna(False).astype(bool)
    return rows.assign(
        hit=(rows["observed"] & rows["days"].le(_LIMIT)).fillna(False),
        counted=rows["duration_ok"] & running & rows["days"].notna(),
    )


def _notes(chosen: Selection) -> tuple[str, ...]:
    left_out = chosen.how_many(~chosen.flags("counted"))
    if not left_out:
        return ()
    complaints = plural(left_out, "complaint is", "complaints are")
    return (f"{complaints} left out for want of usable dates.",)


INDICATOR = Indicator(
    id="closed-within-180-days",
    title="Closed within 180 days of filing",
    question="How many complaints were closed within 180 days of being filed?",
    topic="outcomes",
    kind="share",
    unit="share of complaints filed",
    denominator="complaints filed with usable dates, open ones included",
    table="complaints",
    needs=("complaints", "complaints.filed_on", "complaints.closed_on"),
    by=("place", "district", "category", "filed_by"),
    method=(
        "Complaints are followed from the day they were filed. A period is judged only when its "
        "youngest complaint is 180 days old at the date of the data. Ranges are Wilson's."
    ),
    caveats=("How fast a case was closed says nothing about how well it was looked into.",),
    missing_sentence="closing dates are not published",
    mature_after_days=_LIMIT,
    rows=_rows,
    notes=_notes,
    needs_open_cases=True,
)
