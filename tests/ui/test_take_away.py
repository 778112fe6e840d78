"""The link beside a table gives exactly that table."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from trustboard.load import data_root, load_city
from trustboard.measure import measure
from trustboard.query import Query
from trustboard.serving import parts
from trustboard.tidy import Measured
from trustboard.ui.take_away import csv_address, take_away

APP = Path(__file__).parents[2] / "app.py"
CASES = [
    ("complaints-received", Query(by=("year",))),
    (
        "complaints-received",
        Query(
            by=("month",),
            from_=date(2023, 1, 1),
            to=date(2023, 12, 31),
            filters=(("place", ("heron-flats",)), ("category", ("use_of_force",))),
            unit="allegation",
        ),
    ),
    ("outreach-events", Query(by=("year",), filters=(("event_kind", ("town_hall",)),))),
]


@pytest.mark.parametrize(("indicator", "query"), CASES)
def test_the_link_gives_the_rows_that_the_chart_draws(indicator: str, query: Query) -> None:
    city = load_city("riverbend", data=data_root())
    found = measure(city, indicator, query)
    assert isinstance(found, Measured)
    client = TestClient(Starlette(routes=parts(APP)["routes"]))
    answered = client.get(f"/{csv_address(city, indicator, query)}")
    assert answered.status_code == 200
    lines = [line for line in answered.text.splitlines() if not line.startswith("# ")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines).lstrip("\ufeff\n"))))
    assert [row["period"] for row in rows] == found.table["period"].tolist()
    assert [float(row["n"]) for row in rows] == found.table["n"].tolist()


def test_what_stands_in_a_link_is_escaped() -> None:
    city = load_city("riverbend", data=data_root())
    evil = Query(by=("year",), filters=(("place", ('"><script>alert(1)</script>',)),))
    assert "<script>" not in take_away(city, "complaints-received", evil)
