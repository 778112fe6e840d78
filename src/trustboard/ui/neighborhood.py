"""One place or several: who lives there, and how each compares with the rest of the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from trustboard.citydata import CityData
from trustboard.listing import together
from trustboard.ui import data
from trustboard.ui.beside import COMPARED, over_time, side_by_side
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import markdown, text
from trustboard.ui.events import show_events
from trustboard.ui.filters import filter_bar
from trustboard.ui.frame import absent_files, headline, html
from trustboard.ui.funnel_block import against_rest
from trustboard.ui.limits import telling
from trustboard.ui.map_block import where_is
from trustboard.ui.pages import (
    COMMITMENTS,
    NEIGHBORHOODS,
    TOPICS,
    address_of,
    kept_pin,
    title_of,
)
from trustboard.ui.replay import replayed
from trustboard.ui.viewing import chosen_view, link_of
from trustboard.view import View, address
from trustboard.wording import whole
from trustboard.wording.places import all_places, by_name

_EVERY_PLACE: Final = (
    "Not narrowed by district here: every place is compared with the rest of the whole city."
)


def show_neighborhood(city: CityData) -> None:
    """Show the places a visitor has chosen; where none is, every place against the rest."""
    known = data.offered(city).profiled
    places = _chosen(city, chosen_view(city))
    names = [known[one] for one in places]
    _heading(city, places, names)
    absent_files(city)
    if not known:
        return
    counted = "complaints" if city.places.empty else "places"
    view = filter_bar(city, needs=counted, profiles=False)
    if view is None:
        return
    if places:
        _elsewhere(city, view)
    elif view.district:
        html(f'<p class="tb-narrow">{_EVERY_PLACE}</p>')
    plain = _without_places(view)
    key = (repr(plain), city.outlines, *places)
    replayed("places", city, *key, draw=lambda: _profile(city, plain, places))
    if not places:
        _list_of_all(city, view)
        return
    show_events(city, replace(plain, place=tuple(places)))
    _promises(city, places, names)


def _heading(city: CityData, places: Sequence[str], names: Sequence[str]) -> None:
    """Name the chosen places, and say who lives there; else say what is shown of every place."""
    word, words = city.city.places.singular, city.city.places.plural
    if not data.offered(city).profiled:
        headline(f"No {word} is published", city.city.about, kicker=city.city.name)
    elif not places:
        headline(*all_places(word, words, listed=not city.places.empty), kicker=city.city.name)
    else:
        about = f"Residents of {words} are not published: shares are compared, rates cannot be."
        if not city.places.empty:
            about = " ".join(_about(city, one, named=len(places) > 1) for one in places)
        headline(together(names), about, kicker=f"{city.city.name} · {word}")


def _chosen(city: CityData, view: View) -> list[str]:
    """Name the places to show, of those that have a page of their own."""
    known = data.offered(city).profiled
    return [one for one in view.profiled(level=city.city.places.level) if one in known]


def _without_places(view: View) -> View:
    return replace(view, place=(), district=(), vs=())


def _profile(city: CityData, view: View, places: Sequence[str]) -> None:
    """Show what is worked out: beside the rest, against chance, over time, and where."""
    if places:
        side_by_side(city, view, places)
    tell = telling()
    against_rest(city, view, places, tell=tell)
    if places:
        for indicator in COMPARED:
            over_time(city, view, indicator, places, tell=tell)
    if not city.places.empty:
        where_is(city, view, places)


def _elsewhere(city: CityData, view: View) -> None:
    """Lead to the pages on each topic, with the same choices."""
    with st.container(key="elsewhere", horizontal=True, gap="medium"):
        html('<p class="tb-soft">The same choice on:</p>')
        for page in TOPICS:
            link_of(city, page, view, label=f"{title_of(page)} here", key=f"to_{address_of(page)}")


def _list_of_all(city: CityData, view: View) -> None:
    """List every place as a link to its profile."""
    links = []
    names = data.offered(city).profiled
    for one, name in sorted(names.items(), key=lambda pair: by_name(pair[1])):
        state = address(view.within(one), city=city.slug, **kept_pin())
        target = f"{address_of(NEIGHBORHOODS)}?{state}"
        links.append(f'<li><a href="{text(target)}">{text(name)}</a></li>')
    ask(f"All {city.city.places.plural}")
    html(f'<ul class="tb-columns">{"".join(links)}</ul>')


def _promises(city: CityData, places: list[str], names: list[str]) -> None:
    """Link to the promises that name one of these places."""
    named = [one for one in city.commitments if set(places) & set(one.places)]
    if not named:
        return
    ask(f"What was promised about {' or '.join(names)}?")
    for one in named:
        html(f"<p>{text(one.statement)}</p>")
        with st.container(key=f"evidence_{one.id}"):
            st.page_link(
                COMMITMENTS,
                label=markdown(f"Evidence: {one.title}"),
                query_params={"city": city.slug, "commitment": one.id, **kept_pin()},
            )


def _about(city: CityData, place: str, *, named: bool) -> str:
    """Say who lives in a listed place and where it lies; `named` begins with its name."""
    row = city.places.loc[place]
    parts = []
    people = row.get("population")
    if people is not None and pd.notna(people):
        year = row.get("population_year")
        when = f" ({year})" if year is not None and pd.notna(year) else ""
        parts.append(f"{whole(people)} residents{when}")
    district = row.get("district_id")
    if district is not None and pd.notna(district) and str(district) != place:
        names = data.offered(city).district
        parts.append(names.get(str(district), str(district)))
    said = ", ".join(parts)
    doubt = row.get("rates_ok")
    if doubt is not None and pd.notna(doubt) and not bool(doubt):
        said += ". The number of residents is unreliable here, so only counts are shown, no rates"
    said = said or "residents are not published"
    if named:
        return f"{row['name']}: {said}."
    return f"{said[:1].upper()}{said[1:]}."
