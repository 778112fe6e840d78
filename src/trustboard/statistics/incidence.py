"""How cases end when some are still open and they can end in several ways."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from statsmodels.duration.survfunc import CumIncidenceRight

from .checks import known_numbers
from .survival import durations

_Floats = NDArray[np.float64]


def cumulative_incidence(time: ArrayLike, outcome: ArrayLike, at: ArrayLike) -> pd.DataFrame:
    """What share of all cases has ended in each way within so many days of filing?

    `time` is days to the outcome, or to the data date for a case still open; `outcome` is 0 for
    still open and 1, 2, 3 ... for the ways a case can end. Returns one row per time asked for and
    outcome: `time, outcome, incidence, se` (Aalen-Johansen). Every outcome from 1 to the highest
    code is listed, with 0 where it never happened. Beyond the longest time observed the values
    are `nan`, unless nothing was left open. Never use 1 - Kaplan-Meier for this: it treats the
    other outcomes as if those cases could still end this way, and comes out too high.
    """
    days, codes = durations(time, outcome)
    asked = known_numbers("at", np.atleast_1d(np.asarray(at, dtype=float)))
    if len(days) == 0:
        return pd.DataFrame({"time": [], "outcome": [], "incidence": [], "se": []})
    times, shares, errors = _curves(days, codes)
    step = np.searchsorted(times, asked, side="right")
    all_ended = not (codes[days == days.max()] == 0).any()
    unknown = (asked > days.max()) & (not all_ended)
    tables = [
        pd.DataFrame(
            {
                "time": asked,
                "outcome": number,
                "incidence": np.where(unknown, np.nan, np.concatenate([[0.0], share])[step]),
                "se": np.where(unknown, np.nan, np.concatenate([[0.0], error])[step]),
            }
        )
        for number, (share, error) in enumerate(zip(shares, errors, strict=True), start=1)
    ]
    return pd.concat(tables).sort_values(["time", "outcome"], ignore_index=True)


def _curves(
    days: _Floats, codes: NDArray[np.int64]
) -> tuple[_Floats, list[_Floats], list[_Floats]]:
    """Times, and for each outcome its incidence and standard error at those times."""
    if codes.max() == 0:
        nothing = np.zeros(1)
        return np.array([days.max()]), [nothing], [nothing]
    with np.errstate(divide="ignore", invalid="ignore"):
        curves = CumIncidenceRight(days, codes)
    errors = [np.array(error) for error in curves.cinc_se]
    if (codes[days == days.max()] > 0).all():
        for error, last in zip(errors, _last_errors(days, codes), strict=True):
            error[-1] = last
    return curves.times, curves.cinc, errors


def _last_errors(days: _Floats, codes: NDArray[np.int64]) -> list[float]:
    """Standard errors at the moment the last case ended, where the library answers 0 × infinity.

    The undefined term is multiplied by the change in incidence since that same moment, which is
    zero, so it drops out of the published variance formula (Marubini & Valsecchi 1995).
    """
    at_risk = np.array([(days >= t).sum() for t in np.unique(days)], dtype=float)
    ended = np.array([((days == t) & (codes > 0)).sum() for t in np.unique(days)], dtype=float)
    still_open = np.concatenate([[1.0], np.cumprod(1 - ended / at_risk)[:-1]])
    hazard_spread = np.zeros_like(at_risk)
    hazard_spread[:-1] = (ended / (at_risk * (at_risk - ended).clip(1e-12)))[:-1]
    errors = []
    for code in range(1, int(codes.max()) + 1):
        this = np.array([(codes[days == t] == code).sum() for t in np.unique(days)], dtype=float)
        step = still_open * this / at_risk
        to_come = step.sum() - np.cumsum(step)
        own = (still_open / at_risk) ** 2 * (at_risk - this) * this / at_risk
        both = still_open / at_risk * this / at_risk * to_come
        variance = (to_come**2 * hazard_spread + own - 2 * both).sum()
        errors.append(float(np.sqrt(max(0.0, variance))))
    return errors
