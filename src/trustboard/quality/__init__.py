"""What is wrong with a city's data, question by question: tables in, tidy tables out.

Everything is worked out from a `CityData` at once and shared; nothing here reads a file or a
clock. What each table holds stands in `trustboard.quality.model.COLUMNS`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from trustboard.citydata import CityData
from trustboard.provenance import source_line
from trustboard.quality.aside import as_published, set_aside
from trustboard.quality.belonging import unmatched
from trustboard.quality.blanks import blanks
from trustboard.quality.checked import checks, corrections, dates
from trustboard.quality.counting import backfills, breaks, totals
from trustboard.quality.delays import delays
from trustboard.quality.located import places
from trustboard.quality.model import COLUMNS, Part, Quality
from trustboard.quality.problems import Alike, Equal, alike, as_frame
from trustboard.quality.repeats import duplicates

__all__ = ["COLUMNS", "Alike", "Equal", "Part", "Quality", "alike", "as_published", "quality"]

_ROWS: Final = ("complaints", "outcomes", "outreach")
_EVERY: Final = (*_ROWS, "places", "figures")
#: The tables that the answer of each part rests on.
_RESTS_ON: Final = {
    "set-aside": _EVERY,
    "duplicates": _EVERY,
    "blanks": _ROWS,
    "dates": _ROWS,
    "unmatched": ("complaints", "outcomes"),
    "places": ("complaints", "outreach"),
    "delays": ("complaints", "outcomes"),
    "backfills": ("complaints",),
    "breaks": _ROWS,
    "totals": ("complaints", "outreach", "figures"),
}


def quality(city: CityData) -> Quality:
    """Answer every question about the faults of a city's data, in the order of the page."""
    found = as_frame(city)
    parts = (
        set_aside(city, found),
        duplicates(city, found),
        blanks(city),
        dates(city, found),
        unmatched(city),
        places(city, found),
        delays(city),
        backfills(city),
        breaks(city),
        totals(city),
        checks(city),
        corrections(city),
    )
    return Quality(city.slug, city.data_hash, {one.id: _with_sources(one, city) for one in parts})


def _with_sources(part: Part, city: CityData) -> Part:
    names = [name for name in _RESTS_ON.get(part.id, ()) if name in city.tables]
    lines = dict.fromkeys(source_line(city.tables[name]) for name in names)
    return replace(part, sources=tuple(lines))
