"""How many complaints were received?"""

from trustboard.indicator import Indicator
from trustboard.rows import complaint_rows

INDICATOR = Indicator(
    id="complaints-received",
    title="Complaints received",
    question="How many complaints about the police were received?",
    topic="complaints",
    kind="count",
    unit="complaints",
    denominator="",
    table="complaints",
    needs=("complaints", "complaints.filed_on"),
    by=("place", "district", "category", "finding", "filed_by"),
    method=(
        "Complaints are counted on the day they were filed. The range is the one expected from "
        "chance variation if the underlying rate stayed the same (exact Poisson)."
    ),
    caveats=(
        "Fewer complaints may mean less misconduct or less reporting; the count cannot tell which.",
    ),
    missing_sentence="complaints are not published one by one",
    units=("complaint", "allegation"),
    rows=complaint_rows,
    per_resident="complaints-per-10000",
)
