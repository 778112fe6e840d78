"""The published rows that an outcome rests on, in an order that never changes."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.commitments import AgreementTest, AnyTest, FigureChangeTest
from trustboard.harmless_cells import safe_cell
from trustboard.verdicts.model import AssessedTest
from trustboard.verdicts.printed import printed
from trustboard.verdicts.series import ask
from trustboard.verdicts.view import view_of

_COLUMNS: Final = (
    "line",
    "complaint_id",
    "row_id",
    "event_id",
    "on",
    "place",
    "district",
    "category",
    "filed_by",
    "event_kind",
    "finding",
    "discipline",
    "closed_on",
    "hit",
)
_FIGURES: Final = ("line", "figure_id", "measure", "value", "unit", "period", "publisher", "url")
_EVIDENCE: Final = ("on", "status", "counts", "what", "url")


def rows_behind(found: AssessedTest, city: CityData, *, as_of: date | None = None) -> pd.DataFrame:
    """Give the rows behind one assessed test: events in its windows, figures or evidence.

    All columns are text; `line` is the row's line in the published file. Empty where the outcome
    rests on no row. Rows and columns always come in the same order.
    """
    test, view = found.test, view_of(city, as_of=as_of)
    if isinstance(test, FigureChangeTest | AgreementTest):
        sides = ("before", "after") if isinstance(test, FigureChangeTest) else ("claim", "against")
        frames = [printed(view, getattr(test, side)).rows.assign(window=side) for side in sides]
        return _tidy(pd.concat(frames), ("window", *_FIGURES))
    if found.evidence or getattr(test, "indicator", None) is None:
        listed = [
            {**one.model_dump(mode="json"), "url": str(one.source.url)} for one in found.evidence
        ]
        return _tidy(pd.DataFrame(listed, columns=[*_EVIDENCE]), _EVIDENCE)
    return _tidy(_events(test, found, view.city), ("window", *_COLUMNS))


def _events(test: AnyTest, found: AssessedTest, city: CityData) -> pd.DataFrame:
    """Give the counted rows inside the windows; none where the question cannot be asked."""
    empty = pd.DataFrame({"window": pd.Series(dtype="str")})
    if not found.windows or found.series is None:
        return empty
    question = ask(
        city,
        getattr(test, "indicator", ""),
        filters=getattr(test, "filters", {}),
        unit=getattr(test, "unit", "complaint"),
    )
    frames = []
    for window in found.windows:
        rows = question.counted
        inside = rows["on"].between(pd.Timestamp(window.from_), pd.Timestamp(window.to))
        label = window.label.partition(":")[0]
        frames.append(rows[inside].assign(window=label))
    return pd.concat(frames)


def _tidy(rows: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Turn all cells into text, missing ones into nothing, and sort by every column."""
    kept = [name for name in columns if name in rows]
    text = pd.DataFrame({name: [_text(cell) for cell in rows[name]] for name in kept}, dtype="str")
    return text.sort_values(kept, ignore_index=True) if kept and len(text) else text


def _text(cell: object) -> str:
    if cell is None or cell is pd.NaT or (not isinstance(cell, str) and pd.isna(cell)):
        return ""
    if isinstance(cell, pd.Timestamp):
        return str(cell.date())
    if isinstance(cell, float):
        return f"{cell:g}"
    return str(cell)


def as_csv(rows: pd.DataFrame) -> bytes:
    """Write rows as CSV, the same bytes on every machine, with no cell that a spreadsheet runs."""
    safe = rows.assign(**{str(name): _safe(rows[name]) for name in rows})
    return str(safe.to_csv(index=False, lineterminator="\n")).encode("utf-8")


def _safe(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Make each different text safe once: a publisher's numbers and words are not ours."""
    return cells.map({text: safe_cell(text) for text in cells.dropna().unique()})


def fingerprint(rows: pd.DataFrame) -> str:
    """Give the SHA-256 of the rows as CSV."""
    return hashlib.sha256(as_csv(rows)).hexdigest()
