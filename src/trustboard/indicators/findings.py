"""What did investigators conclude?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard import terms
from trustboard.counting import plural
from trustboard.indicator import Indicator, Unit
from trustboard.rows import complaint_rows
from trustboard.selection import Selection

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    rows = complaint_rows(city, unit)
    return rows.assign(hit=True, counted=rows["finding"].isin(list(terms.DECIDED)))


def _notes(chosen: Selection) -> tuple[str, ...]:
    apart = {
        "pending": ("has no finding yet", "have no finding yet"),
        "no_finding": ("was closed without a conclusion", "were closed without a conclusion"),
        terms.UNKNOWN_PLACE: ("has no published finding", "have no published finding"),
    }
    # What was not said is "unknown" here, as in all groups.
    sizes = {one: chosen.how_many(chosen.names("finding", [one])) for one in apart}
    said = [plural(sizes[one], *words) for one, words in apart.items() if sizes[one]]
    return (f"Not among the decided: {', '.join(said)}.",) if said else ()


INDICATOR = Indicator(
    id="findings",
    title="Findings of decided complaints",
    question="What did investigators conclude about the complaints they decided?",
    topic="outcomes",
    kind="share",
    unit="share of decided complaints",
    denominator="complaints with a conclusion: sustained, not sustained, exonerated or unfounded",
    table="complaints",
    needs=("complaints", "complaints.filed_on", "outcomes.finding"),
    by=("finding", "place", "district", "category", "filed_by"),
    method=(
        "Complaints are grouped by the day they were filed. A complaint with several allegations "
        "is sustained if any of them is; else it has no finding yet if any of them has none yet; "
        "else it has the first of these that any of them has: not sustained, exonerated, "
        "unfounded, closed without a finding. Ranges are Wilson's. Shares need 30 decided "
        "complaints and a range narrower than 30 points (US National Center for Health Statistics)."
    ),
    caveats=(
        "Recent complaints are often still open; those decided quickly may differ from the rest.",
        "Findings can change on review or in arbitration.",
    ),
    missing_sentence="the findings of complaints are not published",
    units=("complaint", "allegation"),
    rows=_rows,
    notes=_notes,
    parts="finding",
    part_ids=terms.DECIDED,
)
