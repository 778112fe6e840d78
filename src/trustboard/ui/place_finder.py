"""The way from the promises to one neighborhood, and what filters do not change."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from trustboard.citydata import CityData
from trustboard.ui import data
from trustboard.ui.escape import plain, text
from trustboard.ui.frame import html
from trustboard.ui.kept import FINDER
from trustboard.ui.pages import COMMITMENTS, NEIGHBORHOODS, href
from trustboard.ui.viewing import chosen_view, parameters
from trustboard.view import View


def find_a_place(city: CityData) -> None:
    """Let a resident go straight to their neighborhood: one tap opens the list, one chooses."""
    names = data.offered(city).profiled
    if not names:
        return
    chosen = st.selectbox(
        f"Your {city.city.places.singular}",
        list(names),
        index=None,
        key=FINDER,
        format_func=lambda one: plain(names.get(one, one)),
        placeholder="Type to find it",
        width=340,
    )
    if chosen is not None:
        view = replace(chosen_view(city), place=(str(chosen),), district=(), vs=())
        st.switch_page(NEIGHBORHOODS, query_params=parameters(city, view))


def verdicts_take_no_filters(city: CityData) -> None:
    """Say, where something is filtered, that verdicts are not, and which promises name a place."""
    view = chosen_view(city)
    if view.is_everything:
        return
    html(
        '<p class="tb-narrow">Filters do not change verdicts: each promise fixed its own period '
        "and places when it was written down. Yours are kept for the other pages. "
        f"{_naming(city, view)}</p>"
    )


def _naming(city: CityData, view: View) -> str:
    """Link to the promises that name a chosen place."""
    names = data.offered(city).place
    wanted = {*view.place, *(view.vs if view.place else ())}
    found = [one for one in city.commitments if wanted & set(one.places)]
    if not found:
        return ""
    links = ", ".join(
        f'<a href="{text(href(COMMITMENTS, city=city.slug, commitment=one.id))}">'
        f"{text(one.title)}</a>"
        for one in found
    )
    return f"Promises that name {text(' or '.join(names[one] for one in sorted(wanted)))}: {links}."
