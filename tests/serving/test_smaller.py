"""Two of Streamlit's files have stand-ins that hold all that pages show of them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

from trustboard.serving import build
from trustboard.serving.first_page import _SAME_FACE
from trustboard.serving.smaller import smaller_files
from trustboard.serving.static_files import listed_files

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "static" / "fonts"


@pytest.fixture(scope="module")
def signs() -> TTFont:
    """Give the font of signs that goes out."""
    (path,) = (name for name in smaller_files(ROOT / "static") if name.startswith("media/"))
    (file,) = FONTS.glob("signs-*.woff2")
    assert smaller_files(ROOT / "static")[path] == file.read_bytes()
    return TTFont(file)


def test_both_stand_ins_are_listed_under_the_names_of_whole_files_and_asked_for_each_time():
    listed = listed_files(ROOT / "static")
    smaller = {path: one for path, one in listed.items() if one.smaller is not None}
    assert sorted(path.split(".")[0] for path in smaller) == [
        "/static/js/PlotlyChart",
        "/static/media/MaterialSymbols-Rounded",
    ]
    for one in smaller.values():
        assert len(one.read()) < one.file.stat().st_size / 4
        assert one.keep == "public, no-cache", "another may come under this name"


def test_a_font_that_the_signs_were_not_taken_from_goes_out_whole(tmp_path):
    assert [name.split("/")[0] for name in smaller_files(tmp_path)] == ["js"]


def test_every_sign_that_streamlit_names_is_among_the_signs(signs, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT / "tools")])
    import fonts

    (whole,) = (build.folder() / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2")
    expected = fonts.named_signs() & names_in(TTFont(whole), fonts)
    assert {"keyboard_arrow_right", "more_vert"} < expected
    assert names_in(signs, fonts) == expected, "run `tools/fonts.py signs`"


def names_in(font: TTFont, fonts: ModuleType) -> set[str]:
    """Give every name that a font turns into a sign."""
    return {
        fonts.written(font, first, rule)
        for rules in fonts.ligatures(font)
        for first, rest in rules.items()
        for rule in rest
    }


def test_the_page_takes_the_same_signs_from_our_face_as_are_in_it():
    ranges = re.search(r"unicode-range: ([^;]+);", _SAME_FACE)
    named: set[int] = set()
    for part in ranges[1].split(", ") if ranges else []:
        first, _, last = part.removeprefix("U+").partition("-")
        named |= set(range(int(first, 16), int(last or first, 16) + 1))
    has = set(TTFont(FONTS / "source-sans-3-latin.woff2").getBestCmap())
    assert named <= has, "for a sign that is not in it a browser would load the large file"
    assert {ord(one) for one in "AZaz09 é–—‘’“”…×±"} <= named


def test_headlines_have_the_weights_that_their_face_promises():
    axes = {one.axisTag: one for one in TTFont(FONTS / "newsreader-latin.woff2")["fvar"].axes}
    weight = axes["wght"]
    promised = f"{weight.minValue:g} {weight.maxValue:g}"
    assert list(axes) == ["wght"]
    for file in (".streamlit/config.toml", "src/trustboard/first_view/still.css"):
        text = (ROOT / file).read_text(encoding="utf-8")
        face = text[text.index("Newsreader") :] if file.endswith("toml") else text
        assert promised in face
