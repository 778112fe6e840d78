"""What goes wrong when complaints are typed in: faults of every kind, planted on purpose."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date, timedelta

from generator.cases import Case, one_case
from generator.draw import Draw
from generator.facts import BACKFILL_DAY, CATEGORIES, DATA_DATE, FIRST_DAY, STATION

BACKFILLED = 24
FORM = "%m/%d/%Y"


class Planter:
    """Plants faults in complaints that nobody else has touched."""

    def __init__(self, draw: Draw, cases: list[Case]) -> None:
        self.draw, self.cases = draw, cases

    def untouched(self, count: int, *, where: Callable[[Case], bool]) -> list[Case]:
        """Pick complaints without any fault so far."""
        return self.draw.some(
            [c for c in self.cases if not c.kinds and not c.outcome_kind and where(c)], count=count
        )

    def mistype(self, kind: str, count: int, *, cells: dict[str, str]) -> None:
        """Write something else into cells of existing complaints."""
        for case in self.untouched(count, where=lambda c: c.place != "outside"):
            case.kinds.append(kind)
            case.typed |= cells

    def add(self, kind: str, count: int, *, cells: dict[str, str]) -> None:
        """Add complaints that a careful reader keeps aside; they have no allegations."""
        span = (DATA_DATE - FIRST_DAY).days
        for _ in range(count):
            filed = FIRST_DAY + timedelta(days=self.draw.whole(0, high=span))
            case = one_case(self.draw, filed=filed, category=self.draw.one(list(CATEGORIES)))
            case.kinds, case.typed, case.outcomes = [kind], dict(cells), False
            self.cases.append(case)


def plant_case_faults(draw: Draw, cases: list[Case]) -> None:
    """Plant every fault that a single complaint can have, and add the days and incidents."""
    plant = Planter(draw, cases)
    plant_backfill(plant)
    plant_shared_incidents(plant)
    plant.mistype("neighborhood_missing", 12, cells={"neighborhood": "", "district": ""})
    plant.mistype("located_at_station", 6, cells={"neighborhood": STATION, "district": ""})
    plant.mistype("unknown_place_name", 4, cells={"neighborhood": "Nether Fold", "district": ""})
    plant.mistype("impossible_early_filing_date", 3, cells={"received": "01/01/1900"})
    plant.mistype("impossible_early_incident_date", 3, cells={"occurred": "01/01/1900"})
    plant.mistype("unreadable_incident_date", 1, cells={"occurred": "not known, spring?"})
    plant.add("filed_after_data_date", 4, cells={"received": "07/14/2042"})
    plant.add("unreadable_filing_date", 3, cells={"received": "31/31/2021"})
    plant.add("unknown_category_code", 6, cells={"complaint_type": "ZZ-9 (see memo)"})
    plant.add("too_few_columns", 2, cells={})
    plant.add("too_many_columns", 2, cells={})
    plant_dates_in_conflict(plant)
    for case in plant.untouched(5, where=lambda c: c.closed is not None):
        case.kinds.append("closed_before_filed")
        early = case.filed - timedelta(days=draw.whole(2, high=40))
        case.typed["closed"] = early.strftime(FORM)
    for case in plant.untouched(5, where=lambda c: c.closed is not None and c.result == "decided"):
        case.kinds.append("finding_without_closing_date")
        case.typed["closed"] = ""
    for case in plant.untouched(5, where=lambda c: c.closed is not None):
        case.kinds.append("closing_date_without_finding")
        case.outcome_kind = "closing_date_without_finding"
    plant_repeats(plant)


def plant_backfill(plant: Planter) -> None:
    """Let a box of old paper forms be typed in on one day."""
    for _ in range(BACKFILLED):
        category = plant.draw.one(list(CATEGORIES))
        case = one_case(plant.draw, filed=BACKFILL_DAY, category=category)
        case.incident = date(2019, 1, 3) + timedelta(days=plant.draw.whole(0, high=500))
        case.intake, case.kinds = "Letter", ["backfill_day"]
        plant.cases.append(case)


def plant_shared_incidents(plant: Planter) -> None:
    """Let two more people complain about what somebody has complained about already."""
    for first in plant.untouched(3, where=lambda c: c.closed is not None):
        first.kinds.append("several_complaints_of_one_incident")
        for later in (2, 5):
            other = copy(first)
            other.kinds = ["several_complaints_of_one_incident"]
            other.typed = {}
            other.filed = min(first.filed + timedelta(days=later), DATA_DATE)
            other.intake, other.filed_by = "Telephone", "civilian"
            other.same_incident_as = first
            plant.cases.append(other)


def plant_dates_in_conflict(plant: Planter) -> None:
    """Let the same complaint number appear a second time, filed on another day."""
    for kind, low, high in (
        ("conflicting_filing_date_near", 4, 25),
        ("conflicting_filing_date_far", 45, 150),
    ):
        for case in plant.untouched(
            4, where=lambda c, high=high: c.closed is not None and c.days > high
        ):
            again = copy(case)
            shift = timedelta(days=plant.draw.whole(low, high=high))
            again.typed = {"received": (case.filed + shift).strftime(FORM)}
            again.kinds, again.outcomes, case.outcome_kind = [kind], False, "repeated"
            again.repeats = case
            plant.cases.append(again)


def plant_repeats(plant: Planter) -> None:
    """Let a complaint appear twice, letter for letter."""
    for case in plant.untouched(5, where=lambda c: c.closed is not None):
        again = copy(case)
        again.typed, again.kinds, again.outcomes = {}, ["identical_row_same_id"], False
        case.outcome_kind = "repeated"
        again.repeats = case
        plant.cases.append(again)
