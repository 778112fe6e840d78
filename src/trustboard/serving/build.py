"""What Streamlit's own build says of its files: the page, and the scripts that an element needs."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["'`]\./([\w.-]+\.js)["'`]""")
_ENTRY: Final = re.compile(r'<script type="module"[^>]* src="\./static/js/([\w.-]+\.js)"')
_PRELOADED: Final = re.compile(r'<link rel="modulepreload"[^>]* href="\./static/js/([\w.-]+\.js)"')
_STYLED: Final = re.compile(r'<link rel="stylesheet"[^>]* href="\./static/css/([\w.-]+\.css)"')


def folder() -> Path:
    """Give the folder of Streamlit's own files."""
    return Path(str(files("streamlit").joinpath("static")))


def release() -> str:
    """Name the installed Streamlit."""
    return version("streamlit")


@cache
def index() -> str:
    """Give Streamlit's page as it was built."""
    return (folder() / "index.html").read_text(encoding="utf-8")


@cache
def scripts_of(element: str) -> tuple[str, ...]:
    """Name the scripts that draw an element, such as "PlotlyChart", besides those of every page.

    They are found in the build: the chunk that the entry script loads for the element, and whatever
    that chunk imports in turn. Empty where a later build is made in another way.
    """
    scripts, known = folder() / "static" / "js", set(of_every_page())
    entry = _ENTRY.search(index())
    if entry is None:
        return ()
    loaded = (scripts / entry[1]).read_text(encoding="utf-8")
    chunk = re.search(rf"\./({re.escape(element)}\.[\w-]+\.js)", loaded)
    found: list[str] = []
    waiting = [chunk[1]] if chunk is not None else []
    while waiting:
        name = waiting.pop()
        file = scripts / name
        if name in known or not file.is_file():
            continue
        known.add(name)
        found.append(name)
        waiting += _IMPORT.findall(file.read_text(encoding="utf-8"))
    return tuple(found)


@cache
def of_every_page() -> tuple[str, ...]:
    """Name the scripts that Streamlit's page itself asks for."""
    page = index()
    return (*_ENTRY.findall(page), *_PRELOADED.findall(page))


def wanted_first(elements: tuple[str, ...]) -> list[str]:
    """List what a first visit loads, as paths below the folder, styles and scripts."""
    scripts = [*of_every_page(), *(one for name in elements for one in scripts_of(name))]
    styles = [f"static/css/{one}" for one in _STYLED.findall(index())]
    return [*styles, *(f"static/js/{one}" for one in dict.fromkeys(scripts))]
