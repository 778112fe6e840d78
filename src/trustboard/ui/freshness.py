"""How fresh the data are: new ones that arrived during a visit, and refreshes that did not."""

from __future__ import annotations

from typing import Final

import streamlit as st

from trustboard.citydata import CityData
from trustboard.load import current_snapshot, freshness
from trustboard.shelves import Lately
from trustboard.snapshots.store import Freshness
from trustboard.ui.escape import text
from trustboard.wording import date_text

_UPDATED: Final = (
    '<p class="tb-note" role="status"><strong>Data updated.</strong> Newer published data arrived '
    "during your visit; this page shows them.</p>"
)
_REFRESHED: Final[Lately[Freshness | None]] = Lately(most=256)


def _refreshed(slug: str) -> Freshness | None:
    """Say how the last refreshes ended; None for a city that is not refreshed here."""
    return None if current_snapshot(slug) is None else freshness(slug)


def freshness_notes(city: CityData) -> list[str]:
    """Say, as HTML, what a visitor should know about the age of this city's data."""
    notes = [_UPDATED] if has_changed(city) else []
    take_note(city)
    old = out_of_date(city)
    return [*notes, old] if old else notes


def out_of_date(city: CityData) -> str:
    """Say, as HTML, that no refresh has succeeded lately; nothing where one has."""
    stale = _REFRESHED.get(city.slug, lambda: _refreshed(city.slug))
    if stale is None or stale.stale_since is None:
        return ""
    good = "unknown" if stale.last_good is None else date_text(stale.last_good.date())
    return (
        '<p class="tb-note" role="status"><strong>These data may be out of date.</strong> The '
        f"last refresh that succeeded was on {text(good)}. Since "
        f"{text(date_text(stale.stale_since.date()))} none has: {text(stale.why)}</p>"
    )


def has_changed(city: CityData) -> bool:
    """Say whether newer data of a city have arrived since this visit last showed it."""
    return str(_seen().get(city.slug, city.data_hash)) != city.data_hash


def take_note(city: CityData) -> None:
    """Note which data of a city this visit shows."""
    _seen()[city.slug] = city.data_hash


def _seen() -> dict[str, str]:
    seen: dict[str, str] = st.session_state.setdefault("tb_seen", {})
    return seen
