"""Where a series stops being comparable: breaks, old cases entered at once, printed totals."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from trustboard.checks import BACKFILL_LEAST, BACKFILL_TIMES, backfill_days
from trustboard.citydata import CityData
from trustboard.crosschecks import printed_totals
from trustboard.quality.dating import share, some_columns
from trustboard.quality.model import Part, tidy
from trustboard.wording.quality_counting import backfills_said, breaks_said, totals_said


def breaks(city: CityData) -> Part:
    """List the days on which counting changed, as the city's description declares them."""
    rows: list[dict[str, object]] = [
        {
            "table": name,
            "on": pd.Timestamp(one.on),
            "why": one.why,
            "affects": ", ".join(one.concerned) or "all",
        }
        for name, table in city.tables.items()
        for one in table.spec.breaks
    ]
    told = tidy("breaks", rows)
    return Part(
        id="breaks",
        question="When did counting change?",
        said=breaks_said(told),
        table=told,
        action="A dotted line marks each on every chart over time. A verdict that would compare "
        "across one becomes “cannot tell: not comparable”.",
        limits=(
            "Only changes that somebody wrote down can stand here: told by the publisher or by a "
            "document, or seen in the rows.",
        ),
    )


def backfills(city: CityData) -> Part:
    """List days with far more filings than usual, and rows that appeared late."""
    told = tidy("backfills", [*_days(city), *_late_rows(city)])
    return Part(
        id="backfills",
        question="Were old cases entered at once?",
        said=backfills_said(told, here="complaints" in city.tables),
        table=told,
        can_tell="complaints" in city.tables,
        action="Flagged, and counted as published. Whoever reads that month should know of it.",
        limits=(
            f"A day is flagged with at least {BACKFILL_LEAST} filings and {BACKFILL_TIMES} times "
            "the usual number. A day after a widely known incident can look the same.",
            "Rows that appeared late can be told only where several snapshots are here.",
        ),
    )


def _days(city: CityData) -> Iterator[dict[str, object]]:
    frame = some_columns(city, "complaints", "filed_on")
    if frame is None:
        return
    days, usual = backfill_days(frame["filed_on"])
    for day, number in days.items():
        yield {"kind": "one_day", "on": day, "rows": int(number), "usual": usual}


def _late_rows(city: CityData) -> Iterator[dict[str, object]]:
    """Count rows that were first seen after the months in which a month may still change."""
    frame = some_columns(city, "complaints", "filed_on", "first_seen")
    if frame is None or "first_seen" not in frame:
        return
    coverage = city.tables["complaints"].spec.coverage
    months = coverage.settles_after_months if coverage else 0
    later = frame[frame["first_seen"] > frame["first_seen"].min()]
    allowed = later["filed_on"] + pd.DateOffset(months=months)
    late = later[later["first_seen"] > allowed]
    for day, number in late["first_seen"].dt.normalize().value_counts().sort_index().items():
        yield {"kind": "late_rows", "on": day, "rows": int(number), "usual": None}


def totals(city: CityData) -> Part:
    """Compare every total that a publisher prints of its rows with the rows."""
    rows: list[dict[str, object]] = []
    for name in city.tables:
        for one in printed_totals(city.tables, name).itertuples():
            difference = int(one.rows - one.printed)
            rows.append(
                {
                    "table": name,
                    "figure_id": one.figure_id,
                    "period": one.period,
                    "printed": one.printed,
                    "rows": one.rows,
                    "difference": difference,
                    "share": share(difference, one.printed),
                    "blocks": bool(one.apart),
                }
            )
    told = tidy("totals", rows)
    return Part(
        id="totals",
        question="Do the rows add up to the printed totals?",
        said=totals_said(told),
        table=told,
        can_tell=bool(len(told)),
        action="Flagged. Where they differ by more than 2%, a verdict on that time becomes "
        "“cannot tell: records incomplete”.",
        limits=("A report may count by another day, or leave out a class of complaint.",),
    )
