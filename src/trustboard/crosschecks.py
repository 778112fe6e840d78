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
    return [*found, *(one for name in tables for _, one in _printed_totals(tables, name))]


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
        yield problem("finding_without_closing_date", file=file, column="closed_on", found=text)
    if unknown:
        text = f"{unknown:,} closed complaints without a finding"
        yield problem("closed_without_finding", file=file, column="closed_on", found=text)


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


def _printed_totals(tables: Mapping[str, Table], name: str) -> Iterator[tuple[str, DataProblem]]:
    """Compare the totals a publisher prints with the rows; give the figures that are apart."""
    series, figures = tables[name].spec.totals_series, tables.get("figures")
    dated = {"complaints": "filed_on", "outreach": "held_on"}.get(name)
    if series is None or figures is None or dated is None or "series" not in figures.frame:
        return
    printed = figures.frame[figures.frame["series"] == series].dropna(
        subset=["value", "period_from", "period_to"]
    )
    days = tables[name].frame.drop_duplicates(tables[name].frame.columns[1])[dated]
    for row in printed.itertuples():
        rows = int(days.between(row.period_from, row.period_to).sum())
        if abs(rows - row.value) > MOST_APART * row.value:
            text = f"{row.value:,.0f} printed for {row.period}, {rows:,} rows ({row.figure_id})"
            apart = problem("publisher_total", file=tables[name].file, column=dated, found=text)
            yield row.figure_id, apart


def blocked_windows(
    tables: Mapping[str, Table], name: str
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Give the periods whose printed total contradicts the rows of a table."""
    table, figures = tables.get(name), tables.get("figures")
    if table is None or figures is None:
        return []
    wrong = {figure_id for figure_id, _ in _printed_totals(tables, name)}
    rows = figures.frame[figures.frame["figure_id"].isin(wrong)]
    return list(zip(rows["period_from"], rows["period_to"], strict=True))
