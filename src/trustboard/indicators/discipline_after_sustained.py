"""When a complaint was sustained, was anybody disciplined?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard import terms
from trustboard.counting import plural
from trustboard.indicator import Indicator, Unit
from trustboard.lookup import is_among
from trustboard.rows import complaint_rows
from trustboard.selection import Selection

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    rows = complaint_rows(city, unit)
    rows = rows[rows["finding"].eq("sustained")]
    if unit == "complaint":
        rows = rows.assign(discipline=_of_complaints(rows, city))
    decided = rows["discipline"].notna() & rows["discipline"].ne("pending")
    return rows.assign(
        hit=rows["discipline"].isin(list(terms.DISCIPLINED)), counted=decided.fillna(False)
    )


def _of_complaints(rows: pd.DataFrame, city: CityData) -> pd.Series:
    """Tell per complaint: disciplined if anybody was, else pending if anything still is."""
    parts = city.allegations
    parts = parts[parts["finding"].eq("sustained")]
    words = parts["discipline"]
    of_complaint = parts["complaint_id"]
    word = pd.Series(pd.NA, index=rows.index, dtype="str")
    word[is_among(rows["complaint_id"], of_complaint[words.notna()])] = "none"
    word[is_among(rows["complaint_id"], of_complaint[words.eq("pending")])] = "pending"
    disciplined = of_complaint[words.isin(list(terms.DISCIPLINED))]
    word[is_among(rows["complaint_id"], disciplined)] = "other_discipline"
    return word


def _notes(chosen: Selection) -> tuple[str, ...]:
    pending = chosen.how_many(chosen.names("discipline", ["pending"]))
    unknown = chosen.how_many(chosen.leaves_out("discipline"))
    left_out = []
    if pending:
        left_out.append(plural(pending, "still awaits a decision", "still await a decision"))
    if unknown:
        left_out.append(f"of {unknown:,} nothing is published")
    if not left_out:
        return ()
    said = f"Of all {chosen.how_many():,} sustained, {' and '.join(left_out)}"
    return (f"{said}: not in the share.",)


INDICATOR = Indicator(
    id="discipline-after-sustained",
    title="Discipline after a sustained complaint",
    question="When a complaint was sustained, did discipline follow?",
    topic="outcomes",
    kind="share",
    unit="share of sustained complaints with a known decision",
    denominator="sustained complaints whose discipline was decided and published",
    table="complaints",
    needs=("complaints", "complaints.filed_on", "outcomes.finding", "outcomes.discipline"),
    by=("place", "district", "category", "filed_by"),
    method=(
        "Of the complaints with a sustained finding, by the day they were filed: the share in "
        "which at least one sustained allegation was followed by separation, suspension, a "
        "reprimand or other discipline. Training and counseling are not counted. Ranges are "
        "Wilson's."
    ),
    caveats=("Discipline can be reduced or withdrawn on appeal; this shows what was published.",),
    missing_sentence="discipline is not published",
    units=("complaint", "allegation"),
    rows=_rows,
    notes=_notes,
    told=("discipline",),
)
