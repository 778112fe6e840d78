"""Which pages there are, under which titles and addresses."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

HOME: Final = "pages/0_Home.py"
COMMITMENTS: Final = "pages/1_Commitments.py"
#: Page file → title; Streamlit takes each address from the file's name.
TITLES: Final = {
    COMMITMENTS: "Commitments",
    "pages/2_Complaints.py": "Complaints",
    "pages/3_Outcomes.py": "Outcomes",
    "pages/4_Outreach.py": "Outreach",
    "pages/5_Neighborhoods.py": "Neighborhoods",
    "pages/6_Sources.py": "Sources and methods",
}


def listed_pages() -> list[StreamlitPage]:
    """Give the pages of the navigation, Home first."""
    home = st.Page(HOME, title="Home", default=True)
    return [home, *(st.Page(path, title=title) for path, title in TITLES.items())]


def other_addresses() -> list[StreamlitPage]:
    """Give the same pages under lower-case addresses: `/complaints` works like `/Complaints`."""
    return [
        st.Page(path, title=title, url_path=_address(path), visibility="hidden")
        for path, title in TITLES.items()
    ]


def _address(path: str) -> str:
    return path.removesuffix(".py").partition("_")[2].lower()
