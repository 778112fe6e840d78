"""Known ways to go wrong where some cases are still open."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from trustboard import statistics as st


def test_one_minus_kaplan_meier_is_not_used_for_one_of_several_outcomes() -> None:
    time, status = [1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8], [1, 1, 2, 0, 1, 2, 0, 2, 1, 0, 1, 0]
    naive = 1 - SurvfuncRight(np.array(time), np.array(status) == 1).surv_prob[-1]
    ours = st.cumulative_incidence(time, status, [7]).set_index("outcome").loc[1, "incidence"]
    assert naive == pytest.approx(17 / 24)
    assert ours == pytest.approx(13 / 24)


def test_the_order_of_tied_rows_changes_nothing() -> None:
    time, status = np.array([3, 3, 3, 5, 5, 9, 9]), np.array([1, 0, 2, 1, 2, 0, 1])
    first = st.cumulative_incidence(time, status, [3, 5, 9])
    shuffled = np.random.default_rng(5).permutation(len(time))
    again = st.cumulative_incidence(time[shuffled], status[shuffled], [3, 5, 9])
    pd.testing.assert_frame_equal(first, again)


def test_incidences_and_the_open_share_add_up_to_everything() -> None:
    time, status = [2, 4, 4, 6, 7, 9, 12], [1, 0, 2, 3, 1, 0, 2]
    ended = st.cumulative_incidence(time, status, [7])["incidence"].sum()
    still_open = st.kaplan_meier(time, np.array(status) > 0).at(7)["survival"].item()
    assert ended + still_open == pytest.approx(1)


def test_the_last_standard_error_is_right_when_an_open_case_left_earlier() -> None:
    """Where the library is defined on both sides, the value at the end must be continuous."""
    time, status = [1, 2, 3, 4, 5, 6], [1, 0, 2, 1, 2, 1]
    ours = st.cumulative_incidence(time, status, [6]).set_index("outcome")["se"]
    # A case still open a day later leaves every increment but the last nearly unchanged.
    many = st.cumulative_incidence(time * 40, status * 40, [6]).set_index("outcome")["se"]
    assert ours[1] == pytest.approx(many[1] * math.sqrt(40), rel=1e-9)
    assert ours[1] == pytest.approx(ours[2], rel=1e-9)  # the two shares add up to one


def test_an_outcome_that_never_happened_is_listed_as_zero() -> None:
    table = st.cumulative_incidence([5, 9], [2, 0], [5])
    assert table.set_index("outcome")["incidence"].to_dict() == {1: 0.0, 2: 0.5}


def test_beyond_the_longest_time_observed_nothing_is_known() -> None:
    assert st.cumulative_incidence([5, 9], [1, 0], [10])["incidence"].isna().all()
    assert st.cumulative_incidence([5, 9], [1, 1], [10])["incidence"].tolist() == [1.0]
    assert math.isnan(st.kaplan_meier([5, 9], [1, 0]).at(10)["survival"].item())


def test_a_median_not_reached_is_endless() -> None:
    curve = st.kaplan_meier([5, 9, 9, 9], [1, 0, 0, 0])
    assert curve.median == curve.median_upper == math.inf


def test_the_median_follows_one_convention_when_exactly_half_are_open() -> None:
    for cases in range(2, 61, 2):  # in some of these, rounding would say 0.49999999999999994
        curve = st.kaplan_meier(range(1, cases + 1), [1] * cases)
        assert curve.median == cases // 2 + 1


def test_no_case_at_all_gives_no_median() -> None:
    assert math.isnan(st.kaplan_meier([], []).median)


def test_log_log_limits_agree_with_an_independent_library() -> None:
    time, closed = np.array([3, 5, 5, 8, 11, 14, 20]), np.array([1, 1, 0, 1, 0, 1, 0])
    data = stats.CensoredData(time[closed == 1], right=time[closed == 0])
    other = stats.ecdf(data).sf.confidence_interval(method="log-log")
    ours = st.kaplan_meier(time, closed).at([5, 8, 14])
    assert ours["lower"].to_numpy() == pytest.approx(other.low.evaluate([5, 8, 14]), rel=1e-9)
    assert ours["upper"].to_numpy() == pytest.approx(other.high.evaluate([5, 8, 14]), rel=1e-9)


@pytest.mark.parametrize(("time", "code"), [([-1], [1]), ([math.nan], [1]), ([1], [0.5])])
def test_durations_that_cannot_be_are_refused(time: list[float], code: list[float]) -> None:
    with pytest.raises(ValueError):
        st.cumulative_incidence(time, code, [1])
