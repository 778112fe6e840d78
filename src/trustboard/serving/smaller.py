"""Smaller stand-ins for two of Streamlit's files, made of nothing but parts of them.

A first visit would load all of Plotly and a font of four thousand signs, to show bars, lines and
one arrow. Both keep their names, since Streamlit's own scripts ask for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from trustboard.figures.sketch import KINDS
from trustboard.serving import build, chart_kinds
from trustboard.serving.copies import digest_of

_CHARTS: Final = "PlotlyChart"
_SIGNS: Final = "MaterialSymbols-Rounded.*.woff2"


def smaller_files(own: Path) -> dict[str, bytes]:
    """Give contents by the paths of Streamlit's files, below its `static` folder.

    `own` is our own folder of static files. A file that is not as it is known is not in the answer.
    """
    return {**_charts(), **_signs(own)}


def _charts() -> dict[str, bytes]:
    """Give the script for charts with the kinds that our figures are made of."""
    found = {}
    for name in build.scripts_of(_CHARTS)[:1]:
        # All that is read in it is ASCII. One letter a byte takes a quarter of the memory.
        script = (build.folder() / "static" / "js" / name).read_text(encoding="latin-1")
        if (smaller := chart_kinds.only(script, KINDS)) is not None:
            found[f"js/{name}"] = smaller.encode("latin-1")
    return found


def _signs(own: Path) -> dict[str, bytes]:
    """Give the signs that Streamlit's scripts name, where the font is the one they were taken from.

    `tools/fonts.py` takes them, and names the file by the font's hash.
    """
    found = {}
    for whole in sorted((build.folder() / "static" / "media").glob(_SIGNS)):
        taken = own / "fonts" / signs_of(whole.read_bytes())
        if taken.is_file():
            found[f"media/{whole.name}"] = taken.read_bytes()
    return found


def signs_of(font: bytes) -> str:
    """Name the file that holds the signs taken from this font."""
    return f"signs-{digest_of(font)[:12]}.woff2"
