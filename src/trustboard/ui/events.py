"""Documented outreach events, listed one by one with how sure each is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from trustboard import terms
from trustboard.citydata import CityData
from trustboard.exports.events import NOT_COMPLETE, is_complete, listed_events
from trustboard.listing import together
from trustboard.query import Query
from trustboard.ui import data
from trustboard.ui.chart_block import ask, folded
from trustboard.ui.escape import link, text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.replay import replayed
from trustboard.ui.take_events import take_events
from trustboard.view import View
from trustboard.wording import date_text

_LISTED = 200
#: Events that stand open, newest first; the others are folded below them.
_OPEN = 12


def show_events(city: CityData, view: View) -> None:
    """List the newest documented events of the places and days chosen.

    A collection that is not complete is never counted.
    """
    narrowed = View(from_=view.from_, to=view.to, place=view.place, district=view.district)
    replayed("events", city, repr(narrowed), draw=lambda: _events_block(city, narrowed))


def _events_block(city: CityData, view: View) -> None:
    query, offered = _query(view), data.offered(city)
    events = listed_events(city, query)
    if events is None:
        return
    names = [offered.place[p] for p in view.place] or [offered.district[d] for d in view.district]
    where = f" in {together(names)}" if names else ""
    if events.empty:
        ask(f"Which events{where} are documented?", "None was found; that does not mean none.")
        return
    count = f"{len(events):,} event{'s are' if len(events) > 1 else ' is'} documented{where}"
    said = f"{count}, from {_first(events)} to {_last(events)}."
    if not is_complete(city):
        said += f" {NOT_COMPLETE}"
    ask(f"Which events{where} are documented?", said)
    html(_evidence_words(events), _listed(city, events), take_events(city, query))


def _query(view: View) -> Query:
    """Ask for the events of the places, districts and days of a view."""
    groups = (("place", view.place), ("district", view.district))
    kept = tuple((name, ids) for name, ids in groups if ids)
    return Query(from_=view.first_day, to=view.last_day, filters=kept)


def _listed(city: CityData, events: pd.DataFrame) -> str:
    """List events, a dozen open and the others folded, as a page on a phone has room for them."""
    rows = [_row(city, row) for _, row in events.head(_LISTED).iterrows()]
    first, before = rows[:_OPEN], rows[_OPEN:]
    some = (
        f"the latest {len(rows)} of {len(events):,}" if len(events) > len(rows) else "newest first"
    )
    parts = [_table(first, caption=f"Documented events, {some}")]
    if before:
        name = f"{len(before)} events before these"
        parts.append(folded(name, _table(before, caption=name)))
    return "".join(parts)


def _table(rows: Sequence[Sequence[str]], *, caption: str) -> str:
    heads = ["Date", "Kind", "Where", "Took place", "Evidence", "Source"]
    return html_table(heads, rows, caption=caption, cells_are_html=True, long_text=True)


def _evidence_words(events: pd.DataFrame) -> str:
    """Say what announced, reported and verified mean, with how many events are each."""
    if "evidence" not in events:
        return ""
    counts = events["evidence"].value_counts()
    items = "".join(
        f'<li><span class="tb-tag">{word.capitalize()}</span> ({int(counts.get(word, 0)):,}): '
        f"{text(meaning)}</li>"
        for word, meaning in terms.EVIDENCE.items()
    )
    return f'<ul class="tb-evidence">{items}</ul>'


def _row(city: CityData, row: pd.Series[str]) -> list[str]:
    url, publisher = row.get("url"), row.get("publisher")
    source = link(_word(publisher) or "source", url) if pd.notna(url) else text(_word(publisher))
    precision = _word(row.get("date_precision")) or "day"
    return [
        text(date_text(row["held_on"], precision)),
        text(_word(row.get("event_kind")).replace("_", " ")),
        text(_place(city, row)),
        text(_word(row.get("event_status"))),
        text(_word(row.get("evidence"))),
        source,
    ]


def _place(city: CityData, row: pd.Series[str]) -> str:
    place = _word(row.get("place_id"))
    if row.get("citywide") is True:
        return "Citywide or online"
    if place in city.places.index:
        return str(city.places.loc[place, "name"])
    return city.city.places.also.get(place, _word(row.get("venue")) or "not stated")


def _word(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _first(events: pd.DataFrame) -> str:
    return date_text(events["held_on"].min(), "month")


def _last(events: pd.DataFrame) -> str:
    return date_text(events["held_on"].max(), "month")
