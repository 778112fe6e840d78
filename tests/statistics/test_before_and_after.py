"""Known ways to see a change that is not there, or to overstate one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from trustboard import statistics as st

THREE_YEARS = {"period": [0] * 24 + [1] * 12, "month": [*range(1, 13)] * 3}


def test_scatter_smaller_than_chance_is_not_used_to_narrow_the_range() -> None:
    steady = [40, 41] * 12 + [30, 31] * 6
    result = st.before_after(steady, **THREE_YEARS)
    assert result.dispersion_raw < 1
    assert result.dispersion == 1


def test_the_ratio_is_the_one_a_reader_computes_by_hand() -> None:
    counts = np.random.default_rng(11).poisson(25, 36)
    result = st.before_after(counts, **THREE_YEARS)
    assert result.ratio == pytest.approx(counts[24:].mean() / counts[:24].mean(), rel=1e-9)


def test_hac_errors_cry_wolf_on_short_series_and_ours_do_not() -> None:
    """Three years in which nothing ever changes: how often is a change claimed at 5%?"""
    random, series = np.random.default_rng(12), 120
    hac_alarms = our_alarms = 0
    design = np.column_stack([np.ones(36), THREE_YEARS["period"]])
    for _ in range(series):
        counts = random.poisson(30, 36)
        hac = GLM(counts, design, family=Poisson()).fit(cov_type="HAC", cov_kwds={"maxlags": 12})
        hac_alarms += hac.pvalues[1] < 0.05
        our_alarms += st.before_after(counts, **THREE_YEARS).p < 0.05
    assert hac_alarms / series > 0.15
    assert our_alarms / series < 0.08


def test_months_that_resemble_their_neighbors_widen_the_range() -> None:
    waves = 8 * np.sin(np.arange(36) * 2 * np.pi / 18)  # slower than any season
    result = st.before_after((40 + waves).round(), **THREE_YEARS)
    assert result.lag1 > 0.5
    inflation = math.sqrt((1 + result.lag1) / (1 - result.lag1))
    usual = math.log(result.upper_if_independent / result.lower_if_independent)
    assert math.log(result.upper / result.lower) == pytest.approx(usual * inflation)


def test_opposite_neighbors_do_not_narrow_the_range() -> None:
    result = st.before_after([30, 50] * 12 + [25, 45] * 6, **THREE_YEARS)
    zigzag = st.before_after([30, 50, 50, 30] * 6 + [45, 25, 25, 45] * 3, **THREE_YEARS)
    for one in (result, zigzag):
        assert one.lower <= one.lower_if_independent


@pytest.mark.parametrize(
    ("before", "after", "ratio"), [(0, 5, math.inf), (5, 0, 0.0), (0, 0, math.nan)]
)
def test_a_window_without_events_has_no_made_up_limits(
    before: int, after: int, ratio: float
) -> None:
    result = st.before_after([before] * 24 + [after] * 12, **THREE_YEARS)
    assert result.ratio == pytest.approx(ratio, nan_ok=True)
    assert (result.lower, result.upper) == (0, math.inf)
    assert math.isnan(result.p)


def test_a_wider_level_gives_a_wider_range() -> None:
    counts = np.random.default_rng(4).poisson(30, 36)
    usual, wide = (st.before_after(counts, alpha=a, **THREE_YEARS) for a in (0.05, 0.002))
    assert wide.lower < usual.lower < usual.upper < wide.upper
    assert wide.p == usual.p


def test_a_month_without_a_figure_is_refused_rather_than_read_as_zero() -> None:
    with pytest.raises(ValueError, match="missing is not zero"):
        st.before_after([math.nan] + [5] * 35, **THREE_YEARS)


def test_a_change_that_is_only_the_season_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="too few months"):
        st.before_after([5, 6, 7, 8], period=[0, 0, 1, 1], month=[1, 2, 3, 4])


def test_a_shorter_deadline_compares_matching_months() -> None:
    counts = [20, 30, 25, 21, 29, 26, 10, 15, 13]
    result = st.before_after(counts, period=[0] * 6 + [1] * 3, month=[1, 2, 3] * 3)
    assert result.ratio == pytest.approx((38 / 3) / (151 / 6))
    assert result.df == 5


def test_a_trend_refuses_months_with_a_gap() -> None:
    months = [*range(1, 13)] * 2 + [*range(3, 13), 1, 2]
    with pytest.raises(ValueError, match="without gaps"):
        st.before_after([9] * 36, period=THREE_YEARS["period"], month=months, trend=True)


@pytest.mark.parametrize(("monthly", "months"), [(10, 37), (30, 9), (100, 3)])
def test_the_smallest_detectable_fall_is_about_a_fifth_at_the_published_sizes(
    monthly: int, months: int
) -> None:
    fall = st.smallest_detectable_change(36 * monthly, months / 36)
    assert fall == pytest.approx(0.20, abs=0.035)


def test_the_smallest_detectable_fall_is_found_about_as_often_as_promised() -> None:
    before, after = 720, 0.5
    fall = st.smallest_detectable_change(before, after)
    random = np.random.default_rng(8)
    y0, y1 = random.poisson(before, 4000), random.poisson(before * after * (1 - fall), 4000)
    z = np.log(y1 / (y0 * after)) / np.sqrt(1 / y0 + 1 / y1)
    assert (z < -1.96).mean() == pytest.approx(0.8, abs=0.03)


def test_with_hardly_any_events_no_fall_could_show() -> None:
    assert st.smallest_detectable_change(3, 0.5) == math.inf
    assert st.smallest_detectable_change(0, 0.5) == math.inf
