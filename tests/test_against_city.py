"""A place is compared with the rest of its city, itself left out."""

from __future__ import annotations

import pytest

from test_figures import measured, rows
from trustboard.against_city import against_city


def rates(**columns):
    """Make counts and resident-years of three places; the third is far above the others."""
    table = rows(
        ["all"] * 3, [1.0, 1.0, 1.0], place=["1", "2", "3"], n=[10.0, 30.0, 400.0], **columns
    )
    return measured(table, kind="rate", groups=("place",), period="all")


def test_what_is_expected_comes_from_the_rate_of_all_other_places():
    found = against_city(
        rates(exposure=[1000.0, 3000.0, 2000.0]), comparable=frozenset({"1", "2", "3"})
    )
    assert list(found.table["expected"]) == [
        pytest.approx(1000 * 430 / 5000),
        pytest.approx(3000 * 410 / 3000),
        pytest.approx(2000 * 40 / 4000),
    ]


def test_only_places_with_reliable_residents_are_compared():
    found = against_city(rates(exposure=[1000.0, 3000.0, 2000.0]), comparable=frozenset({"1", "2"}))
    assert list(found.table["place"]) == ["1", "2"]
    assert found.row("3") is None


def test_one_place_alone_has_no_rest_to_be_compared_with():
    found = against_city(rates(exposure=[1000.0, 0.0, 0.0]), comparable=frozenset({"1", "2", "3"}))
    assert found.table.empty
    assert found.left_out == ("2", "3")
