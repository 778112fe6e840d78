"""How many people live where: the exposure of a rate, and where no rate may be drawn."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from trustboard import terms
from trustboard.groups import areas_of, names_of
from trustboard.listing import together
from trustboard.query import Query

if TYPE_CHECKING:
    from trustboard.citydata import CityData

#: Below this a rate says more about passers-by than about residents (docs/methods.md section 1).
FEWEST_RESIDENTS: Final = 1000


def residents(city: CityData, keys: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Give `people` and `usable` for each row of `keys` (columns `place`, `district` or neither).

    `people` is missing where a neighborhood's residents are not published; `usable` says whether
    a rate may be drawn: at least 1,000 residents, and a reliable number of them. A district with a
    neighborhood whose number is not reliable has none of its own either; the city keeps its rate
    (docs/decisions/0023-a-district-with-a-doubtful-neighborhood.md).
    """
    homes = _homes(city, query)
    if "place" in keys:
        of_key = homes[["people", "bad"]].reindex(keys["place"])
    elif "district" in keys:
        by_district = homes.groupby("district")
        totals = by_district["people"].agg(lambda v: v.sum(skipna=False)).to_frame()
        of_key = totals.assign(bad=by_district["bad"].any()).reindex(keys["district"])
    else:
        total = homes["people"].sum(skipna=False) if len(homes) else np.nan
        of_key = pd.DataFrame({"people": [total] * len(keys), "bad": False})
    people = of_key["people"].to_numpy(dtype="float64")
    good = ~of_key["bad"].astype("boolean").fillna(True).to_numpy(dtype=bool)
    if "place" not in keys and _chosen(query):
        good &= _all_reliable(homes, query)
    return pd.DataFrame({"people": people, "usable": good & (people >= FEWEST_RESIDENTS)})


def comparable_places(city: CityData) -> frozenset[str]:
    """Name the places with enough residents, reliably counted, to be given a rate."""
    places = city.places
    population = places.get("population", pd.Series(index=places.index, dtype="float64"))
    reliable = places.get("rates_ok", pd.Series(True, index=places.index))
    reliable = reliable.astype("boolean").fillna(True)
    return frozenset(places.index[reliable & (population.fillna(0) >= FEWEST_RESIDENTS)])


def compared_places(city: CityData, kind: str, *, named: Collection[str]) -> frozenset[str]:
    """Name the places that a rate, or a share, of the rest of the city is made of.

    A share needs no residents: where no list of places is published, it is made of those that are
    `named` by rows.
    """
    if kind == "rate":
        return comparable_places(city)
    listed = city.places.index.size > 0
    return frozenset(areas_of(city)) if listed else frozenset(named).difference(terms.NO_PLACE)


def population_words(city: CityData) -> str:
    """Say of which year and source the residents are: "residents, 2010 (U.S. Census)"."""
    places = city.places
    years = sorted(set(places["population_year"].dropna())) if "population_year" in places else []
    if "population_source" in places:
        sources = sorted(set(places["population_source"].dropna()))
    else:
        sources = []
    words = "residents" + (f", {' and '.join(map(str, years))}" if years else "")
    return words + (f" ({'; '.join(sources)})" if sources else "")


def doubts(city: CityData, query: Query) -> tuple[str, ...]:
    """Say in which way neighborhoods without a reliable number of residents touch these rates.

    Nothing where every number is reliable, or where each place stands for itself.
    """
    if "place" in query.by or query.kept("place"):
        return ()
    homes = _homes(city, query)
    bad = homes[homes["bad"]]
    if bad.empty:
        return ()
    if "district" in query.by or query.kept("district"):
        areas = names_of(city, "district", list(bad["district"].dropna().unique()))
        told = [
            f"{areas[district]} (with {together(_names(city, rows))})"
            for district, rows in bad.groupby("district", sort=False)
        ]
        return (
            f"No rate is given for {together(told)}: the number of residents there is not "
            "reliable.",
        )
    share = bad["people"].sum() / homes["people"].sum()
    return (
        f"{share:.1%} of the city’s residents are counted in {together(_names(city, bad))}, where "
        "their number is not reliable.",
    )


def _names(city: CityData, rows: pd.DataFrame) -> list[str]:
    return list(names_of(city, "place", list(rows.index)).values())


def _homes(city: CityData, query: Query) -> pd.DataFrame:
    """Give residents, district and doubts of each place where people live, after the filters."""
    places, level = city.places, city.city.places.level
    places = places.loc[areas_of(city)]
    empty = pd.Series(pd.NA, index=places.index)
    district = places.index.to_series() if level == "district" else places.get("district_id", empty)
    reliable = places.get("rates_ok", empty).astype("boolean").fillna(True)
    homes = pd.DataFrame(
        {
            "people": pd.to_numeric(places.get("population", empty)).astype("float64"),
            "district": district,
            "bad": ~reliable,
        },
        index=places.index,
    )
    for column, values in (("place", homes.index.to_series()), ("district", homes["district"])):
        if query.kept(column):
            homes = homes[values.reindex(homes.index).isin(query.kept(column))]
    unpeopled = homes.index.isin(list(city.city.places.also)) & homes["people"].isna()
    return homes[~unpeopled]  # an airport, a closed district: counted, no residents


def _chosen(query: Query) -> bool:
    return bool(query.kept("place") or query.kept("district"))


def _all_reliable(homes: pd.DataFrame, query: Query) -> bool:
    """Say whether a chosen set of places has no doubtful or unpopulated member."""
    if homes["bad"].any():
        return False
    if query.kept("place"):
        return set(query.kept("place")) <= set(homes.index)
    return set(query.kept("district")) <= set(homes["district"])
