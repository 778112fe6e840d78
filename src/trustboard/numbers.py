"""Value, range and state of every row of a measured table (docs/methods.md sections 1 to 3)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.statistics import (
    Interval,
    kaplan_meier,
    proportion,
    rate,
    show_proportion,
    show_rate,
)
from trustboard.tallies import WEIGHT

#: Fewer cases than this give no median (our own choice).
FEWEST_FOR_A_MEDIAN: Final = 10
_SHOWN: Final = ("value", "lower", "upper")
_SIZES: Final = ("n", "exposure")
_NOTHING: Final = {"value": np.nan, "lower": np.nan, "upper": np.nan, "doubt": ""}


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Give value, lower, upper of counts `n`: exact Poisson. Counts are always shown."""
    limits = np.array([_count_limits(n) for n in table["n"]]).reshape(-1, 3)
    return _columns(table, value=table["n"], lower=limits[:, 0], upper=limits[:, 1])


def rates(table: pd.DataFrame, *, per: float, usable: pd.Series) -> pd.DataFrame:
    """Give `n` per `per` of `exposure`: exact Poisson, shown by the rule of the NCHS.

    Where `usable` is false (too few residents, or their number is unreliable) nothing is drawn.
    """
    limits = np.array([_count_limits(n) for n in table["n"]]).reshape(-1, 3)
    exposure = table["exposure"].where(table["exposure"] > 0)
    scale = per / exposure
    drawn = (limits[:, 2] > 0) & usable & exposure.notna()
    found = _columns(
        table,
        value=table["n"] * scale,
        lower=limits[:, 0] * scale,
        upper=limits[:, 1] * scale,
    )
    return _hidden(found, ~drawn, doubt="too_few")


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Give `n` as a share of `exposure`: Wilson, shown by the rule of the NCHS."""
    pairs = zip(table["n"], table["exposure"], strict=True)
    limits = np.array([_share_limits(n, m) for n, m in pairs]).reshape(-1, 4)
    found = _columns(table, value=limits[:, 0], lower=limits[:, 1], upper=limits[:, 2])
    return _hidden(found, pd.Series(limits[:, 3] == 0, index=table.index), doubt="too_few")


def medians(table: pd.DataFrame, cases: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Give the median of `days` with open cases counted as still running (Kaplan-Meier).

    `cases` holds `keys`, `days`, `observed` and perhaps `weight`; `table` holds `keys`. The median
    and each limit is missing (the limit `inf`) until it is reached.
    """
    alike = [*keys, "days", "observed"]
    weights = cases[WEIGHT] if WEIGHT in cases else pd.Series(1, index=cases.index)
    sums = weights.groupby([cases[name] for name in alike], observed=True).sum()
    found = sums.rename(WEIGHT).reset_index()
    grouped = {key: _median(group) for key, group in found.groupby(keys, observed=True)}
    rows = [
        grouped.get(key, _no_median()) for key in table[keys].itertuples(index=False, name=None)
    ]
    return pd.DataFrame(rows, index=table.index)


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


@lru_cache(maxsize=100_000)
def _count_limits(n: float) -> tuple[float, float, bool]:
    """Exact limits of a count, and whether a rate may be drawn from it."""
    found = rate(n, 1.0)
    return found.lower, found.upper, show_rate(n, found)


@lru_cache(maxsize=100_000)
def _share_limits(n: float, of: float) -> tuple[float, float, float, bool]:
    found: Interval = proportion(n, of)
    shown = show_proportion(n, of, found) if of else False
    return found.estimate, found.lower, found.upper, shown


def _median(cases: pd.DataFrame) -> dict[str, object]:
    days, observed = (cases[name].to_numpy(dtype=float) for name in ("days", "observed"))
    weights = cases[WEIGHT].to_numpy(dtype=float) if WEIGHT in cases else np.ones(len(cases))
    closed, total = float((observed * weights).sum()), float(weights.sum())
    sizes = {"n": closed, "exposure": total}
    if total < FEWEST_FOR_A_MEDIAN:
        return {**_NOTHING, **sizes, "doubt": "too_few"}
    curve = kaplan_meier(days, observed, cases=weights)
    lower, upper = curve.median_lower, curve.median_upper
    if np.isinf(curve.median):
        return {**_NOTHING, "lower": lower, "upper": upper, **sizes, "doubt": "not_reached"}
    if closed < FEWEST_FOR_A_MEDIAN:
        return {**_NOTHING, **sizes, "doubt": "too_few"}
    return {"value": curve.median, "lower": lower, "upper": upper, "doubt": "", **sizes}


def _no_median() -> dict[str, object]:
    return {**_NOTHING, "n": 0.0, "exposure": 0.0, "doubt": "too_few"}


def _columns(table: pd.DataFrame, **columns: NDArray[np.float64] | pd.Series) -> pd.DataFrame:
    numbers = {name: np.asarray(one, dtype="float64") for name, one in columns.items()}
    doubt = np.full(len(table), "", dtype=object)
    return pd.DataFrame({**numbers, "doubt": doubt}, index=table.index)


def _hidden(found: pd.DataFrame, hide: pd.Series, *, doubt: str) -> pd.DataFrame:
    hidden = hide.to_numpy(dtype=bool)
    shown = {c: np.where(hidden, np.nan, found[c].to_numpy("float64")) for c in _SHOWN}
    doubts = np.where(hidden, doubt, found["doubt"].to_numpy(dtype=object))
    return pd.DataFrame({**shown, "doubt": doubts}, index=found.index)
