"""Fill what is missing in the most lopsided ways: could it change the answer?

See docs/methods.md section 6, gate 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trustboard.months import Month
from trustboard.verdicts.missing import unfinished_rows, unknown_rows
from trustboard.verdicts.ratios import Windows
from trustboard.verdicts.series import Question


def fillings(question: Question, base: Windows) -> list[Windows]:
    """Give the two fillings that differ most: all missing rows before, or all of them after."""
    if question.indicator.kind == "share":
        rows = pd.concat([unknown_rows(question), unfinished_rows(question)])
        rows = rows[~rows.index.duplicated()]
        return [] if rows.empty else _share_fillings(question, base, rows)
    rows = unknown_rows(question)
    inside = rows["month"].isin([*base.before.index, *base.after.index])
    if not inside.any():
        return []
    more, none = rows[inside].groupby("month").size(), pd.Series(dtype="float64")
    return [base.filled(before=more, after=none), base.filled(before=none, after=more)]


def _share_fillings(question: Question, base: Windows, rows: pd.DataFrame) -> list[Windows]:
    """Count every doubtful row as a case, and as a hit in one window only."""
    counted = question.counted
    hits = counted.index[counted["hit"].astype(bool)]
    new_cases = rows[~rows.index.isin(counted.index)].groupby("month").size()
    new_hits = rows[~rows.index.isin(hits)].groupby("month").size()
    none = pd.Series(dtype="float64")
    wider = Windows(
        base.before.assign(exposure=_plus(base.before["exposure"], new_cases)),
        base.after.assign(exposure=_plus(base.after["exposure"], new_cases)),
    )
    return [
        wider.filled(before=new_hits, after=none),
        wider.filled(before=none, after=new_hits),
    ]


def _plus(values: pd.Series, more: pd.Series) -> pd.Series:
    return values + more.reindex(values.index).fillna(0).astype("float64")


def doubtful_cases(question: Question, months: Sequence[Month]) -> tuple[int, int]:
    """Count a window's doubtful rows that are no cases yet, and those that are no hits yet."""
    counted = question.counted
    rows = pd.concat([unknown_rows(question), unfinished_rows(question)])
    rows = rows[rows["month"].isin(list(months)) & ~rows.index.duplicated()]
    hits = counted.index[counted["hit"].astype(bool)]
    return int((~rows.index.isin(counted.index)).sum()), int((~rows.index.isin(hits)).sum())
