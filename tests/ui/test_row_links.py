"""Every number in the table behind a chart leads to exactly the rows it counts."""

from __future__ import annotations

import csv
import html
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from asking import Ask, asking
from trustboard import terms
from trustboard.citydata import CityData
from trustboard.exports import (
    counting_rows,
    questions_behind,
    rows_of,
    stands_for_rows,
    why_no_rows,
)
from trustboard.indicator import catalogue
from trustboard.measure import Query, measure
from trustboard.serving import parts
from trustboard.tidy import Measured
from trustboard.ui import data
from trustboard.ui.html_table import measured_table
from trustboard.ui.row_links import row_links

APP = Path(__file__).parents[2] / "app.py"
YEARS = Query(by=("year",), from_=date(2021, 3, 15), to=date(2023, 2, 10))
BESIDE = Query(
    by=("year", "place"),
    from_=date(2022, 1, 1),
    filters=(("place", ("heron-flats", "kiln-yards")),),
    rest="beside",
)
QUERIES = [
    ("complaints-received", Query()),
    ("complaints-received", Query(by=("place",))),
    ("complaints-received", Query(by=("month",), from_=date(2023, 1, 1), unit="allegation")),
    ("complaints-per-10000", Query(by=("district",))),
    ("findings", YEARS),
    ("findings", Query(by=("quarter",), filters=(("finding", ("sustained", "unfounded")),))),
    ("days-to-close", YEARS),
    ("sustained-within-12-months", Query(by=("year",))),
    ("sustained-within-12-months", Query(by=("category",))),
    ("open-case-age", Query()),
    ("discipline-after-sustained", Query(by=("year",), unit="allegation")),
    ("outreach-events", Query(by=("year", "event_kind"))),
    ("places-reached", Query(by=("year",))),
    ("published-figure", Query()),
    ("outreach-where-complaints", Query()),
    ("outreach-where-complaints", YEARS),
    ("complaints-per-10000", BESIDE),
    ("sustained-within-12-months", BESIDE),
]
LINK = re.compile(r'<a href="([^"]+)" aria-label="([^"]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def ask() -> Ask:
    return asking(Starlette(routes=parts(APP)["routes"]))


@pytest.fixture(scope="module")
def riverbend() -> CityData:
    found = data.city("riverbend")
    assert isinstance(found, CityData)
    return found


def answered(city: CityData, indicator: str, query: Query) -> Measured:
    found = measure(city, indicator, query)
    assert isinstance(found, Measured)
    return found


def rows_at(ask: Ask, address: str) -> list[dict[str, str]]:
    found = ask(f"/{html.unescape(address)}")
    assert found.status_code == 200, found.text
    lines = [line for line in found.text.splitlines() if not line.startswith(("# ", '"# '))]
    return list(csv.DictReader(lines))


@pytest.mark.parametrize(("indicator", "query"), QUERIES)
def test_each_link_gives_as_many_rows_as_the_number_on_it_says(
    ask: Ask, riverbend: CityData, indicator: str, query: Query
) -> None:
    found = answered(riverbend, indicator, query)
    links = LINK.findall(measured_table(found, row_links(riverbend, found, query)))
    assert links
    for address, said, shown in links[:: max(1, len(links) // 12)]:
        rows = rows_at(ask, address)
        assert said.startswith(f"{shown}: ")
        if found.kind == "figure":
            assert len(rows) == 1
        elif found.kind == "coverage":
            assert len({row["place"] for row in rows}) == int(shown)
        else:
            assert len(rows) == int(shown.replace(",", ""))


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [(one.id, unit) for one in catalogue().values() for unit in one.units if one.rows],
)
def test_every_line_of_every_split_is_counted_by_its_own_rows(
    riverbend: CityData, indicator: str, unit: str
) -> None:
    one = catalogue()[indicator]
    for group in (None, *one.by):
        period = [name for name in one.periods if name in ("year", "all")]
        by = tuple(name for name in (*period[:1], group) if name not in (None, "all"))
        check(riverbend, indicator, Query(by=by, unit=unit))


def check(city: CityData, indicator: str, query: Query, most: int = 6) -> None:
    """Compare up to so many lines of a table, from all over it, with the rows behind them."""
    found = answered(city, indicator, query)
    counted = counting_rows(found)
    lines = list(zip(found.table.to_dict("records"), questions_behind(found, query), strict=True))
    for line, question in lines[:: max(1, len(lines) // most)]:
        for column, which in counted.items():
            if line[column] > 0:
                rows = rows_of(city, indicator, question, hits=which == "hits")
                size = rows["place"].nunique() if found.kind == "coverage" else len(rows)
                assert size == line[column], (question, column)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    indicator=st.sampled_from([name for name, one in catalogue().items() if one.rows]),
    period=st.sampled_from(["all", "year", "quarter", "month"]),
    days=st.tuples(*[st.dates(date(2018, 1, 1), date(2026, 1, 1))] * 2),
    bounded=st.booleans(),
    draw=st.data(),
)
def test_any_line_of_any_question_is_counted_by_its_own_rows(
    riverbend: CityData,
    indicator: str,
    period: str,
    days: tuple[date, date],
    bounded: bool,
    draw: st.DataObject,
) -> None:
    one = catalogue()[indicator]
    period = period if period in one.periods else one.periods[0]
    group = draw.draw(st.sampled_from(["", *one.by]))
    by = tuple(name for name in (period, group) if name not in ("all", ""))
    first, last = (min(days), max(days)) if bounded else (None, None)
    unit = draw.draw(st.sampled_from(one.units))
    check(riverbend, indicator, Query(by=by, from_=first, to=last, unit=unit), most=4)


def test_rows_whose_place_is_not_known_are_found_under_that_name(riverbend: CityData) -> None:
    query = Query(by=("place",))
    found = answered(riverbend, "complaints-received", query)
    lines = zip(found.table["place"], found.table["n"], questions_behind(found, query), strict=True)
    unknown = next(one for one in lines if one[0] == terms.UNKNOWN_PLACE)
    rows = rows_of(riverbend, "complaints-received", unknown[2])
    assert len(rows) == unknown[1] > 0


@pytest.mark.parametrize("days", [(None, None), (date(2020, 5, 5), date(2022, 6, 30))])
@pytest.mark.parametrize("by", [(), ("year",)])
def test_of_a_comparison_the_numbers_of_complaints_and_events_lead_to_theirs(
    riverbend: CityData, by: tuple[str, ...], days: tuple[date | None, date | None]
) -> None:
    query = Query(by=by, from_=days[0], to=days[1])
    found = answered(riverbend, "outreach-where-complaints", query)
    questions = questions_behind(found, query)
    seen = set()
    for line, question in zip(found.table.to_dict("records"), questions, strict=True):
        if not stands_for_rows(found, line):
            continue
        seen.add(line["measure"])
        rows = rows_of(riverbend, found.indicator, question)
        table = {"complaints": "complaints", "events": "outreach"}[line["measure"]]
        assert set(rows["table"]) <= {table}
        assert (len(rows), rows["hit"].sum()) == (line["exposure"], line["n"])
    assert seen == {"complaints", "events"}
    table = measured_table(found, row_links(riverbend, found, query))
    linked = [words for _, words, _ in LINK.findall(table)]
    assert linked
    assert all(
        words.endswith(("Complaints in those areas", "Events in those areas")) for words in linked
    )


def test_one_line_of_a_comparison_can_be_asked_for_alone(ask: Ask) -> None:
    address = "/api/v1/riverbend/measures/outreach-where-complaints?where=measure="
    assert [row["measure"] for row in ask(address + "events").json()["rows"]] == ["events"]
    strange = ask(address + "nonsense")
    assert strange.status_code == 404
    assert "rank_agreement" in strange.json()["allowed"]


def test_a_table_whose_numbers_have_no_rows_of_their_own_says_why(riverbend: CityData) -> None:
    found = answered(riverbend, "months-without-event", Query())
    links = row_links(riverbend, found, Query())
    assert not links
    assert f"{why_no_rows(found)}</span></caption>" in measured_table(found, links)
    events = answered(riverbend, "outreach-events", Query())
    assert not why_no_rows(events)


def test_a_number_without_rows_is_no_link(riverbend: CityData) -> None:
    query = Query(by=("year",))
    found = answered(riverbend, "months-without-event", query)
    assert "<a " not in measured_table(found, row_links(riverbend, found, query))
    by_month = Query(by=("month", "place"))
    few = answered(riverbend, "outreach-events", by_month)
    table = measured_table(few, row_links(riverbend, few, by_month))
    assert '<td class="tb-num">0</td>' in table
    assert not [shown for _, _, shown in LINK.findall(table) if shown == "0"]


def test_a_link_says_its_number_its_period_and_its_group(riverbend: CityData) -> None:
    query = Query(by=("year",), from_=date(2022, 1, 1), to=date(2022, 12, 31))
    found = answered(riverbend, "findings", query)
    table = measured_table(found, row_links(riverbend, found, query))
    said = [words for _, words, _ in LINK.findall(table)]
    assert re.fullmatch(r"[\d,]+: rows of 2022, Sustained", said[0])
    assert re.fullmatch(r"[\d,]+: rows in all, for 2022, Sustained", said[1])
