"""What the simulation found, as typed numbers that can be written down and read back."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from itertools import groupby
from statistics import fmean, stdev
from typing import Any, Final, Literal

import pandas as pd

from trustboard.statistics import proportion

#: What a share is about: one quarter's numbers alone, the steadied verdict, or the deadline.
Reading = Literal["alone", "shown", "deadline"]
#: "at" a look, or at that look or any before it ("by").
When = Literal["at", "by"]

_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Frequency:
    """In what share of the series did the rule say this?

    `month` counts complete months since the promise. `lower` and `upper` (Wilson, 95%) say how
    far the share may lie from what endlessly many series would give.
    """

    months: str
    per_month: int
    true_change: float
    reading: Reading
    said: str
    when: When
    month: int
    count: int
    series: int
    share: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Flips:
    """How often does a verdict change into another from one look to the next, per series?

    The first verdict is no flip. `lower` and `upper`: the mean plus and minus 1.96 of its standard
    errors over the series.
    """

    months: str
    per_month: int
    true_change: float
    reading: Reading
    series: int
    per_series: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class OperatingCharacteristics:
    """How often the verdict rule is right and wrong on invented series whose truth is known."""

    method_version: str
    seed: int
    series: int
    frequencies: tuple[Frequency, ...]
    flips: tuple[Flips, ...]

    def share(
        self,
        said: str,
        *,
        months: str,
        per_month: int,
        true_change: float,
        reading: Reading,
        month: int,
        when: When = "at",
    ) -> Frequency:
        """Find one share. KeyError if that world or look was not simulated."""
        wanted = (months, per_month, true_change, reading, said, when, month)
        for one in self.frequencies:
            key = (one.months, one.per_month, one.true_change, one.reading, one.said, one.when)
            if (*key, one.month) == wanted:
                return one
        raise KeyError(f"nothing was simulated for {wanted}")

    def flips_of(
        self, *, months: str, per_month: int, true_change: float, reading: Reading
    ) -> Flips:
        """Find the flips of one world. KeyError if it was not simulated."""
        wanted = (months, per_month, true_change, reading)
        for one in self.flips:
            if (one.months, one.per_month, one.true_change, one.reading) == wanted:
                return one
        raise KeyError(f"nothing was simulated for {wanted}")

    def table(self) -> pd.DataFrame:
        """Give all shares as a tidy table: one row each, columns as in `Frequency`."""
        return pd.DataFrame([asdict(one) for one in self.frequencies])

    def to_json(self) -> str:
        """Write everything down, without a date: one line per world, reading, state and "when"."""
        head = {"method_version": self.method_version, "seed": self.seed, "series": self.series}
        lines = [f' "{name}": {json.dumps(value)},' for name, value in head.items()]
        lines.append(_listed("frequencies", _in_lines(self.frequencies)) + ",")
        lines.append(_listed("flips", [asdict(one) for one in self.flips]))
        return "\n".join(["{", *lines, "}"]) + "\n"


def from_json(text: str) -> OperatingCharacteristics:
    """Read back what `to_json` wrote. KeyError or TypeError if it was written otherwise."""
    told = json.loads(text)
    return OperatingCharacteristics(
        method_version=told["method_version"],
        seed=told["seed"],
        series=told["series"],
        frequencies=tuple(one for line in told["frequencies"] for one in _from_line(line)),
        flips=tuple(Flips(**one) for one in told["flips"]),
    )


#: What differs from look to look; the other columns are written once per line.
_BY_LOOK: Final = ("month", "count", "share", "lower", "upper")


def _in_lines(frequencies: tuple[Frequency, ...]) -> list[dict[str, Any]]:
    lines = []
    for shared, looks in groupby(map(asdict, frequencies), key=_shared):
        listed = list(looks)
        columns = {name: [one[name] for one in listed] for name in _BY_LOOK}
        lines.append({**dict(shared), **columns})
    return lines


def _shared(one: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in one.items() if name not in _BY_LOOK)


def _from_line(line: dict[str, Any]) -> list[Frequency]:
    shared = {name: value for name, value in line.items() if name not in _BY_LOOK}
    looks = zip(*(line[name] for name in _BY_LOOK), strict=True)
    return [Frequency(**shared, **dict(zip(_BY_LOOK, one, strict=True))) for one in looks]


def share_with_range(count: int, series: int) -> dict[str, float]:
    """Give a share and its Wilson limits, rounded as they are written down."""
    found = proportion(count, series)
    return {
        "share": round(found.estimate, _DECIMALS),
        "lower": round(found.lower, _DECIMALS),
        "upper": round(found.upper, _DECIMALS),
    }


def mean_with_range(values: list[int]) -> dict[str, float]:
    """Give a mean and its range from the scatter between series, rounded as written down."""
    mean = fmean(values)
    reach = 1.96 * stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.inf
    return {
        "per_series": round(mean, _DECIMALS),
        "lower": round(max(0.0, mean - reach), _DECIMALS),
        "upper": round(mean + reach, _DECIMALS),
    }


def _listed(name: str, items: list[dict[str, Any]]) -> str:
    rows = ",\n".join(f"  {json.dumps(one)}" for one in items)
    return f' "{name}": [\n{rows}\n ]'
