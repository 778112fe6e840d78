"""Stretches still unsettled or not whole: shaded, and named where no line and no dot lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from trustboard import theme
from trustboard.figures.frame import UNSETTLED
from trustboard.figures.plot import LINE, box_of, plot_of, size
from trustboard.figures.room import NEVER, PLOTS, room_in
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Row
from trustboard.wording.periods import span

UNSETTLED_LABEL: Final = {
    "unsettled": "still filling up",
    "partial": "partly covered",
    "cut": "partly chosen",
    "immature": "too recent to judge",
}
#: Heights that are tried for a label's upper end, from the top of the plot down.
_HEIGHTS: Final = np.linspace(1, 0, 41)


def shade_unsettled(sketch: Sketch, rows: Iterable[Row], *, beside: bool = False) -> None:
    """Shade and name the stretches of rows in a state of `UNSETTLED`, once all else is drawn.

    With `beside`, as for bars, a stretch at the very end is named in the margin, clear of numbers
    above them, and any other at the top.
    """
    periods = dict.fromkeys((str(row["state"]), str(row["period"])) for row in rows)
    for state in UNSETTLED:
        spans = [span(period) for of, period in periods if of == state]
        for start, end in _joined([s for s in spans if s is not None]):
            sketch.shape(
                type="rect", x0=start, x1=end, y0=0, y1=1, yref="paper", layer="below",
                line={"width": 0}, fillcolor=theme.SHADE, name=state,
            )  # fmt: skip
            _name(sketch, end, UNSETTLED_LABEL[state], beside=beside)


def _joined(
    spans: list[tuple[pd.Timestamp, pd.Timestamp]],
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Join stretches that touch, so that each is shaded and named once."""
    joined: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for start, end in sorted(spans):
        if joined and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _name(sketch: Sketch, x: pd.Timestamp, words: str, *, beside: bool) -> None:
    """Write a small label upright along the right edge of a shaded stretch, or in the margin."""
    ends = sketch.layout["xaxis"].get("range")
    note: dict[str, Any] = {
        "x": x, "y": 1.0, "yref": "paper", "text": words, "textangle": -90, "xanchor": "right",
        "yanchor": "top", "xshift": -1, "font": {"size": 11, "color": theme.SOFT_INK},
    }  # fmt: skip
    note["y"], free = (1.0, not beside) if beside or ends is None else _free(sketch, note)
    at_end = ends is not None and x >= pd.Timestamp(ends[1])
    outside = at_end and not free and not any(map(_in_margin, sketch.layout["annotations"]))
    if outside:
        note |= {"y": 1.0, "xanchor": "left", "xshift": 1}
    sketch.annotate(**note)
    if outside:
        margin = sketch.layout["margin"]
        margin["r"] = max(margin["r"], LINE + 3)


def _in_margin(note: Mapping[str, Any]) -> bool:
    """Tell whether words stand to the right of the plot, such as the name of a line."""
    return note.get("xref") == "paper" and note["x"] == 1 and note.get("xanchor") == "left"


def _free(sketch: Sketch, note: dict[str, Any]) -> tuple[float, bool]:
    """Find where a label's upper end may stand, as a share of the plot's height, and if it is free.

    The highest place where nothing is; where there is none, the one that covers the least. What a
    label leaves free on the narrowest plot it leaves free on each: its line stays as wide.
    """
    plot = plot_of(sketch)
    long = size(note["text"])[0] / plot.tall
    tops = _HEIGHTS[long <= _HEIGHTS]
    if not tops.size:
        return 1.0, False
    places = [box_of(plot, note | {"y": height}) for height in tops]
    costs = room_in(sketch, plot).costs(places, tall=plot.tall + 1, widths=PLOTS[:1])
    return float(tops[costs.argmin()]), bool(costs.min() < NEVER)
