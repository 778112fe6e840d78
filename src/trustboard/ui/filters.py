"""One filter bar for all pages: it shows the view of the address and writes the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from trustboard.citydata import CityData
from trustboard.ui import data
from trustboard.ui.escape import plain, text
from trustboard.ui.frame import html
from trustboard.ui.kept import PANEL, keep
from trustboard.ui.pages import NEIGHBORHOODS
from trustboard.ui.viewing import chosen_view, link_of, write_view
from trustboard.view import Offered, View, said
from trustboard.view.address import MOST_SIDE_BY_SIDE, MOST_VALUES
from trustboard.view.saying import in_words


def filter_bar(city: CityData, *, needs: str, profiles: bool = True) -> View | None:
    """Show the bar and the sentence that says what is shown; give the view.

    `needs` is the table that the page's questions count; `profiles` links to all about the chosen
    places. None where the choices exclude each other, which the bar has then said.
    """
    view, offered = chosen_view(city), data.offered(city)
    if not city.has(needs) or offered.is_nothing:
        if not view.is_everything:
            html(
                '<p class="tb-note">Nothing on this page can be narrowed: no rows are published. '
                "Your filters stay in the address for the other pages.</p>"
            )
        return View()
    with st.container(key="filterbar"):
        _places(view, offered)
        # The label stays the same: with another one the panel would be another, and closed.
        panel = st.expander(_label(offered), key=PANEL, on_change="rerun")
        if panel.open:  # a closed panel costs a visitor nothing
            with panel:
                _panel(view, offered)
    why = offered.impossible(view.place, view.district)
    _sentence(view, offered, needs=needs, why=why)
    if not view.is_everything:
        _ways_on(city, view, offered, profiles=profiles)
    return None if why else view


def _label(offered: Offered) -> str:
    """Name what the panel offers."""
    parts = ["period"] if offered.first else []
    if offered.district and not offered.places_are_districts:
        parts.append("district")
    words = {"category": "category", "finding": "finding", "filed_by": "who filed"}
    parts += [word for group, word in words.items() if len(offered.names(group)) > 1]
    parts += ["unit"] if len(offered.units) > 1 else []
    return f"Filter: {', '.join(parts[:2])} and more" if parts else "Filter"


def _sentence(view: View, offered: Offered, *, needs: str, why: str) -> None:
    """Say what is shown, or why nothing can be."""
    if why:
        html(
            f'<p class="tb-note" role="status">{text(why)} Nothing can be counted: take one of '
            "the two away.</p>"
        )
    else:
        html(f'<p class="tb-shown" role="status">{text(said(view, offered, needs=needs))}</p>')


def _ways_on(city: CityData, view: View, offered: Offered, *, profiles: bool) -> None:
    """Lead to all about the chosen places, and back to everything."""
    chosen = (*view.place, *(view.vs if view.place else ())) if profiles else ()
    with st.container(key="filter_links", horizontal=True, gap="medium"):
        for place in chosen:
            if place in offered.profiled:
                name = offered.place[place]
                about = view.within(place)
                link_of(city, NEIGHBORHOODS, about, label=f"All about {name}", key=f"of_{place}")
        st.button("Clear all filters", key="filter_clear", type="tertiary", on_click=write_view,
                  args=(View(),))  # fmt: skip


def _places(view: View, offered: Offered) -> None:
    """Offer the places, and once one is chosen, others to set beside it."""
    if not offered.place:
        return
    with st.container(key="filter_places", horizontal=True, vertical_alignment="bottom"):
        words = offered.place_words
        _many(
            view, offered, "place", label=words.capitalize(), every=f"All {words}: type to find one"
        )
        if view.compared:
            _beside(view, offered, view.compared)
        elif view.place or view.district:
            _beside(view, offered, "place" if view.place else "district")


def _beside(view: View, offered: Offered, group: str) -> None:
    names = offered.names(group)
    others = {one: name for one, name in names.items() if one not in view.kept(group)}
    room = MOST_SIDE_BY_SIDE - len(view.kept(group))
    if room > 0 and others:
        _choose(view, "vs", others, label="Compare with", every="Nothing", most=room)


def _panel(view: View, offered: Offered) -> None:
    """Offer everything else, in the order of the sentence."""
    first, second = st.columns(2)
    with first:
        _day(view, offered, "from_", label="From")
        if offered.district and not offered.places_are_districts:
            _many(view, offered, "district", label="District", every="All districts")
        _many(view, offered, "finding", label="Finding", every="Any finding, or none yet")
    with second:
        _day(view, offered, "to", label="Through")
        _many(view, offered, "category", label="Category", every="All categories")
        _many(view, offered, "filed_by", label="Filed by", every="Anybody")
    with st.container(horizontal=True, gap="large"):
        _switches(view, offered)


def _switches(view: View, offered: Offered) -> None:
    """Offer the unit and counts or rates; where there are no rates, say why."""
    if len(offered.units) > 1:
        words: dict[str, str] = {one: offered.unit_word(one).capitalize() for one in offered.units}
        _one(view, "unit", words, label="Counted by")
    if offered.no_rates:
        html(f'<p class="tb-soft">No rates: {text(offered.no_rates)}.</p>')
    else:
        shown = {"counts": "Counts", "rates": "Rates per 10,000 residents"}
        _one(view, "show", shown, label="Shown as")


def _many(view: View, offered: Offered, group: str, *, label: str, every: str) -> None:
    names = offered.names_in(group, view.unit)
    if len(names) > 1:
        _choose(view, group, names, label=label, every=every)


def _choose(
    view: View, name: str, names: Any, *, label: str, every: str, most: int = MOST_VALUES
) -> None:
    """Offer several ids under their printed names."""
    key = keep(f"filter_{name}", list(getattr(view, name)))
    st.multiselect(
        label,
        list(names),
        key=key,
        format_func=lambda one: plain(names.get(one, one)),
        placeholder=every,
        max_selections=most,
        select_all=False,
        on_change=_change,
        args=(view, name, key, lambda ids: tuple(one for one in names if one in ids)),
    )


def _one(view: View, name: str, names: dict[str, str], *, label: str) -> None:
    """Offer one of a few words."""
    key = keep(f"filter_{name}", getattr(view, name))
    st.radio(
        label,
        list(names),
        key=key,
        format_func=lambda one: plain(names.get(one, one)),
        horizontal=True,
        on_change=_change,
        args=(view, name, key, lambda one: one),
    )


def _day(view: View, offered: Offered, name: str, *, label: str) -> None:
    """Offer every year and month the data cover, and a day that an address names."""
    if offered.first is None or offered.last is None:
        return
    chosen: str = getattr(view, name)
    written = _years_and_months(offered)
    options = ["", *sorted({*written, *([chosen] if chosen else [])})]
    open_end = "The first day covered" if name == "from_" else "The last day covered"
    key = keep(f"filter_{name}", chosen)
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda one: in_words(one) if one else open_end,
        on_change=_change,
        args=(view, name, key, lambda one: one or ""),
    )


def _years_and_months(offered: Offered) -> Sequence[str]:
    first, last = offered.first, offered.last
    if first is None or last is None:
        return ()
    years = range(first.year, last.year + 1)
    months = [f"{year}-{month:02d}" for year in years for month in range(1, 13)]
    inside = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return [*map(str, years), *(one for one in months if inside[0] <= one <= inside[1])]


def _change(view: View, name: str, key: str, read: Callable[[Any], Any]) -> None:
    """Write the view with one choice changed; what stood beside a place goes with it."""
    changed: View = replace(view, **{name: read(st.session_state[key])})
    group = "place" if changed.place else "district"
    chosen = changed.kept(group)
    known_beside = changed.vs if view.compared in ("", group) else ()
    beside = tuple(one for one in known_beside if one not in chosen)
    room = max(MOST_SIDE_BY_SIDE - len(chosen), 0)
    write_view(replace(changed, vs=beside[:room] if chosen else ()))
