"""The view of this visit: read from the address once per run, carried by links, written back."""

from __future__ import annotations

from typing import Final, cast

import streamlit as st

from trustboard.citydata import CityData
from trustboard.ui import data
from trustboard.ui.address import NOTES
from trustboard.ui.escape import markdown
from trustboard.ui.pages import kept_pin
from trustboard.view import NAMES, View, pairs_of, read_view

_VIEW: Final = "tb_view"


def open_view(city: CityData) -> dict[str, str | list[str]]:
    """Read the view from the address; what was set aside is told by `show_notes`.

    Gives the parameters that links to other pages carry.
    """
    return parameters(city, _read(city, _given()))


def chosen_view(city: CityData) -> View:
    """Give the view of this visit: as the frame has read it, if it has read this address."""
    given = _given()
    slug, data_hash, read, view = st.session_state.get(_VIEW, ("", "", {}, View()))
    if (slug, data_hash, read) == (city.slug, city.data_hash, given):
        return cast(View, view)
    return _read(city, given)


def _given() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _read(city: CityData, given: dict[str, list[str]]) -> View:
    view, notes = read_view(given, data.offered(city))
    st.session_state[_VIEW] = (city.slug, city.data_hash, given, view)
    if notes:
        st.session_state.setdefault(NOTES, []).extend(notes)
    return view


def parameters(city: CityData, view: View) -> dict[str, str | list[str]]:
    """Write a view as parameters of a link within the dashboard, with the pin of the visit."""
    return {"city": city.slug, **grouped(view), **kept_pin()}


def write_view(view: View) -> None:
    """Put a view into the address; parameters that are no filters stay as they are."""
    others: dict[str, str | list[str]] = {
        name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES
    }
    st.query_params.from_dict({**others, **grouped(view)})


def link_of(city: CityData, page: str, view: View, *, label: str, key: str) -> None:
    """Link to a page with a view; `key` tells the link from others on the same page."""
    with st.container(key=f"evidence_{key}", width="content"):
        st.page_link(page, label=markdown(label), query_params=parameters(city, view))


def grouped(view: View) -> dict[str, str | list[str]]:
    """Write a view as parameters of an address, each with one value or several."""
    found: dict[str, list[str]] = {}
    for name, value in pairs_of(view):
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}
