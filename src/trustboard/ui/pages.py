"""Which pages there are: every numbered file of `pages/`, in the order of the numbers.

A file without a number is a page too, which no navigation lists: one comes to it by a link.

A page's address is its file's name, and its title the same with underscores read as spaces, so that
adding a page touches nothing but its file. File names are lower case: Streamlit reads the folder by
itself before `app.py` has run once, and would otherwise not know the address of a first visit.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

COMMITMENTS: Final = "pages/1_commitments.py"
COMPLAINTS: Final = "pages/2_complaints.py"
OUTCOMES: Final = "pages/3_outcomes.py"
OUTREACH: Final = "pages/4_outreach.py"
NEIGHBORHOODS: Final = "pages/5_neighborhoods.py"
SOURCES: Final = "pages/6_sources.py"
QUALITY: Final = "pages/7_data_quality.py"
METHOD: Final = "pages/8_method.py"
CHART: Final = "pages/chart.py"
#: What the numbers of a city are about, a page each.
TOPICS: Final = (COMPLAINTS, OUTCOMES, OUTREACH)

#: Where a visit keeps the pin that its pages hold to; see `ui/pinned.py`.
PIN_KEPT: Final = "tb_pin"

_FOLDER: Final = "pages"
_NAME: Final = re.compile(r"(\d+)_(\w+)\.py")
_UNLISTED: Final = re.compile(r"[a-z]\w*\.py")


def page_files(folder: Path) -> list[str]:
    """Name the page files of a folder in the order of their numbers; other files are no pages."""
    found = [
        (int(named[1]), path.name)
        for path in folder.glob("*.py")
        if (named := _NAME.fullmatch(path.name))
    ]
    return [name for _, name in sorted(found)]


def unlisted_files(folder: Path) -> list[str]:
    """Name the page files that no navigation lists: those whose names begin with a letter."""
    return sorted(path.name for path in folder.glob("*.py") if _UNLISTED.fullmatch(path.name))


def title_of(file: str) -> str:
    """Read a page's title from its file's name: `pages/6_where_it_is.py` is "Where it is"."""
    return address_of(file).replace("_", " ").capitalize()


def listed_pages() -> list[StreamlitPage]:
    """Give the pages of the navigation; the first is the one that opens by itself."""
    return [
        st.Page(file, title=title_of(file), default=position == 0)
        for position, file in enumerate(_files())
    ]


def unlisted_pages() -> list[StreamlitPage]:
    """Give the pages that one comes to only by a link."""
    folder = _folder()
    files = [f"{_FOLDER}/{name}" for name in unlisted_files(folder)]
    return [st.Page(file, title=title_of(file)) for file in files]


@cache
def addresses() -> tuple[str, ...]:
    """List the addresses of all pages, as seen from the site's root."""
    folder = _folder()
    return tuple(address_of(name) for name in [*page_files(folder), *unlisted_files(folder)])


def href(file: str, **parameters: str) -> str:
    """Give the address of a page, with its state, as seen from any other page; not yet escaped.

    A pin that the visit holds to is kept.
    """
    return f"{address_of(file)}?{urlencode({**parameters, **kept_pin()})}"


def kept_pin() -> dict[str, str]:
    """Give the pin that the visit holds to, as a parameter of an address; nothing without one."""
    pin = st.session_state.get(PIN_KEPT, "")
    return {"pin": pin} if pin else {}


def _files() -> list[str]:
    """Name the pages as Streamlit wants them: as seen from `app.py`."""
    return [f"{_FOLDER}/{name}" for name in page_files(_folder())]


def _folder() -> Path:
    beside_source = Path(__file__).resolve().parents[3] / _FOLDER
    return beside_source if beside_source.is_dir() else Path(_FOLDER)


def address_of(file: str) -> str:
    """Give the address of a page without its state, as seen from any other page."""
    name = file.rpartition("/")[2].removesuffix(".py")
    numbered = _NAME.fullmatch(f"{name}.py")
    return numbered[2] if numbered else name
