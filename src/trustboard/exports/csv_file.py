"""Tables as CSV, with what they rest on above them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from trustboard.exports.describing import About
from trustboard.exports.standing import standing_columns
from trustboard.harmless_cells import plain, safe_cell
from trustboard.tidy import NUMBERS, Measured


def columns(measured: Measured) -> list[str]:
    """Name the columns of a measured table in the order in which every download has them."""
    return ["period", *measured.groups, *NUMBERS, "state", *standing_columns(measured)]


def tidy_rows(measured: Measured, *, part: slice = slice(None)) -> list[dict[str, Any]]:
    """Give rows of a measured table as plain values: missing is None, infinity stays a number."""
    table = measured.table[columns(measured)].iloc[part]
    return [
        {str(name): plain(value) for name, value in row.items()} for row in table.to_dict("records")
    ]


def csv_of_table(measured: Measured, *, told: About, part: slice = slice(None)) -> bytes:
    """Write a measured table as CSV in UTF-8; lines that begin with `#` say first what is `told`.

    Missing numbers are empty; a limit that is not reached is `inf`. Cells that a spreadsheet could
    run are made harmless.
    """
    rows = (row.values() for row in tidy_rows(measured, part=part))
    return write_csv(columns(measured), rows, told=told)


def csv_of_rows(rows: pd.DataFrame, *, told: About = ()) -> bytes:
    """Write rows behind a number as CSV; `told` comes first, as in `csv_of_table`."""
    safe = safe_frame(rows)
    return (_head(told) + str(safe.to_csv(index=False, lineterminator="\n"))).encode()


def safe_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Give a copy of rows with every text made safe, dates as 2019-03-31, whole numbers whole."""
    return pd.DataFrame({name: _safe_column(rows[name]) for name in rows.columns})


def _safe_column(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.strftime("%Y-%m-%d")
    if pd.api.types.is_bool_dtype(column):
        return column.astype("boolean").map({True: "true", False: "false"})
    if pd.api.types.is_numeric_dtype(column):
        known = column.dropna()
        if (known == float("inf")).any():
            return column.astype("object").map(plain)
        whole = bool((known == known.round()).all())
        return column.astype("float64").astype("Int64") if whole else column
    each = {value: safe_cell(value) for value in column.dropna().unique()}
    return column.astype("object").map(each)


def write_csv(head: Sequence[str], rows: Iterable[Iterable[Any]], *, told: About = ()) -> bytes:
    """Write a table with its header lines, every cell made safe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        cells = [safe_cell(value) for value in row]
        writer.writerow(["" if cell is None else cell for cell in cells])
    return (_head(told) + text.getvalue()).encode()


def _head(told: About) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((f"# {name}", safe_cell(value)) for name, value in told)
    return text.getvalue()
