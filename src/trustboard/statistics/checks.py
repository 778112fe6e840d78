"""Refuse what is not a count, an exposure or a level, in plain sentences.

A value that is missing is not zero: the functions for one number answer `nan`, the functions for
a series refuse it, because leaving an entry out silently would change the question.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def check_alpha(alpha: float) -> None:
    """Raise ValueError unless `alpha` is a share between 0 and 1 (0.05 for a 95% range)."""
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}; it must lie between 0 and 1 (0.05 for a 95% range)")


def check_count(name: str, value: float) -> None:
    """Raise ValueError unless `value` is a whole number of at least 0, or missing."""
    if not math.isnan(value) and (value < 0 or not float(value).is_integer()):
        raise ValueError(f"{name} is {value}; a count is a whole number of at least 0")


def check_counts(name: str, values: NDArray[np.float64]) -> None:
    """Raise ValueError unless each value is a whole number of at least 0, or missing."""
    for value in values[(values < 0) | (values != np.floor(values)) | np.isinf(values)]:
        check_count(name, value)


def check_exposure(name: str, value: float) -> None:
    """Raise ValueError if `value` is negative or endless. Zero means: no rate is defined."""
    if value < 0 or math.isinf(value):
        raise ValueError(f"{name} is {value}; an exposure is a number of at least 0")


def whole_counts(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return a series of counts as numbers; ValueError for missing, negative or partial ones."""
    counts = known_numbers(name, values)
    if (counts < 0).any() or (counts != np.floor(counts)).any():
        raise ValueError(f"{name} holds something that is not a whole number of at least 0")
    return counts


def known_numbers(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return a flat series of numbers; ValueError if any is missing or endless."""
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1:
        raise ValueError(f"{name} must be a flat series of numbers")
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} has missing or endless values; missing is not zero")
    return numbers


def same_length(**series: NDArray[np.float64]) -> None:
    """Raise ValueError unless all these series are equally long."""
    lengths = {name: len(values) for name, values in series.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"the series differ in length: {lengths}")
