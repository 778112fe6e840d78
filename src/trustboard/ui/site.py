"""Under which address a visitor sees this site, for whatever is copied out of it."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from trustboard.ui.pages import addresses

_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_PATH: Final = re.compile(r"(?:/[\w.~-]{1,80}){0,6}/?")
_UNKNOWN: Final = "http://localhost:8501"


def home() -> str:
    """Give the address of the whole site without a slash at its end.

    It is `TRUSTBOARD_URL` where whoever runs the site has set it; else what stands in the visitor's
    browser, which no server in between can get wrong.
    """
    fixed = os.environ.get("TRUSTBOARD_URL", "")
    return fixed.rstrip("/") or site_of(st.context.url or "", pages=frozenset(addresses()))


@lru_cache(maxsize=256)
def site_of(url: str, *, pages: frozenset[str]) -> str:
    """Take the page off an address; whatever is no plain web address is not repeated."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return _UNKNOWN
    known = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
    if not known or not _PATH.fullmatch(parts.path or "/"):
        return _UNKNOWN
    path = parts.path.rstrip("/")
    head, _, last = path.rpartition("/")
    return f"{parts.scheme}://{parts.netloc}{head if last in pages else path}"
