"""Real rows, where this machine has them: known totals must come out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trustboard.citydata import CityData
from trustboard.load import load_city
from trustboard.measure import Query, measure
from trustboard.tidy import CannotMeasure, Measured

ROOT = Path(__file__).resolve().parents[2]
ROWS = ROOT.parent / "shared" / "data"


def opened(slug: str) -> CityData:
    if not (ROWS / slug).is_dir():
        pytest.skip(f"the rows of {slug} are not on this machine")
    return load_city(slug, data=ROOT / "data", published=ROWS / slug)


@pytest.fixture(scope="module")
def philadelphia() -> CityData:
    return opened("philadelphia")


@pytest.fixture(scope="module")
def chicago() -> CityData:
    return opened("chicago")


def total(city: CityData, indicator: str, query: Query) -> dict[str, float]:
    found = measure(city, indicator, query)
    assert isinstance(found, Measured), found
    column = found.groups[0] if found.groups else "period"
    return dict(zip(found.table[column], found.table["n"], strict=True))


def test_philadelphia_received_682_complaints_in_2019(philadelphia: CityData) -> None:
    assert total(philadelphia, "complaints-received", Query()) == {"all": 3388}
    year = {"from_": date(2019, 1, 1), "to": date(2019, 12, 31)}
    assert total(philadelphia, "complaints-received", Query(**year)) == {"all": 682}
    by_category = total(philadelphia, "complaints-received", Query(by=("category",), **year))
    assert sum(by_category.values()) == 682
    assert 211 in by_category.values()  # departmental violations


def test_philadelphia_places_sum_to_the_city(philadelphia: CityData) -> None:
    by_place = total(philadelphia, "complaints-received", Query(by=("place",)))
    assert sum(by_place.values()) == 3388
    assert by_place["unknown"] > 0


def test_philadelphia_sustained_838_complaints(philadelphia: CityData) -> None:
    assert total(philadelphia, "findings", Query())["sustained"] == 838


def test_philadelphia_cannot_tell_how_long_cases_take(philadelphia: CityData) -> None:
    for indicator in ("days-to-close", "closed-within-180-days"):
        found = measure(philadelphia, indicator)
        assert isinstance(found, CannotMeasure)
        assert found.why == "closing dates are not published"


def test_philadelphia_prints_allegation_figures_both_ways(philadelphia: CityData) -> None:
    found = measure(philadelphia, "complaints-received", Query(unit="allegation"))
    assert isinstance(found, Measured)
    assert found.table["n"].item() == 8839
    assert any("724" in c and "8,115" in c for c in found.caveats)


def test_chicago_sustained_3140_accusations_in_1536_complaints(chicago: CityData) -> None:
    assert total(chicago, "complaints-received", Query()) == {"all": 49052}
    assert total(chicago, "findings", Query())["sustained"] == 1536
    assert total(chicago, "findings", Query(unit="allegation"))["sustained"] == 3140


def test_chicago_has_1239_open_complaints_and_two_closed_before_filed(chicago: CityData) -> None:
    assert total(chicago, "still-open", Query()) == {"all": 1239}
    assert sum(total(chicago, "open-case-age", Query()).values()) == 1239
    found = measure(chicago, "days-to-close")
    assert isinstance(found, Measured)
    assert found.table["exposure"].item() == 49050


def test_chicago_tells_that_its_kinds_of_case_changed_names_and_only_there(
    chicago: CityData,
) -> None:
    def days(query: Query) -> list[str]:
        found = measure(chicago, "complaints-received", query)
        assert isinstance(found, Measured)
        return [str(on.date()) for on, _ in found.breaks]

    registered = (("category", ("complaint_register",)),)
    days_of_2005 = {"from_": date(2005, 1, 1), "to": date(2005, 12, 31)}
    filtered = Query(by=("month",), filters=registered, **days_of_2005)
    assert days(filtered) == ["2005-07-19"]
    assert days(Query(by=("month",), **days_of_2005)) == []
    found = measure(chicago, "complaints-received", filtered)
    assert isinstance(found, Measured)
    assert found.table["n"].tolist()[5:9] == [241, 168, 0, 0]  # June to September


def test_a_filter_on_a_place_leaves_no_zeros_for_districts_it_does_not_touch(
    chicago: CityData,
) -> None:
    query = Query(by=("year", "district"), filters=(("place", ("11",)),))
    found = measure(chicago, "complaints-received", query)
    assert isinstance(found, Measured)
    assert set(found.table["district"]) == {"11"}


def test_chicago_counts_a_noted_violation_as_no_discipline(chicago: CityData) -> None:
    found = measure(chicago, "discipline-after-sustained")
    assert isinstance(found, Measured)
    assert found.table[["n", "exposure"]].iloc[0].tolist() == [1253, 1516]
