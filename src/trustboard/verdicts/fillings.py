"""Fill what is missing in the most lopsided ways: could it change the answer?

See docs/methods.md section 6, gate 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trustboard.months import Month
from trustboard.verdicts.missing import undated_rows, unfinished_rows, unknown_rows
from trustboard.verdicts.ratios import Windows
from trustboard.verdicts.series import Question


def fillings(question: Question, base: Windows) -> list[Windows]:
    """Give the two fillings that differ most: all missing rows before, or all of them after.

    Rows without a date may lie in any month of a window; they are spread over all of it.
    """
    undated = len(undated_rows(question))
    if question.indicator.kind == "share":
        rows = pd.concat([unknown_rows(question), unfinished_rows(question)])
        rows = rows[~rows.index.duplicated()]
        none_is_missing = rows.empty and not undated
        return [] if none_is_missing else _share_fillings(question, base, rows, undated=undated)
    rows = unknown_rows(question)
    inside = rows["month"].isin([*base.before.index, *base.after.index])
    if not inside.any() and not undated:
        return []
    more, none = rows[inside].groupby("month").size(), pd.Series(dtype="float64")
    return [
        base.filled(before=_with_undated(more, undated, base.before.index), after=none),
        base.filled(before=none, after=_with_undated(more, undated, base.after.index)),
    ]


def _with_undated(more: pd.Series, undated: int, months: pd.Index) -> pd.Series:
    """Add rows without a date to others per month: as evenly as whole rows can lie."""
    reached = np.arange(len(months) + 1) * undated // len(months)
    each = pd.Series(np.diff(reached), index=months)
    return each.add(more.reindex(months), fill_value=0)


def _share_fillings(
    question: Question, base: Windows, rows: pd.DataFrame, *, undated: int
) -> list[Windows]:
    """Count every doubtful row as a case, and as a hit in one window only.

    Rows without a date are cases of that window alone.
    """
    counted = question.counted
    hits = counted.index[counted["hit"].astype(bool)]
    new_cases = rows[~rows.index.isin(counted.index)].groupby("month").size()
    new_hits = rows[~rows.index.isin(hits)].groupby("month").size()

    def wider(window: pd.DataFrame, *, hits: bool) -> pd.DataFrame:
        dateless = undated if hits else 0
        more = {"exposure": _with_undated(new_cases, dateless, window.index)}
        if hits:
            more["n"] = _with_undated(new_hits, dateless, window.index)
        return window.assign(**{name: window[name] + values for name, values in more.items()})

    return [
        Windows(wider(base.before, hits=True), wider(base.after, hits=False)),
        Windows(wider(base.before, hits=False), wider(base.after, hits=True)),
    ]


def doubtful_cases(question: Question, months: Sequence[Month]) -> tuple[int, int]:
    """Count a window's doubtful rows that are no cases yet, and those that are no hits yet."""
    counted = question.counted
    rows = pd.concat([unknown_rows(question), unfinished_rows(question)])
    rows = rows[rows["month"].isin(list(months)) & ~rows.index.duplicated()]
    hits = counted.index[counted["hit"].astype(bool)]
    undated = len(undated_rows(question))
    cases, new_hits = ~rows.index.isin(counted.index), ~rows.index.isin(hits)
    return int(cases.sum()) + undated, int(new_hits.sum()) + undated
