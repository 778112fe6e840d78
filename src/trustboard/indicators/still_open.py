"""Of the complaints filed in a period, how many are still open?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard.counting import plural
from trustboard.indicator import Indicator, Unit
from trustboard.rows import NotPublishedError, complaint_rows
from trustboard.selection import Selection

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    rows = complaint_rows(city, unit)
    known = rows["is_open"].notna()
    if len(rows) and not known.any():
        raise NotPublishedError(
            "whether a complaint is still open is not published", missing=("complaints.status",)
        )
    return rows.assign(hit=rows["is_open"].fillna(False).astype(bool), counted=known)


def _notes(chosen: Selection) -> tuple[str, ...]:
    unknown = chosen.how_many(~chosen.flags("counted"))
    return (
        (f"Status not known: {plural(unknown, 'complaint', 'complaints')} more.",)
        if unknown
        else ()
    )


INDICATOR = Indicator(
    id="still-open",
    title="Complaints still open",
    question="How many of the complaints filed are still open?",
    topic="outcomes",
    kind="share",
    unit="share of complaints filed",
    denominator="complaints filed whose status can be told",
    table="complaints",
    needs=("complaints", "complaints.filed_on"),
    by=("place", "district", "category", "filed_by"),
    method=(
        "Complaints are grouped by the day they were filed; a complaint counts as open if it was "
        "open at the date of the data. Ranges are Wilson's."
    ),
    caveats=("Recent complaints are always more often open; compare periods of the same age.",),
    missing_sentence="complaints are not published one by one",
    rows=_rows,
    notes=_notes,
    needs_open_cases=True,
)
