"""`outreach.csv`: the events as a volunteer office publishes them, in an old encoding."""

from __future__ import annotations

from typing import Final

from generator.draw import Draw
from generator.events import Event, draw_events
from generator.facts import DISTRICTS, PLACE_BY_ID
from generator.rows import PublishedFile, Row, too_few_columns, too_many_columns

COLUMNS: Final = (
    "event_no", "date", "date_known_to", "kind", "status", "evidence", "neighborhood", "district",
    "citywide", "venue", "what", "organiser", "link", "note",
)  # fmt: skip

#: Kind → the office's word and what such an event is usually called.
WORDS: Final = {
    "neighborhood_meeting": ("Neighbors' meeting", "Monthly meeting of the neighbors’ association"),
    "town_hall": ("Town hall", "Open town hall with the chief’s office"),
    "forum_panel": ("Panel", "Panel – questions from the floor"),
    "school_visit": ("School visit", "Visit to classes, no enforcement"),
    "youth_event": ("Youth event", "Open gym and homework table"),
    "neighborhood_walk": ("Walk", "Walk along the main street with residents"),
    "neighborhood_visit": ("Block visit", "Table set out in the courtyard"),
    "giveaway": ("Giveaway", "Coats and school bags handed out"),
    "festival": ("Street festival", "Block party with a police table"),
    "recruitment": ("Recruiting", "Stand for applicants"),
    "media": ("Press", "Talk with the local press"),
}
VENUES: Final = (
    "Café Lumière", "Salón Peña Azul", "Grünwald Hall", "Branch library", "School gym",
    "Church basement", "Community garden", "Boathouse", "Old bakery “L’Été”", "Market hall",
    "Señora Luna’s courtyard", "Fire station yard", "Rowing club", "Playground", "Café Über",
)  # fmt: skip
ORGANISERS: Final = ("Neighbors’ association", "Police contact office", "School board", "Library")
EVIDENCE: Final = {
    "held": {"One report": 55, "Record on file": 45},
    "absent": {"One report": 70, "Record on file": 30},
    "announced": {"Notice only": 1},
    "cancelled": {"One report": 1},
}
STATUS_WORDS: Final = {
    "held": "Took place",
    "absent": "Nobody came from the police",
    "announced": "Notice",
    "cancelled": "Called off",
}

#: Texts that a careless page would run, follow or choke on.
ODD_TEXTS: Final = (
    ("looks_like_a_formula", "venue", '=HYPERLINK("https://riverbend.example/x","Free tickets")'),
    ("looks_like_a_formula", "what", "+1+cmd|' /C calc'!A0"),
    ("looks_like_a_formula", "what", "@SUM(A1:A9) names on the list"),
    ("looks_like_markup", "venue", "<script>alert(1)</script>"),
    ("looks_like_markup", "what", "[see the photos](javascript:alert(1)) **free** _entry_"),
    ("looks_like_markup", "what", "<img src=x onerror=alert(1)> & $x^2$ :smile:"),
    ("very_long_text", "what", "Told at length: " + "and then everybody moved one chair on, " * 60),
    ("several_lines_in_one_cell", "what", "First hour: questions.\nSecond hour: soup."),
)


def outreach_file(draw: Draw) -> PublishedFile:
    """Write out all events, in the order of their days."""
    rows = [event_row(draw, event) for event in draw_events(draw)]
    plant_odd_texts(draw, rows)
    rows = plant_event_faults(draw, rows)
    for number, row in enumerate(rows, start=1):
        row.cells["event_no"] = f"E{number:04d}"
    rows = finish(draw, rows)
    return PublishedFile("outreach.csv", COLUMNS, rows, encoding="cp1252")


def event_row(draw: Draw, event: Event) -> Row:
    """Write out one event in the office's words."""
    kind, what = WORDS[event.kind]
    place = PLACE_BY_ID[event.place] if event.place else None
    form = "%Y-%m" if event.precision == "month only" else "%Y-%m-%d"
    link = f"https://riverbend.example/contact/{event.on:%Y/%m/%d}"
    return Row(
        {
            "event_no": "",
            "date": event.on.strftime(form),
            "date_known_to": event.precision,
            "kind": kind,
            "status": STATUS_WORDS[event.status],
            "evidence": draw.weighted(EVIDENCE[event.status]),
            "neighborhood": place.name if place else "",
            "district": DISTRICTS[place.district] if place else "",
            "citywide": "no" if place else "yes",
            "venue": draw.one(VENUES),
            "what": what,
            "organiser": draw.one(ORGANISERS),
            "link": link,
            "note": "",
        }
    )


def plant_odd_texts(draw: Draw, rows: list[Row]) -> None:
    """Write odd but harmless texts into some events."""
    for row, (kind, column, text) in zip(
        draw.some(rows, count=len(ODD_TEXTS)), ODD_TEXTS, strict=True
    ):
        row.cells[column] = text
        row.kinds.append(kind)


def plant_event_faults(draw: Draw, rows: list[Row]) -> list[Row]:
    """Add rows that cannot be counted as they are."""
    faults = (
        ("unreadable_event_date", 2, {"date": "31/31/2021"}),
        ("unknown_event_kind", 2, {"kind": "Lantern thing"}),
        ("unknown_place_name", 2, {"neighborhood": "Nether Fold", "district": ""}),
        ("held_after_data_date", 1, {"date": "2042-07-14", "status": "Took place"}),
        ("too_few_columns", 1, {}),
        ("too_many_columns", 1, {}),
    )
    clean = [row for row in rows if not row.kinds and row.cells["date_known_to"] == "exact"]
    after: dict[int, Row] = {}
    for kind, count, cells in faults:
        for row in draw.some([r for r in clean if id(r) not in after], count=count):
            after[id(row)] = Row(row.cells | cells, [kind])
    return [one for row in rows for one in (row, after.get(id(row))) if one is not None]


def finish(draw: Draw, rows: list[Row]) -> list[Row]:
    """Repeat some rows letter for letter, and break the shape of others."""
    same = {id(r) for r in draw.some([r for r in rows if not r.kinds], count=3)}
    found: list[Row] = []
    for row in rows:
        if row.kinds == ["too_few_columns"]:
            row = too_few_columns(row, kind="too_few_columns")
        if row.kinds == ["too_many_columns"]:
            row = too_many_columns(row, kind="too_many_columns")
        found.append(row)
        if id(row) in same:
            found.append(Row(dict(row.cells), ["identical_row_same_id"]))
    return found
