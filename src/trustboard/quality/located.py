"""Is the place of each row known, and if not, in which way?"""

from __future__ import annotations

import pandas as pd

from trustboard import terms
from trustboard.citydata import CityData, Table
from trustboard.quality.dating import share, timed
from trustboard.quality.model import Part, tidy
from trustboard.wording.quality import places_said

STATES = ("known", "outside", "blank", "said_unknown", "on_no_list")


def places(city: CityData, found: pd.DataFrame) -> Part:
    """Count rows by what is known of their place, per table and year; `found` as of `as_frame`."""
    rows: list[dict[str, object]] = []
    level = city.city.places.level
    for name, table, year in timed(city):
        if not _columns(table, level):
            continue
        state = _states(table, found, level=level)
        for one in STATES:
            for period, number, of in year.count(state == one):
                rows.append(
                    {
                        "table": name,
                        "period": period,
                        "state": one,
                        "rows": number,
                        "of": of,
                        "share": share(number, of),
                    }
                )
    told = tidy("places", rows)
    return Part(
        id="places",
        question="Is the place known?",
        said=places_said(told, place=city.city.places.singular),
        table=told,
        can_tell=bool(len(told)),
        action="A row without a known place stays in every figure of the city, is shown as "
        "“unknown”, and is never shared out among the places that are known.",
        limits=(
            "A row that the publisher puts at a police station, at city hall or at the middle of "
            "the city counts as unknown where the city’s description says so.",
            "If the place is unknown in more than 15% of the rows that a test looks at, its "
            "verdict is “cannot tell: records incomplete”.",
        ),
    )


def _columns(table: Table, level: str) -> list[str]:
    """Name the columns that can say where a row belongs, at the city's own level."""
    wanted = ("place_id", "district_id") if level == "district" else ("place_id",)
    return [name for name in wanted if name in table.columns]


def _states(table: Table, found: pd.DataFrame, *, level: str) -> pd.Series:
    """Say of each kept row what is known of its place: one of `STATES`."""
    names = _columns(table, level)
    spoken_in = [f"{one}_as_published" for one in names if f"{one}_as_published" in table.columns]
    frame = table.part(["line", *names, *spoken_in])
    place = frame[names[0]]
    for more in names[1:]:
        place = place.fillna(frame[more])
    blank = pd.Series(True, index=frame.index)
    for one in spoken_in:
        blank &= frame[one].fillna("").str.strip() == ""
    lost = found[(found["check"] == "unknown_place") & (found["table"] == table.name)]["line"]
    state = pd.Series("known", index=frame.index).mask(place == terms.OUTSIDE, "outside")
    unknown = place.isna() | (place == terms.UNKNOWN_PLACE)
    state = state.mask(unknown, "said_unknown").mask(place.isna() & blank, "blank")
    return state.mask(unknown & frame["line"].isin(set(lost)), "on_no_list")
