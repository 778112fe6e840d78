"""How many rows a question would give, before it is asked."""

from __future__ import annotations

from typing import Final

from trustboard.api.problems import refused
from trustboard.citydata import CityData
from trustboard.indicator import Indicator
from trustboard.query import Query

#: Most rows of a measured table that one request may ask for.
MOST_CELLS: Final = 200_000
#: The same where each row is a curve of how long cases take, at some milliseconds a curve.
MOST_CURVES: Final = 3_000
_PER_YEAR: Final = {"all": 0, "year": 1, "quarter": 4, "month": 12}


def check_size(city: CityData, indicator: Indicator, query: Query) -> None:
    """Refuse a question whose table would be too long to work out for one visitor."""
    cells = _periods(city, indicator, query)
    for group in dict.fromkeys((*query.groups, *([indicator.parts] if indicator.parts else ()))):
        cells *= len(query.kept(group)) or _ids(city, group)
    most = MOST_CURVES if indicator.kind == "days" else MOST_CELLS
    if cells > most:
        raise refused(
            "by",
            f"This would give about {cells:,} rows; {most:,} is the most. Split by fewer "
            "groups or longer periods, or filter.",
        )


def _periods(city: CityData, indicator: Indicator, query: Query) -> int:
    table = city.tables.get(indicator.table)
    coverage = None if table is None else table.spec.coverage
    first = query.from_ or (coverage.from_ if coverage else None)
    last = query.to or (coverage.to if coverage else None)
    if first is None or last is None:
        return 1
    return max(1, (last.year - first.year + 1) * _PER_YEAR[query.period(indicator)])


def _ids(city: CityData, group: str) -> int:
    """Count the ids that a group has at most, those of rows without one included."""
    names = {group, f"{group}_id"}
    sizes = [len(table.words(name)) for table in city.tables.values() for name in names]
    return 3 + max(sizes, default=10) + len(city.city.places.also)
