"""Signs that nobody sees, but that change what is read: the one list of them.

Some turn the direction of text round: with U+202E before it, "not kept" is shown as "tpek ton", and
a sentence can be made to end with words that stand at its beginning. Others have no width: with
U+200B in it "Inside" looks as before and is found neither by a filter nor by a search. Control
characters steer terminals, and XML cannot hold them. None of them says anything, so they are taken
out and not spelled: a sentence full of escapes would be one more way to deface a page.

They go where data come in (`reading`, `yaml_file`), once, so that a value is the same in a filter,
an address, a page, a file, a citation and a feed, and whoever copies it from one finds it in
another. The published file stays as it came, its hash too, and one that had such signs is listed as
a problem. What visitors write is cleaned where it is shown (`harmless`), by the same list.

Tabs and line ends stay. So do U+200C and U+200D, with which some languages are spelled, and the
variation selectors, which choose between two forms of one visible sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

UNSEEN: Final = re.compile(
    "["
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"  # control characters, of the second set too
    "\\xad\\u180e\\u200b\\u2060-\\u2064\\ufeff"  # no width at all
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # the direction of text
    "\\u2065\\u206a-\\u206f\\ufff9-\\ufffb"  # given up by Unicode, and notes between lines
    "\\U000e0000-\\U000e007f"  # a second alphabet that is never drawn
    "]"
)


def without_unseen(words: str) -> str:
    """Give text without the signs that nobody sees; all else stays, in its order."""
    # What can be printed has no such sign in it: a look, and not a search, at most of what we show.
    return words if words.isprintable() else UNSEEN.sub("", words)


def spelled(signs: Iterable[str]) -> str:
    """Name each sign once, by its number: `U+200B, U+202E`."""
    return ", ".join(f"U+{ord(sign):04X}" for sign in sorted(set(signs)))
