"""The form of a drawing that an address asks for: the map or the funnel of one chart's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from trustboard.citydata import CityData
from trustboard.indicator import Indicator
from trustboard.query import Query
from trustboard.ui import data, funnel_block, map_block
from trustboard.ui.escape import shorten
from trustboard.ui.forms import DRAWN, FORM, MAP, MARKED
from trustboard.ui.limits import telling
from trustboard.ui.replay import replayed
from trustboard.view import only, read_places

_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class AskedForm:
    """What draws the form that was asked for, None for the usual chart, and what was set aside."""

    draw: Callable[[], None] | None = None
    notes: tuple[str, ...] = ()


def form_asked(city: CityData, indicator: Indicator, query: Query, *, framed: bool) -> AskedForm:
    """Read from the address of a chart in which form its table shall be drawn."""
    if FORM not in st.query_params:
        return AskedForm()
    name = only(st.query_params.get_all(FORM))
    elsewhere = query.kept("place") or query.kept("district") or query.rest
    listed = name != MAP or not city.places.empty
    if DRAWN.get(name) != indicator.id or query.by != ("place",) or elsewhere or not listed:
        return AskedForm(notes=(_no_form(name),))
    given = {MARKED: st.query_params.get_all(MARKED)}
    places, notes = read_places(given, MARKED, data.offered(city))

    def draw() -> None:
        if name == MAP:
            map_block.show_map(city, query, places, framed=framed)
        else:
            funnel_block.show_funnel(city, query, places, tell=telling(), framed=framed)

    whole = "framed " if framed else ""
    key = (repr(query), city.outlines, *places)
    return AskedForm(partial(replayed, whole + name, city, *key, draw=draw), notes)


def _no_form(name: str) -> str:
    said = f"as “{shorten(name, longest=_LONGEST)}”" if name.strip() else "so"
    return (
        f"This table cannot be drawn {said}; it is shown as usual. A map is drawn of complaints "
        "received by place, where places are listed, and a funnel of complaints per 10,000 "
        "residents by place, both of a whole city."
    )
