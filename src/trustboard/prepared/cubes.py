"""Write the rows of every indicator added up, and give them back as tallies."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.citydata import CityData
from trustboard.cubes import Cube, cube_of
from trustboard.indicator import Indicator, Unit, catalogue
from trustboard.prepared.mapped import Mapped, write_mapped
from trustboard.tallies import Source, Tally, with_unknown


def write_cubes(city: CityData, folder: Path) -> dict[str, Any]:
    """Write the cube of every indicator and unit; give what `StoredTallies` must be told.

    Indicators that count the same rows share one.
    """
    told: dict[str, Any] = {}
    written: dict[object, dict[str, Any] | None] = {}
    for indicator in catalogue().values():
        for unit in indicator.units:
            rows = _rows(indicator, unit)
            if rows not in written:
                cube = cube_of(city, indicator, unit)
                name = f"{indicator.id}-{unit}"
                written[rows] = None if cube is None else _write(cube, folder, name)
            told[f"{indicator.id} {unit}"] = written[rows]
    return {name: one for name, one in told.items() if one is not None}


def _rows(indicator: Indicator, unit: Unit) -> object:
    """Tell apart which rows are added up, and by what."""
    return (
        indicator.rows,
        indicator.by,
        indicator.parts,
        indicator.told,
        indicator.needs,
        indicator.mature_after_days,
        indicator.kind == "days",
        unit,
    )


def _write(cube: Cube, folder: Path, name: str) -> dict[str, Any]:
    views = []
    for number, (groups, frame) in enumerate(cube.views):
        told = write_mapped(frame, folder / f"cube-{name}-{number}.arrow")
        views.append({"groups": list(groups), **told})
    return {
        "named": cube.named,
        "unsaid": cube.unsaid,
        "days": [day.date().isoformat() for day in cube.days],
        "starts": [day.date().isoformat() for day in cube.starts],
        "views": views,
    }


class StoredTallies:
    """The cubes of an edition, as `trustboard.tallies.Tallies` describes them."""

    def __init__(self, folder: Path, told: dict[str, Any]) -> None:
        self._cubes = {name: _StoredCube(folder, one) for name, one in told.items()}

    def tally(self, indicator: str, unit: str, columns: Collection[str]) -> Tally | None:
        """Give the smallest tally that tells these groups apart, or None if there is none."""
        cube = self._cubes.get(f"{indicator} {unit}")
        return None if cube is None else cube.tally(columns)


class _StoredCube:
    def __init__(self, folder: Path, told: dict[str, Any]) -> None:
        self._named = {column: frozenset(ids) for column, ids in told["named"].items()}
        self._unsaid = frozenset(told["unsaid"])
        self._days = with_unknown(told["days"])
        self._starts = frozenset(pd.Timestamp(day) for day in told["starts"])
        views = [_View(folder, view) for view in told["views"]]
        self._views = sorted(views, key=lambda view: view.rows.rows)

    def tally(self, columns: Collection[str]) -> Tally | None:
        """Give the smallest view that holds all the columns that rows have at all."""
        wanted = set(columns) & self._named.keys()
        view = next((view for view in self._views if wanted <= view.groups), None)
        if view is None:
            return None
        return Tally(
            source=view.source,
            named=self._named,
            unsaid=self._unsaid,
            day=view.day,
            days=self._days,
            starts=self._starts,
        )


class _View:
    """One of the ways in which a cube was added up; nothing of it is read until it is asked."""

    def __init__(self, folder: Path, told: dict[str, Any]) -> None:
        self.groups = frozenset(told["groups"])
        self.rows = Mapped(folder / told["file"], rows=told["rows"])

    @cached_property
    def source(self) -> Source:
        _LOOKED_AT.add(self)
        return Source(self.rows.frame)

    @cached_property
    def day(self) -> NDArray[np.int16]:
        return np.asarray(self.source.values("on"))

    def let_go(self) -> None:
        """Forget the rows; whoever works with them keeps them as long."""
        for name in ("source", "day"):
            self.__dict__.pop(name, None)
        self.rows.let_go()


#: Views of which somebody has looked at rows since they were let go of last.
_LOOKED_AT: Final[WeakSet[_View]] = WeakSet()


def let_go_of_sums() -> None:
    """Take all sums that are mapped into memory out of it; they are mapped again when asked for."""
    with suppress(KeyError):  # none is left
        while True:  # not in a loop over the set: other threads may add to it meanwhile
            _LOOKED_AT.pop().let_go()
