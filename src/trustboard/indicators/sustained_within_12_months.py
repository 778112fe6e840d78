"""Of the complaints filed in a period, how many were sustained within 12 months?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from trustboard import terms
from trustboard.counting import plural
from trustboard.indicator import Indicator, Unit
from trustboard.rows import NotPublishedError, complaint_rows
from trustboard.selection import Selection
from trustboard.statistics import proportion

if TYPE_CHECKING:
    from trustboard.citydata import CityData

_TWELVE_MONTHS: Final = 365


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    if not (city.has("outcomes.decided_on") or city.has("complaints.closed_on")):
        raise NotPublishedError(
            "the dates of findings are not published", missing=("outcomes.decided_on",)
        )
    rows = complaint_rows(city, unit)
    sustained, days = rows["finding"].eq("sustained"), rows["sustained_days"]
    hit = sustained & days.le(_TWELVE_MONTHS)
    return rows.assign(hit=hit.fillna(False), counted=~(sustained & days.isna()))


def _notes(chosen: Selection) -> tuple[str, ...]:
    counted = chosen.flags("counted")
    decided = counted & chosen.names("finding", terms.DECIDED)
    hits, every = chosen.how_many(decided & chosen.flags("hit")), chosen.how_many(decided)
    said = []
    if every:
        found = proportion(hits, every)
        said.append(
            f"Of those decided by now, {hits:,} of {every:,} ({found.estimate:.1%}; "
            f"{found.lower:.1%} to {found.upper:.1%}) were sustained within 12 months."
        )
    undated = chosen.how_many(~counted)
    if undated:
        left_out = plural(undated, "sustained complaint", "sustained complaints")
        said.append(f"Left out for want of a usable date: {left_out}.")
    return tuple(said)


INDICATOR = Indicator(
    id="sustained-within-12-months",
    title="Sustained within 12 months of filing",
    question="How many complaints were sustained within 12 months of being filed?",
    topic="outcomes",
    kind="share",
    unit="share of complaints filed",
    denominator="all complaints filed in the period, open ones included",
    table="complaints",
    needs=("complaints", "complaints.filed_on", "outcomes", "outcomes.finding"),
    by=("place", "district", "category", "filed_by"),
    method=(
        "Complaints are followed from the day they were filed. A period is judged only when its "
        "youngest complaint is 365 days old at the date of the data, so that open recent cases "
        "cannot make the share look lower. Ranges are Wilson's."
    ),
    caveats=(
        "A sustained finding reached later than 12 months after filing is not in this share.",
        "Findings can change on review or in arbitration.",
    ),
    missing_sentence="the findings of complaints are not published",
    mature_after_days=_TWELVE_MONTHS,
    rows=_rows,
    notes=_notes,
    told=("finding",),
    needs_open_cases=True,
)
