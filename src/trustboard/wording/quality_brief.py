"""Each answer about the faults of data in a few words, for a list of contents."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import pandas as pd

from trustboard.wording.numbers import whole
from trustboard.wording.quality_words import counted


def in_brief(part: str, table: pd.DataFrame, *, can_tell: bool) -> str:
    """Say one part's answer in a few words; `can_tell` says whether there are rows to answer it."""
    if not can_tell:
        return "cannot be told here"
    if table.empty:
        return {"corrections": "none", "breaks": "none known"}.get(part, "nothing found")
    return _BRIEF[part](table)


def _brief_duplicates(table: pd.DataFrame) -> str:
    dropped, possible = int(table["dropped"].sum()), int(table["possible"].sum())
    return f"{whole(dropped)} dropped, {whole(possible)} possible"


def _brief_blanks(table: pd.DataFrame) -> str:
    total = table[table["period"] == "all"]
    return f"{whole(total['blank'].gt(0).sum())} of {whole(len(total))} fields are ever blank"


def _brief_unmatched(table: pd.DataFrame) -> str:
    total = table[table["period"].isin(["all", "undated"])].drop_duplicates("check")
    rows = total.set_index("check")["rows"]
    lost, bare = rows["outcome_without_complaint"], rows["complaint_without_outcome"]
    return f"{counted(lost, 'outcome')}, {counted(bare, 'complaint')} without a counterpart"


def _brief_places(table: pd.DataFrame) -> str:
    lost = table["state"].isin(["blank", "said_unknown", "on_no_list"])
    return (
        f"not known of {counted(table.loc[lost & table['period'].eq('all'), 'rows'].sum(), 'row')}"
    )


def _brief_delays(table: pd.DataFrame) -> str:
    known = table[(table["period"] == "all") & table["median"].notna()]
    return f"{counted(len(known), 'delay')} can be told"


def _brief_backfills(table: pd.DataFrame) -> str:
    return f"{counted(table['kind'].eq('one_day').sum(), 'day')} stand out".replace(
        "1 day stand", "1 day stands"
    )


def _brief_totals(table: pd.DataFrame) -> str:
    return f"{whole(table['blocks'].sum())} of {whole(len(table))} more than 2% apart"


def _brief_checks(table: pd.DataFrame) -> str:
    return f"{whole(table['times'].fillna(0).gt(0).sum())} of {whole(len(table))} found something"


_BRIEF: Final[MappingProxyType[str, Callable[[pd.DataFrame], str]]] = MappingProxyType(
    {
        "set-aside": lambda table: counted(table["rows"].sum(), "row"),
        "duplicates": _brief_duplicates,
        "blanks": _brief_blanks,
        "dates": lambda table: counted(table["rows"].sum(), "row"),
        "unmatched": _brief_unmatched,
        "places": _brief_places,
        "delays": _brief_delays,
        "backfills": _brief_backfills,
        "breaks": lambda table: f"{whole(len(table))} known",
        "totals": _brief_totals,
        "checks": _brief_checks,
        "corrections": lambda table: counted(len(table), "correction"),
    }
)
