"""Neighborhoods against what the rest of the city would lead one to expect."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm, poisson
from statsmodels.stats.meta_analysis import combine_effects

from .checks import same_length

#: One-sided tail areas of the 95% and the 99.8% limits.
WARNING_TAIL, ALARM_TAIL = 0.025, 0.001
_TAILS = {"95": WARNING_TAIL, "99_8": ALARM_TAIL}
NOT_COMPARABLE = "Not comparable"


def funnel(observed: ArrayLike, expected: ArrayLike) -> pd.DataFrame:
    """Which neighborhoods stand outside what chance would produce?

    `observed` are counts, `expected` the counts the city's rate would give (population × rate).
    Returns one row per area (a Series' index is kept): `classification` by exact Poisson tails,
    before any correction for differences between areas, and limits for observed/expected:
    `lower_95`, `upper_95`, `lower_99_8`, `upper_99_8`. Call an area higher or lower only outside
    the 99.8% limits. Where areas differ more than chance allows (Cochran's Q, p < 0.05) all four
    are widened by `tau2`, the DerSimonian-Laird variance between areas on the square-root scale
    (Spiegelhalter 2005). Otherwise they are the exact Poisson limits. `.attrs` holds `tau2`, `q`,
    `q_p` and `overdispersed`. An area with nothing expected or a missing number is "Not
    comparable".
    """
    index = observed.index if isinstance(observed, pd.Series) else None
    o, e = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    same_length(observed=o, expected=e)
    if (o < 0).any() or (e < 0).any():
        raise ValueError("observed and expected counts cannot be below zero")
    usable = np.isfinite(o) & np.isfinite(e) & (e > 0)
    tau2, q, q_p = _between_areas(o[usable], e[usable])
    overdispersed = q_p < 0.05
    limits: dict[str, NDArray[np.float64]] = {}
    for name, tail in _TAILS.items():
        lower, upper = np.full(len(o), np.nan), np.full(len(o), np.nan)
        lower[usable], upper[usable] = (
            _widened_limits(e[usable], tau2, tail=tail)
            if overdispersed
            else _exact_limits(e[usable], tail=tail)
        )
        limits |= {f"lower_{name}": lower, f"upper_{name}": upper}
    classes = np.full(len(o), NOT_COMPARABLE, dtype=object)
    classes[usable] = _classes(o[usable], e[usable])
    table = pd.DataFrame({"classification": classes, **limits}, index=index)
    table.attrs = {"tau2": tau2, "q": q, "q_p": q_p, "overdispersed": overdispersed}
    return table


def _classes(observed: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.object_]:
    above, below = poisson.sf(observed - 1, expected), poisson.cdf(observed, expected)
    cases = [above < ALARM_TAIL, below < ALARM_TAIL, above < WARNING_TAIL, below < WARNING_TAIL]
    names = ["High (0.001)", "Low (0.001)", "High (0.025)", "Low (0.025)"]
    return np.select(cases, names, default="Not significant").astype(object)


def _between_areas(
    observed: NDArray[np.float64], expected: NDArray[np.float64]
) -> tuple[float, float, float]:
    """How much do areas differ beyond chance? Returns tau², Cochran's Q and its p-value."""
    if len(observed) < 2:
        return 0.0, 0.0, 1.0
    with np.errstate(divide="ignore", invalid="ignore"):  # of parts of the answer not used here
        effects = combine_effects(np.sqrt(observed / expected), 1 / (4 * expected), method_re="dl")
    q = float(effects.q)
    return max(0.0, float(effects.tau2)), q, float(chi2.sf(q, len(observed) - 1))


def _widened_limits(
    expected: NDArray[np.float64], tau2: float, *, tail: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    half = norm.isf(tail) * np.sqrt(1 / (4 * expected) + tau2)
    # Squaring a root below zero would turn it into a limit above zero that nothing supports.
    return np.square(np.maximum(0.0, 1 - half)), np.square(1 + half)


def _exact_limits(
    expected: NDArray[np.float64], *, tail: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Smallest and largest observed/expected that are not beyond the tails."""
    return poisson.ppf(tail, expected) / expected, poisson.isf(tail, expected) / expected
