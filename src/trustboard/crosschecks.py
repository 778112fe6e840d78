"""Checks that need two tables: findings against closing dates, printed totals against rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from trustboard import terms
from trustboard.citydata import Table
from trustboard.errors import DataProblem
from trustboard.lookup import is_among
from trustboard.problem_kinds import problem

#: A printed total further from the rows than this blocks verdicts that depend on them.
MOST_APART = 0.02


def check_against_each_other(tables: Mapping[str, Table]) -> list[DataProblem]:
    """Run the checks for which both tables are here."""
    found = [*_findings_and_closing_dates(tables), *_decisions_and_filing_dates(tables)]
    return [*found, *(one for name in tables for one in _apart(tables, name))]


def _findings_and_closing_dates(tables: Mapping[str, Table]) -> Iterator[DataProblem]:
    complaints, outcomes = tables.get("complaints"), tables.get("outcomes")
    if complaints is None or outcomes is None or "finding" not in outcomes.frame:
        return
    if "closed_on" not in complaints.frame:
        return
    cases = complaints.frame.drop_duplicates("complaint_id").set_index("complaint_id")
    closed, file = cases["closed_on"].notna(), complaints.file
    finding = outcomes.frame["finding"]
    ids = outcomes.frame["complaint_id"]
    decided = is_among(closed.index, ids[finding.isin(terms.DECIDED)])
    concluded = is_among(closed.index, ids[finding.notna()])
    undated, unknown = int((decided & ~closed).sum()), int((closed & ~concluded).sum())
    if undated:
        text = f"{undated:,} decided complaints without a closing date"
        yield problem(
            "finding_without_closing_date", file=file, column="closed_on", found=text, rows=undated
        )
    if unknown:
        text = f"{unknown:,} closed complaints without a finding"
        yield problem(
            "closed_without_finding", file=file, column="closed_on", found=text, rows=unknown
        )


def _decisions_and_filing_dates(tables: Mapping[str, Table]) -> Iterator[DataProblem]:
    complaints, outcomes = tables.get("complaints"), tables.get("outcomes")
    if complaints is None or outcomes is None or "decided_on" not in outcomes.frame:
        return
    filed = complaints.frame.groupby("complaint_id")["filed_on"].min()
    rows = outcomes.frame
    early = rows[rows["decided_on"] < rows["complaint_id"].map(filed)]
    for line, day in zip(early["line"], early["decided_on"], strict=True):
        text = f"decided on {day:%Y-%m-%d}, before the complaint was filed"
        yield problem(
            "decided_before_filed",
            file=outcomes.file,
            line=int(line),
            column="decided_on",
            found=text,
        )


def printed_totals(tables: Mapping[str, Table], name: str) -> pd.DataFrame:
    """Compare the totals that a publisher prints of a table with the rows of the same time.

    One row per printed total with a known period: `figure_id`, `period`, `period_from`,
    `period_to`, `printed`, `rows`, and `apart`: whether they differ by more than 2%. Empty where
    the table names no series of printed totals, or the figures are not here.
    """
    series, figures = tables[name].spec.totals_series, tables.get("figures")
    dated = {"complaints": "filed_on", "outreach": "held_on"}.get(name)
    columns = ["figure_id", "period", "period_from", "period_to", "printed", "rows", "apart"]
    if series is None or figures is None or dated is None or "series" not in figures.frame:
        return pd.DataFrame(columns=columns)
    printed = figures.frame[figures.frame["series"] == series].dropna(
        subset=["value", "period_from", "period_to"]
    )
    days = tables[name].frame.drop_duplicates(tables[name].frame.columns[1])[dated]
    ends = zip(printed["period_from"], printed["period_to"], strict=True)
    rows = [int(days.between(first, last).sum()) for first, last in ends]
    told = printed.rename(columns={"value": "printed"}).assign(rows=rows)
    apart = (told["rows"] - told["printed"]).abs() > MOST_APART * told["printed"]
    return told.assign(apart=apart)[columns].reset_index(drop=True)


def _apart(tables: Mapping[str, Table], name: str) -> Iterator[DataProblem]:
    """List the printed totals that differ from the rows."""
    told = printed_totals(tables, name)
    for row in told[told["apart"].astype(bool)].itertuples():
        text = f"{row.printed:,.0f} printed for {row.period}, {row.rows:,} rows ({row.figure_id})"
        yield problem(
            "publisher_total",
            file=tables[name].file,
            column={"complaints": "filed_on"}.get(name, "held_on"),
            found=text,
        )


def blocked_windows(
    tables: Mapping[str, Table], name: str
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Give the periods whose printed total contradicts the rows of a table."""
    if name not in tables:
        return []
    told = printed_totals(tables, name)
    wrong = told[told["apart"].astype(bool)]
    return list(zip(wrong["period_from"], wrong["period_to"], strict=True))
