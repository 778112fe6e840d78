"""What a reader is likely to choose next on the page that was just drawn.

One step from where they are: a neighborhood, the same filters on another page, and, where the
filter panel is open, each choice in it. The reader who takes such a step finds the page drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from trustboard.ahead import AHEAD, Wanted
from trustboard.citydata import CityData
from trustboard.ui import data, script_run
from trustboard.ui.kept import PANEL
from trustboard.ui.pages import CHART, COMMITMENTS, NEIGHBORHOODS, TOPICS, address_of
from trustboard.ui.site import home
from trustboard.ui.viewing import addressed, parameters, view_asked_for
from trustboard.view import Offered, View

#: Pages with the filter bar, and those with a way to one neighborhood.
_FILTERED: Final = tuple(map(address_of, (*TOPICS, NEIGHBORHOODS)))
_FINDING: Final = ("", address_of(COMMITMENTS))
#: What the panel offers ids of, in the order in which it is drawn ahead.
_PANEL_GROUPS: Final = ("category", "finding", "filed_by", "district")

Parameters = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the page that is shown: to which page, with which address."""

    page: str
    parameters: Parameters
    stays: bool = False  # on the same page, where the panel is as it was


def look_ahead(city: CityData, *, page: str) -> None:
    """Want every page that is one step from here. `page` is Streamlit's name for the one shown."""
    run = script_run.context()
    if run is None:
        return
    pages = script_run.pages_of(run)
    names = {str(one["url_pathname"]): name for name, one in pages.items()}
    here = next((path for path, name in names.items() if name == page), "")
    panel = PANEL if st.session_state.get(PANEL) else ""
    steps = _steps(city, here, is_open=bool(panel))
    AHEAD.want(
        [
            Wanted(
                names[step.page],
                urlencode(step.parameters, doseq=True),
                f"{home()}/{step.page}",
                panel if step.stays else "",
            )
            for step in steps
            if step.page in names
        ]
    )


def _steps(city: CityData, here: str, *, is_open: bool) -> Iterator[Step]:
    """List the steps, the likeliest first; none from a chart that stands on somebody's page."""
    if here == address_of(CHART):
        return
    view, offered = view_asked_for(city), data.offered(city)
    if here in _FILTERED:
        for changed in choices(view, offered, in_panel=is_open):
            yield Step(here, addressed(changed), stays=True)
    if here in _FINDING:
        for place in city.places.index.intersection(list(offered.place)):
            about = replace(view, place=(str(place),), district=(), vs=())
            yield Step(address_of(NEIGHBORHOODS), parameters(city, about))
    for page in (*_FINDING, *_FILTERED):
        if page != here:
            yield Step(page, parameters(city, view))


def choices(view: View, offered: Offered, *, in_panel: bool) -> Iterator[View]:
    """Give every view that differs from one by a single choice that the filter bar offers.

    Whoever has opened the panel chooses there next; of days, only whole years are given. A place
    is chosen outside of the panel, so it is offered always, as is the way back to everything.
    """
    if not view.is_everything:
        yield View()
    if in_panel:
        yield from _in_panel(view, offered)
    if not view.place:
        for place in offered.place:
            yield replace(view, place=(place,), vs=())


def _in_panel(view: View, offered: Offered) -> Iterator[View]:
    """Give the quickest choices first; those of days, of which there are most, come last."""
    yield from (replace(view, unit=unit) for unit in offered.units if unit != view.unit)
    if not offered.no_rates:
        yield replace(view, show="rates" if view.show == "counts" else "counts")
    for group in _PANEL_GROUPS:
        if group == "district" and offered.places_are_districts:
            continue
        names = offered.names(group)
        if not view.kept(group) and len(names) > 1:
            for one in names:
                chosen: dict[str, Any] = {group: (one,)}
                yield replace(view, **chosen)
    yield from _years(view, offered)


def _years(view: View, offered: Offered) -> Iterator[View]:
    """Give the views that begin or end with a year, as far as they do not end before they begin."""
    if offered.first is None or offered.last is None:
        return
    for year in range(offered.last.year, offered.first.year - 1, -1):
        for changed in (replace(view, from_=str(year)), replace(view, to=str(year))):
            first, last = changed.first_day, changed.last_day
            if changed != view and (first is None or last is None or first <= last):
                yield changed
