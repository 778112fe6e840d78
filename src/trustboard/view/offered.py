"""What can be chosen in a city: only what its published rows hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from trustboard import groups as grouping
from trustboard import terms
from trustboard.provenance import row_word
from trustboard.whereabouts import apart, lies_in

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.indicator import Unit

_COUNTED: Final = ("complaints", "outcomes")
_DATED: Final = ("complaints", "outreach")


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices one city gives. Groups map each id to its printed name, in the city's order.

    `first` and `last` are the days between which any table with days says something. `lies_in`
    gives the districts of each place. `no_rates` says why no rate can be drawn, where none can.
    `counted_as` gives the categories of each unit that has its own: a source may sort complaints
    and allegations by different words. A unit that is not in it has all categories, and every
    category is one of some unit.
    `profiled` are the places with a page of their own: those listed or, where no list is published,
    those that rows name.
    `row_word` is what a row of the table of allegations is: "allegation", "officer-allegation".
    """

    city: str = ""
    place_word: str = "neighborhood"
    place_words: str = "neighborhoods"
    places_are_districts: bool = False
    first: date | None = None
    last: date | None = None
    place: Mapping[str, str] = field(default_factory=dict)
    profiled: Mapping[str, str] = field(default_factory=dict)
    district: Mapping[str, str] = field(default_factory=dict)
    category: Mapping[str, str] = field(default_factory=dict)
    counted_as: Mapping[Unit, frozenset[str]] = field(default_factory=dict)
    finding: Mapping[str, str] = field(default_factory=dict)
    filed_by: Mapping[str, str] = field(default_factory=dict)
    units: tuple[Unit, ...] = ("complaint",)
    row_word: str = "allegation"
    no_rates: str = ""
    lies_in: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def names(self, group: str) -> Mapping[str, str]:
        """Give the ids of a group with their printed names."""
        names: Mapping[str, str] = getattr(self, group)
        return names

    def names_in(self, group: str, unit: Unit) -> Mapping[str, str]:
        """Give those ids of a group that rows of one unit can have, with their printed names."""
        names = self.names(group)
        if group != "category" or unit not in self.counted_as:
            return names
        return {one: name for one, name in names.items() if one in self.counted_as[unit]}

    def unit_word(self, unit: Unit) -> str:
        """Say what is counted in a unit: "complaint", "officer-allegation"."""
        return self.row_word if unit == "allegation" else "complaint"

    @property
    def is_nothing(self) -> bool:
        """Say whether there is nothing to choose at all."""
        return not (self.first or self.place or self.district or self.category)

    def impossible(self, place: tuple[str, ...], district: tuple[str, ...]) -> str:
        """Say why places and districts exclude each other; empty where they do not."""
        return apart(
            place,
            district,
            lies_in=self.lies_in,
            place_names=self.place,
            district_names=self.district,
        )


def offered_by(city: CityData) -> Offered:
    """List what can be chosen in a city. Reads every row once: keep the answer."""
    first, last = _span(city)
    place = _places(city, "place", grouping.places_of(city))
    return Offered(
        city=city.city.name,
        place_word=city.city.places.singular,
        place_words=city.city.places.plural,
        places_are_districts=city.city.places.level == "district",
        first=first,
        last=last,
        place=place,
        profiled=MappingProxyType(_profiled(city, place)),
        district=_places(city, "district", grouping.districts_of(city)),
        category=_terms(city, "category"),
        counted_as=MappingProxyType(_counted_as(city)),
        finding=_terms(city, "finding"),
        filed_by=_terms(city, "filed_by"),
        units=("complaint", "allegation") if city.has("outcomes") else ("complaint",),
        row_word=row_word(city),
        no_rates=_no_rates(city),
        lies_in=MappingProxyType(lies_in(city)),
    )


def _span(city: CityData) -> tuple[date | None, date | None]:
    tables = (city.tables.get(name) for name in _DATED)
    spans = [one.spec.coverage for one in tables if one is not None and one.spec.coverage]
    if not spans:
        return None, None
    return min(one.from_ for one in spans), max(one.to for one in spans)


def _places(city: CityData, group: str, described: list[str]) -> Mapping[str, str]:
    """Name the places described and those that rows name, the unplaced last."""
    ids = set(described)
    complaints = city.tables.get("complaints")
    if complaints is not None:
        ids |= complaints.words(f"{group}_id")
        if ids and complaints.omits(f"{group}_id"):
            ids.add(terms.UNKNOWN_PLACE)
    ordered = grouping.in_order(group, ids)
    return MappingProxyType(grouping.names_of(city, group, ordered))


def _profiled(city: CityData, place: Mapping[str, str]) -> dict[str, str]:
    if city.places.empty:
        return {one: name for one, name in place.items() if one not in terms.NO_PLACE}
    listed = grouping.in_order("place", set(city.places.index))
    return {one: str(city.places.loc[one, "name"]) for one in listed}


def _terms(city: CityData, group: str) -> Mapping[str, str]:
    tables = [city.tables[name] for name in _COUNTED if name in city.tables]
    seen = {word for table in tables for word in table.words(group)}
    ordered = grouping.in_order(group, seen)
    return MappingProxyType(grouping.names_of(city, group, ordered))


def _counted_as(city: CityData) -> dict[Unit, frozenset[str]]:
    """Name the categories of each unit; allegations without any of their own share the complaints'.

    Findings need no such list: those of a complaint are those of its allegations.
    """
    complaints, outcomes = (city.tables.get(name) for name in _COUNTED)
    found: dict[Unit, frozenset[str]] = {}
    found["complaint"] = frozenset() if complaints is None else complaints.words("category")
    if outcomes is not None:
        own = "category" in outcomes.columns
        found["allegation"] = outcomes.words("category") if own else found["complaint"]
    return found


def _no_rates(city: CityData) -> str:
    if not city.has("complaints") and not city.has("outreach"):
        return "no rows are published"
    if not city.has("places.population"):
        return "the number of residents is not published"
    return ""
