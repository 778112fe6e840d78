"""Parts of a page that are the same for everybody: drawn once, then played back.

Drawing costs many times what playing back costs. Only widgets, and what hangs on them, must be
outside: Streamlit does not play them back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from trustboard.citydata import CityData
from trustboard.ui.pages import kept_pin
from trustboard.ui.site import home

#: Each part holds the finished messages to the browser, some 50 kB where there is a chart. Whole
#: pages are kept elsewhere; parts help where the same charts stand under another filter bar.
MOST_KEPT: Final = 48


def replayed(name: str, city: CityData, *key: str, draw: Callable[[], None]) -> None:
    """Show what `draw` shows; it is called once for each `name`, state of `city` and `key`.

    The name and the key must say everything that `draw` depends on, besides the address of the
    site, which stands in every citation, and the pin of the visit, which stands in every link.
    """
    state = (city.slug, city.fingerprint, home(), kept_pin().get("pin"))
    _drawn(key=repr((name, state, key)), _draw=draw)


@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False)
def _drawn(*, key: str, _draw: Callable[[], None]) -> None:
    """Draw once per key. One plain string is what Streamlit hashes quickest."""
    del key
    _draw()
