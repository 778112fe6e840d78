"""A few places beside the rest of their city: the same number for each, on the same terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from trustboard import numbers, terms
from trustboard.indicator import catalogue
from trustboard.statistics import RatioTest, rate_ratio
from trustboard.tidy import NUMBERS, Measured

REST: Final = terms.REST
#: A state of the period itself, which its rows share; the strongest first.
_OF_PERIOD: Final = ("not_published", "immature", "partial", "cut", "unsettled")


def beside_rest(
    by_place: Measured,
    whole: Measured,
    *,
    places: Sequence[str],
    among: Collection[str],
    rest_name: str,
) -> Measured:
    """Keep the rows of some places and add one for the rest of the city, they left out.

    Takes a rate or a share by place, perhaps by a period too, and the same for the whole city,
    which says what state each period is in. The rest holds those of `among` that are not chosen;
    rows that lie nowhere are in neither. Ranges as in `numbers` (docs/methods.md sections 1 and 2).
    """
    table = by_place.table
    others = table[table["place"].isin(among) & ~table["place"].isin(places)]
    summed = others.groupby("period", sort=False, as_index=False)[["n", "exposure"]].sum(
        min_count=1
    )
    states = whole.table.set_index("period")["state"]
    summed["state"] = summed["period"].map(states.where(states.isin(_OF_PERIOD), "ok")).fillna("ok")
    summed["place"] = REST
    young = summed["state"].eq("immature").to_numpy(dtype=bool)
    rest = summed.assign(**numbers.finish(summed, _numbers(summed, by_place), immature=young))
    kept = table[table["place"].isin(places)]
    columns = ["period", "place", *NUMBERS, "state"]
    parts = [kept[kept["place"] == one] for one in places]
    joined = pd.concat([*(part[columns] for part in parts), rest[columns]], ignore_index=True)
    names = {**by_place.names, "place": {**by_place.names.get("place", {}), REST: rest_name}}
    return replace(by_place, table=joined, names=names)


def _numbers(table: pd.DataFrame, measured: Measured) -> numbers.Numbers:
    if measured.kind == "share":
        return numbers.shares(table)
    if measured.kind == "rate":
        usable = np.ones(len(table), dtype=bool)
        return numbers.rates(table, per=catalogue()[measured.indicator].per, usable=usable)
    raise ValueError(f"{measured.indicator} is neither a rate nor a share")


def times_the_rest(beside: Measured) -> Mapping[str, RatioTest]:
    """Say for each place how many times the rate of the rest its own is, with a 95% range.

    Takes what `beside_rest` gives of a rate over one period. Places without a rate that may be
    drawn are left out. Exact, for two Poisson counts (docs/methods.md section 1).
    """
    rows = beside.table.set_index("place")
    rest = rows.loc[REST]
    drawn = rows[rows["value"].notna() & (rows.index != REST)]
    if pd.isna(rest["value"]):
        return {}
    return {
        str(place): rate_ratio(row["n"], row["exposure"], rest["n"], rest["exposure"])
        for place, row in drawn.iterrows()
    }
