"""How long cases take when some are still open (Kaplan-Meier)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from statsmodels.duration.survfunc import SurvfuncRight

from .checks import check_alpha, known_numbers, same_length, whole_counts
from .results import Interval, SurvivalCurve


def kaplan_meier(
    time: ArrayLike,
    observed: ArrayLike,
    *,
    alpha: float = 0.05,
    cases: ArrayLike | None = None,
) -> SurvivalCurve:
    """How many days until half the cases are closed, counting the open ones fairly?

    `time` is days from filing to closing, or to the data date for a case still open; `observed`
    is 1 (or True) for closed and 0 for open; `cases` says how many cases each pair stands for (one,
    where it is left out). Ties need no breaking. Limits of the median are log-log; `inf` means "not
    reached". The standard error is Greenwood's, `nan` once nothing is left open.
    Only for sources that publish open cases too: closed cases alone make every duration too short.
    """
    check_alpha(alpha)
    days, curve = _curve(time, observed, cases)
    if curve is None:
        empty = pd.DataFrame({"time": [], "survival": [], "se": []}, dtype=float)
        return SurvivalCurve(empty, math.nan, math.nan, math.nan, math.nan)
    table = pd.DataFrame(
        {"time": curve.surv_times, "survival": curve.surv_prob, "se": curve.surv_prob_se}
    )
    return SurvivalCurve(table, *_median(curve, alpha), float(days.max()))


def median_time(
    time: ArrayLike,
    observed: ArrayLike,
    *,
    alpha: float = 0.05,
    cases: ArrayLike | None = None,
) -> Interval:
    """Give the median of `kaplan_meier` and its limits, without the curve they are read from."""
    check_alpha(alpha)
    _, curve = _curve(time, observed, cases)
    found = (math.nan, math.nan, math.nan) if curve is None else _median(curve, alpha)
    return Interval(*found)


def _curve(
    time: ArrayLike, observed: ArrayLike, cases: ArrayLike | None
) -> tuple[NDArray[np.float64], SurvfuncRight | None]:
    """Check what was given; give the days and their curve, None where there is no case."""
    days, closed = durations(time, observed)
    weights = None if cases is None else whole_counts("cases", cases)
    if weights is not None:
        same_length(days=days, cases=weights)
        some = weights > 0
        days, closed, weights = days[some], closed[some], weights[some]
    if (closed > 1).any():
        raise ValueError("observed must be 1 for a closed case and 0 for an open one")
    if len(days) == 0:
        return days, None
    curve = SurvfuncRight(days, closed) if weights is None else _weighted(days, closed, weights)
    return days, curve


def _weighted(
    days: NDArray[np.float64], closed: NDArray[np.int64], weights: NDArray[np.float64]
) -> SurvfuncRight:
    """Give the curve of cases that are alike in groups, as if each were written out.

    With weights statsmodels takes Tsiatis' standard error, without them Greenwood's. Whole weights
    are cases, so Greenwood's is put in its place, ended where statsmodels ends it.
    """
    curve = SurvfuncRight(days, closed, freq_weights=weights)
    at_risk, ended = curve.n_risk, curve.n_events
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = ended / (at_risk * (at_risk - ended))
    steps[at_risk == ended] = np.nan
    curve.surv_prob_se = np.sqrt(np.cumsum(steps)) * curve.surv_prob
    return curve


def _median(curve: SurvfuncRight, alpha: float) -> tuple[float, float, float]:
    """The median with its limits; one never reached is inf, one that is not defined is nan.

    The median is the first time at which less than half is still open, as in statsmodels. An exact
    half must not count as less only because a product of fractions was rounded, hence the margin.
    """
    below_half = np.flatnonzero(curve.surv_prob < 0.5 - 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = (float(limit) for limit in curve.quantile_ci(0.5, alpha=alpha))
    if len(below_half) == 0:
        return math.inf, lower, math.inf
    return float(curve.surv_times[below_half[0]]), lower, upper


def durations(time: ArrayLike, code: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Check days and their codes together. ValueError for missing or negative days."""
    days, codes = known_numbers("time", time), known_numbers("the codes", code)
    same_length(time=days, codes=codes)
    if (days < 0).any():
        raise ValueError("a case closed before it was filed has no duration; leave it out")
    if (codes < 0).any() or (codes != np.floor(codes)).any():
        raise ValueError("codes must be whole numbers: 0 for still open, 1 and up for outcomes")
    return days, codes.astype(np.int64)
