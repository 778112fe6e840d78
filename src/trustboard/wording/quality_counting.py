"""Sentences about changes of counting, printed totals, checks and corrections."""

from __future__ import annotations

import pandas as pd

from trustboard.wording.numbers import whole
from trustboard.wording.periods import date_text
from trustboard.wording.quality_words import counted, rows_word


def breaks_said(table: pd.DataFrame) -> str:
    """Say how many changes of counting are declared and when the last one was."""
    if table.empty:
        return "No change in the way of counting is known of."
    number = len(table)
    last = date_text(table["on"].max())
    return f"{whole(number)} {'changes are' if number > 1 else 'change is'} known, the last {last}."


def backfills_said(table: pd.DataFrame, *, here: bool) -> str:
    """Say how many days stand out, and how many rows appeared late."""
    if not here:
        return "There are no complaints here, one by one, in which this could be seen."
    one_day = table[table["kind"] == "one_day"]
    late = int(table.loc[table["kind"] == "late_rows", "rows"].sum())
    if one_day.empty:
        first = "No day has far more filings than usual."
    else:
        most = one_day.loc[one_day["rows"].idxmax()]
        number = len(one_day)
        first = (
            f"On {counted(number, 'day')} far more complaints were filed than usual; "
            f"most on {date_text(most['on'])}: {whole(most['rows'])}, where "
            f"{most['usual']:g} a day are usual."
        )
    if not late:
        return first
    return f"{first} {whole(late)} {rows_word(late)} first appeared after their month had settled."


def totals_said(table: pd.DataFrame) -> str:
    """Say how many printed totals the rows contradict."""
    if table.empty:
        return "No printed total of these rows is known here, so there is nothing to compare."
    apart = table[table["blocks"].astype(bool)]
    if apart.empty:
        return f"All {whole(len(table))} printed totals are within 2% of the rows."
    worst = apart.loc[apart["share"].abs().idxmax()]
    return (
        f"{whole(len(apart))} of {whole(len(table))} printed totals differ by more than 2%; most "
        f"for {worst['period']}: {whole(worst['printed'])} printed, {whole(worst['rows'])} rows."
    )


def checks_said(table: pd.DataFrame) -> str:
    """Say how many checks found something."""
    found = int(table["times"].fillna(0).gt(0).sum())
    return f"{whole(len(table))} checks are made of every city; {whole(found)} found something."


def corrections_said(table: pd.DataFrame) -> str:
    """Say how many corrections there are and how many the publisher has made needless."""
    if table.empty:
        return "Nothing. All files are read as they were published."
    number, gone = len(table), int(table["state"].eq("obsolete").sum())
    told = f"{whole(number)} correction{'s' * (number > 1)} of published files"
    rest = f"; {whole(gone)} no longer needed" if gone else ""
    return f"{told}, the latest made on {date_text(table['on'].max())}{rest}."
