"""A measured table as CSV and Excel: the same numbers, and all that belongs to them."""

from __future__ import annotations

import csv
import io
import shlex
from datetime import date

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from factories import make_city
from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.cli import app
from trustboard.exports import (
    about,
    citation,
    csv_of_table,
    excel_of_table,
    reproduce_line,
    tidy_rows,
)
from trustboard.indicator import catalogue
from trustboard.measure import Query, measure
from trustboard.tidy import CannotMeasure, Measured

LINK = "https://board.example/complaints?city=riverbend&by=year"
ASKED = Query(
    by=("year", "filed_by"),
    from_=date(2020, 1, 1),
    to=date(2022, 12, 31),
    filters=(("place", ("heron-flats", "clocktower")), ("category", ("use_of_force",))),
)


def answer(city: CityData, indicator: str, query: Query) -> Measured:
    found = measure(city, indicator, query)
    assert isinstance(found, Measured)
    return found


def csv_of(found: Measured, city: CityData, *, query: Query, link: str = "") -> bytes:
    return csv_of_table(found, told=about(found, city, query=query, link=link))


def excel_of(found: Measured, city: CityData, *, query: Query, link: str = "") -> bytes:
    return excel_of_table(found, told=about(found, city, query=query, link=link), city=city)


def lines(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("utf-8"))))


def test_the_csv_says_what_it_holds_before_the_numbers(riverbend: CityData) -> None:
    asked = Query(by=("year",), filters=(("place", ("heron-flats",)),), from_=date(2020, 1, 1))
    found = answer(riverbend, "complaints-per-10000", asked)
    rows = lines(csv_of(found, riverbend, query=asked, link=LINK))
    told = [(row[0].removeprefix("# "), row[1]) for row in rows if row[0].startswith("# ")]
    words = dict(told)
    assert words["Title"] == found.title
    assert words["Filters"] == "Only place: Heron Flats; from 2020-01-01."
    assert words["Unit"] == found.unit
    assert words["Denominator"].startswith("residents")
    assert words["Data hash"] == f"sha256 {riverbend.data_hash}"
    assert words["Method version"] == METHOD_VERSION
    assert words["Link"] == LINK
    assert words["Citation"] == citation(found, riverbend, LINK).plain
    assert "invented" in words["City"]
    kinds = [name for name, _ in told]
    tables = ("complaints", "places")  # a rate rests on both
    assert kinds.count("Licence") == kinds.count("Retrieved") == len(tables)
    licences = {riverbend.tables[name].spec.source.licence for name in tables}
    assert {value for name, value in told if name == "Licence"} == licences
    assert (
        pd.read_csv(io.BytesIO(csv_of(found, riverbend, query=asked)), comment="#").shape
        == found.table.shape
    )


def test_the_excel_file_has_the_numbers_as_numbers_and_the_words_on_a_second_sheet(
    riverbend: CityData,
) -> None:
    asked = Query(by=("year", "place"))
    found = answer(riverbend, "findings", asked)
    book = openpyxl.load_workbook(io.BytesIO(excel_of(found, riverbend, query=asked, link=LINK)))
    assert book.sheetnames == ["table", "about"]
    head, *rows = book["table"].iter_rows(values_only=True)
    read = pd.DataFrame(rows, columns=list(head))
    wanted = pd.DataFrame(tidy_rows(found))
    pd.testing.assert_frame_equal(read, wanted, check_dtype=False, rtol=1e-14)
    kinds = {cell.data_type for row in book["table"] for cell in row}
    assert kinds <= {"s", "n"}
    told = [tuple(row) for row in book["about"].iter_rows(values_only=True)]
    assert told == list(about(found, riverbend, query=asked, link=LINK))


def test_the_same_table_gives_the_same_bytes(riverbend: CityData) -> None:
    found = answer(riverbend, "findings", Query())
    assert excel_of(found, riverbend, query=Query()) == excel_of(found, riverbend, query=Query())
    assert csv_of(found, riverbend, query=Query()) == csv_of(found, riverbend, query=Query())


def test_hostile_words_of_a_publisher_run_in_no_file() -> None:
    hostile = "=cmd|' /C calc'!A0"
    city = make_city(
        complaints=[("a", "2022-02-01", None, None, hostile, "civilian")],
        category_names={hostile: "+1+1"},
        of_table={
            "complaints": {
                "source": {
                    "publisher": "=HYPERLINK(1)\n# Licence,forged",
                    "title": "@title",
                    "url": "https://example.org",
                    "licence": "-1+1",
                    "retrieved": date(2024, 1, 5),
                }
            }
        },
    )
    asked = Query(by=("category",))
    found = answer(city, "complaints-received", asked)
    rows = lines(csv_of(found, city, query=asked))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert f"'{hostile}" in rows[-1]
    licences = [row[1] for row in rows if row[0] == "# Licence"]
    assert licences == ["'-1+1"]
    book = openpyxl.load_workbook(io.BytesIO(excel_of(found, city, query=asked)))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_a_limit_that_is_not_reached_is_inf_in_every_file() -> None:
    rows = [(str(n), "2022-02-01", "2022-02-05" if n < 9 else None) for n in range(20)]
    city = make_city(complaints=rows)
    found = answer(city, "days-to-close", Query())
    assert lines(csv_of(found, city, query=Query()))[-1][3] == "inf"
    book = openpyxl.load_workbook(io.BytesIO(excel_of(found, city, query=Query())))
    assert [cell.value for cell in book["table"]["D"]] == ["upper", "inf"]


#: One indicator of each kind of table; opening the city for each run takes a second.
OF_EACH_KIND = ("days-to-close", "findings", "months-without-event", "published-figure")


@pytest.mark.parametrize("indicator", OF_EACH_KIND)
def test_the_printed_command_prints_the_same_numbers(riverbend: CityData, indicator: str) -> None:
    one = catalogue()[indicator]
    query = Query(by=tuple(name for name in ("year",) if name in one.periods))
    found = answer(riverbend, indicator, query)
    _, name, *words = shlex.split(reproduce_line(riverbend, indicator, query))
    printed = CliRunner().invoke(app, [name, *words])
    assert printed.exit_code == 0
    assert printed.output == csv_of_table(found, told=()).decode()


def test_the_printed_command_carries_every_filter(riverbend: CityData) -> None:
    found = answer(riverbend, "complaints-received", ASKED)
    line = reproduce_line(riverbend, "complaints-received", ASKED)
    assert line.startswith("trustboard measure riverbend complaints-received --by year --by filed_")
    printed = CliRunner().invoke(app, shlex.split(line)[1:])
    assert printed.output == csv_of_table(found, told=()).decode()
    parts = Query(by=("finding",), filters=(("finding", ("sustained",)),), unit="allegation")
    line = reproduce_line(riverbend, "findings", parts)
    assert "--finding sustained --unit allegation" in line
    printed = CliRunner().invoke(app, shlex.split(line)[1:])
    wanted = csv_of_table(answer(riverbend, "findings", parts), told=())
    assert printed.output == wanted.decode()


def test_an_id_that_a_shell_would_take_apart_is_quoted(riverbend: CityData) -> None:
    query = Query(filters=(("place", ("a; rm -rf $HOME",)),))
    line = reproduce_line(riverbend, "complaints-received", query)
    assert shlex.split(line)[shlex.split(line).index("--place") + 1] == "a; rm -rf $HOME"


def test_a_citation_names_data_method_source_and_link_in_both_forms(riverbend: CityData) -> None:
    query = Query(by=("year",))
    found = answer(riverbend, "findings", query)
    cited = citation(found, riverbend, LINK)
    for wanted in (riverbend.data_hash[:16], METHOD_VERSION, found.title, *found.sources):
        assert wanted in cited.plain
    assert cited.plain.endswith(LINK)
    assert cited.bibtex.startswith("@misc{trustboard-riverbend-findings-")
    assert f"\\url{{{LINK}}}" in cited.bibtex
    assert cited.bibtex.count("{") == cited.bibtex.count("}")
    other = answer(riverbend, "findings", Query(by=("place",)))
    assert citation(other, riverbend).bibtex.split(",")[0] != cited.bibtex.split(",")[0]


def test_bibtex_survives_the_signs_that_mean_something_to_tex() -> None:
    city = make_city(complaints=[("a", "2022-02-01")], name="A&B {50%} #1_$~^\\")
    found = answer(city, "complaints-received", Query())
    entry = citation(found, city, "https://x.example/{a} b").bibtex
    assert r"A\&B \{50\%\} \#1\_\$\textasciitilde{}" in entry
    assert r"\url{https://x.example/%7Ba%7D%20b}" in entry


def test_what_cannot_be_measured_has_no_table_to_write() -> None:
    assert isinstance(measure(make_city(), "findings", Query()), CannotMeasure)
