"""How many complaints were there for every 10,000 residents and year?"""

from trustboard.indicator import Indicator
from trustboard.rows import complaint_rows

INDICATOR = Indicator(
    id="complaints-per-10000",
    title="Complaints per 10,000 residents a year",
    question="How many complaints were there for every 10,000 residents, per year?",
    topic="complaints",
    kind="rate",
    unit="complaints per 10,000 resident-years",
    denominator="residents × years covered",
    table="complaints",
    needs=("complaints", "complaints.filed_on", "places", "places.population"),
    by=("place", "district", "category", "finding", "filed_by"),
    method=(
        "Complaints divided by residents × years covered. The range is exact Poisson. Rates need "
        "at least 10 complaints, a range no wider than 160% of the rate (US National Center for "
        "Health Statistics) and, by our own choice, 1,000 residents."
    ),
    caveats=(
        "Residents are not the people who meet the police: downtown, stadiums and parks draw "
        "many visitors.",
        "Fewer complaints may mean less misconduct or less reporting; the rate cannot tell which.",
        "The figure for the city holds complaints whose place is not known or lies outside it.",
    ),
    missing_sentence="the number of residents is not published",
    units=("complaint", "allegation"),
    rows=complaint_rows,
    per=10_000.0,
)
