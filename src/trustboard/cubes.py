"""Add up an indicator's rows beforehand: rows that are alike in all one can ask about become one.

A day is given up for the stretch of days it lies in. Stretches begin with each month and wherever a
source's coverage begins or ends, so that a whole month, quarter or year, and all that is covered,
can be counted exactly. A question that cuts a stretch in two is answered from the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.periods import Calendar
from trustboard.rows import NotPublishedError
from trustboard.tallies import WEIGHT, Tally

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.indicator import Indicator, Unit

#: What a row says besides its groups that decides how it is counted.
_COUNTED_BY: Final = ("hit", "counted", "repeated", "precision")
#: And what a time is worked out from.
_TIMED_BY: Final = ("days", "observed")
_PLACED: Final = ("place", "district")
_MOST: Final = 2**62
_DAY: Final = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cube:
    """One indicator's rows in one unit, added up.

    `views` holds the same rows added up by some groups or by all, each as the groups told apart and
    a frame with `on` (place in `days`, -1 unknown), those groups as categories and `weight`. Rows
    lie by the first of these groups, then by `on`: the rows of one place, or of one category, and
    some months lie together.
    """

    named: dict[str, list[str]]
    unsaid: list[str]
    days: list[pd.Timestamp]
    starts: list[pd.Timestamp]
    views: list[tuple[tuple[str, ...], pd.DataFrame]]


def tally_of(
    city: CityData,
    indicator: Indicator,
    unit: Unit,
    *,
    columns: Sequence[str],
    periods: Calendar,
) -> Tally:
    """Give the rows of an indicator: added up where that answers exactly, else one by one."""
    if city.tallies is not None:
        found = city.tallies.tally(indicator.id, unit, columns)
        if found is not None and periods.begins_and_ends_with(found.starts):
            return found
    return rows_of(city, indicator, unit, columns=columns)


def rows_of(city: CityData, indicator: Indicator, unit: Unit, *, columns: Sequence[str]) -> Tally:
    """Give the rows of an indicator one by one. Raises NotPublishedError where they cannot tell."""
    if indicator.rows is None:
        raise TypeError(f"{indicator.id} has neither rows nor a calculation of its own")
    return Tally.of(indicator.rows(city, unit), columns)


def cube_of(city: CityData, indicator: Indicator, unit: Unit) -> Cube | None:
    """Add up an indicator's rows; None where there are none to be had."""
    if indicator.rows is None or [need for need in indicator.needs if not city.has(need)]:
        return None
    try:
        rows = indicator.rows(city, unit)
    except NotPublishedError:
        return None
    groups = tuple(
        c for c in dict.fromkeys((*_PLACED, *indicator.by, indicator.parts)) if c in rows
    )
    starts = _starts(city, indicator)
    tally, days = Tally.of(rows, groups), _days(rows["on"], starts)
    rows = tally.frame.assign(on=_stretch(rows["on"], days))
    timed = _TIMED_BY if indicator.kind == "days" else ()
    kept = [c for c in dict.fromkeys((*indicator.told, *_COUNTED_BY, *timed)) if c in rows]
    every = _added_up(rows, _in_order(groups, kept))
    return Cube(
        named={column: sorted(ids) for column, ids in tally.named.items()},
        unsaid=sorted(tally.unsaid),
        days=days,
        starts=sorted(starts),
        views=[*_views(every, groups, kept, timed=bool(timed)), (groups, every)],
    )


def _views(
    every: pd.DataFrame, groups: tuple[str, ...], kept: list[str], *, timed: bool
) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """Add up further by the groups often asked for: none, all but places, all but place, places.

    Of a time by each group alone, too: told apart by more, hardly two rows took the same days. What
    is more than half as long as all rows is not worth its room.
    """
    others = tuple(c for c in groups if c not in _PLACED)
    but_place = tuple(c for c in groups if c != "place")
    placed = tuple(c for c in groups if c in _PLACED)
    alone = [(c,) for c in groups] if timed else []
    for some in dict.fromkeys(((), *alone, others, but_place, placed)):
        rows = _added_up(every, _in_order(some, kept))
        if some != groups and len(rows) <= len(every) / 2:
            yield some, rows


def _in_order(groups: tuple[str, ...], kept: list[str]) -> list[str]:
    """Name the columns of a view, those first by which its rows lie."""
    return list(dict.fromkeys((*groups[:1], "on", *groups, *kept)))


def _starts(city: CityData, indicator: Indicator) -> frozenset[pd.Timestamp]:
    """List the days, besides firsts of months, on which something that is counted may begin."""
    found = set()
    for table in city.tables.values():
        if table.spec.coverage is not None:
            ends = pd.Timestamp(table.spec.coverage.to) + _DAY
            found |= {pd.Timestamp(table.spec.coverage.from_), ends}
            found.add(ends - indicator.mature_after_days * _DAY)
    return frozenset(day for day in found if day.day != 1)


def _days(on: pd.Series, starts: frozenset[pd.Timestamp]) -> list[pd.Timestamp]:
    """List the first days of all stretches that hold a row."""
    if on.isna().all():
        return []
    months = pd.date_range(on.min().replace(day=1), on.max(), freq="MS")
    return sorted({*months, *(day for day in starts if day >= months[0])})


def _stretch(on: pd.Series, days: list[pd.Timestamp]) -> NDArray[np.int16]:
    """Say for each day in which stretch it lies; -1 for an unknown day."""
    firsts = pd.DatetimeIndex(days).to_numpy(dtype="datetime64[D]")
    found = np.searchsorted(firsts, on.to_numpy(dtype="datetime64[D]"), side="right") - 1
    return np.where(on.isna(), -1, found).astype("int16")


def _added_up(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Make one row of all that are alike in `keys`, give each its weight, and sort by `keys`."""
    alike = np.zeros(len(rows), dtype="int64")
    size = 1
    for key in keys:
        codes, distinct = pd.factorize(rows[key], sort=True, use_na_sentinel=False)
        if size * (len(distinct) + 1) > _MOST:
            seen, alike = np.unique(alike, return_inverse=True)
            size = len(seen)
        alike, size = alike * max(1, len(distinct)) + codes, size * max(1, len(distinct))
    _, first, where = np.unique(alike, return_index=True, return_inverse=True)
    own = rows[WEIGHT].to_numpy() if WEIGHT in rows else None
    weight = np.bincount(where, weights=own, minlength=len(first))
    cells = rows[keys].iloc[first].reset_index(drop=True)
    words = {c: "category" for c in keys if isinstance(cells[c].dtype, pd.StringDtype)}
    return _small(cells.astype(words).assign(**{WEIGHT: weight.astype("int32")}))


def _small(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep numbers in as few bytes as hold them exactly: there may be millions of rows."""
    small = {WEIGHT: pd.to_numeric(rows[WEIGHT], downcast="integer")}
    if "days" in rows:
        halved = rows["days"].astype("float32")  # missing ones stay missing
        exact = halved.astype("float64").equals(rows["days"].astype("float64"))
        small |= {"days": halved} if exact else {}
    return rows.assign(**small)
