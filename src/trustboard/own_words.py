"""How a city itself says what is counted here under one common term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from trustboard.groups import in_order, names_of

if TYPE_CHECKING:
    from trustboard.citydata import CityData

#: The columns whose published words pages show.
WORDED: Final = ("category", "filed_by", "finding", "discipline")
_TABLES: Final = ("outcomes", "complaints")
_NOT_KNOWN: Final = "Not known"
_EMPTY: Final = "(empty)"


def own_words(city: CityData, column: str) -> pd.DataFrame:
    """Set each common term beside the published words that were read as it.

    Gives one row per pair, with `term` (printed), `published` (as it stands in the file), `rows`
    (of the first table that has both, kept rows only) and `table`; terms in their own order, words
    by how often they stand. Empty where the city publishes no such words.
    """
    if city.worded is not None and column in city.worded:
        return city.worded[column].read()
    for name in _TABLES:
        frame = city.frame(name)
        if frame is not None and {column, f"{column}_as_published"} <= set(frame):
            return _pairs(city, frame, column).assign(table=name)
    return pd.DataFrame({"term": [], "published": [], "rows": [], "table": []})


def _pairs(city: CityData, frame: pd.DataFrame, column: str) -> pd.DataFrame:
    words = frame[[column, f"{column}_as_published"]].set_axis(["id", "published"], axis=1)
    counted = words.groupby(["id", "published"], dropna=False, sort=False).size()
    found = counted.rename("rows").reset_index()
    ids = in_order(column, set(found["id"].dropna()))
    names = names_of(city, column, ids)
    found["order"] = found["id"].map({one: place for place, one in enumerate(ids)})
    found = found.sort_values(["order", "rows"], ascending=[True, False], kind="stable")
    return pd.DataFrame(
        {
            "term": found["id"].map(names).fillna(_NOT_KNOWN).to_numpy(),
            "published": found["published"].fillna(_EMPTY).replace("", _EMPTY).to_numpy(),
            "rows": found["rows"].to_numpy(),
        }
    )
