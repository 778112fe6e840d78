"""Two real cities, read from the files their publishers released (kept beside the repository)."""

from functools import cache
from pathlib import Path

import pytest

from trustboard.load import data_root, load_city

SHARED = Path(__file__).parents[3] / "shared/data"
here = pytest.mark.skipif(
    not (SHARED / "chicago").is_dir(),
    reason="the published files of Philadelphia and Chicago are not beside the repository",
)
pytestmark = here


@cache
def city(slug):
    return load_city(slug, data=data_root(), published=SHARED / slug)


def test_philadelphia_reads_every_complaint_and_loses_none():
    account = city("philadelphia").tables["complaints"].accounting
    assert (account.read, account.kept, account.quarantined, account.dropped) == (3388, 3388, 0, 0)


def test_philadelphia_counts_its_possible_duplicates_and_keeps_them():
    account = city("philadelphia").tables["outcomes"].accounting
    assert (account.read, account.kept, account.possible_duplicates) == (8839, 8839, 724)


def test_philadelphia_has_838_complaints_with_at_least_one_sustained_finding():
    assert (city("philadelphia").cases["finding"] == "sustained").sum() == 838


def test_philadelphia_received_682_complaints_in_2019_of_which_211_departmental_violations():
    cases = city("philadelphia").cases
    of_2019 = cases[cases["filed_on"].dt.year == 2019]
    assert len(of_2019) == 682
    assert (of_2019["category"] == "departmental_violations").sum() == 211


def test_philadelphia_districts_are_read_from_four_spellings():
    places = city("philadelphia").cases["place_id"]
    assert (places == "15").sum() == 260  # written 1500
    assert (places == "9").sum() == 162  # 161 written 0900, one written 09
    assert (places == "outside").sum() == 9  # written Other Jurisdiction
    assert places.isna().sum() == 81  # written N/A


def test_chicago_reads_every_complaint_and_accusation():
    tables = city("chicago").tables
    complaints, outcomes = tables["complaints"].accounting, tables["outcomes"].accounting
    assert (complaints.read, complaints.kept) == (49052, 49052)
    assert (outcomes.read, outcomes.kept, outcomes.possible_duplicates) == (99961, 99961, 28146)


def test_chicago_counts_both_spellings_of_sustained():
    chicago = city("chicago")
    assert (chicago.tables["outcomes"].frame["finding"] == "sustained").sum() == 3140
    assert (chicago.cases["finding"] == "sustained").sum() == 1536


def test_chicago_closed_before_filed_stay_in_counts_and_out_of_durations():
    chicago = city("chicago")
    flagged = [p for p in chicago.problems if p.check == "closed_before_filed"]
    assert len(flagged) == 2
    assert len(chicago.cases) == 49052
    assert (chicago.cases["days"] < 0).sum() == 2
    assert not chicago.cases.loc[chicago.cases["days"] < 0, "duration_ok"].any()


def test_chicago_has_1239_open_complaints():
    assert chicago_open() == 1239


def chicago_open() -> int:
    return int(city("chicago").cases["is_open"].sum())


def test_no_published_word_of_either_city_is_left_untranslated():
    for slug in ("philadelphia", "chicago"):
        assert not [p for p in city(slug).problems if p.check == "unknown_word"]
