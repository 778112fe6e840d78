"""Known ways to call a neighborhood unusual by mistake."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from trustboard import statistics as st


def test_the_class_of_an_area_and_its_exact_limits_never_disagree() -> None:
    expected = np.repeat([3.0, 12.5, 40.0], 5)
    observed = expected.round() + np.tile([-1, 0, 1, 0, 0], 3)
    observed[2] = 11.0
    table = st.funnel(observed, expected)
    assert not table.attrs["overdispersed"]
    outside = (observed / expected > table["upper_99_8"]) | (
        observed / expected < table["lower_99_8"]
    )
    assert outside.tolist() == table["classification"].str.endswith("(0.001)").tolist()
    assert outside.tolist().count(True) == 1
    warned = (observed / expected > table["upper_95"]) | (observed / expected < table["lower_95"])
    assert warned.tolist() == (table["classification"] != "Not significant").tolist()


def test_a_lower_limit_below_zero_is_not_squared_into_a_positive_one() -> None:
    table = st.funnel([0, 30, 1, 25, 0, 40], [2.0, 10.0, 2.0, 10.0, 2.0, 60.0])
    assert table.attrs["overdispersed"]
    assert table["lower_99_8"].iloc[0] == 0


def test_a_place_without_residents_is_not_comparable_and_moves_no_one_else() -> None:
    with_park = st.funnel(pd.Series([12, 30, 0], index=["A", "B", "park"]), [10, 18, 0])
    alone = st.funnel(pd.Series([12, 30], index=["A", "B"]), [10, 18])
    pd.testing.assert_frame_equal(with_park.drop("park"), alone)
    assert with_park.loc["park", "classification"] == "Not comparable"
    assert math.isnan(with_park.loc["park", "upper_99_8"])


def test_one_area_alone_has_no_variance_between_areas() -> None:
    table = st.funnel([5], [5.0])
    assert (table.attrs["tau2"], table.attrs["q"]) == (0, 0)
