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

_REFRESHED: Final[Lately[Freshness | None]] = Lately(most=256)


def _refreshed(slug: str) -> Freshness | None:
    """Say how the last refreshes ended; None for a city that is not refreshed here."""
    return None if current_snapshot(slug) is None else freshness(slug)


def freshness_notes(city: CityData) -> list[str]:
    """Say, as HTML, what a visitor should know about the age of this city's data."""
    notes = []
    if _changed_during_visit(city):
        notes.append(
            '<p class="tb-note" role="status"><strong>Data updated.</strong> Newer published data '
            "arrived during your visit; this page shows them.</p>"
        )
    stale = _REFRESHED.get(city.slug, lambda: _refreshed(city.slug))
    if stale is not None and stale.stale_since is not None:
        good = "unknown" if stale.last_good is None else date_text(stale.last_good.date())
        notes.append(
            '<p class="tb-note" role="status"><strong>These data may be out of date.</strong> The '
            f"last refresh that succeeded was on {text(good)}. Since "
            f"{text(date_text(stale.stale_since.date()))} none has: {text(stale.why)}</p>"
        )
    return notes


def _changed_during_visit(city: CityData) -> bool:
    seen: dict[str, str] = st.session_state.setdefault("tb_seen", {})
    before = seen.get(city.slug, city.data_hash)
    seen[city.slug] = city.data_hash
    return before != city.data_hash
