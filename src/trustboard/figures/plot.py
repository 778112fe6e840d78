"""The plot of a chart over time in pixels: where days, values and words lie on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from trustboard.figures.sketch import Sketch

#: Pixels of a letter, of one as wide as it is tall, and of a line of words.
_LETTER, _WIDE_LETTER, LINE = 6.7, 14, 17
#: Pixels that the axis below a plot takes.
_AXIS: Final = 34
#: Pixels from the middle of a dot to a number at its side, above and below; how tall digits are,
#: what is free around them, and by how much a comma or a point is narrower.
_BESIDE, _OVER, _UNDER, _DIGIT, _FREE, _THIN = 7, 10, 7, 10, 1, 3
_OUT: Final = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}


class Box(NamedTuple):
    """What words cover: from `across` of the plot's width, `left` to `right` pixels; pixels up."""

    across: float
    left: float
    right: float
    bottom: float
    top: float


class Plot(NamedTuple):
    """The ends of both axes of a sketch, and how tall its plot is in pixels."""

    first: float
    last: float
    low: float
    high: float
    tall: float

    def across(self, x: Iterable[Any]) -> np.ndarray:
        """Give where days stand, as shares of the plot's width; nan for those unknown.

        Day by day: pandas would take longer to make a column of so few.
        """
        return np.array([np.nan if pd.isna(day) else self.at(day) for day in x])

    def at(self, day: pd.Timestamp) -> float:
        """Give where one day stands."""
        return float((day.value - self.first) / self.last_from_first)

    def height(self, value: float) -> float:
        """Give how many pixels above the plot's lower edge one value stands."""
        return (value - self.low) / (self.high - self.low) * self.tall

    def up(self, y: object) -> Any:
        """Give how many pixels above the plot's lower edge values stand."""
        return (np.array(y, dtype=float) - self.low) / (self.high - self.low) * self.tall

    @property
    def last_from_first(self) -> float:
        """Give how long the time axis is."""
        return self.last - self.first


def plot_of(sketch: Sketch) -> Plot:
    """Read the plot of a sketch whose time axis has its `range`.

    Where the value axis has none, Plotly ends it a little above the highest that is drawn.
    """
    first, last = (float(pd.Timestamp(end).value) for end in sketch.layout["xaxis"]["range"])
    low, high = sketch.layout["yaxis"].get("range") or (0.0, 1.06 * _ends(sketch)[1] or 1.0)
    return Plot(first, last, float(low), float(high), tall_of(sketch))


def end_above(sketch: Sketch, *levels: float, pixels: float) -> None:
    """End the value axis so many pixels above all that is drawn and above these levels.

    It begins at zero, or so far below all that is drawn where that lies below zero.
    """
    ends = _ends(sketch)
    low, high = ends[0], max([ends[1], *levels]) or 1.0
    fixed = sketch.layout["yaxis"].get("range")
    if fixed is None or high > fixed[1]:
        room = (high - low) * pixels / (tall_of(sketch) - pixels)
        sketch.y_axis({"range": [low - room * (low < 0), high + room]})


def _ends(sketch: Sketch) -> tuple[float, float]:
    """Give the lowest and the highest value that is drawn, and zero where it lies beyond."""
    drawn = [np.array(trace["y"], dtype=float) for trace in sketch.traces]
    values = np.concatenate([np.zeros(1), *drawn])
    return float(np.nanmin(values)), float(np.nanmax(values))


def tall_of(sketch: Sketch) -> float:
    """Give the height of a sketch's plot in pixels."""
    margin = sketch.layout["margin"]
    return float(sketch.layout["height"] - margin["t"] - max(margin["b"], _AXIS))


def length_of(words: str) -> float:
    """Estimate how many pixels words take from end to end."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return _LETTER * (len(words) - wide) + _WIDE_LETTER * wide + 2


@lru_cache(maxsize=256)
def size(words: str) -> tuple[float, float]:
    """Estimate how wide and how tall a label of one or more lines is, in pixels."""
    lines = words.replace("<b>", "").replace("</b>", "").split("<br>")
    return max(map(length_of, lines)), LINE * len(lines)


def box_of(plot: Plot, note: dict[str, Any]) -> Box:
    """Give what an annotation covers; its x is a day or a share, its y a value or a share."""
    wide, tall = size(note["text"])
    if note.get("textangle"):
        wide, tall = tall, wide
    right, up = note.get("ax", note.get("xshift", 0)), -note.get("ay", -note.get("yshift", 0))
    across = note["x"] if note.get("xref") == "paper" else plot.at(note["x"])
    height = note["y"] * plot.tall if note.get("yref") == "paper" else plot.height(note["y"])
    left = right - wide * _OUT[note.get("xanchor", "center")]
    bottom = height + up - tall * _OUT[note.get("yanchor", "middle")]
    return Box(across, left, left + wide, bottom, bottom + tall)


def number_box(across: float, up: float, number: str, side: str) -> Box:
    """Give what the number of a dot covers where Plotly writes it; `side` is a `textposition`."""
    vertical, horizontal = side.split()
    wide = length_of(number) - _THIN * (number.count(",") + number.count("."))
    sign = {"left": -1, "center": 0, "right": 1}[horizontal]
    left = sign * (_BESIDE + wide / 2) - wide / 2
    low = up + {"top": _OVER, "middle": -_DIGIT / 2, "bottom": -_UNDER - _DIGIT}[vertical]
    return Box(across, left, left + wide, low - _FREE, low + _DIGIT + _FREE)
