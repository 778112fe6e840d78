"""Known ways to misread how outreach is spread, and what importing costs."""

from __future__ import annotations

import math
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as hst

from trustboard import statistics as st


def test_importing_the_statistics_brings_no_map_chart_or_learning_library() -> None:
    heavy = "geopandas", "matplotlib", "sklearn", "streamlit", "libpysal"
    code = f"import sys, trustboard.statistics; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(p for p in sys.path if p)},
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("counts", [[], [0, 0, 0]])
def test_the_gini_of_nothing_is_not_a_number(counts: list[int]) -> None:
    assert math.isnan(st.gini(counts))


def test_sixty_events_over_twenty_areas_look_unequal_by_chance() -> None:
    by_chance = st.gini_chance_range(60, [1000] * 20, seed=1)
    assert by_chance.lower == pytest.approx(0.21, abs=0.01)
    assert by_chance.upper == pytest.approx(0.40, abs=0.01)


def test_the_chance_range_is_the_same_for_the_same_seed() -> None:
    first, second = (st.gini_chance_range(30, [5, 9, 2], seed=3, draws=200) for _ in range(2))
    assert first == second


def test_no_event_has_no_chance_range() -> None:
    assert math.isnan(st.gini_chance_range(0, [5, 9], seed=3).estimate)


def test_without_events_every_month_is_expected_to_be_empty() -> None:
    assert st.expected_empty_months(0) == 12


def test_perfect_agreement_of_ranks_has_no_invented_certainty() -> None:
    interval = st.spearman([1, 2, 3, 4, 5], [2, 4, 5, 8, 9])
    assert interval.estimate == 1
    assert math.isnan(interval.lower)
    assert math.isnan(interval.upper)


def test_ranks_of_something_that_does_not_vary_have_no_correlation() -> None:
    assert math.isnan(st.spearman([1, 2, 3], [4, 4, 4]).estimate)


def test_a_missing_place_is_not_dropped_silently() -> None:
    with pytest.raises(ValueError, match="missing"):
        st.spearman([1, 2, math.nan], [1, 2, 3])


@given(hst.dictionaries(hst.text("abcdef", min_size=1, max_size=3), hst.integers(0, 50)))
def test_the_fewest_areas_hold_half_and_one_less_would_not(counts: dict[str, int]) -> None:
    per_area = pd.Series(counts, dtype="int64")
    fewest = st.fewest_with_half(per_area)
    if not per_area.sum():
        assert fewest == []
        return
    assert per_area[fewest].sum() >= per_area.sum() / 2 > per_area[fewest[:-1]].sum()
    assert per_area[fewest].min() >= per_area.drop(fewest).max() or set(fewest) == set(counts)
    assert fewest == st.fewest_with_half(per_area.iloc[::-1])
