"""Do complaints and outcomes belong together?"""

from __future__ import annotations

import pandas as pd

from trustboard import terms
from trustboard.citydata import CityData
from trustboard.quality.dating import Years, filed, share, some_columns, years_of
from trustboard.quality.model import Part, tidy
from trustboard.wording.quality import unmatched_said


def unmatched(city: CityData) -> Part:
    """Count outcomes without a complaint, complaints without an outcome, and half-told cases."""
    complaints = some_columns(city, "complaints", "complaint_id", "filed_on", "closed_on")
    outcomes = some_columns(city, "outcomes", "complaint_id", "finding")
    rows: list[dict[str, object]] = []
    if complaints is not None and outcomes is not None:
        lost = ~outcomes["complaint_id"].isin(complaints["complaint_id"].unique())
        undated = years_of(pd.Series(pd.NaT, index=lost.index))
        rows += _rows("outcome_without_complaint", lost, undated, counted="outcomes")[:1]
        days = filed(city)
        for check, hit in _of_cases(days, complaints, outcomes):
            rows += _rows(check, hit, years_of(days), counted="complaints")
    told = tidy("unmatched", rows)
    return Part(
        id="unmatched",
        question="Do complaints and outcomes belong together?",
        said=unmatched_said(told),
        table=told,
        can_tell=bool(len(told)),
        action="All are kept. An outcome whose complaint is not there is in no figure, since its "
        "filing date and place are unknown; half-told cases are left out of durations.",
        limits=(
            "A recent complaint without an outcome may simply be open.",
            "The files may cover different years; what one leaves out, the other cannot match.",
        ),
    )


def _of_cases(
    days: pd.Series, complaints: pd.DataFrame, outcomes: pd.DataFrame
) -> list[tuple[str, pd.Series]]:
    """Give each check of complaints, and which of them it marks, in the order of `days`."""
    ids = days.index.to_series()
    found = [("complaint_without_outcome", ~ids.isin(outcomes["complaint_id"].unique()))]
    if "closed_on" not in complaints or "finding" not in outcomes:
        return found
    first = complaints.drop_duplicates("complaint_id").set_index("complaint_id")
    closed = first["closed_on"].notna().reindex(days.index)
    finding = outcomes["finding"]
    decided = ids.isin(outcomes.loc[finding.isin(terms.DECIDED), "complaint_id"].unique())
    concluded = ids.isin(outcomes.loc[finding.notna(), "complaint_id"].unique())
    found.append(("finding_without_closing_date", decided & ~closed))
    found.append(("closed_without_finding", closed & ~concluded))
    return found


def _rows(check: str, hit: pd.Series, year: Years, *, counted: str) -> list[dict[str, object]]:
    return [
        {
            "check": check,
            "period": period,
            "rows": number,
            "of": of,
            "share": share(number, of),
            "counted": counted,
        }
        for period, number, of in year.count(hit)
    ]
