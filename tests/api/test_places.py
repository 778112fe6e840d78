"""The list of a city's places is handed out: by which id each is asked for, and who lives there."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from asking import Ask, csv_rows
from trustboard.ui import data
from trustboard.ui.pages import NEIGHBORHOODS, address_of

V1 = "/api/v1"


@pytest.mark.parametrize("city", ["riverbend", "st-louis"])
def test_csv_excel_and_json_hold_every_place_with_the_id_that_addresses_take(
    ask: Ask, city: str
) -> None:
    places = f"{V1}/{city}/places"
    told = ask(places).json()
    table = csv_rows(ask(f"{places}?format=csv").text)
    head, *lines = load_workbook(io.BytesIO(ask(f"{places}?format=xlsx").content))[
        "table"
    ].iter_rows(values_only=True)
    ids = data.city(city).places.index.tolist()
    assert [row["place_id"] for row in table] == ids
    assert [row["place_id"] for row in told["rows"]] == ids
    assert [str(line[head.index("place_id")]) for line in lines] == ids
    assert told["total"] == len(ids)
    assert ask(f"{V1}/{city}").json()["places"].keys() == set(ids)


def test_the_files_say_what_they_are_and_whence(ask: Ask) -> None:
    found = ask(f"{V1}/st-louis/places?format=csv")
    head = "\n".join(line for line in found.text.splitlines() if line.startswith("# "))
    for wanted in ("Residents are estimates", "Licence", "Data hash", "Citation", "Source address"):
        assert wanted in head
    assert 'filename="st-louis-places.csv"' in found.headers["content-disposition"]
    bare = ask(f"{V1}/st-louis/places?format=csv&about=no").text
    assert not bare.startswith("#")


def test_what_nobody_publishes_about_residents_stays_empty(ask: Ask) -> None:
    city = data.city("st-louis").places
    table = csv_rows(ask(f"{V1}/st-louis/places?format=csv").text)
    without = city.index[city["population"].isna()].tolist()
    assert without, "the parks have no residents"
    assert [row["place_id"] for row in table if not row["population"]] == without


def test_the_link_is_the_page_that_shows_the_places(ask: Ask) -> None:
    link = ask(f"{V1}/riverbend/places").json()["link"]
    assert f"/{address_of(NEIGHBORHOODS)}?city=riverbend&pin=" in link


def test_a_city_without_a_list_of_places_says_so(ask: Ask) -> None:
    assert ask(f"{V1}/albany/places").status_code == 404
    found = ask(f"{V1}/riverbend/places?place=heron-flats")
    assert (found.status_code, found.json()["parameter"]) == (400, "place")
