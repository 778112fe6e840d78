"""What Riverbend is: its invented places, the words its offices use, and its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_DAY: Final = date(2019, 1, 1)
DATA_DATE: Final = date(2024, 12, 31)

#: From this day the city accepts complaints that nobody signed.
UNSIGNED_ACCEPTED: Final = date(2021, 1, 1)

#: From this month on the mix of complaints differs from the months before (see `cases`).
MIX_CHANGES: Final = date(2023, 4, 1)

#: Until this day the box "filed by" on the new form could be left empty.
FILED_BY_REQUIRED: Final = date(2023, 1, 1)

#: From this month on more outreach is held.
MORE_OUTREACH: Final = date(2022, 7, 1)

#: The day on which a box of old paper forms was typed in.
BACKFILL_DAY: Final = date(2020, 9, 14)

DISTRICTS: Final = {
    "hill": "Hill",
    "westbank": "Westbank",
    "ferry-center": "Ferry Center",
    "eastwater": "Eastwater",
    "southmeadow": "Southmeadow",
    "foundry-point": "Foundry Point",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One neighborhood: its tile on the map and how many complaints and events it draws.

    `complaints` and `outreach` are weights per resident, 1.0 being the city's ordinary level.
    """

    id: str
    name: str
    district: str
    residents: int
    row: int
    col: int
    complaints: float
    outreach: float
    reliable: bool = True
    note: str = ""


# The river comes from the north along column 5, bends at row 4 and leaves to the west along row 5:
# those tiles stay empty.
PLACES: Final = (
    Place("larkspur-hill", "Larkspur Hill", "hill", 14200, 1, 2, 0.45, 2.2),
    Place("upper-wicket", "Upper Wicket", "hill", 11800, 1, 3, 0.60, 1.4),
    Place("beacon-rise", "Beacon Rise", "hill", 9600, 1, 4, 0.55, 2.6),
    Place("quarry-top", "Quarry Top", "hill", 12700, 2, 2, 0.80, 0.8),
    Place("tannery-row", "Tannery Row", "westbank", 8900, 2, 1, 1.25, 0.5),
    Place("millrace", "Millrace", "westbank", 10400, 3, 1, 1.00, 0.9),
    Place("old-orchard", "Old Orchard", "westbank", 13100, 3, 2, 0.65, 1.3),
    Place("saltbox-green", "Saltbox Green", "westbank", 7600, 4, 2, 0.70, 1.1),
    Place("clocktower", "Clocktower", "ferry-center", 7300, 2, 3, 1.30, 1.0),
    Place("courthouse-square", "Courthouse Square", "ferry-center", 3900, 2, 4, 3.10, 3.8),
    Place("lantern-market", "Lantern Market", "ferry-center", 5200, 3, 3, 2.20, 2.1),
    Place("ferry-landing", "Ferry Landing", "ferry-center", 6100, 3, 4, 1.80, 1.2),
    Place("the-narrows", "The Narrows", "ferry-center", 4400, 4, 3, 1.60, 0.4),
    Place("dovecote", "Dovecote", "eastwater", 9200, 2, 6, 0.75, 1.0),
    Place("heron-flats", "Heron Flats", "eastwater", 15800, 3, 6, 0.85, 0.6),
    Place("marigold-park", "Marigold Park", "eastwater", 11500, 3, 7, 0.70, 0.7),
    Place("cinder-lane", "Cinder Lane", "eastwater", 12300, 4, 6, 1.70, 0.25),
    Place("pepperwood", "Pepperwood", "eastwater", 10900, 4, 7, 1.15, 0.5),
    Place("weir-gardens", "Weir Gardens", "southmeadow", 13600, 6, 2, 0.70, 0.9),
    Place("clover-bottom", "Clover Bottom", "southmeadow", 9900, 6, 3, 0.95, 0.6),
    Place("thistle-end", "Thistle End", "southmeadow", 8200, 6, 4, 1.20, 0.35),
    Place(
        "kiln-yards", "Kiln Yards", "foundry-point", 410, 5, 5, 16.0, 0.0, False,
        "Brickworks and truck yards. The head count includes a hostel that has since closed.",
    ),
    Place("barge-street", "Barge Street", "foundry-point", 6700, 6, 5, 1.90, 0.3),
    Place(
        "slipway", "Slipway", "foundry-point", 730, 5, 6, 0.60, 1.5, True,
        "Houseboats and one street: too few residents for a rate.",
    ),
)  # fmt: skip

PLACE_BY_ID: Final = {place.id: place for place in PLACES}

#: Category id → the words on the complaint form.
CATEGORIES: Final = {
    "use_of_force": "Force",
    "courtesy": "Discourtesy",
    "stops_and_searches": "Stop or search",
    "neglect_of_duty": "Duty not done",
    "property": "Property",
    "bias": "Unequal treatment",
    "other_rules": "Other rule",
}

STATION: Final = "HQ / not located"
OUTSIDE: Final = "Outside city limits"
FORMER_NAME: Final = {"lantern-market": "Lamp Market"}  # used on forms until the end of 2020
