"""What a page prints of a table reads like words, not like a file."""

from __future__ import annotations

from html import unescape

import pandas as pd
import pytest

from test_app import ROOT, run, words
from trustboard.ui.missing import _printed


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_words_in_the_place_of_a_figure_get_no_unit():
    html = words(run("4_outreach.py", "riverbend"))
    assert "still being tabulated" in html and "still being tabulated%" not in html
    assert "about 40 to 45%" in html


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"value": 38.0, "unit": "percent"}, "38%"),
        ({"value": None, "value_as_published": "some 40", "unit": "percent"}, "some 40%"),
        ({"value": None, "value_as_published": "unknown", "unit": "stops"}, "unknown"),
        ({"value": 1200.0, "unit": "stops"}, "1,200 stops"),
        ({"value": 1.0, "unit": "complaints"}, "1 complaint"),
        ({"value": 1.0, "unit": "percent"}, "1%"),
        ({"value": 1.0, "unit": "complaints per 1,000"}, "1 complaints per 1,000"),
    ],
)
def test_a_printed_figure_is_told_with_its_unit(row, said):
    assert _printed(pd.Series(row)) == said


def test_a_change_of_counting_names_what_it_concerns_in_words():
    html = unescape(words(run("7_data_quality.py", "riverbend")))
    assert "complaints-received, complaints-per-10000" not in html
    assert "Complaints received; Complaints per 10,000 residents a year" in html
