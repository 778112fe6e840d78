"""The name of each line at its right end, instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import pandas as pd

from trustboard import theme
from trustboard.figures.frame import label_text
from trustboard.figures.sketch import Sketch

_WIDTH: Final = 16  # letters per line of a label
#: Height of a label's line, and what stays free between labels, as shares of the plot's height.
_LINE, _SPACE = 0.058, 0.015


def label_ends(sketch: Sketch, lines: Sequence[tuple[str, Sequence[float]]]) -> None:
    """Write each line's name at its right end, moved apart where names would overlap.

    `lines` pairs each name with the values of its line, in their order; some may be missing.
    """
    ends, top = [], 0.0
    for position, (label, values) in enumerate(lines):
        known = [value for value in values if pd.notna(value)]
        if known:
            look = theme.stroke(position)
            ends.append((known[-1], label_text(label, width=_WIDTH), look.text))
            top = max(top, *known)
    top = top or 1.0
    tallest = max((words.count("<br>") + 1 for _, words, _ in ends), default=1)
    places = spread([y for y, _, _ in ends], gap=top * (_SPACE + _LINE * tallest))
    for y, (_, words, color) in zip(places, ends, strict=True):
        sketch.annotate(
            x=1, xref="paper", y=y, text=words, xanchor="left", align="left",
            xshift=6, font={"size": theme.LABEL_SIZE, "color": color},
        )  # fmt: skip
    longest = max((len(part) for _, words, _ in ends for part in words.split("<br>")), default=0)
    sketch.layout["margin"]["r"] = 22 + longest * 7


def spread(heights: Sequence[float], *, gap: float) -> list[float]:
    """Move heights apart until neighbors are at least `gap` apart, keeping their order."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = list(heights)
    for before, here in pairwise(order):
        placed[here] = max(placed[here], placed[before] + gap)
    return placed
