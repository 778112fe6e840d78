"""Known ways to get a plausible wrong rate, share or ratio, and what may be shown."""

from __future__ import annotations

import math

import pytest
from scipy import stats
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from trustboard import statistics as st

test_poisson_2indep.__test__ = False  # a library function, not one of our tests


def test_a_rate_of_zero_events_still_has_room_above() -> None:
    assert st.rate(0, 100).upper == pytest.approx(-math.log(0.025) / 100)


def test_the_limits_of_a_rate_leave_the_stated_chance_in_each_tail() -> None:
    interval = st.rate(7, 1, alpha=0.1)
    assert stats.poisson.sf(6, interval.lower) == pytest.approx(0.05)
    assert stats.poisson.cdf(7, interval.upper) == pytest.approx(0.05)


@pytest.mark.parametrize(("count", "exposure"), [(5, 0), (math.nan, 100), (5, math.nan)])
def test_a_rate_without_exposure_or_count_is_not_a_number(count: float, exposure: float) -> None:
    interval = st.rate(count, exposure)
    assert all(math.isnan(v) for v in (interval.estimate, interval.lower, interval.upper))


@pytest.mark.parametrize(("count", "exposure"), [(-1, 10), (1.5, 10), (1, -10), (1, math.inf)])
def test_a_rate_refuses_what_is_no_count_or_exposure(count: float, exposure: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        st.rate(count, exposure)


def test_the_library_default_for_two_rates_is_degenerate_and_ours_is_not() -> None:
    degenerate = confint_poisson_2indep(0, 100, 5, 100, compare="ratio")
    assert degenerate[0] == pytest.approx(degenerate[1], rel=1e-3)
    ours = st.rate_ratio(0, 100, 5, 100)
    assert ours.lower == 0
    assert ours.upper > 1


def test_the_two_rate_p_value_is_the_exact_conditional_one() -> None:
    library = test_poisson_2indep(41, 28010, 15, 19017, method="exact-cond", compare="ratio")
    assert st.rate_ratio(41, 28010, 15, 19017).p == pytest.approx(library.pvalue, rel=1e-12)


def test_a_ratio_to_no_events_has_an_endless_upper_limit() -> None:
    test = st.rate_ratio(5, 100, 0, 100)
    assert test.ratio == test.upper == math.inf
    assert 0 < test.lower < math.inf


def test_two_rates_without_any_event_say_nothing() -> None:
    test = st.rate_ratio(0, 100, 0, 100)
    assert math.isnan(test.ratio)
    assert (test.lower, test.upper, test.p) == (0, math.inf, 1)


def test_a_share_of_none_or_all_keeps_its_exact_limit() -> None:
    assert st.proportion(0, 7).lower == 0
    assert st.proportion(7, 7).upper == 1
    assert math.isnan(st.proportion(0, 0).estimate)


def test_a_share_agrees_with_an_independent_library() -> None:
    other = stats.binomtest(17, 60).proportion_ci(method="wilson")
    ours = st.proportion(17, 60)
    assert (ours.lower, ours.upper) == pytest.approx((other.low, other.high), rel=1e-12)


def test_more_sustained_than_filed_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the 4"):
        st.proportion(5, 4)


@pytest.mark.parametrize(("count", "shown"), [(0, False), (9, False), (10, True), (200, True)])
def test_a_rate_is_shown_from_ten_events(count: int, shown: bool) -> None:
    assert st.show_rate(count, st.rate(count, 1000)) is shown


def test_a_rate_with_a_very_wide_range_is_not_shown() -> None:
    assert not st.show_rate(10, st.rate(10, 1000, alpha=0.002))


def test_ten_events_have_a_range_of_136_percent_and_seven_of_166() -> None:
    for count, width in ((10, 1.36), (7, 1.66)):
        interval = st.rate(count, 1)
        assert (interval.upper - interval.lower) / count == pytest.approx(width, abs=0.005)


@pytest.mark.parametrize(
    ("count", "nobs", "shown"),
    [(15, 29, False), (15, 30, False), (25, 60, True), (0, 40, False), (0, 400, True)],
)
def test_a_share_is_shown_when_its_range_is_narrow_enough(
    count: int, nobs: int, shown: bool
) -> None:
    assert st.show_proportion(count, nobs, st.proportion(count, nobs)) is shown


def test_a_small_share_with_a_range_wider_than_itself_is_not_shown() -> None:
    interval = st.proportion(2, 60)
    assert interval.upper - interval.lower < 0.30
    assert not st.show_proportion(2, 60, interval)
