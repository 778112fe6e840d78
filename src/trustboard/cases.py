"""Fold allegations into complaints: one row per complaint, as most figures count them.

Rules from docs/methods.md sections 3 and 7. The finding of a complaint is the most serious any of
its allegations has; durations run from filing to closing, or to the data date while a case is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from trustboard import terms
from trustboard.lookup import is_among

if TYPE_CHECKING:
    from trustboard.citydata import CityData

#: Filing dates of one complaint further apart than this leave it out of durations.
MOST_DAYS_APART = 30
#: What an allegation has of its own, where it is published.
_ALLEGED = ("row_id", "category", "finding", "discipline", "decided_on")
_CASE_COLUMNS = (
    "closed_on",
    "incident_on",
    "place_id",
    "district_id",
    "category",
    "filed_by",
    "status",
)


def fold(city: CityData) -> pd.DataFrame:
    """Give one row per complaint (empty frame if the city publishes none).

    Columns: the complaint's own, plus `finding`, `discipline`, `allegations`, `decided_on`,
    `is_open` (missing where it cannot be told), `days`, `observed`, `duration_ok`,
    `sustained_days`. Days are whole days; dates have no time zone.
    """
    complaints = city.frame("complaints")
    if complaints is None:
        return pd.DataFrame(columns=["complaint_id", "filed_on", *_CASE_COLUMNS])
    cases = _one_per_id(complaints)
    outcomes = city.frame("outcomes")
    if outcomes is not None:
        cases = cases.join(_most_serious(outcomes), on="complaint_id")
        cases["allegations"] = cases["allegations"].fillna(0).astype("int64")
        if "any_pending" in cases:
            cases["any_pending"] = cases["any_pending"].astype("boolean")
    table = city.tables["complaints"]
    data_date = pd.Timestamp(table.spec.coverage.to if table.spec.coverage else city.as_of)
    return _with_place(_timed(cases, data_date=data_date), city)


def allegations(city: CityData) -> pd.DataFrame:
    """Give one row per allegation whose complaint is known, with the complaint's dates and place.

    `line`, `finding`, `discipline` and `category` are the allegation's own, the publisher's words
    for them too; `repeated` marks the possible duplicates, so that a figure can be given both ways.
    """
    outcomes, cases = city.frame("outcomes"), city.cases
    if outcomes is None or cases.empty:
        return cases.iloc[:0]
    named = [c for c in _ALLEGED if c in outcomes]
    spoken = [f"{c}_as_published" for c in named]
    own = ["line", *named, *(c for c in spoken if c in outcomes)]
    shared = [c for c in cases.columns if c not in {*own, *spoken, "allegations"}]
    repeated = [c for c in ("repeated",) if c in outcomes]
    return outcomes[["complaint_id", *own, *repeated]].merge(cases[shared], on="complaint_id")


def _one_per_id(complaints: pd.DataFrame) -> pd.DataFrame:
    """Keep one row per complaint: its earliest filing date, marking dates that contradict."""
    ordered = complaints.sort_values(["filed_on", "line"], kind="stable", na_position="last")
    cases = ordered.drop_duplicates("complaint_id", keep="first", ignore_index=True)
    cases = cases.drop(columns=["repeated"], errors="ignore")
    spread = ordered.groupby("complaint_id", sort=False)["filed_on"].agg(["min", "max"])
    apart = (spread["max"] - spread["min"]).dt.days
    far = apart.index[apart > MOST_DAYS_APART]
    cases["duration_ok"] = ~is_among(cases["complaint_id"], far)
    for column in _CASE_COLUMNS:
        if column not in cases:
            dates = column.endswith("_on")
            cases[column] = pd.Series(dtype="datetime64[s]" if dates else "str", index=cases.index)
    if "closed_on" not in complaints:
        cases["closing_published"] = False
    else:
        cases["closing_published"] = True
    return cases.sort_values("line", kind="stable", ignore_index=True)


def _most_serious(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Give per complaint: the most serious finding, heaviest discipline, number of allegations."""
    grouped = outcomes.groupby("complaint_id", sort=False)
    folded = pd.DataFrame({"allegations": grouped.size()})
    if "finding" in outcomes:
        folded["finding"] = _first_of(outcomes, "finding", order=terms.FINDINGS)
        pending = outcomes.loc[outcomes["finding"] == "pending", "complaint_id"]
        folded["any_pending"] = is_among(folded.index, pending)
        if "decided_on" in outcomes:
            decisive = outcomes["finding"] == outcomes["complaint_id"].map(folded["finding"])
            dated = outcomes[decisive].groupby("complaint_id")["decided_on"].min()
            folded["decided_on"] = dated.reindex(folded.index)
    if "discipline" in outcomes:
        sustained = outcomes
        if "finding" in outcomes:  # discipline belongs to the finding it followed
            has = (
                outcomes["finding"]
                .eq("sustained")
                .groupby(outcomes["complaint_id"])
                .transform("any")
            )
            sustained = outcomes[outcomes["finding"].eq("sustained") | ~has]
        folded["discipline"] = _first_of(sustained, "discipline", order=terms.DISCIPLINE)
    return folded


def _first_of(rows: pd.DataFrame, column: str, *, order: Iterable[str]) -> pd.Series:
    """Give per complaint the value that stands first in `order`."""
    words = list(order)
    rank = pd.Categorical(rows[column], categories=words, ordered=True).codes
    known = pd.DataFrame({"complaint_id": rows["complaint_id"], "rank": rank})
    best = known[known["rank"] >= 0].groupby("complaint_id")["rank"].min()
    return best.map(dict(enumerate(words))).astype("str")


def _timed(cases: pd.DataFrame, *, data_date: pd.Timestamp) -> pd.DataFrame:
    """Add whether each case is open, how long it took or has taken, and when it was sustained."""
    cases = cases.copy()
    closed_text = cases.get("closed_on_as_published", pd.Series("", index=cases.index))
    undated_close = cases["closed_on"].isna() & (closed_text.fillna("") != "")
    cases["is_open"] = _is_open(cases, undated_close)
    end = cases["closed_on"].fillna(data_date).where(cases["closing_published"])
    cases["days"] = (end - cases["filed_on"]).dt.days.astype("float64")
    cases["observed"] = cases["closed_on"].notna()
    finding = cases.get("finding", pd.Series(dtype="str", index=cases.index))
    undated_decision = finding.isin(list(terms.DECIDED)) & cases["closed_on"].isna()
    usable = cases["days"].ge(0) & ~undated_close & ~undated_decision
    cases["duration_ok"] = cases["duration_ok"] & usable
    decided = cases.get("decided_on", pd.Series(pd.NaT, index=cases.index))
    decided = decided.fillna(cases["closed_on"])
    after = (decided - cases["filed_on"]).dt.days.astype("float64")
    cases["sustained_days"] = after.where((finding == "sustained") & after.ge(0))
    return cases.drop(columns=["closing_published"])


def _is_open(cases: pd.DataFrame, undated_close: pd.Series) -> pd.Series:
    """Tell open from closed: by the published status, else the closing date, else the findings."""
    unknown = pd.Series(pd.NA, index=cases.index, dtype="boolean")
    by_status = cases["status"].map({"open": True, "closed": False}).astype("boolean")
    by_date = (cases["closed_on"].isna() & ~undated_close).astype("boolean")
    by_date = by_date.where(cases["closing_published"])
    by_finding = unknown
    if "any_pending" in cases:
        by_finding = cases["any_pending"].astype("boolean").where(cases["finding"].notna())
    return by_status.fillna(by_date).fillna(by_finding)


def _with_place(cases: pd.DataFrame, city: CityData) -> pd.DataFrame:
    """Fill the district from the place, where places are neighborhoods of a district."""
    places = city.places
    if "district_id" in places.columns and len(places):
        from_place = cases["place_id"].map(places["district_id"].dropna())
        cases["district_id"] = cases["district_id"].fillna(from_place.astype("str"))
    if city.city.places.level == "district":
        cases["district_id"] = cases["district_id"].fillna(cases["place_id"])
        cases["place_id"] = cases["place_id"].fillna(cases["district_id"])
    return cases
