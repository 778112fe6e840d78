"""The same table as a page, a CSV, a workbook, JSON and on a terminal; citations; nothing runs."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import zipfile
from datetime import date
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from asking import Ask
from trustboard.cli import app
from trustboard.exports import pairs_text, query_pairs, query_text, view_path
from trustboard.load import data_root, load_city
from trustboard.pins import pin_of
from trustboard.query import Query

MEASURES = "/api/v1/riverbend/measures"
ASKED = [
    "complaints-received?by=year",
    "findings?by=year&from=2020&to=2022-06&place=heron-flats&place=clocktower",
    "complaints-per-10000?by=place&filed_by=civilian&from=2021",
    "outreach-events?by=quarter&where=event_kind=town_hall",
    "complaints-received?by=year,category&unit=allegation&district=hill",
]


def as_csv(text: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text)) if not row[0].startswith("# ")]


def as_excel(content: bytes) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book["table"].iter_rows(values_only=True)]


def text_of(value: Any) -> str:
    """Write a cell as CSV does: nothing for a missing number, no decimal point for a whole one."""
    if value is None:
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value)


def rounded(rows: list[list[Any]]) -> list[list[str]]:
    """Write numbers with twelve digits; a workbook keeps fifteen."""

    def cell(value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        try:
            return f"{float(value):.12g}"
        except (TypeError, ValueError):
            return text_of(value)

    return [[cell(value) for value in row] for row in rows]


@pytest.mark.parametrize("asked", ASKED)
def test_csv_excel_json_and_the_terminal_hold_the_same_table(ask: Ask, asked: str) -> None:
    told = ask(f"{MEASURES}/{asked}").json()
    wanted = [list(told["rows"][0]), *(list(row.values()) for row in told["rows"])]
    from_csv = as_csv(ask(f"{MEASURES}/{asked}&format=csv").text)
    assert from_csv == [[text_of(cell) for cell in row] for row in wanted]
    from_excel = as_excel(ask(f"{MEASURES}/{asked}&format=xlsx").content)
    assert rounded(from_excel) == rounded(from_csv)
    printed = CliRunner().invoke(app, shlex.split(told["reproduce"])[1:])
    assert printed.exit_code == 0
    assert list(csv.reader(io.StringIO(printed.output))) == from_csv


@pytest.mark.parametrize("asked", ASKED)
def test_the_rows_behind_are_the_same_as_csv_and_as_excel(ask: Ask, asked: str) -> None:
    path = f"{MEASURES}/{asked.replace('?', '/rows?')}&limit=10000"
    from_csv = as_csv(ask(f"{path}&format=csv").text)
    from_excel = as_excel(ask(f"{path}&format=xlsx").content)
    assert len(from_csv) == len(from_excel) > 1
    assert rounded(from_csv) == rounded(from_excel)


def test_no_file_has_the_name_of_another_part_or_another_question(ask: Ask) -> None:
    asked = ["", "by=year", "place=millrace", "from=2020", "to=2020", "limit=1", "limit=1&offset=1"]
    pages = [f"findings?format=csv&{one}" for one in asked]
    pages += [f"findings/rows?format=csv&{one}" for one in (*asked, "counted=hits")]
    found = [ask(f"{MEASURES}/{one}").headers["content-disposition"] for one in pages]
    assert len(set(found)) == len(pages)
    assert 'filename="riverbend-findings-rows-2-to-2.csv"' in "".join(found)


def test_a_workbook_says_what_it_holds_on_its_second_sheet(ask: Ask) -> None:
    found = ask(f"{MEASURES}/findings?by=year&place=heron-flats&format=xlsx")
    name = "riverbend-findings-by-year--place-heron-flats.xlsx"
    assert found.headers["content-disposition"] == f'attachment; filename="{name}"'
    book = openpyxl.load_workbook(io.BytesIO(found.content))
    told = {str(name): str(value) for name, value in book["about"].iter_rows(values_only=True)}
    for name in ("Title", "Filters", "Unit", "Source", "Licence", "Retrieved", "Data hash", "Link"):
        assert told[name]
    assert told["Filters"] == "Only place: Heron Flats."
    assert told["Link"] in told["Citation"]


def test_no_part_of_a_workbook_is_a_formula_a_link_or_a_macro(ask: Ask) -> None:
    found = ask(f"{MEASURES}/complaints-received/rows?by=year&format=xlsx")
    with zipfile.ZipFile(io.BytesIO(found.content)) as book:
        names = book.namelist()
        sheets = [book.read(n).decode() for n in names if n.startswith("xl/worksheets/")]
    assert not [n for n in names if "vba" in n.lower() or "externalLink" in n]
    assert sheets
    for sheet in sheets:
        assert not re.search(r"<f[ >]|<hyperlink|<oleObject|<legacyDrawing", sheet)


def test_a_file_that_does_not_hold_every_row_says_so_and_leads_on(ask: Ask) -> None:
    found = ask(f"{MEASURES}/complaints-received?by=year&limit=2&format=csv")
    first = next(csv.reader(io.StringIO(found.text)))
    assert first == ["# Not whole", "rows 1 to 2 of 6; offset and limit give the rest"]
    following = re.search(r'<http://board\.test([^>]+)>; rel="next"', found.headers["link"])
    assert following
    assert len(as_csv(ask(following[1]).text)) == 3  # the head and two more
    whole = ask(f"{MEASURES}/complaints-received?by=year&format=csv")
    assert "Not whole" not in whole.text
    assert 'rel="next"' not in whole.headers["link"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_saved_file_of_rows_can_be_followed_to_the_end_by_what_stands_in_it(
    ask: Ask, form: str
) -> None:
    path = f"{MEASURES}/complaints-received/rows?from=2023-01&to=2023-02&category=use_of_force"
    head, *every = as_csv(ask(f"{path}&format=csv").text)
    size = len(every) // 3
    assert size > 1
    part, found, parts = f"{path}&format={form}&limit={size}", [], 0
    while part:
        answered = ask(part)
        read, part = read_part(answered.content, form=form)
        assert read[0] == head
        found += read[1:]
        parts += 1
    assert parts == -(-len(every) // size)
    assert [row[:3] for row in found] == [row[:3] for row in every]


def read_part(content: bytes, *, form: str) -> tuple[list[list[str]], str]:
    """Read the rows of a saved file, and the address of its next part; empty in the last one."""
    if form == "csv":
        lines = list(csv.reader(io.StringIO(content.decode())))
        told = {row[0].removeprefix("# "): row[1] for row in lines if row[0].startswith("# ")}
        rows = as_csv(content.decode())
    else:
        about = openpyxl.load_workbook(io.BytesIO(content))["about"]
        told = dict(about.iter_rows(values_only=True))
        rows = [[text_of(cell) for cell in row] for row in as_excel(content)]
    following = told.get("Next part", "").removeprefix("http://board.test")
    assert ("Not whole" in told) or not following
    return rows, following


def test_a_citation_is_given_as_a_sentence_as_bibtex_and_as_json(ask: Ask) -> None:
    path = f"{MEASURES}/findings/citation?by=year&place=heron-flats"
    told = ask(path).json()
    plain = ask(f"{path}&format=text")
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    assert plain.text.strip() == told["citation"]
    assert told["citation"].endswith(told["link"])
    assert told["data_hash"][:16] in told["citation"]
    bibtex = ask(f"{path}&format=bibtex")
    assert bibtex.text == told["bibtex"]
    assert bibtex.text.startswith("@misc{trustboard-riverbend-findings-")
    assert told["filters"] == ["Place: Heron Flats"]


def test_what_nobody_can_tell_is_no_file_and_no_citation_but_a_reason(ask: Ask) -> None:
    path = "/api/v1/st-louis/measures/complaints-received"
    assert ask(f"{path}?format=xlsx").status_code == 404
    assert ask(f"{path}/rows?format=xlsx").status_code == 404
    assert ask(f"{path}/citation?format=text").status_code == 404
    assert ask(f"{path}/citation").json()["cannot_tell"]


def test_a_link_uses_the_host_that_was_asked(ask: Ask) -> None:
    told = ask(f"{MEASURES}/findings/citation", headers={"host": "data.example.org"}).json()
    assert told["link"].startswith("http://data.example.org/chart?city=riverbend&")


@given(
    kept=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=3),
    first=st.none() | st.dates(),
    by=st.sampled_from([(), ("year",), ("month", "place")]),
    after=st.dictionaries(st.sampled_from(["format", "pin"]), st.text("ab-1 &=", max_size=6)),
)
def test_an_address_put_together_of_parts_reads_as_if_it_had_been_written_at_once(
    kept: list[str], first: date | None, by: tuple[str, ...], after: dict[str, str]
) -> None:
    query = Query(by=by, from_=first, filters=(("event_kind", tuple(kept)),))
    texts = filter(None, (query_text(query), pairs_text(after.items())))
    assert "&".join(texts) == urlencode([*query_pairs(query), *after.items()])


def test_an_address_holds_every_part_of_a_question(ask: Ask) -> None:
    city = load_city("riverbend", data=data_root())
    query = Query(by=("year",), filters=(("event_kind", ("town_hall",)), ("place", ("a b&c",))))
    assert ("where", "event_kind=town_hall") in query_pairs(query)
    assert view_path(city, "outreach-events", query, pinned=False).endswith("&place=a+b%26c")
    assert view_path(city, "outreach-events", query).endswith(f"&pin={pin_of(city)}")
    told = json.dumps(ask(f"{MEASURES}/outreach-events?where=event_kind=town_hall").json())
    assert "where=event_kind%3Dtown_hall" in told
