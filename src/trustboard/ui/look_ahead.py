"""What a reader is likely to choose next on the page that they see.

One step from where they are: the open filter panel and each choice in it, a neighborhood, the same
filters on another page. The reader who takes such a step finds the page drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from trustboard.ahead import Outlook, Wanted
from trustboard.citydata import CityData
from trustboard.ui import data, script_run
from trustboard.ui.kept import PANEL
from trustboard.ui.pages import CHART, COMMITMENTS, NEIGHBORHOODS, TOPICS, address_of, kept_pin
from trustboard.ui.site import home
from trustboard.ui.viewing import grouped
from trustboard.view import NAMES, Offered, View, read_view

#: Pages with the filter bar, and those with a way to one neighborhood.
_FILTERED: Final = tuple(map(address_of, (*TOPICS, NEIGHBORHOODS)))
_FINDING: Final = ("", address_of(COMMITMENTS))
#: What the panel offers ids of, in the order in which it is drawn ahead.
_PANEL_GROUPS: Final = ("category", "finding", "filed_by", "district")
#: No page leads to more than so many others: of a city with very many places, the first.
MOST_STEPS: Final = 200

Parameters = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Here:
    """Where a reader is: all that is needed to write the addresses that can be chosen there.

    It is kept with the page, so it holds nothing large. `path` is the address of the page, `given`
    what stands behind it, `carried` what each link carries, `pages` Streamlit's name for each page
    and `places` those that can be found from here.
    """

    path: str
    given: Mapping[str, list[str]]
    carried: Mapping[str, str]
    home: str
    pages: Mapping[str, str]
    offered: Offered
    places: tuple[str, ...]
    panel: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the page that is shown: to which page, with which address."""

    page: str
    parameters: Parameters
    panel: str = ""


def outlook(city: CityData, *, page: str) -> Outlook:
    """Give every page that is one step from here. `page` is Streamlit's name for the one shown.

    None of them is worked out before somebody has time for it: a reader waits for this.
    """
    run = script_run.context()
    pages = {} if run is None else script_run.pages_of(run)
    names = {str(one["url_pathname"]): name for name, one in pages.items()}
    path = next((path for path, name in names.items() if name == page), "")
    here = Here(
        path=path,
        given={name: st.query_params.get_all(name) for name in st.query_params},
        carried={"city": city.slug, **kept_pin()},
        home=home(),
        pages=names,
        offered=data.offered(city),
        places=tuple(data.offered(city).profiled) if path in _FINDING else (),
        panel=PANEL if st.session_state.get(PANEL) else "",
    )
    return Outlook(islice(_wanted(here), MOST_STEPS))


def _wanted(here: Here) -> Iterator[Wanted]:
    for step in _steps(here):
        if step.page in here.pages:
            query = urlencode(step.parameters, doseq=True)
            url = f"{here.home}/{step.page}"
            yield Wanted(here.pages[step.page], query, url, step.panel)


def _steps(here: Here) -> Iterator[Step]:
    """List the steps, the likeliest first; none from a chart that stands on somebody's page."""
    if here.path == address_of(CHART):
        return
    view = read_view(here.given, here.offered)[0]
    if here.path in _FILTERED:
        others = {name: values for name, values in here.given.items() if name not in NAMES}
        if not here.panel:
            yield Step(here.path, here.given, panel=PANEL)
        for changed in choices(view, here.offered, in_panel=bool(here.panel)):
            yield Step(here.path, {**others, **grouped(changed)}, panel=here.panel)
    if here.path in _FINDING:
        for place in here.places:
            if place in here.offered.place:
                about = replace(view, place=(place,), district=(), vs=())
                yield Step(address_of(NEIGHBORHOODS), {**here.carried, **grouped(about)})
    for path in (*_FINDING, *_FILTERED):
        if path != here.path:
            yield Step(path, {**here.carried, **grouped(view)})


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
    for unit in offered.units:
        if unit != view.unit and set(view.category) <= set(offered.names_in("category", unit)):
            yield replace(view, unit=unit)
    if not offered.no_rates:
        yield replace(view, show="rates" if view.show == "counts" else "counts")
    for group in _PANEL_GROUPS:
        if group == "district" and offered.places_are_districts:
            continue
        names = offered.names_in(group, view.unit)
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
