"""Value, range and state of every row of a measured table (docs/methods.md sections 1 to 3)."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

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

#: Fewer cases than this give no median (our own choice).
FEWEST_FOR_A_MEDIAN: Final = 10
_MOST_CELLS: Final = 2_000_000
_SHOWN: Final = ("value", "lower", "upper")
_SIZES: Final = ("n", "exposure")
_NOTHING: Final = {"value": np.nan, "lower": np.nan, "upper": np.nan, "doubt": ""}


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Give value, lower, upper of counts `n`: exact Poisson. Counts are always shown."""
    lower, upper = count_limits(table["n"])
    return _columns(table, value=table["n"], lower=lower, upper=upper)


def rates(table: pd.DataFrame, *, per: float, usable: pd.Series) -> pd.DataFrame:
    """Give `n` per `per` of `exposure`: exact Poisson, shown by the rule of the NCHS.

    Where `usable` is false (too few residents, or their number is unreliable) nothing is drawn.
    """
    lower, upper = count_limits(table["n"])
    exposure = table["exposure"].where(table["exposure"] > 0)
    scale = per / exposure
    drawn = show_rates(table["n"], lower=lower, upper=upper) & usable & exposure.notna()
    found = _columns(table, value=table["n"] * scale, lower=lower * scale, upper=upper * scale)
    return _hidden(found, ~drawn, doubt="too_few")


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Give `n` as a share of `exposure`: Wilson, shown by the rule of the NCHS."""
    n, of = (table[name].to_numpy(dtype="float64") for name in _SIZES)
    share, lower, upper = proportions(n, of)
    shown = show_proportions(n, of, lower=lower, upper=upper)
    found = _columns(table, value=share, lower=lower, upper=upper)
    return _hidden(found, pd.Series(~shown, index=table.index), doubt="too_few")


def medians(
    line: NDArray[np.int64],
    *,
    days: NDArray[np.float64],
    observed: NDArray[np.bool_],
    weights: NDArray[np.float64],
    lines: int,
) -> pd.DataFrame:
    """Give the median of `days` with open cases counted as still running (Kaplan-Meier).

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
    return pd.DataFrame([_median(after[one], closed[one], sums[one]) for one in parts])


def finish(table: pd.DataFrame, found: pd.DataFrame, *, immature: pd.Series) -> pd.DataFrame:
    """Put the numbers into the table and settle each row's state; hide what may not be drawn.

    `table` carries the period's own `state`. Not covered comes before everything, then too young,
    too few and not reached; a period partly covered or still unsettled is told only after these.
    """
    state = table["state"].to_numpy(dtype=object)
    outside, young = state == "not_published", immature.to_numpy(dtype=bool)
    doubt = np.where(young, "immature", found["doubt"].to_numpy(dtype=object))
    doubt = np.where(outside, "not_published", doubt)
    hidden = outside | young
    shown = {c: np.where(hidden, np.nan, found[c].to_numpy("float64")) for c in _SHOWN}
    sizes = {c: np.where(outside, np.nan, table[c].to_numpy("float64")) for c in _SIZES}
    states = pd.array(np.where(doubt == "", state, doubt), dtype="str")
    return table.assign(**shown, **sizes, state=states)


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


def _columns(table: pd.DataFrame, **columns: NDArray[np.float64] | pd.Series) -> pd.DataFrame:
    numbers = {name: np.asarray(one, dtype="float64") for name, one in columns.items()}
    doubt = np.full(len(table), "", dtype=object)
    return pd.DataFrame({**numbers, "doubt": doubt}, index=table.index)


def _hidden(found: pd.DataFrame, hide: pd.Series, *, doubt: str) -> pd.DataFrame:
    hidden = hide.to_numpy(dtype=bool)
    shown = {c: np.where(hidden, np.nan, found[c].to_numpy("float64")) for c in _SHOWN}
    doubts = np.where(hidden, doubt, found["doubt"].to_numpy(dtype=object))
    return pd.DataFrame({**shown, "doubt": doubts}, index=found.index)
