"""One question with its answer, its drawing, its table and its source."""

from __future__ import annotations

import pandas as pd

from trustboard.citydata import CityData
from trustboard.first_view.chart import chart
from trustboard.first_view.markup import elsewhere, paragraph, table, text, with_links
from trustboard.tidy import CannotMeasure, Measured
from trustboard.verdicts.model import AssessedTest
from trustboard.wording import (
    answer,
    cannot_answer,
    interval,
    period_name,
    row_state,
    value_text,
    whole,
)


def question(
    city: CityData, found: Measured | CannotMeasure, *, notes: tuple[str, ...] = ()
) -> str:
    """Show a measured question whole; where it cannot be measured, say so and why."""
    head = f"<h2>{text(found.question)}</h2>"
    if isinstance(found, CannotMeasure):
        said = cannot_answer(found, city=city.city.name)
        resolve = f"What would answer it: {found.would_resolve}" if found.would_resolve else ""
        return head + paragraph(said, "fv-word") + paragraph(resolve)
    said = answer(found)
    beside = "".join(paragraph(one, "fv-soft") for one in notes)
    return head + paragraph(said, "fv-answer") + beside + _shown(found, said=said)


def _shown(found: Measured, *, said: str) -> str:
    drawn = chart(found, said=f"{found.title}. {said}")
    unit = paragraph(f"{found.title}: {found.unit}", "fv-soft") if drawn else ""
    return unit + drawn + rows_of(found) + source_line(found.sources)


def rows_of(found: Measured) -> str:
    """Write a measured table as it is on the page: value, range, counts, and what to note."""
    rows = found.table
    columns: dict[str, list[str]] = {}
    if found.period != "all" or not found.groups:
        columns["Period"] = [period_name(str(one)) for one in rows["period"]]
    for name in found.groups:
        columns[name.replace("_", " ").capitalize()] = [
            found.label(name, str(k)) for k in rows[name]
        ]
    columns["Value"] = [_or_dash(value_text(found.kind, v), v) for v in rows["value"]]
    if rows["lower"].notna().any():
        ends = zip(rows["lower"], rows["upper"], strict=True)
        columns["Range (95%)"] = [interval(found.kind, low, high) or "–" for low, high in ends]
    if found.kind not in {"count", "figure"}:
        columns["Counted"] = [_or_dash(whole(n), n) for n in rows["n"]]
        if rows["exposure"].notna().any():
            columns["Out of"] = [_or_dash(whole(e), e) for e in rows["exposure"]]
    if rows["state"].ne("ok").any():
        columns["Note"] = [row_state(str(one)) for one in rows["state"]]
    cells = [list(row) for row in zip(*columns.values(), strict=True)]
    return table(list(columns), cells, caption=f"{found.title}: {found.unit}, as a table")


def _or_dash(words: str, value: object) -> str:
    return "–" if pd.isna(value) else words


def source_line(sources: tuple[str, ...]) -> str:
    """Name the sources; nothing where there are none."""
    if not sources:
        return ""
    return f'<p class="fv-soft"><strong>Source:</strong> {with_links("; ".join(sources))}.</p>'


def judged(test: AssessedTest, *, drawn: bool) -> str:
    """Show one test: its question, the word, the sentence; its drawing where `drawn`."""
    parts = [
        f"<h2>{text(test.test.question)}</h2>",
        paragraph(test.headline, "fv-word"),
        paragraph(test.sentence),
        paragraph(test.literal),
    ]
    series = test.series
    if drawn and series is not None and not series.table.empty:
        said = f"{test.test.question} {test.headline}. {test.sentence}"
        parts += [chart(series, said=said), rows_of(series)]
    return "".join([*parts, source_line(test.sources)])


def cited(publisher: str, url: object) -> str:
    """Name where a promise can be read."""
    return elsewhere(publisher, url)
