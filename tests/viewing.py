"""The invented city, what it offers, and any view of it: for tests of views."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from trustboard.citydata import CityData
from trustboard.load import data_root, load_city
from trustboard.query import FILTERS
from trustboard.view import Offered, View, offered_by
from trustboard.view.address import MOST_SIDE_BY_SIDE


@cache
def city() -> CityData:
    """Open the invented city once."""
    return load_city("riverbend", data=data_root())


@cache
def riverbend() -> Offered:
    """List what the invented city offers; Riverbend has everything there is to choose."""
    return offered_by(city())


def some(group: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Choose some ids of a group, in the order of the city."""
    ids = list(riverbend().names(group))
    return st.sets(st.sampled_from(ids), max_size=3).map(
        lambda chosen: tuple(one for one in ids if one in chosen)
    )


@st.composite
def views(draw: st.DrawFn) -> View:
    """Build any view there can be."""
    months = draw(st.lists(st.integers(0, 71), min_size=2, max_size=2).map(sorted))
    ends = [f"{2019 + month // 12}-{month % 12 + 1:02d}" for month in months]
    groups = {group: draw(some(group)) for group in FILTERS}
    base = View(
        from_=draw(st.sampled_from(["", ends[0], ends[0][:4]])),
        to=draw(st.sampled_from(["", ends[1], ends[1][:4]])),
        unit=draw(st.sampled_from(riverbend().units)),
        show=draw(st.sampled_from(["counts", "rates"])),
        **groups,
    )
    group = "place" if base.place else "district"
    chosen = base.kept(group)
    others = tuple(one for one in draw(some(group)) if one not in chosen)
    return replace(base, vs=others[: MOST_SIDE_BY_SIDE - len(chosen)] if chosen else ())
