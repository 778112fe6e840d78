"""The outreach of six years: where police went when they did not come to enforce."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from generator.draw import Draw, months
from generator.facts import DATA_DATE, DISTRICTS, FIRST_DAY, MORE_OUTREACH, PLACES

#: Events a month that nobody scheduled long before: until `MORE_OUTREACH`, and since.
LEVELS: Final = (13.1, 18.8)
KINDS: Final = {
    "neighborhood_meeting": 26,
    "school_visit": 17,
    "youth_event": 13,
    "neighborhood_walk": 12,
    "neighborhood_visit": 8,
    "festival": 9,
    "giveaway": 6,
    "forum_panel": 4,
    "recruitment": 3,
    "media": 2,
}
STATUS: Final = {"held": 82, "announced": 9, "cancelled": 5, "absent": 4}

#: Where each district's quarterly open evening is held since `MORE_OUTREACH`.
OPEN_EVENINGS: Final = dict(
    zip(
        DISTRICTS,
        ("beacon-rise", "millrace", "clocktower", "heron-flats", "weir-gardens", "barge-street"),
        strict=True,
    )
)

#: Town halls: two a year at first, then fifteen between the promise and the end of 2023.
TOWN_HALLS: Final = (
    "2019-04-11", "2019-10-17", "2020-04-16", "2020-10-15", "2021-04-15", "2021-10-14",
    "2022-04-21", "2022-06-16", "2022-07-21", "2022-09-15", "2022-10-20", "2022-12-08",
    "2023-01-19", "2023-03-16", "2023-04-20", "2023-05-25", "2023-07-13", "2023-08-24",
    "2023-09-28", "2023-11-02", "2023-12-07", "2024-03-14", "2024-06-13", "2024-10-10",
)  # fmt: skip


@dataclass(slots=True)
class Event:
    """One event, as it was; `place` is empty for one that was for the whole city."""

    on: date
    kind: str
    place: str
    status: str = "held"
    precision: str = "exact"


def draw_events(draw: Draw) -> list[Event]:
    """Draw every event, in the order of its day."""
    events = [Event(date.fromisoformat(day), "town_hall", "") for day in TOWN_HALLS]
    for event in events:
        event.place = draw.one(["courthouse-square", "clocktower", "beacon-rise", "larkspur-hill"])
    events += open_evenings(draw)
    for month in months(FIRST_DAY, last=DATA_DATE):
        level = LEVELS[month >= MORE_OUTREACH]
        count = round(level + 0.8 * level**0.5 * draw.normal())
        events += [one_event(draw, on=draw.day_of(month)) for _ in range(max(0, count))]
    return sorted(events, key=lambda event: event.on)


def open_evenings(draw: Draw) -> list[Event]:
    """Hold one open evening in each district in the second month of each quarter."""
    return [
        Event(month + timedelta(days=draw.whole(3, high=24)), "neighborhood_meeting", place)
        for month in months(MORE_OUTREACH, last=DATA_DATE)
        if month.month % 3 == 2
        for place in OPEN_EVENINGS.values()
    ]


def one_event(draw: Draw, *, on: date) -> Event:
    """Draw one event on a day: what, where, and whether it took place."""
    place = draw.weighted({place.id: place.residents * place.outreach for place in PLACES})
    return Event(
        on=on,
        kind=draw.weighted(KINDS),
        place="" if draw.chance(0.04) else place,
        status=draw.weighted(STATUS),
        precision="month only" if draw.chance(0.006) else "exact",
    )
