"""To which year a row belongs, for saying how a fault develops over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.citydata import CityData, Table

ALL: Final = "all"
UNDATED: Final = "undated"
#: The date by which the rows of each table are put into years.
DATED_BY: Final = {"complaints": "filed_on", "outcomes": "filed_on", "outreach": "held_on"}


@dataclass(frozen=True, slots=True)
class Years:
    """The year of each of some rows: `names` in order, undated last, and a code per row."""

    names: tuple[str, ...]
    codes: NDArray[np.int64]

    def count(self, hit: pd.Series) -> Iterator[tuple[str, int, int]]:
        """Give (`all`, rows marked, rows), then the same for each year that has rows."""
        marked = hit.to_numpy(dtype=bool)
        yield ALL, int(marked.sum()), len(marked)
        of = np.bincount(self.codes, minlength=len(self.names))
        hits = np.bincount(self.codes[marked], minlength=len(self.names))
        for name, number, rows in zip(self.names, hits, of, strict=True):
            if rows:
                yield name, int(number), int(rows)


def years_of(days: pd.Series) -> Years:
    """Put days into years."""
    numbers = pd.to_datetime(days).dt.year.to_numpy(dtype="float64", na_value=np.nan)
    known = np.unique(numbers[~np.isnan(numbers)])
    codes = np.searchsorted(known, numbers)
    codes[np.isnan(numbers)] = len(known)
    return Years((*(str(int(year)) for year in known), UNDATED), codes.astype(np.int64))


def filed(city: CityData) -> pd.Series:
    """Give the earliest filing date of each complaint, by its id; empty without complaints."""
    if "complaints" not in city.tables:
        return pd.Series(dtype="datetime64[s]")
    rows = city.tables["complaints"].part(["complaint_id", "filed_on"])
    return rows.groupby("complaint_id", sort=False)["filed_on"].min()


def years(city: CityData, table: str) -> Years:
    """Give the year of each kept row of a table.

    An outcome belongs to the year in which its complaint was filed, never to that of the decision.
    Raises `KeyError` if the table is not here.
    """
    held, column = city.tables[table], DATED_BY[table]
    if column in held.columns:
        return years_of(held.part([column])[column])
    if table == "outcomes":
        return years_of(held.part(["complaint_id"])["complaint_id"].map(filed(city)))
    return years_of(pd.Series(pd.NaT, index=range(held.accounting.kept)))


def timed(city: CityData) -> Iterator[tuple[str, Table, Years]]:
    """Give each table with days that holds rows, by name, with the year of each of its rows."""
    for name in DATED_BY:
        table = city.tables.get(name)
        if table is not None and table.accounting.kept:
            yield name, table, years(city, name)


def some_columns(city: CityData, table: str, *wanted: str) -> pd.DataFrame | None:
    """Give those of some columns that a table has; None where the table is not here."""
    held = city.tables.get(table)
    if held is None:
        return None
    return held.part([name for name in wanted if name in held.columns])


def share(part: int, of: int) -> float:
    """Give part ÷ of; not known for nothing of nothing."""
    return part / of if of else np.nan
