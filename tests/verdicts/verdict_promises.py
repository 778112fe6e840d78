"""Promises and monthly complaint counts for the tests: small, dated, counted by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from factories import make_city
from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.verdicts import AssessedTest, assess

CITATION = {"publisher": "The Lantern", "url": "https://example.org/lantern", "title": "A promise"}
PLACES = [
    ("alder", "Alder", "neighborhood", "d1", 60_000),
    ("birch", "Birch", "neighborhood", "d2"),
]
SAID_ON = date(2021, 6, 15)


def promise(*tests: Mapping[str, Any], said_on: date = SAID_ON, **more: Any) -> Commitment:
    """Write down a promise with these tests."""
    listed = [
        {"id": f"test-{number}", "question": "Was it so?", **test}
        for number, test in enumerate(tests)
    ]
    return Commitment.model_validate(
        {
            "id": "a-promise",
            "title": "A promise",
            "statement": "Something will be so.",
            "said_by": {"name": "Ada Example", "office": "Chief"},
            "said_on": said_on,
            "where": "A town hall",
            "topic": "conduct",
            "source": CITATION,
            "tests": listed,
            **more,
        }
    )


def change(**more: Any) -> dict[str, Any]:
    """Write down a change test of complaints received."""
    return {
        "kind": "change",
        "indicator": "complaints-received",
        "direction": "decrease",
        **more,
    }


def steady(level: int, months: int, *, wobble: int = 2) -> list[int]:
    """Give counts around a level, whose months do not resemble their neighbors."""
    return [level + wobble * step for step in ([1, -1, -1, 1] * months)[:months]]


def days_of_months(counts: Sequence[int], *, first: date) -> list[date]:
    """Give one day per event: `counts` events in each month from `first` on."""
    months = pd.period_range(pd.Period(first, "M"), periods=len(counts), freq="M")
    return [
        (month.start_time + timedelta(days=event % 28)).date()
        for month, count in zip(months, counts, strict=True)
        for event in range(count)
    ]


def city_with(
    counts: Sequence[int],
    *,
    first: date = date(2019, 1, 1),
    settles: int = 0,
    extra: Iterable[Mapping[str, Any]] = (),
    row: Mapping[str, Any] | None = None,
    **more: Any,
) -> CityData:
    """Build a city whose complaints per month, from `first` on, are these."""
    days = days_of_months(counts, first=first)
    shared = {"place_id": "alder", "category": "force", "filed_by": "civilian", **(row or {})}
    rows = [{"complaint_id": f"c{n}", "filed_on": day, **shared} for n, day in enumerate(days)]
    end = (pd.Period(first, "M") + len(counts) - 1).end_time.date()
    coverage = {"from": first, "to": end, "settles_after_months": settles}
    coverage |= more.pop("coverage", {})
    return make_city(
        complaints=[*rows, *extra], places=more.pop("places", PLACES), coverage=coverage, **more
    )


def only_test(commitment: Commitment, city: CityData, *, as_of: date | None = None) -> AssessedTest:
    """Assess a promise that has one test."""
    (test,) = assess(commitment, city, as_of=as_of).tests
    return test


def shuffled(city: CityData, table: str, *, seed: int) -> CityData:
    """Give the same city with the rows of one table in another order."""
    one = city.tables[table]
    frame = one.frame.sample(frac=1, random_state=seed).reset_index(drop=True)
    return replace(city, tables={**city.tables, table: replace(one, frame=frame)})
