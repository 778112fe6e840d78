"""How long it takes until something is known: incident, filing, decision, first sight here."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from trustboard.citydata import CityData
from trustboard.quality.dating import ALL, some_columns
from trustboard.quality.model import Part, tidy
from trustboard.statistics import kaplan_meier
from trustboard.wording.quality import delays_said

#: With fewer complaints than this, no median is given (as for other durations).
FEWEST: Final = 10


def delays(city: CityData) -> Part:
    """Give each delay by year of filing: the median day, and the day by which nine in ten had."""
    rows = [*_until_filed(city), *_until_decided(city), *_until_seen(city)]
    told = tidy("delays", rows)
    return Part(
        id="delays",
        question="How late do rows arrive?",
        said=delays_said(told, snapshots=_has_snapshots(city)),
        table=told,
        can_tell=bool(len(told)),
        action="The months that late rows may still change are hatched or dotted on every chart; "
        "a verdict waits until they have settled.",
        limits=(
            "Undecided complaints are counted as undecided, not left out: otherwise recent years "
            "would look quick.",
            "When a row reached the public can be told only for rows that appeared between two "
            "snapshots on this machine; the day of the first snapshot says nothing of its rows.",
            "A complaint about an old incident that nobody has filed yet is in no file.",
        ),
    )


def _until_filed(city: CityData) -> Iterator[dict[str, object]]:
    """Measure incident to filing. Every complaint here was filed, so nothing is still waiting."""
    cases = _cases(city)
    if cases.empty or cases["incident_on"].isna().all():
        return
    days = (cases["filed_on"] - cases["incident_on"]).dt.days.astype("float64")
    for period, rows in _years(cases["filed_on"]):
        known = days[rows].dropna()
        early = int((known < 0).sum())
        yield _over(
            "incident_to_filing", period, known[known >= 0], of=int(rows.sum()), early=early
        )


def _until_decided(city: CityData) -> Iterator[dict[str, object]]:
    """Measure filing to the first decision, undecided complaints counted as still waiting."""
    cases = _cases(city)
    outcomes = some_columns(city, "outcomes", "complaint_id", "finding", "decided_on")
    if outcomes is None or "decided_on" not in outcomes or outcomes["decided_on"].isna().all():
        return
    dated = cases["complaint_id"].map(outcomes.groupby("complaint_id")["decided_on"].min())
    until = pd.Timestamp(city.as_of)
    days = (dated.fillna(until) - cases["filed_on"]).dt.days.astype("float64")
    usable = days.ge(0) & ~(dated.isna() & _decided_some_day(cases, outcomes))
    for period, rows in _years(cases["filed_on"]):
        chosen = rows & usable
        early = int((days[rows] < 0).sum())
        yield _waiting(period, days[chosen], dated[chosen].notna(), of=int(rows.sum()), early=early)


def _decided_some_day(cases: pd.DataFrame, outcomes: pd.DataFrame) -> pd.Series:
    """Mark complaints with a finding that bears no date: neither open nor decided on a day."""
    if "finding" not in outcomes:
        return pd.Series(False, index=cases.index)
    final = outcomes["finding"].notna() & outcomes["finding"].ne("pending")
    ids = outcomes.loc[final & outcomes["decided_on"].isna(), "complaint_id"]
    return cases["complaint_id"].isin(set(ids))


def _waiting(
    period: str, days: pd.Series, seen: pd.Series, *, of: int, early: int
) -> dict[str, object]:
    """Give the median over decided and waiting complaints together (Kaplan-Meier)."""
    few = int(seen.sum()) < FEWEST
    median = lower = upper = late = math.nan
    if not few:
        curve = kaplan_meier(days.to_numpy(), seen.to_numpy().astype(int))
        median, lower, upper = curve.median, curve.median_lower, curve.median_upper
        below = curve.table.loc[curve.table["survival"] <= 0.1 + 1e-12, "time"]
        late = float(below.iloc[0]) if len(below) else math.inf
    reached = math.isfinite(median)
    return _row(
        "filing_to_decision",
        period,
        median=median if reached else math.nan,
        lower=lower,
        upper=upper,
        late=late,
        rows=int(seen.sum()),
        of=of,
        left_out=early,
        state="too_few" if few else "ok" if reached else "not_reached",
    )


def _until_seen(city: CityData) -> Iterator[dict[str, object]]:
    """Measure filing to first sight here, for rows that appeared after the first snapshot."""
    frame = some_columns(city, "complaints", "filed_on", "first_seen")
    if frame is None or not _has_snapshots(city):
        return
    later = frame[frame["first_seen"] > frame["first_seen"].min()]
    days = (later["first_seen"].dt.normalize() - later["filed_on"]).dt.days.astype("float64")
    for period, rows in _years(later["filed_on"]):
        known = days[rows].dropna()
        yield _over("filing_to_first_seen", period, known, of=int(rows.sum()))


def _over(
    delay: str, period: str, days: pd.Series, *, of: int, early: int = 0
) -> dict[str, object]:
    """Give the median of days of which none still runs."""
    few = len(days) < FEWEST
    return _row(
        delay,
        period,
        median=np.nan if few else float(days.median()),
        late=np.nan if few else float(days.quantile(0.9)),
        rows=len(days),
        of=of,
        left_out=early,
        state="too_few" if few else "ok",
    )


def _has_snapshots(city: CityData) -> bool:
    return "complaints" in city.tables and "first_seen" in city.tables["complaints"].columns


def _cases(city: CityData) -> pd.DataFrame:
    """Give the dates of one row per complaint, from the disk where they lie there."""
    columns = ["complaint_id", "filed_on", "incident_on"]
    return city.cases[columns] if city.folded is None else city.folded["cases"].read(columns)


def _years(days: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Give all rows with a date, then those of each year, as marks."""
    if not len(days):
        return
    yield ALL, days.notna()
    numbers = days.dt.year
    for year in sorted(numbers.dropna().unique()):
        yield str(int(year)), numbers == year


def _row(delay: str, period: str, **values: object) -> dict[str, object]:
    return {"delay": delay, "period": period, "lower": np.nan, "upper": np.nan, **values}
