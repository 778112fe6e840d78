"""Which rows are in no number, why, and what they look like as they were published."""

from __future__ import annotations

from typing import Final

import pandas as pd

from trustboard.citydata import CityData, Table
from trustboard.quality.dating import share
from trustboard.quality.model import Part, tidy
from trustboard.wording.quality import set_aside_said

_LINE: Final = "line"
#: The column in which a line stands that could not be split into columns.
WHOLE_LINE: Final = "text"


def set_aside(city: CityData, found: pd.DataFrame) -> Part:
    """Say how many rows of each table were set aside, each under the first reason found in it.

    `found` are the problems as `trustboard.quality.problems.as_frame` gives them.
    """
    aside = found[found["action"] == "quarantined"].drop_duplicates(["table", "line"])
    counted = aside.fillna({"column": ""}).groupby(["table", "check", "column"], sort=False).size()
    rows = []
    for (table, check, column), number in counted.items():
        read = city.tables[table].accounting.read
        rows.append(
            {
                "table": table,
                "check": check,
                "column": column,
                "rows": int(number),
                "read": read,
                "share": share(int(number), read),
            }
        )
    table = tidy("set-aside", rows).sort_values(["rows", "table"], ascending=[False, True])
    read = sum(one.accounting.read for one in city.tables.values())
    return Part(
        id="set-aside",
        question="Which rows were set aside, and why?",
        said=set_aside_said(table, read=read, files=len(city.tables)),
        table=table.reset_index(drop=True),
        action="Set aside: kept as published, and in no number on these pages.",
        limits=(
            "A row with several faults is counted under the first that was found.",
            "If more than 1% of a table’s rows are set aside, verdicts that need the table "
            "become “cannot tell: records incomplete”.",
        ),
    )


def as_published(table: Table) -> pd.DataFrame:
    """Give a table's quarantined rows as text: line first, then the columns that are used here.

    Columns that the city's description does not name are left out, since they may hold what is
    shown nowhere, such as names. A line that could not be split into columns stands as it is, in
    a column of its own.
    """
    rows = table.quarantine
    used = _used(table)
    kept = [_LINE, *(name for name in rows.columns if name in used)]
    if WHOLE_LINE in rows and rows[WHOLE_LINE].notna().any():
        kept.append(WHOLE_LINE)
    shown = rows[[name for name in dict.fromkeys(kept) if name in rows]]
    return shown.astype("object").where(shown.notna(), "").astype("str")


def _used(table: Table) -> set[str]:
    """Name the published columns that the city's description reads."""
    found = {table.spec.row_id} if table.spec.row_id else set()
    for name in table.spec.columns:
        column = table.spec.column(name)
        if column is not None:
            origins = (column.column, *column.first_of, *column.join)
            found |= {origin for origin in origins if origin}
    return found
