"""A published column is found by its name, whatever way the portal writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard.naming import find_name


@pytest.mark.parametrize(
    "there", ["Case Number", "case_number", "CASENUMBER", "case-number", "Case Number:"]
)
def test_case_spaces_and_signs_make_no_other_name(there: str) -> None:
    assert find_name("case number", ["Date", there]) == there


def test_the_very_name_wins_and_of_several_alike_none_is_taken() -> None:
    assert find_name("case_no", ["Case No", "case_no"]) == "case_no"
    assert find_name("case no", ["Case No.", "case_no"]) is None
    assert find_name("case no", ["case number"]) is None


@given(st.lists(st.text(max_size=8), max_size=6), st.text(max_size=8))
def test_whatever_is_found_is_a_published_name(there: list[str], wanted: str) -> None:
    found = find_name(wanted, there)
    assert found is None or found in there
    assert wanted not in there or found == wanted
