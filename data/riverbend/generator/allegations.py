"""`allegations.csv.gz`: one row per allegation, with its finding and what followed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from generator.cases import Case
from generator.draw import Draw
from generator.facts import CATEGORIES, DATA_DATE
from generator.rows import PublishedFile, Row, too_few_columns, too_many_columns

COLUMNS: Final = (
    "row_no", "case_no", "allegation_type", "outcome", "consequence", "decided",
)  # fmt: skip
HOW_MANY: Final = {1: 0.58, 2: 0.27, 3: 0.11, 4: 0.04}
CLEARED: Final = {"Not proven": 50, "Within rules": 28, "Did not happen": 22}
CLOSED_WITHOUT: Final = {
    "Withdrawn": 30,
    "No sworn statement": 25,
    "Mediated": 20,
    "Sent elsewhere": 25,
}
CONSEQUENCES: Final = {
    "Dismissed": 4,
    "Resigned": 3,
    "Suspended": 26,
    "Written warning": 38,
    "Disciplined": 5,
    "Retraining": 12,
    "No action": 8,
    "To be decided": 4,
}


def allegations_file(draw: Draw, cases: list[Case]) -> PublishedFile:
    """Write out the allegations of all complaints, in the order of the complaints."""
    rows = [row for case in cases if case.outcomes for row in allegation_rows(draw, case)]
    rows = plant_row_faults(draw, rows)
    for number, row in enumerate(rows, start=1):
        row.cells["row_no"] = f"A{number:06d}"
    rows = plant_last(draw, rows)
    return PublishedFile("allegations.csv.gz", COLUMNS, rows)


def allegation_rows(draw: Draw, case: Case) -> list[Row]:
    """Draw one to four allegations of one complaint; their kinds always differ."""
    others = [category for category in CATEGORIES if category != case.category]
    extra = draw.some(others, count=draw.weighted(HOW_MANY) - 1)
    kinds = [case.category, *extra]
    outcomes = outcome_words(draw, case, count=len(kinds))
    return [
        Row(
            {
                "row_no": "",
                "case_no": case.number,
                "allegation_type": CATEGORIES[kind],
                "outcome": outcome,
                "consequence": consequence(draw, case) if outcome == "Founded" else "",
                "decided": decided_on(case) if outcome not in {"", "Under review"} else "",
            },
            [case.outcome_kind] if case.outcome_kind == "closing_date_without_finding" else [],
        )
        for kind, outcome in zip(kinds, outcomes, strict=True)
    ]


def outcome_words(draw: Draw, case: Case, *, count: int) -> list[str]:
    """Give the office's finding for each allegation; a sustained complaint has at least one."""
    if case.outcome_kind == "closing_date_without_finding":
        return [""] * count
    if case.closed is None:
        return ["Under review"] * count
    if case.result == "no_finding":
        return [draw.weighted(CLOSED_WITHOUT)] * count
    words = [draw.weighted(CLEARED) for _ in range(count)]
    if case.result == "sustained":
        words[draw.whole(0, high=count - 1)] = "Founded"
    return words


def decided_on(case: Case) -> str:
    """Give the day of the finding: the day the complaint was closed."""
    return case.closed.isoformat() if case.closed else ""


def consequence(draw: Draw, case: Case) -> str:
    """Give what followed a founded allegation; for recent ones it is often not decided yet."""
    recent = case.closed is not None and (DATA_DATE - case.closed).days < 60
    if recent and draw.chance(0.5):
        return "To be decided"
    word = draw.weighted(CONSEQUENCES)
    return f"Suspended {draw.whole(1, high=30)} days" if word == "Suspended" else word


def plant_row_faults(draw: Draw, rows: list[Row]) -> list[Row]:
    """Plant the faults that single rows can have, and rows whose complaint does not exist."""
    decided = [row for row in rows if row.cells["decided"] and not row.kinds]
    for row in draw.some(decided, count=3):
        row.kinds.append("decided_before_filed")
        early = date.fromisoformat(row.cells["decided"]) - timedelta(days=2500)
        row.cells["decided"] = early.isoformat()
    found: list[Row] = []
    extra = {
        id(row): kind
        for kind, count in (
            ("unknown_finding_word", 5),
            ("unreadable_decision_date", 2),
            ("outcome_without_complaint", 5),
            ("too_few_columns", 1),
            ("too_many_columns", 1),
        )
        for row in draw.some([row for row in decided if not row.kinds], count=count)
    }
    for row in rows:
        found.append(row)
        if id(row) in extra:
            found.append(faulty(draw, row, kind=extra[id(row)]))
    return found


def faulty(draw: Draw, row: Row, *, kind: str) -> Row:
    """Write one more row like this one, with one fault."""
    cells = row.cells | {"allegation_type": "Other rule", "consequence": ""}
    if kind == "unknown_finding_word":
        cells["outcome"] = draw.one(["Founded in part?", "ICX", "see file"])
    if kind == "unreadable_decision_date":
        cells["decided"] = "31/31/2021"
    if kind == "outcome_without_complaint":
        cells["case_no"] = f"RB-2017-{draw.whole(1000, high=9999)}"
    return Row(cells, [kind])


def plant_last(draw: Draw, rows: list[Row]) -> list[Row]:
    """Repeat rows once they have numbers, and break the shape of others."""
    clean = [row for row in rows if not row.kinds]
    same = {id(row) for row in draw.some(clean, count=5)}
    alike = {id(row) for row in draw.some([r for r in clean if id(r) not in same], count=6)}
    found: list[Row] = []
    for row in rows:
        if row.kinds == ["too_few_columns"]:
            row = too_few_columns(row, kind="too_few_columns")
        if row.kinds == ["too_many_columns"]:
            row = too_many_columns(row, kind="too_many_columns")
        found.append(row)
        if id(row) in same:
            found.append(Row(dict(row.cells), ["identical_row_same_id"]))
        if id(row) in alike:
            number = f"B{len(found):06d}"
            found.append(Row(row.cells | {"row_no": number}, ["identical_but_for_row_id"]))
    return found
