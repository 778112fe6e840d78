"""No cell of a download runs, and no number turns into text."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard.exports import safe_cell

SIGNS = "=+-@\t\r＝＋－＠"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =HYPERLINK(1)",
        "\x00=1+1",
        "＝1+1",
        "- two dashes",
    ],
)
def test_text_that_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+3.25", "-1,234.5", "-1e-7", "12%", "2019", "a=b", "'x"])
def test_numbers_written_as_text_and_harmless_text_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(-5, -5), (-5.5, -5.5), (3.0, 3), (None, None), (pd.NA, None), (pd.NaT, None), (True, True)],
)
def test_numbers_stay_numbers_and_missing_stays_missing(value: object, wanted: object) -> None:
    found = safe_cell(value)
    assert found == wanted
    assert type(found) is type(wanted)


def test_a_date_is_written_as_a_day() -> None:
    assert safe_cell(pd.Timestamp("2019-03-31 12:00")) == "2019-03-31"


@given(st.text(max_size=80))
def test_no_text_at_all_begins_with_a_sign_that_starts_a_formula(text: str) -> None:
    found = str(safe_cell(text))
    is_number = found.strip("+-0123456789.,eE%") == ""
    assert is_number or not found.lstrip(" ").startswith(tuple(SIGNS))
    assert found.encode().decode() == found  # it can be written to a file
    assert "\x00" not in found
