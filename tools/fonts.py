"""Write the fonts in static/fonts that are parts of larger ones.

`.venv/bin/python tools/fonts.py signs` takes the signs that the installed Streamlit's scripts name
out of its font of signs; do it after Streamlit has changed, which a test notices.
`.venv/bin/python tools/fonts.py newsreader FILE` takes the one optical size and the weights that
headlines have out of the variable font in FILE.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from trustboard.serving import build
from trustboard.serving.smaller import signs_of

FONTS: Final = Path(__file__).resolve().parents[1] / "static" / "fonts"
_NAMED: Final = re.compile(r":material/(\w+):")
#: A sign is written as its name in these letters.
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789_ "
_LIGATURES: Final = 4
_HEADLINES: Final = {"opsz": 30, "wght": (400, 700)}


def named_signs() -> set[str]:
    """Find the names of all signs in Streamlit's scripts and in what its Python side sends."""
    scripts = (build.folder() / "static" / "js").glob("*.js")
    python = build.folder().parent.rglob("*.py")
    texts = (one.read_text(encoding="utf-8") for one in (*scripts, *python))
    return {name for text in texts for name in _NAMED.findall(text)}


def write_signs() -> Path:
    """Write the named signs, under a name that tells which font they were taken from."""
    (whole,) = (build.folder() / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2")
    font = TTFont(whole)
    named = named_signs()
    glyphs = set()
    for rules in ligatures(font):
        for first, rest in list(rules.items()):
            rules[first] = [rule for rule in rest if written(font, first, rule) in named]
            glyphs |= {rule.LigGlyph for rule in rules[first]}
            if not rules[first]:
                del rules[first]
    subsetter = Subsetter(Options(layout_features=["*"]))
    subsetter.populate(glyphs=glyphs, text=_LETTERS)
    subsetter.subset(font)
    for old in FONTS.glob("signs-*.woff2"):
        old.unlink()
    return _saved(font, FONTS / signs_of(whole.read_bytes()))


def ligatures(font: TTFont) -> Iterator[dict[str, list[Any]]]:
    """Give the rules that turn a name into a sign, by the glyph of the name's first letter."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for part in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            if part.LookupType == _LIGATURES:
                yield part.ligatures


def written(font: TTFont, first: str, rule: Any) -> str:
    """Give the name that a rule turns into a sign."""
    letter = {glyph: chr(code) for code, glyph in font["cmap"].getBestCmap().items()}
    return "".join(letter[glyph] for glyph in (first, *rule.Component))


def write_newsreader(source: Path) -> Path:
    """Write the headline font with one optical size and few weights."""
    font = instantiateVariableFont(TTFont(source), _HEADLINES)
    return _saved(font, FONTS / "newsreader-latin.woff2")


def _saved(font: TTFont, file: Path) -> Path:
    font.flavor = "woff2"
    font.save(file)
    return file


def main() -> None:
    """Write what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("font", choices=["signs", "newsreader"])
    parser.add_argument("source", type=Path, nargs="?", help="the whole variable Newsreader")
    asked = parser.parse_args()
    if asked.font == "newsreader" and asked.source is None:
        parser.error("newsreader needs the file of the whole font")
    print(write_signs() if asked.font == "signs" else write_newsreader(asked.source))


if __name__ == "__main__":
    main()
