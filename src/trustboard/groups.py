"""The groups rows fall into: which a city has, in which order, and how they are printed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from trustboard import terms
from trustboard.rows import NotPublishedError
from trustboard.tallies import Tally

if TYPE_CHECKING:
    from trustboard.citydata import CityData

UNKNOWN: Final = terms.UNKNOWN_PLACE
_LAST: Final = (terms.CITYWIDE, terms.OUTSIDE, UNKNOWN)
#: What a group is, in words, for saying that it is not published.
GROUP_WORDS: Final = {
    "place": "the place of each row",
    "district": "the district of each row",
    "category": "what each complaint is about",
    "filed_by": "who filed each complaint",
    "finding": "the finding of each complaint",
    "event_kind": "the kind of each event",
}
_LABELS: Final = {
    "finding": {"no_finding": "Closed without a finding", "pending": "No finding yet"},
    "filed_by": {"civilian": "A member of the public", "officer": "A police employee"},
    "event_kind": {"forum_panel": "Forum or panel"},
}


def require(tally: Tally, columns: Sequence[str], *, table: str) -> None:
    """Refuse to split by what no row of a table says: zeros everywhere would be invented."""
    for column in columns:
        if column not in tally.named or (len(tally.source) and not tally.named[column]):
            words = GROUP_WORDS.get(column, column.replace("_", " "))
            published = f"{column}_id" if column in ("place", "district") else column
            raise NotPublishedError(f"{words} is not published", missing=(f"{table}.{published}",))


def known_ids(city: CityData, column: str, tally: Tally) -> list[str]:
    """List a group's ids: those the city describes and those its rows name, in printing order."""
    seen = tally.named.get(column, frozenset())
    described: set[str] = set()
    if column in ("place", "district"):
        described = set(places_of(city) if column == "place" else districts_of(city))
    return in_order(column, described | seen)


def places_of(city: CityData) -> list[str]:
    """List the places that rows are located by: neighborhoods and parks, or districts."""
    ids = city.places.index.tolist()
    if city.city.places.level == "neighborhood":
        ids = [one for one, kind in zip(ids, _kinds(city), strict=True) if kind != "district"]
    return [*ids, *city.city.places.also]


def districts_of(city: CityData) -> list[str]:
    """List the police districts, those known by numbers in the order of these."""
    if city.city.places.level == "district":
        return places_of(city)
    places = city.places
    ids = set(places["district_id"].dropna().tolist()) if "district_id" in places else set()
    listed = zip(places.index.tolist(), _kinds(city), strict=True)
    return in_order("district", ids | {one for one, kind in listed if kind == "district"})


def _kinds(city: CityData) -> list[str]:
    """Give the kind of each listed place, empty where the list does not say."""
    places = city.places
    if "place_kind" not in places:
        return [""] * len(places)
    kinds: list[str] = places["place_kind"].fillna("").tolist()
    return kinds


def areas_of(city: CityData) -> list[str]:
    """List the places where people live, at the city's own level: no parks, none unlisted."""
    places = city.places
    if "place_kind" in places:
        places = places[places["place_kind"].eq(city.city.places.level).fillna(True)]
    return in_order("place", set(places.index))


def in_order(column: str, ids: set[str]) -> list[str]:
    """Sort ids: canonical terms in their own order, numbers by size, the unplaced last."""
    return list(_in_order(column, frozenset(ids)))


@lru_cache(maxsize=128)  # every question asks for the order of the same few lists
def _in_order(column: str, ids: frozenset[str]) -> tuple[str, ...]:
    canonical = list(terms.BY_COLUMN.get(column, ()))

    def key(one: str) -> tuple[int, int, list[tuple[int, str]]]:
        parts = re.findall(r"\d+|\D+", one)
        natural = [(int(p), "") if p.isdigit() else (10**12, p) for p in parts]
        rank = canonical.index(one) if one in canonical else len(canonical)
        return (_LAST.index(one) + 1 if one in _LAST else 0, rank, natural)

    return tuple(sorted(ids, key=key))


def combinations(
    city: CityData, columns: Sequence[str], ids: dict[str, list[str]], rows: pd.DataFrame
) -> list[tuple[str, ...]]:
    """List every combination of groups a table must hold, zeros included, in printing order.

    A place lies in one district (or, where rows say so, in several): only pairs that exist are
    listed. Without groups there is one combination, of none.
    """
    full = list(itertools.product(*(ids[c] for c in columns)))
    if not {"place", "district"} <= set(columns) or not full:
        return full
    seen = rows[["place", "district"]].drop_duplicates()
    pairs = set(zip(seen["place"], seen["district"], strict=True))
    if city.city.places.level == "district":
        pairs |= {(one, one) for one in places_of(city)}
    elif "district_id" in city.places:
        pairs |= set(city.places["district_id"].dropna().items())
    place, district = columns.index("place"), columns.index("district")
    return [one for one in full if (one[place], one[district]) in pairs]


def names_of(city: CityData, column: str, ids: Sequence[str]) -> dict[str, str]:
    """Give how each id of a group is printed."""
    named = {one: one.replace("_", " ").capitalize() for one in ids}
    if column == "category":
        named = {one: city.city.category_names.get(one, named[one]) for one in ids}
    elif column in ("place", "district"):
        named = _place_names(city, column, ids)
    labels = dict(_LABELS.get(column, {}))
    if column not in ("place", "district"):
        labels[UNKNOWN] = "Not known"
    return {one: labels.get(one, label) for one, label in named.items()}


def _place_names(city: CityData, column: str, ids: Sequence[str]) -> dict[str, str]:
    """Give how each place or district is printed: by the list of places, where it is there."""
    listed = zip(
        city.places.index.tolist(), city.places["name"].tolist(), _kinds(city), strict=True
    )
    named = {one: _district_name(one) if column == "district" else one for one in ids}
    named |= city.city.places.also
    named |= {
        one: str(name)
        for one, name, kind in listed
        if column == "place" or city.city.places.level == "district" or kind == "district"
    }
    named |= {
        UNKNOWN: f"{column.capitalize()} not known",
        terms.OUTSIDE: "Outside the city",
        terms.CITYWIDE: "Citywide or online",
    }
    return {one: named[one] for one in ids}


def _district_name(one: str) -> str:
    """Write out a district that no list names: "District 5", "Foundry Point district"."""
    if any(letter.isdigit() for letter in one):
        return f"District {one}"
    return f"{one.replace('-', ' ').replace('_', ' ').title()} district"
