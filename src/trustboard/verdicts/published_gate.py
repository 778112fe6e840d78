"""Gate 3: what the test needs is published, may be counted, and is new enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trustboard.city import Coverage
from trustboard.citydata import Table
from trustboard.months import Month, how_many, last_complete, month_text, months_text
from trustboard.tidy import CannotMeasure, Measured
from trustboard.verdict_states import Reason
from trustboard.verdicts.model import GateResult
from trustboard.wording import date_text


def is_stale(coverage: Coverage, day: date) -> bool:
    """Say whether the newest complete month is older than lag + 1.5 publishing intervals."""
    allowed_months = coverage.settles_after_months + 1.5 * coverage.publishing_interval_months
    return how_many(last_complete(coverage.to) + 1, last_complete(day)) > allowed_months


def not_published(why: str, would_resolve: str) -> GateResult:
    """Gate 3, not passed, for a reason given in words."""
    return GateResult(Reason.NOT_PUBLISHED, False, why, would_resolve)


def unpublished(measured: Measured | CannotMeasure) -> GateResult:
    """Gate 3, not passed: the indicator cannot be measured from what is published."""
    if isinstance(measured, CannotMeasure):
        would = measured.would_resolve or "The missing columns or tables, published."
        return not_published(_sentence(measured.why), would)
    return not_published(
        "The source does not say which stretch of time it covers.",
        "A statement of the first and last day that the source covers.",
    )


def unusable(tables: Sequence[Table]) -> GateResult | None:
    """Gate 3, not passed, where rows are no basis for counting; None where they are."""
    for table in tables:
        coverage, title = table.spec.coverage, table.spec.source.title
        if coverage is not None and not coverage.complete:
            found = (
                f"“{title}” is a collection that nobody claims to be complete; it lists what was "
                "found and cannot be counted over time."
            )
            return not_published(found, "A complete record for the whole period.")
        if coverage is not None and coverage.closed_cases_only:
            found = f"“{title}” holds closed cases only, so recent months always look emptier."
            return not_published(found, "The open cases, published with the closed ones.")
    return None


def month_absent(month: Month, *, table: Table) -> GateResult:
    """Gate 3, not passed: a month within coverage has no figure."""
    found = f"“{table.spec.source.title}” gives no complete figure for {month_text(month)}."
    return not_published(found, f"Complete figures for {month_text(month)}.")


def stale_table(table: Table, coverage: Coverage, day: date) -> GateResult:
    """Gate 3, not passed: the publisher is behind its own rhythm."""
    source = table.spec.source
    newest = month_text(last_complete(coverage.to))
    found = (
        f"The newest complete month that {source.publisher} has published is {newest}, "
        f"which is too old on {date_text(day)} for a publisher whose files are expected every "
        f"{coverage.publishing_interval_months:g} months."
    )
    return not_published(found, f"A newer edition of “{source.title}”.")


def reaches(coverage: Coverage, first: Month, last: Month, *, table: Table) -> GateResult:
    """Gate 3: the table covers every month of both windows."""
    covered_from, covered_to = coverage.from_, coverage.to
    begins = first.to_timestamp().date() >= covered_from
    if begins and last <= last_complete(covered_to):
        found = (
            f"{table.spec.source.publisher} publishes {date_text(covered_from)} to "
            f"{date_text(covered_to)}, which includes {months_text(first, last)}."
        )
        return GateResult(Reason.NOT_PUBLISHED, True, found)
    found = (
        f"The test needs {months_text(first, last)}; {table.spec.source.publisher} publishes "
        f"{date_text(covered_from)} to {date_text(covered_to)}."
    )
    would = f"Rows of “{table.spec.source.title}” for {months_text(first, last)}."
    return not_published(found, would)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
