"""Which rows lack a field that a test needs (docs/methods.md section 6, gate 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from trustboard import terms
from trustboard.indicator import Indicator
from trustboard.months import Month
from trustboard.verdicts.gates import Missing
from trustboard.verdicts.series import Question

_UNKNOWN: Final = terms.UNKNOWN_PLACE
_PENDING: Final = "pending"


def unknown_rows(question: Question) -> pd.DataFrame:
    """Give the rows that might belong to the filtered ones, could their missing fields be filled.

    They pass every filter whose field is known, and at least one filter's field is missing.
    """
    rows, unknown = question.base, pd.Series(False, index=question.base.index)
    for column in question.row_filters:
        unknown |= _empty(rows, column)
    return rows[_possible(question) & unknown]


def undated_rows(question: Question) -> pd.DataFrame:
    """Give the rows without a readable date that may belong to the filtered ones.

    Nobody knows in which window they lie, or whether they lie in one.
    """
    rows = question.base
    return rows[_possible(question) & rows["on"].isna()]


def _possible(question: Question, *, but: str = "") -> pd.Series:
    """Say which rows pass every filter whose field is known, one filter left aside if named."""
    rows = question.base
    possible = pd.Series(True, index=rows.index)
    for column, ids in question.row_filters.items():
        if column != but:
            possible &= _empty(rows, column) | rows[column].isin(list(ids))
    return possible


def unfinished_rows(question: Question) -> pd.DataFrame:
    """Give the rows of the filtered ones that lack a field that decides whether they are a hit."""
    rows = question.base
    lacking = pd.Series(False, index=rows.index)
    for column in _fields(question.indicator):
        lacking |= _lacking(rows, column)
        if column == _deciding(question.indicator):
            lacking |= _undecided(rows, column)
    kept = pd.Series(True, index=rows.index)
    for column, ids in question.row_filters.items():
        kept &= rows[column].isin(list(ids)) if column in rows else False
    return rows[lacking & kept]


def missing_fields(
    question: Question, windows: Mapping[str, Sequence[Month]]
) -> tuple[Missing, ...]:
    """Count, per window and needed field, the rows that lack it; undated rows over all time."""
    rows, indicator = question.base, question.indicator
    found = [missing_dates(question)]
    for label, months in windows.items():
        inside = rows[rows["month"].isin(list(months))]
        for column in dict.fromkeys((*sorted(question.filters), *_fields(indicator))):
            concerned = inside[_concerned(inside, column)]
            lacking = _lacking(concerned, column)
            found.append(_counted(question, column, window=label, lacking=lacking))
    return tuple(found)


def missing_dates(question: Question) -> Missing:
    """Count the rows without a readable date: nobody knows whether they lie in a window."""
    lacking = question.base["on"].isna()
    return _counted(question, "date", window="in the whole table", lacking=lacking)


def _counted(question: Question, column: str, *, window: str, lacking: pd.Series) -> Missing:
    """Count rows that lack a field, and those of them that the other filters leave in."""
    fits = _possible(question, but=column).loc[lacking.index]
    among = None if fits.all() else (int(lacking[fits].sum()), int(fits.sum()))
    return Missing(column, window, int(lacking.sum()), len(lacking), among)


def _fields(indicator: Indicator) -> tuple[str, ...]:
    """Name the needed fields that can be missing in a row that is there."""
    needed = [need.partition(".")[2] for need in indicator.needs]
    return tuple(name for name in ("finding", "closed_on", "discipline") if name in needed)


def _deciding(indicator: Indicator) -> str:
    """Name the field whose being undecided leaves a share of decided cases open; "" if none does.

    An indicator that waits until cases are old enough counts undecided ones as no hit. Any other
    share of what was decided so far leans to quick decisions, the more so in recent months
    (docs/methods.md section 3): there the verdict must hold however the pending cases are decided.
    """
    if indicator.mature_after_days or indicator.kind != "share":
        return ""
    fields = _fields(indicator)
    return next((name for name in ("discipline", "finding") if name in fields), "")


def _concerned(rows: pd.DataFrame, column: str) -> pd.Series:
    """Say which rows should have a field: only sustained findings call for discipline."""
    if column == "discipline" and "finding" in rows:
        return rows["finding"].eq("sustained").fillna(False).astype(bool)
    return pd.Series(True, index=rows.index)


def _undecided(rows: pd.DataFrame, column: str) -> pd.Series:
    """Say which rows will have a field one day: those pending, and open cases without it."""
    if column not in rows:
        return pd.Series(False, index=rows.index)
    pending = rows[column].eq(_PENDING).fillna(False).astype(bool)
    return (pending | _empty(rows, column)) & _concerned(rows, column)


def _lacking(rows: pd.DataFrame, column: str) -> pd.Series:
    """Say which rows lack a field. An open case does not lack its finding: it has none yet."""
    lacking = _empty(rows, column)
    if column in ("finding", "closed_on") and "is_open" in rows:
        lacking &= ~rows["is_open"].fillna(False).astype(bool)
    return lacking & _concerned(rows, column)


def _empty(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series(True, index=rows.index)
    return (rows[column].isna() | rows[column].eq(_UNKNOWN).fillna(False)).astype(bool)
