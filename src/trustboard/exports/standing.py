"""How places stand against the rest of their city, as columns of a file: a funnel to draw again."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from trustboard.against_city import LIMITS, WIDENED, against_city
from trustboard.citydata import CityData
from trustboard.indicator import catalogue
from trustboard.query import Query
from trustboard.residents import comparable_places
from trustboard.tidy import Measured

NOT_COMPARABLE: Final = "not comparable"
_LIMIT: Final = "of 1,000 places would lie by chance, as a multiple of what is expected"

#: Column → what it holds, in the order in which every download has them.
STANDING: Final = MappingProxyType(
    {
        "expected": "the number that the rate of all other places that can be compared would give "
        "here",
        "ratio": "n divided by expected",
        "ratio_lower_95": f"the lower of two limits between which 950 {_LIMIT}",
        "ratio_upper_95": "the upper of these",
        "ratio_lower_99_8": f"the lower of two limits between which 998 {_LIMIT}",
        "ratio_upper_99_8": "the upper of these",
        "standing": "higher or lower: outside the 99.8% limits; within: chance alone could explain "
        f"it; {NOT_COMPARABLE}: no reliable number of residents, or not covered",
    }
)
#: Column → where it stands in what `against_city` gives.
_NUMBERS: Final = MappingProxyType(
    {"expected": "expected", "ratio": "ratio", **{f"ratio_{name}": name for name in LIMITS}}
)


def with_standing(measured: Measured, city: CityData, query: Query) -> Measured:
    """Give a table of complaint rates by place with the columns of `STANDING`; any other as it is.

    They are the numbers of the chart of places (docs/methods.md section 2). A place that cannot be
    compared has empty numbers. Where only some places were asked for there is no rest of a city to
    compare them with, so nothing is added.
    """
    if not _compares(measured, query):
        return measured
    compared = against_city(measured, comparable=comparable_places(city))
    found = compared.table.set_index("place").reindex(measured.table["place"])
    told = {name: found[of].astype("float64").to_numpy() for name, of in _NUMBERS.items()}
    standing = found["standing"].astype("object").fillna(NOT_COMPARABLE).tolist()
    return replace(
        measured,
        table=measured.table.assign(**told, standing=standing),
        caveats=(*measured.caveats, *([WIDENED] if compared.overdispersed else [])),
    )


def standing_columns(measured: Measured) -> list[str]:
    """Name the columns of `STANDING` that a table has: all or none."""
    return [name for name in STANDING if name in measured.table]


def _compares(measured: Measured, query: Query) -> bool:
    of_complaints = catalogue()[measured.indicator].table == "complaints"
    by_place = measured.groups == ("place",) and measured.period == "all"
    everywhere = not query.kept("place") and not query.rest
    return measured.kind == "rate" and of_complaints and by_place and everywhere
