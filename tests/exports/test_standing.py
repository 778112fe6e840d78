"""How places stand against the rest of their city can be read from the file, and drawn again."""

from __future__ import annotations

import csv
import io
import math
import shlex
from datetime import date

import pytest
from typer.testing import CliRunner

from trustboard.against_city import WIDENED, against_city
from trustboard.api.schemas import SCHEMAS
from trustboard.citydata import CityData
from trustboard.cli import app
from trustboard.exports import (
    STANDING,
    about,
    csv_of_table,
    reproduce_line,
    tidy_rows,
    with_standing,
)
from trustboard.measure import measure
from trustboard.query import Query
from trustboard.residents import comparable_places
from trustboard.tidy import Measured

BY_PLACE = Query(by=("place",))
FEW = Query(by=("place",), from_=date(2023, 1, 1), to=date(2023, 1, 31))


def rates(city: CityData, query: Query, indicator: str = "complaints-per-10000") -> Measured:
    found = measure(city, indicator, query)
    assert isinstance(found, Measured)
    return found


@pytest.mark.parametrize("query", [BY_PLACE, FEW])
def test_the_file_holds_the_numbers_of_the_chart_of_places(
    riverbend: CityData, query: Query
) -> None:
    found = rates(riverbend, query)
    text = csv_of_table(with_standing(found, riverbend, query), told=()).decode()
    read = {row["place"]: row for row in csv.DictReader(io.StringIO(text))}
    drawn = against_city(found, comparable=comparable_places(riverbend)).table
    assert len(drawn) > 10
    for dot in drawn.to_dict("records"):
        row = read.pop(dot["place"])
        assert row["standing"] == dot["standing"]
        assert float(row["n"]) / float(row["expected"]) == pytest.approx(dot["ratio"])
        for name in ("95", "99_8"):
            for end in ("lower", "upper"):
                assert float(row[f"ratio_{end}_{name}"]) == pytest.approx(dot[f"{end}_{name}"])
    assert read, "some places cannot be compared"
    for row in read.values():
        assert row.pop("standing") == "not comparable"
        assert {row[name] for name in STANDING if name in row} == {""}


def test_a_place_with_too_few_for_a_rate_has_the_limits_that_it_is_drawn_with(
    riverbend: CityData,
) -> None:
    lines = with_standing(rates(riverbend, FEW), riverbend, FEW).table
    few = lines[(lines["state"] == "too_few") & (lines["standing"] != "not comparable")]
    assert not few.empty
    assert few["value"].isna().all()
    assert few["ratio_upper_99_8"].notna().all()


def test_the_limits_lie_within_each_other_and_a_place_is_named_only_outside_the_widest(
    riverbend: CityData,
) -> None:
    rows = tidy_rows(with_standing(rates(riverbend, BY_PLACE), riverbend, BY_PLACE))
    known = [row for row in rows if row["expected"] is not None]
    for row in known:
        limits = [row[f"ratio_{one}"] for one in ("lower_99_8", "lower_95", "upper_95")]
        assert [*limits, row["ratio_upper_99_8"]] == sorted([*limits, row["ratio_upper_99_8"]])
        beyond = not row["ratio_lower_99_8"] <= row["ratio"] <= row["ratio_upper_99_8"]
        assert (row["standing"] != "within") is beyond
    assert {row["standing"] for row in known} >= {"higher", "within"}


@pytest.mark.parametrize(
    ("indicator", "query"),
    [
        ("complaints-per-10000", Query(by=("year", "place"))),
        ("complaints-per-10000", Query(by=("district",))),
        ("complaints-per-10000", Query(by=("place",), filters=(("place", ("heron-flats",)),))),
        ("outreach-per-10000", BY_PLACE),
        ("complaints-received", BY_PLACE),
    ],
)
def test_what_is_not_every_place_against_the_rest_gets_no_such_columns(
    riverbend: CityData, indicator: str, query: Query
) -> None:
    found = rates(riverbend, query, indicator)
    assert with_standing(found, riverbend, query) is found
    assert not set(STANDING) & set(tidy_rows(found)[0])


def test_the_lines_above_the_table_and_the_openapi_document_say_what_each_column_holds(
    riverbend: CityData,
) -> None:
    found = with_standing(rates(riverbend, BY_PLACE), riverbend, BY_PLACE)
    told = about(found, riverbend, query=BY_PLACE)
    described = SCHEMAS["Measured"]["properties"]["rows"]["items"]["properties"]
    for name, words in STANDING.items():
        assert dict(told)[f"Column {name}"] == words
        assert described[name]["description"] == f"{words}."
    assert ("Read with care", WIDENED) in told
    assert math.isfinite(found.table["expected"].max())


def test_the_printed_command_prints_the_file_with_how_places_stand(riverbend: CityData) -> None:
    line = reproduce_line(riverbend, "complaints-per-10000", BY_PLACE)
    printed = CliRunner().invoke(app, shlex.split(line)[1:])
    assert printed.exit_code == 0
    found = with_standing(rates(riverbend, BY_PLACE), riverbend, BY_PLACE)
    assert printed.output == csv_of_table(found, told=()).decode()
    assert ",ratio_upper_99_8,standing\n" in printed.output
