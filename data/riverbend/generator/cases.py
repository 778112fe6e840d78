"""The complaints as they really happened in Riverbend, before anybody typed them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, pi, sin, sqrt
from typing import Final

from generator.draw import Draw, months
from generator.facts import (
    CATEGORIES,
    DATA_DATE,
    FIRST_DAY,
    MIX_CHANGES,
    PLACES,
    UNSIGNED_ACCEPTED,
)

#: Complaints a month, by category: before unsigned ones were accepted, after, and once the mix
#: changed. The last two add up to the same, so that all complaints together do not change.
BEFORE: Final = dict(zip(CATEGORIES, (16, 33, 17, 14, 9, 7, 9), strict=True))
AFTER: Final = dict(zip(CATEGORIES, (20, 42, 22, 18, 12, 9, 12), strict=True))
CHANGED: Final = dict(zip(CATEGORIES, (12, 33.6, 19.2, 20, 20, 13, 17.2), strict=True))

#: Share of chance in a month's count: 1 would be Poisson, less keeps an invented city tidy.
UNEVENNESS: Final = 0.8

#: What comes of a complaint: share of all, and the median days and spread until it is closed.
#: Shares and times follow the simulation in the method notes (median about 160 days).
RESULTS: Final = {"sustained": 0.15, "decided": 0.60, "no_finding": 0.25}
TIMES: Final = {"sustained": (365, 0.50), "decided": (168, 0.65), "no_finding": (88, 0.70)}

INTAKE: Final = {"Online form": 48, "Telephone": 22, "In person": 17, "Letter": 8, "Referred": 5}


@dataclass(slots=True)
class Case:
    """One complaint. `typed` overrides cells as somebody mistyped them; `kinds` says which way."""

    filed: date
    incident: date
    category: str
    place: str
    filed_by: str
    intake: str
    result: str
    closed: date | None
    days: int
    same_incident_as: Case | None = None
    repeats: Case | None = None
    outcomes: bool = True
    typed: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    outcome_kind: str = ""
    number: str = ""
    incident_number: str = ""


def draw_cases(draw: Draw) -> list[Case]:
    """Draw every complaint of the six years."""
    cases = []
    for month in months(FIRST_DAY, last=DATA_DATE):
        for category, level in monthly_levels(month).items():
            expected = level * season(month)
            count = round(expected + UNEVENNESS * sqrt(expected) * draw.normal())
            cases += [
                one_case(draw, filed=draw.day_of(month), category=category)
                for _ in range(max(0, count))
            ]
    return cases


def monthly_levels(month: date) -> dict[str, float]:
    """Give the ordinary number of complaints a month, by category."""
    if month < UNSIGNED_ACCEPTED:
        return BEFORE
    return AFTER if month < MIX_CHANGES else CHANGED


def season(month: date) -> float:
    """Give how much busier than usual a month of the year is."""
    turn = 2 * pi * month.month / 12
    return 1 + 0.16 * sin(turn - 2.1) + 0.05 * cos(2 * turn)


def one_case(draw: Draw, *, filed: date, category: str) -> Case:
    """Draw one complaint filed on a day: where, who filed it, what comes of it and when."""
    result = draw.weighted(RESULTS)
    median, spread = TIMES[result]
    days = draw.days(median, spread=spread)
    closed = filed + timedelta(days=days)
    place = draw.weighted({place.id: place.residents * place.complaints for place in PLACES})
    return Case(
        filed=filed,
        incident=filed - timedelta(days=draw.days(6, spread=1.2) - 1),
        category=category,
        place="outside" if draw.chance(0.004) else place,
        filed_by=who_filed(draw, filed=filed),
        intake=draw.weighted(INTAKE),
        result=result,
        closed=closed if closed <= DATA_DATE else None,
        days=days,
    )


def who_filed(draw: Draw, *, filed: date) -> str:
    """Say who filed: unsigned complaints exist only since the law accepts them."""
    unsigned = 16 if filed >= UNSIGNED_ACCEPTED else 0
    return draw.weighted({"civilian": 74, "officer": 12, "anonymous": unsigned})


def number_cases(cases: list[Case]) -> list[Case]:
    """Put complaints in the order of filing, number them, put repeats below what they repeat."""
    ordered = sorted((c for c in cases if c.repeats is None), key=lambda case: case.filed)
    counts: dict[int, int] = {}
    for case in ordered:
        year = case.filed.year
        counts[year] = counts.get(year, 0) + 1
        case.number = f"RB-{year}-{counts[year]:04d}"
    for case in ordered:
        first = case.same_incident_as or case
        case.incident_number = "I" + first.number[2:]
    repeats = {id(case.repeats): case for case in cases if case.repeats is not None}
    found: list[Case] = []
    for case in ordered:
        found.append(case)
        again = repeats.get(id(case))
        if again is not None:
            again.number, again.incident_number = case.number, case.incident_number
            found.append(again)
    return found
