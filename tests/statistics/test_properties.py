"""What must hold for any numbers, not only for the worked examples."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trustboard import statistics as st

few = settings(max_examples=40, deadline=None, derandomize=True, database=None)
counts = some.integers(0, 500)
exposures = some.floats(0.5, 1e6)
MONTHS = [*range(1, 13)] * 2


@few
@given(counts, exposures, some.floats(0.001, 1000))
def test_more_exposure_scales_a_rate_and_its_limits_down(
    count: int, exposure: float, scale: float
) -> None:
    once, scaled = st.rate(count, exposure), st.rate(count, exposure * scale)
    for name in ("estimate", "lower", "upper"):
        assert getattr(scaled, name) * scale == pytest.approx(getattr(once, name), rel=1e-9)


@few
@given(counts, exposures, some.sampled_from([0.2, 0.05, 0.002]))
def test_a_rate_lies_inside_its_own_limits(count: int, exposure: float, alpha: float) -> None:
    interval = st.rate(count, exposure, alpha=alpha)
    assert 0 <= interval.lower <= interval.estimate < interval.upper


@few
@given(some.integers(1, 400).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))))
def test_a_share_and_the_rest_mirror_each_other(numbers: tuple[int, int]) -> None:
    count, nobs = numbers
    share, rest = st.proportion(count, nobs), st.proportion(nobs - count, nobs)
    assert 0 <= share.lower <= share.estimate <= share.upper <= 1
    assert rest.lower == pytest.approx(1 - share.upper, abs=1e-12)


@few
@given(some.integers(1, 500), exposures, some.integers(1, 500), exposures)
def test_swapping_two_rates_inverts_their_ratio(c1: int, e1: float, c2: int, e2: float) -> None:
    forth, back = st.rate_ratio(c1, e1, c2, e2), st.rate_ratio(c2, e2, c1, e1)
    assert back.ratio == pytest.approx(1 / forth.ratio, rel=1e-9)
    assert back.lower == pytest.approx(1 / forth.upper, rel=1e-6)
    assert back.p == pytest.approx(forth.p, rel=1e-6)


@few
@given(counts, counts, exposures)
def test_the_ratio_of_equal_exposures_lies_inside_its_limits(
    c1: int, c2: int, exposure: float
) -> None:
    test = st.rate_ratio(c1, exposure, c2, exposure)
    assert 0 <= test.p <= 1
    if c1 + c2:
        assert test.lower <= test.ratio <= test.upper


@few
@given(some.lists(some.integers(5, 80), min_size=24, max_size=24))
def test_swapping_the_windows_inverts_the_change_and_its_limits(monthly: list[int]) -> None:
    period = np.repeat([0, 1], 12)
    forth = st.before_after(monthly, period=period, month=MONTHS)
    back = st.before_after(monthly, period=1 - period, month=MONTHS)
    assert back.ratio == pytest.approx(1 / forth.ratio, rel=1e-6)
    assert back.lower == pytest.approx(1 / forth.upper, rel=1e-6)
    assert back.upper == pytest.approx(1 / forth.lower, rel=1e-6)


@few
@given(some.lists(some.integers(5, 80), min_size=24, max_size=24), some.floats(0.1, 10))
def test_a_population_that_grew_scales_the_ratio_of_rates(
    monthly: list[int], growth: float
) -> None:
    period = np.repeat([0, 1], 12)
    flat = st.before_after(monthly, period=period, month=MONTHS)
    grown = st.before_after(
        monthly, period=period, month=MONTHS, exposure=np.where(period == 1, growth, 1.0)
    )
    for name in ("ratio", "lower", "upper"):
        assert getattr(grown, name) * growth == pytest.approx(getattr(flat, name), rel=1e-5)
    assert grown.dispersion >= 1


@few
@given(
    some.lists(some.tuples(some.integers(0, 60), some.integers(0, 3)), min_size=1, max_size=40),
    some.integers(0, 70),
)
def test_ways_of_ending_and_open_cases_share_out_the_whole(
    cases: list[tuple[int, int]], day: int
) -> None:
    time, outcome = (list(column) for column in zip(*cases, strict=True))
    ended = st.cumulative_incidence(time, outcome, [day])
    still_open = st.kaplan_meier(time, [int(o > 0) for o in outcome]).at(day)["survival"].item()
    total = ended["incidence"].sum(skipna=False) + still_open
    assert math.isnan(total) or total == pytest.approx(1)


@few
@given(some.lists(some.tuples(some.integers(0, 90), some.just(1)), min_size=1, max_size=30))
def test_without_open_cases_the_curve_is_the_plain_share(cases: list[tuple[int, int]]) -> None:
    time = [days for days, _ in cases]
    table = st.cumulative_incidence(time, [1] * len(time), [45])
    share = sum(days <= 45 for days in time) / len(time)
    assert table["incidence"].item() == pytest.approx(share)
    assert table["se"].item() == pytest.approx(math.sqrt(share * (1 - share) / len(time)), abs=1e-7)


@few
@given(some.lists(some.integers(0, 50), min_size=1, max_size=30), some.integers(2, 9))
def test_an_inequality_does_not_depend_on_order_or_scale(values: list[int], factor: int) -> None:
    first = st.gini(values)
    assert st.gini(sorted(values, reverse=True)) == pytest.approx(first, nan_ok=True)
    assert st.gini([value * factor for value in values]) == pytest.approx(first, nan_ok=True)
    assert math.isnan(first) or 0 <= first < 1


@few
@given(some.integers(50, 5000), some.floats(0.1, 2), some.floats(1, 3))
def test_more_scatter_never_makes_a_smaller_fall_visible(
    baseline: int, exposure: float, dispersion: float
) -> None:
    plain = st.smallest_detectable_change(baseline, exposure)
    assert st.smallest_detectable_change(baseline, exposure, dispersion=dispersion) >= plain - 1e-9
    assert plain > 0


@few
@given(some.integers(1, 12), some.integers(0, 40))
def test_expected_empty_months_stay_between_none_and_all(months: int, events: int) -> None:
    assert 0 <= st.expected_empty_months(events, months) <= months


@few
@given(
    some.lists(some.floats(1, 200), min_size=2, max_size=20), some.randoms(use_true_random=False)
)
def test_the_funnel_does_not_depend_on_the_order_of_areas(expected: list[float], random) -> None:
    observed = [round(value) for value in expected]
    order = list(range(len(expected)))
    random.shuffle(order)
    table = st.funnel(observed, expected)
    mixed = st.funnel([observed[i] for i in order], [expected[i] for i in order])
    assert mixed["classification"].tolist() == [table["classification"][i] for i in order]
    assert mixed.attrs["tau2"] == pytest.approx(table.attrs["tau2"])


@few
@given(
    some.lists(
        some.tuples(some.integers(0, 40), some.integers(0, 1), some.integers(0, 6)), max_size=30
    )
)
def test_cases_alike_may_be_counted_or_written_out(groups: list[tuple[int, int, int]]) -> None:
    days, closed, times = (np.array(column, dtype=float) for column in zip(*groups, strict=True)) \
        if groups else (np.array([]),) * 3  # fmt: skip
    counted = st.kaplan_meier(days, closed, cases=times)
    each = times.astype(int)
    written = st.kaplan_meier(np.repeat(days, each), np.repeat(closed, each))
    for name in ("time", "survival", "se"):
        ours, theirs = (curve.table[name].to_numpy() for curve in (counted, written))
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    for name in ("median", "median_lower", "median_upper", "followed_until"):
        np.testing.assert_equal(getattr(counted, name), getattr(written, name))


@given(some.lists(some.tuples(some.integers(0, 400), some.integers(0, 400)), max_size=12))
def test_shares_and_counts_have_the_same_limits_one_by_one_and_together(pairs):
    counts = [float(min(pair)) for pair in pairs]
    nobs = [float(max(pair)) for pair in pairs]
    together = np.transpose(st.proportions(counts, nobs))
    for found, n, of in zip(together, counts, nobs, strict=True):
        alone = st.proportion(n, of)
        np.testing.assert_array_equal(found, [alone.estimate, alone.lower, alone.upper])
    lower, upper = st.count_limits(counts)
    each = [st.rate(n, 1.0) for n in counts]
    assert [(one.lower, one.upper) for one in each] == list(zip(lower, upper, strict=True))
    shown = st.show_rates(counts, lower=lower, upper=upper)
    assert list(shown) == [st.show_rate(n, one) for n, one in zip(counts, each, strict=True)]


def test_many_shares_refuse_what_one_refuses_and_leave_the_undefined_open():
    with pytest.raises(ValueError, match=r"count is 3.0, more than the 2.0"):
        st.proportions([1.0, 3.0], [2.0, 2.0])
    with pytest.raises(ValueError, match="whole number"):
        st.count_limits([1.5])
    found = np.transpose(st.proportions([3.0, np.nan], [0.0, 5.0]))
    assert np.isnan(found).all()
