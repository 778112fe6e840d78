"""Stretches still unsettled or not whole: shaded, and named where no line, dot or word lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from trustboard import theme
from trustboard.figures.frame import LABEL_STEP, UNSETTLED
from trustboard.figures.plot import LINE, Plot, box_of, plot_of, size
from trustboard.figures.room import NEVER, PLOTS, Room, room_in
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
_FONT: Final = {"size": 11, "color": theme.SOFT_INK}


class _Stretch(NamedTuple):
    """A shaded stretch and its name."""

    start: pd.Timestamp
    end: pd.Timestamp
    words: str


def shade_unsettled(sketch: Sketch, rows: Iterable[Row], *, beside: bool = False) -> None:
    """Shade and name the stretches of rows in a state of `UNSETTLED`, once all else is drawn.

    A name stands upright within the plot where nothing is; else that of a stretch at the very end
    in the margin, and any other above the plot. With `beside`, as for bars, the margin comes first.
    """
    periods = dict.fromkeys((str(row["state"]), str(row["period"])) for row in rows)
    stretches = []
    for state in UNSETTLED:
        spans = [span(period) for of, period in periods if of == state]
        for start, end in _joined([s for s in spans if s is not None]):
            sketch.shape(
                type="rect", x0=start, x1=end, y0=0, y1=1, yref="paper", layer="below",
                line={"width": 0}, fillcolor=theme.SHADE, name=state,
            )  # fmt: skip
            stretches.append(_Stretch(start, end, UNSETTLED_LABEL[state]))
    if stretches and sketch.layout["xaxis"].get("range") is not None:
        _name(sketch, stretches, beside=beside)


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


def _name(sketch: Sketch, stretches: Sequence[_Stretch], *, beside: bool) -> None:
    """Write all names; those above the plot make it less tall, so the others are found anew."""
    left = list(stretches)
    while True:
        notes, crowded = _in_and_beside(sketch, left, beside=beside)
        if not crowded:
            break
        for one in crowded:
            _write_above(sketch, one)
        left = [one for one in left if one not in crowded]
    for note in notes:
        sketch.annotate(**note)
        if note["xanchor"] == "left":
            margin = sketch.layout["margin"]
            margin["r"] = max(margin["r"], LINE + 3)


def _in_and_beside(
    sketch: Sketch, stretches: Sequence[_Stretch], *, beside: bool
) -> tuple[list[dict[str, Any]], list[_Stretch]]:
    """Find places within the plot and in its margin; give also the stretches without any."""
    plot = plot_of(sketch)
    room, notes, crowded = room_in(sketch, plot), list[dict[str, Any]](), list[_Stretch]()
    for one in stretches:
        upright = {
            "x": one.end, "y": 1.0, "yref": "paper", "text": one.words, "textangle": -90,
            "xanchor": "right", "yanchor": "top", "xshift": -1, "font": _FONT,
        }  # fmt: skip
        outside = upright | {"xanchor": "left", "xshift": 1} if _ends_free(sketch, one) else None
        height = None if beside and outside else _free(plot, room, upright)
        note = outside if height is None else upright | {"y": height}
        if note is None:
            crowded.append(one)
        else:
            notes.append(note)
            room.words(box_of(plot, note))
    return notes, crowded


def _ends_free(sketch: Sketch, one: _Stretch) -> bool:
    """Tell whether a stretch ends where the plot does, and no words stand in the margin there."""
    at_end = one.end >= pd.Timestamp(sketch.layout["xaxis"]["range"][1])
    return at_end and not any(map(_in_margin, sketch.layout["annotations"]))


def _in_margin(note: Mapping[str, Any]) -> bool:
    """Tell whether words stand to the right of the plot, such as the name of a line."""
    return note.get("xref") == "paper" and note["x"] == 1 and note.get("xanchor") == "left"


def _free(plot: Plot, room: Room, note: dict[str, Any]) -> float | None:
    """Give the highest upper end for a label where nothing is, as a share of the plot's height.

    What a label leaves free on the narrowest plot it leaves free on each: its line stays as wide.
    """
    tops = _HEIGHTS[size(note["text"])[0] / plot.tall <= _HEIGHTS]
    if not tops.size:
        return None
    places = [box_of(plot, note | {"y": height}) for height in tops]
    costs = room.costs(places, tall=plot.tall + 1, widths=PLOTS[:1])
    return float(tops[costs.argmin()]) if costs.min() < NEVER else None


def _write_above(sketch: Sketch, one: _Stretch) -> None:
    """Write a name above the plot, in the lowest row in which it lies on no other words."""
    plot = plot_of(sketch)
    places = list(_places_above(one, rows=len(sketch.layout["annotations"]) + 1))
    boxes = [box_of(plot, note) for note in places]
    tall = max(box.top for box in boxes) + 1
    note = places[int(room_in(sketch, plot).costs(boxes, tall=tall).argmin())]
    sketch.annotate(**note)
    margin = sketch.layout["margin"]
    margin["t"] = max(margin["t"], theme.TOP + note["yshift"] + LABEL_STEP)


def _places_above(one: _Stretch, *, rows: int) -> Iterator[dict[str, Any]]:
    """Give the places above the plot for a name, at either edge of its stretch or in its middle."""
    middle = one.start + (one.end - one.start) / 2
    for row in range(rows):
        # A little apart, for two stretches may meet where one name ends and the other begins.
        edges = ((one.end, "right", -3), (one.start, "left", 3), (middle, "center", 0))
        for x, anchor, apart in edges:
            yield {
                "x": x, "xanchor": anchor, "xshift": apart,
                "y": 1.0, "yref": "paper", "yanchor": "bottom", "yshift": row * LABEL_STEP,
                "text": one.words, "font": _FONT, "bgcolor": theme.PAPER,
            }  # fmt: skip
