"""The shape of the answer: one part per question that can be asked of the data's own faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pandas as pd

#: Table of the answer → its columns, in order, each with what it holds. Pages, downloads, the
#: interface and the command line all give exactly these.
COLUMNS: Final = MappingProxyType(
    {
        "set-aside": {
            "table": "the table",
            "check": "why the rows were set aside",
            "column": "the published column at fault; empty for the line as a whole",
            "rows": "rows, each under the first reason found in it",
            "read": "rows read from the table",
            "share": "rows ÷ read",
        },
        "duplicates": {
            "table": "the table",
            "read": "rows read",
            "dropped": "identical rows with the same row id of the publisher, counted once",
            "possible": "rows kept that repeat another in everything but a row id",
            "clashing": "rows that share a row id and differ",
            "kept": "rows kept: the figure with the possible duplicates",
            "without": "kept less possible: the figure without them",
            "share": "possible ÷ kept",
        },
        "blanks": {
            "table": "the table",
            "field": "the field",
            "period": "year of the row's own date; `all`, or `undated` for rows without one",
            "blank": "rows in which the field is not known",
            "rows": "rows of that year",
            "share": "blank ÷ rows",
        },
        "dates": {
            "table": "the table",
            "column": "the column",
            "check": "what is wrong with the date",
            "rows": "rows",
            "action": "what was done with them",
        },
        "unmatched": {
            "check": "what has no counterpart",
            "period": "year of filing; `all`, or `undated`",
            "rows": "rows or complaints without a counterpart",
            "of": "rows or complaints looked at",
            "share": "rows ÷ of",
            "counted": "whether outcomes or complaints are counted",
        },
        "places": {
            "table": "the table",
            "period": "year of the row's own date; `all`, or `undated`",
            "state": "known, outside, blank, said_unknown or on_no_list",
            "rows": "rows",
            "of": "rows of that year",
            "share": "rows ÷ of",
        },
        "delays": {
            "delay": "which delay",
            "period": "year of filing; `all`",
            "median": "days after which half had happened; empty where that is not reached",
            "lower": "95% interval of the median; empty where it was not estimated",
            "upper": "its upper end; `inf` where it is not reached",
            "late": "days after which nine in ten had happened",
            "rows": "complaints in which both days are known",
            "of": "complaints looked at, open ones included",
            "left_out": "complaints left out: the later day stands before the earlier",
            "state": "ok, too_few, not_reached or unsettled",
        },
        "backfills": {
            "kind": "one_day: many filings on one date; late_rows: rows that appeared late",
            "on": "the date of filing, or the day on which the rows were first seen here",
            "rows": "rows",
            "usual": "the median number of filings on a date with any",
        },
        "breaks": {
            "table": "the table",
            "on": "the day",
            "why": "what changed",
            "affects": "ids of the indicators it concerns; `all` for the whole table; `words of` a "
            "column where only its words changed",
        },
        "totals": {
            "table": "the table",
            "figure_id": "the printed figure",
            "period": "its period, as printed",
            "printed": "the total that the publisher prints",
            "rows": "rows of the same time",
            "difference": "rows less printed",
            "share": "difference ÷ printed",
            "blocks": "whether they differ by more than 2%, which blocks verdicts",
        },
        "checks": {
            "check": "the check",
            "looks_for": "what it looks for",
            "times": "how often it found something",
            "rows": "rows it is about; 0 where it is about a file or a table",
            "action": "what is done",
        },
        "corrections": {
            "on": "the day the correction was made",
            "table": "the table",
            "column": "the published column",
            "was": "what the file said",
            "now": "what is read instead",
            "reason": "why",
            "source": "the page that shows it",
            "state": "applied, obsolete (the file no longer says it) or not_read",
        },
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """One question, its answer in a sentence, and the table that the answer rests on.

    `table` has the columns that `COLUMNS` lists under `id`. Frames are shared between visitors:
    never change one. `action` says what is done about it, `limits` what it cannot show.
    """

    id: str
    question: str
    said: str
    table: pd.DataFrame
    action: str
    can_tell: bool = True  # False where the city has no rows that could answer
    limits: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """All parts of one city, by id, in the order of a page."""

    slug: str
    data_hash: str
    parts: Mapping[str, Part]

    def __getitem__(self, name: str) -> Part:
        """Give one part. Raises `KeyError` for an id that does not exist."""
        return self.parts[name]


def tidy(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Make a table of the answer: its columns, in order, however many rows there are."""
    return pd.DataFrame(rows, columns=list(COLUMNS[name]))
