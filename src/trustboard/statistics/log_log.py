"""Limits for a share on the log(-log) scale, which keeps them between 0 and 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm


def log_log_limits(
    share: ArrayLike, se: ArrayLike, *, alpha: float = 0.05
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Within what range does each share lie, given its standard error?

    exp(-exp(ln(-ln F) ± z·se/(F·ln F))). Where the share is 0 or 1, or the standard error is not
    known, the scale is not defined and both limits are `nan`.
    """
    value, error = np.broadcast_arrays(np.asarray(share, float), np.asarray(se, float))
    defined = (value > 0) & (value < 1) & np.isfinite(error)
    inside, inside_error = np.where(defined, value, 0.5), np.where(defined, error, 0.0)
    center = np.log(-np.log(inside))
    half = norm.isf(alpha / 2) * inside_error / np.abs(inside * np.log(inside))
    lower = np.where(defined, np.exp(-np.exp(center + half)), np.nan)
    upper = np.where(defined, np.exp(-np.exp(center - half)), np.nan)
    return lower, upper
