"""Sentences about faults of data: counted, and without reproach."""

from __future__ import annotations

from typing import Final

import pandas as pd

from trustboard.listing import together
from trustboard.wording.numbers import days, whole
from trustboard.wording.quality_words import (
    DELAY_WORDS,
    check_word,
    field_word,
    rows_word,
    share_of,
)

_NOTHING_HERE: Final = "There are no rows here in which this could be seen."


def set_aside_said(table: pd.DataFrame, *, read: int, files: int) -> str:
    """Say how many of the rows read were set aside and the most frequent reason."""
    if not files:
        return "No published file of this city is on this machine, so there was nothing to check."
    aside = int(table["rows"].sum())
    if not aside:
        return f"None of the {whole(read)} rows read was set aside."
    reasons = table.groupby("check", sort=False)["rows"].sum().sort_values(ascending=False)
    most = check_word(str(reasons.index[0]))
    return (
        f"{whole(aside)} of {whole(read)} rows read ({share_of(aside, read)}) {_were(aside)} set "
        f"aside. The most frequent reason: {_lower(most)} ({whole(reasons.iloc[0])})."
    )


def duplicates_said(table: pd.DataFrame) -> str:
    """Say what was dropped as proven, and what cannot be proven."""
    if table.empty:
        return _NOTHING_HERE
    dropped, possible = int(table["dropped"].sum()), int(table["possible"].sum())
    first = (
        f"{whole(dropped)} {rows_word(dropped)} {_were(dropped)} dropped as proven repeats."
        if dropped
        else "No row was dropped: no repeat could be proven."
    )
    if not possible:
        return f"{first} No other row repeats another."
    worst = table.loc[table["possible"].idxmax()]
    kept = f"{whole(worst['possible'])} of {whole(worst['kept'])} {worst['table']}"
    part = share_of(worst["possible"], worst["kept"])
    return (
        f"{first} {kept} ({part}) repeat another in everything but a row id; they are kept, since "
        "nothing proves a duplicate."
    )


def blanks_said(table: pd.DataFrame) -> str:
    """Name the fields that are blank most often."""
    whole_time = table[table["period"] == "all"]
    if whole_time.empty:
        return _NOTHING_HERE
    some = whole_time[whole_time["blank"] > 0].sort_values("share", ascending=False)
    if some.empty:
        return "No field that is published here is blank in any row."
    full = len(whole_time) - len(some)
    named = [
        f"{_lower(field_word(one.field))} in {share_of(one.blank, one.rows)} of "
        f"{_of_table(one.table)}"
        for one in some.head(3).itertuples()
    ]
    rest = f" {whole(full)} of {whole(len(whole_time))} fields are never blank." if full else ""
    return f"Blank most often: {together(named)}.{rest}"


def dates_said(table: pd.DataFrame, *, here: bool) -> str:
    """Say how many dates cannot be true and which fault is most frequent."""
    if not here:
        return _NOTHING_HERE
    if table.empty:
        return "No date that cannot be true was found."
    kinds = table.groupby("check", sort=False)["rows"].sum().sort_values(ascending=False)
    total = int(kinds.sum())
    most = _lower(check_word(str(kinds.index[0])))
    hold = f"{rows_word(total)} {'holds' if total == 1 else 'hold'}"
    told = f"{whole(total)} {hold} a date that cannot be true or contradicts another"
    return f"{told}. Most often: {most} ({whole(kinds.iloc[0])})."


def unmatched_said(table: pd.DataFrame) -> str:
    """Say how many outcomes have no complaint, and how many complaints no outcome."""
    whole_time = table[table["period"].isin(["all", "undated"])].drop_duplicates("check")
    if whole_time.empty:
        return "This needs complaints and outcomes in files of their own; they are not both here."
    found = {one.check: one for one in whole_time.itertuples()}
    lost, bare = found["outcome_without_complaint"], found["complaint_without_outcome"]
    first = (
        f"{whole(lost.rows)} of {whole(lost.of)} outcomes {_belong(lost.rows)} to a complaint that "
        "is not in the file of complaints."
        if lost.rows
        else f"Each of the {whole(lost.of)} outcomes belongs to a complaint."
    )
    second = (
        f"{whole(bare.rows)} of {whole(bare.of)} complaints ({share_of(bare.rows, bare.of)}) have "
        "no row among the outcomes."
        if bare.rows
        else f"Each of the {whole(bare.of)} complaints has an outcome."
    )
    return f"{first} {second}"


def places_said(table: pd.DataFrame, *, place: str) -> str:
    """Say, per table, in which share of the rows the place is not known."""
    whole_time = table[table["period"] == "all"]
    if whole_time.empty:
        return f"No row here says in which {place} anything happened."
    told = []
    for name, rows in whole_time.groupby("table", sort=False):
        lost = rows[rows["state"].isin(["blank", "said_unknown", "on_no_list"])]
        number, of = int(lost["rows"].sum()), int(rows["of"].iloc[0])
        part = f" ({share_of(number, of)})" if number else ""
        told.append(f"{whole(number)} of {whole(of)} {_of_table(str(name))}{part}")
    return f"The {place} is not known of {together(told)}."


def delays_said(table: pd.DataFrame, *, snapshots: bool) -> str:
    """Say each delay over all years, and what cannot be told."""
    whole_time = table[(table["period"] == "all") & (table["state"] == "ok")]
    told = [
        f"{DELAY_WORDS[one.delay]}: half within {days(one.median)}"
        + (f", nine in ten within {days(one.late)}." if _finite(one.late) else ".")
        for one in whole_time.itertuples()
    ]
    if not snapshots:
        told.append(
            "When the rows became public cannot be told: no snapshots of them were kept here."
        )
    elif "filing_to_first_seen" not in set(whole_time["delay"]):
        told.append("Too few rows appeared between snapshots to say how late they become public.")
    return " ".join(told)


def _finite(value: object) -> bool:
    return isinstance(value, float) and value == value and value != float("inf")


def _of_table(name: str) -> str:
    return "outreach events" if name == "outreach" else name


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _belong(number: int) -> str:
    return "belongs" if number == 1 else "belong"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
