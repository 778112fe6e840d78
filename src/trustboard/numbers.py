"""Value, range and state of every row of a measured table (docs/methods.md sections 1 to 3)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.statistics import (
    count_limits,
    median_time,
    proportions,
    show_proportions,
    show_rates,
)
from trustboard.tidy import WORDS

#: Fewer cases than this give no median (our own choice).
FEWEST_FOR_A_MEDIAN: Final = 10
_MOST_CELLS: Final = 2_000_000
_SHOWN: Final = ("value", "lower", "upper")
_SIZES: Final = ("n", "exposure")
#: Columns of a table, by name: a frame, or arrays of equal length.
Columns: TypeAlias = Mapping[str, Any] | pd.DataFrame
#: `value`, `lower`, `upper` and `doubt` (why nothing is drawn, else empty) of each row.
Numbers: TypeAlias = dict[str, NDArray[Any]]
_NOTHING: Final = {"value": np.nan, "lower": np.nan, "upper": np.nan, "doubt": ""}


def counts(table: Columns) -> Numbers:
    """Give value, lower, upper of counts `n`: exact Poisson. Counts are always shown."""
    n = np.asarray(table["n"], dtype="float64")
    lower, upper = count_limits(n)
    return _shown(n, lower, upper, drawn=np.ones(len(n), dtype=bool))


def rates(table: Columns, *, per: float, usable: NDArray[np.bool_]) -> Numbers:
    """Give `n` per `per` of `exposure`: exact Poisson, shown by the rule of the NCHS.

    Where `usable` is false (too few residents, or their number is unreliable) nothing is drawn.
    """
    n, exposure = (np.asarray(table[name], dtype="float64") for name in _SIZES)
    lower, upper = count_limits(n)
    scale = per / np.where(exposure > 0, exposure, np.nan)
    drawn = show_rates(n, lower=lower, upper=upper) & usable & ~np.isnan(scale)
    return _shown(n * scale, lower * scale, upper * scale, drawn=drawn)


def shares(table: Columns) -> Numbers:
    """Give `n` as a share of `exposure`: Wilson, shown by the rule of the NCHS."""
    n, of = (np.asarray(table[name], dtype="float64") for name in _SIZES)
    share, lower, upper = proportions(n, of)
    return _shown(share, lower, upper, drawn=show_proportions(n, of, lower=lower, upper=upper))


def medians(
    line: NDArray[np.int64],
    *,
    days: NDArray[np.float64],
    observed: NDArray[np.bool_],
    weights: NDArray[np.float64],
    lines: int,
) -> Numbers:
    """Give the median of `days` with open cases counted as still running (Kaplan-Meier).

    Beside it stand `n`, how many were closed, and `exposure`, how many there are.

    `line` says which of the `lines` of a table each case belongs to (-1: none), `weights` how many
    cases it stands for (0: it enters no number); `days` are whole. The median and each limit is
    missing (the limit `inf`) until it is reached.
    """
    counted = (line >= 0) & (weights > 0)
    line, whole, weights = line[counted], days[counted].astype("int64"), weights[counted]
    span = int(whole.max(initial=0)) + 1
    alike = (line * span + whole) * 2 + observed[counted]
    if lines * span <= _MOST_CELLS:  # counting into every cell there could be is quicker
        every = np.bincount(alike, weights=weights).astype("float64")
        seen = np.flatnonzero(every)
        sums = every[seen]
    else:
        seen, place = np.unique(alike, return_inverse=True)
        sums = np.bincount(place, weights=weights).astype("float64")
    ends = np.searchsorted(seen, np.arange(lines + 1) * span * 2)
    parts = [slice(*two) for two in pairwise(ends.tolist())]
    after, closed = seen // 2 % span, seen % 2
    found = [_median(after[one], closed[one], sums[one]) for one in parts]
    kinds = dict.fromkeys((*_SHOWN, *_SIZES), "float64") | {"doubt": "object"}
    return {c: np.array([one[c] for one in found], dtype=kind) for c, kind in kinds.items()}


def finish(table: Columns, found: Numbers, *, immature: NDArray[np.bool_]) -> dict[str, Any]:
    """Give the numbers of a table and settle each row's state; hide what may not be drawn.

    `table` carries the period's own `state`. Not covered comes before everything, then too young,
    too few and not reached; a period partly covered, partly chosen or still unsettled is told only
    after these.
    """
    state = np.asarray(table["state"], dtype=object)
    outside = state == "not_published"
    doubt = np.where(immature, "immature", found["doubt"])
    doubt = np.where(outside, "not_published", doubt)
    hidden = outside | immature
    shown = {c: np.where(hidden, np.nan, found[c]) for c in _SHOWN}
    sizes = {c: np.where(outside, np.nan, np.asarray(table[c], "float64")) for c in _SIZES}
    return {**shown, **sizes, "state": pd.array(np.where(doubt == "", state, doubt), dtype=WORDS)}


def _median(
    days: NDArray[np.int64], observed: NDArray[np.int64], weights: NDArray[np.float64]
) -> dict[str, object]:
    closed, total = float((observed * weights).sum()), float(weights.sum())
    sizes = {"n": closed, "exposure": total}
    if total < FEWEST_FOR_A_MEDIAN:
        return {**_NOTHING, **sizes, "doubt": "too_few"}
    found = median_time(days, observed, cases=weights)
    if np.isinf(found.estimate):
        limits = {"lower": found.lower, "upper": found.upper}
        return {**_NOTHING, **limits, **sizes, "doubt": "not_reached"}
    if closed < FEWEST_FOR_A_MEDIAN:
        return {**_NOTHING, **sizes, "doubt": "too_few"}
    return {"value": found.estimate, "lower": found.lower, "upper": found.upper, "doubt": "",
            **sizes}  # fmt: skip


def _shown(
    value: NDArray[np.float64],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    *,
    drawn: NDArray[np.bool_],
) -> Numbers:
    """Hide numbers that may not be drawn; they are too few."""
    every = {"value": value, "lower": lower, "upper": upper}
    numbers = {name: np.where(drawn, one, np.nan) for name, one in every.items()}
    return {**numbers, "doubt": np.where(drawn, "", "too_few").astype(object)}
