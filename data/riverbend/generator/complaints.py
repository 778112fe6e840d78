"""`complaints.csv`: the complaints as the office publishes them, in its own words."""

from __future__ import annotations

from typing import Final

from generator.cases import Case
from generator.draw import Draw
from generator.facts import (
    CATEGORIES,
    DISTRICTS,
    FILED_BY_REQUIRED,
    FORMER_NAME,
    OUTSIDE,
    PLACE_BY_ID,
    UNSIGNED_ACCEPTED,
)
from generator.rows import PublishedFile, Row, too_few_columns, too_many_columns

COLUMNS: Final = (
    "case_no", "incident_no", "received", "occurred", "closed", "case_state", "complaint_type",
    "neighborhood", "district", "filed_by", "intake",
)  # fmt: skip
FORM: Final = "%m/%d/%Y"
FILED_BY: Final = {
    "civilian": "Resident",
    "officer": "Department member",
    "anonymous": "Unsigned",
}
#: Share of the forms of 2021 and 2022 on which the box "filed by" was left empty.
LEFT_EMPTY: Final = 0.24


def complaints_file(cases: list[Case]) -> PublishedFile:
    """Write out all complaints, in the order of their numbers."""
    rows = [complaint_row(case) for case in cases]
    return PublishedFile("complaints.csv", COLUMNS, rows, encoding="utf-8-sig")


def complaint_row(case: Case) -> Row:
    """Write out one complaint, with the cells that somebody mistyped."""
    neighborhood, district = place_words(case)
    cells = {
        "case_no": case.number,
        "incident_no": case.incident_number,
        "received": case.filed.strftime(FORM),
        "occurred": case.incident.strftime(FORM),
        "closed": case.closed.strftime(FORM) if case.closed else "",
        "case_state": "Closed" if case.closed else "Active",
        "complaint_type": CATEGORIES[case.category],
        "neighborhood": neighborhood,
        "district": district,
        "filed_by": filed_by_words(case),
        "intake": case.intake,
    } | case.typed
    row = Row(cells, list(case.kinds))
    if row.kinds == ["too_few_columns"]:
        return too_few_columns(row, kind="too_few_columns")
    if row.kinds == ["too_many_columns"]:
        return too_many_columns(row, kind="too_many_columns")
    return row


def place_words(case: Case) -> tuple[str, str]:
    """Give the neighborhood and the district as the form of the time had them."""
    if case.place == "outside":
        return OUTSIDE, ""
    place = PLACE_BY_ID[case.place]
    old = FORMER_NAME.get(case.place) if case.filed < UNSIGNED_ACCEPTED else None
    return old or place.name, DISTRICTS[place.district]


def filed_by_words(case: Case) -> str:
    """Give who filed, in the form's words; empty where the box was left empty."""
    return FILED_BY[case.filed_by] if case.filed_by else ""


def leave_boxes_empty(draw: Draw, cases: list[Case]) -> None:
    """Empty the box "filed by" on some forms of the years in which that was possible."""
    for case in cases:
        optional = UNSIGNED_ACCEPTED <= case.filed < FILED_BY_REQUIRED
        if optional and draw.chance(LEFT_EMPTY):
            case.filed_by = ""
