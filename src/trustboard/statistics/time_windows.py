"""Before and after a commitment: did the monthly rate change, and within what range?"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as student_t
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM, GLMResults

from .checks import check_alpha, known_numbers, same_length, whole_counts
from .results import BeforeAfter

_Floats = NDArray[np.float64]


def before_after(
    counts: ArrayLike,
    *,
    period: ArrayLike,
    month: ArrayLike,
    exposure: ArrayLike | None = None,
    trend: bool = False,
    alpha: float = 0.05,
) -> BeforeAfter:
    """By what factor did the monthly rate change from the time before to the time after?

    One entry per month in date order: `counts` of events, `period` 0 before and 1 after, `month`
    1 to 12, `exposure` (population) if it changed. Quasi-Poisson regression with two harmonic
    pairs for the season; the scatter is never taken as smaller than chance (dispersion at least
    1), and the range is widened where months resemble their neighbors. `trend=True` adds a
    straight line over months without gaps (for the context panel, never for a verdict).

    With no event at all in one window the ratio is 0 or `inf` and its range is everything;
    ValueError if a month is missing or the windows cannot be told apart from the season.
    """
    check_alpha(alpha)
    events, after, design = _design(counts, period, month, trend)
    people = np.ones_like(events) if exposure is None else known_numbers("exposure", exposure)
    same_length(counts=events, exposure=people)
    if (people <= 0).any():
        raise ValueError("every month needs an exposure above zero")
    if events[after].sum() == 0 or events[~after].sum() == 0:
        return _without_events(events, after, len(events) - design.shape[1])
    model = GLM(events, design, family=Poisson(), offset=np.log(people))
    plain = model.fit()
    raw = float(plain.pearson_chi2 / plain.df_resid)
    return _with_limits(model.fit(scale=max(1.0, raw), use_t=True), raw, alpha)


def _with_limits(fit: GLMResults, dispersion_raw: float, alpha: float) -> BeforeAfter:
    """Turn the fitted change into a ratio, with limits widened for months that resemble others."""
    lag1 = _lag1(np.asarray(fit.resid_pearson, dtype=float))
    effect, se, df = float(fit.params[1]), float(fit.bse[1]), int(fit.df_resid)
    wide_se = se * math.sqrt(max(1.0, (1 + lag1) / (1 - lag1))) if lag1 < 1 else math.inf
    reach = float(student_t.isf(alpha / 2, df))
    return BeforeAfter(
        ratio=math.exp(effect),
        lower=math.exp(effect - reach * wide_se),
        upper=math.exp(effect + reach * wide_se),
        p=float(2 * student_t.sf(abs(effect) / wide_se, df)),
        dispersion=max(1.0, dispersion_raw),
        lag1=lag1,
        df=df,
        dispersion_raw=dispersion_raw,
        lower_if_independent=math.exp(effect - reach * se),
        upper_if_independent=math.exp(effect + reach * se),
    )


def _design(
    counts: ArrayLike, period: ArrayLike, month: ArrayLike, trend: bool
) -> tuple[_Floats, NDArray[np.bool_], _Floats]:
    """Check the months and lay out the regression: level, change, season and perhaps a trend."""
    events = whole_counts("counts", counts)
    when, calendar = known_numbers("period", period), known_numbers("month", month)
    same_length(counts=events, period=when, month=calendar)
    if set(when.tolist()) != {0.0, 1.0}:
        raise ValueError("period must hold both 0 (before) and 1 (after), and nothing else")
    if not np.isin(calendar, np.arange(1, 13)).all():
        raise ValueError("month must be the calendar month, 1 to 12")
    columns = [np.ones_like(events), *_season(calendar)]
    if trend:
        if (np.diff(calendar) % 12 != 1).any():
            raise ValueError("a trend needs consecutive months in date order, without gaps")
        columns.append((np.arange(len(events)) - len(events) / 2) / 12)
    without_change = np.column_stack(columns)
    design = np.insert(without_change, 1, when, axis=1)
    rank = np.linalg.matrix_rank
    if rank(design) == rank(without_change) or len(events) <= design.shape[1]:
        raise ValueError("too few months to tell the change from the season")
    return events, when == 1, design


def _season(calendar: _Floats) -> list[_Floats]:
    """Two harmonic pairs, less what a few calendar months cannot tell apart from the others."""
    angle = 2 * np.pi * calendar / 12
    kept = [np.ones_like(angle)]
    for wave in (np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)):
        if np.linalg.matrix_rank(np.column_stack([*kept, wave])) > len(kept):
            kept.append(wave)
    return kept[1:]


#: Residuals this close together are the rounding of a fit without surprises, not a pattern.
ROUNDING: Final = 1e-6


def _lag1(residuals: _Floats) -> float:
    """How strongly does each month's surprise resemble the last one's? 0 if there are none."""
    earlier, later = residuals[:-1], residuals[1:]
    if np.ptp(earlier) < ROUNDING or np.ptp(later) < ROUNDING:
        return 0.0
    return float(np.corrcoef(earlier, later)[0, 1])


def _without_events(events: _Floats, after: NDArray[np.bool_], df: int) -> BeforeAfter:
    """One window has no event: the direction is known, its size is not."""
    has_after, has_before = events[after].sum() > 0, events[~after].sum() > 0
    ratio = math.nan if not (has_after or has_before) else math.inf if has_after else 0.0
    nan = math.nan
    return BeforeAfter(ratio, 0.0, math.inf, nan, nan, nan, df, nan, 0.0, math.inf)
