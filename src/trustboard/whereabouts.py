"""Which places lie in which districts, and what to say where somebody asks for both apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from trustboard.groups import names_of, places_of
from trustboard.listing import together
from trustboard.query import Query, QueryError

if TYPE_CHECKING:
    from trustboard.citydata import CityData


def lies_in(city: CityData) -> dict[str, frozenset[str]]:
    """Give each place's districts: the one that the list of places names, and those rows name."""
    if city.city.places.level == "district":
        return {one: frozenset({one}) for one in places_of(city)}
    listed = city.places
    pairs: set[tuple[str, str]] = set()
    if "district_id" in listed:
        pairs |= set(listed["district_id"].dropna().items())
    pairs |= city.located
    found: dict[str, set[str]] = {}
    for place, district in pairs:
        found.setdefault(str(place), set()).add(str(district))
    return {place: frozenset(districts) for place, districts in found.items()}


def apart(
    places: Sequence[str],
    districts: Sequence[str],
    *,
    lies_in: Mapping[str, frozenset[str]],
    place_names: Mapping[str, str],
    district_names: Mapping[str, str],
) -> str:
    """Say that no chosen place lies in a chosen district; empty where one does.

    A place of which nothing says where it lies could lie anywhere.
    """
    if not places or not districts:
        return ""
    homes = [lies_in.get(one, frozenset()) for one in places]
    if any(not home or home & set(districts) for home in homes):
        return ""
    where = dict.fromkeys(district_names.get(d, d) for home in homes for d in sorted(home))
    named = together([place_names.get(one, one) for one in places])
    wanted = together([district_names.get(one, one) for one in districts], word="or")
    verb = "do" if len(places) > 1 else "does"
    return f"{named} {verb} not lie in {wanted}, but in {together(list(where))}."


def check_whereabouts(city: CityData, query: Query) -> None:
    """Refuse places outside the districts asked for: zeros would be invented. Raises QueryError."""
    places, districts = query.kept("place"), query.kept("district")
    if not places or not districts:
        return
    homes = lies_in(city)
    every = {d for home in homes.values() for d in home} | set(districts)
    why = apart(
        places,
        districts,
        lies_in=homes,
        place_names=names_of(city, "place", places),
        district_names=names_of(city, "district", sorted(every)),
    )
    if why:
        raise QueryError(why)
