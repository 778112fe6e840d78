"""The promised level on a chart: a dashed line, and its words where they cover nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from trustboard import theme
from trustboard.figures.frame import label_text
from trustboard.figures.plot import Box, Plot, box_of, plot_of
from trustboard.figures.room import RANGE, Room, room_in
from trustboard.figures.sketch import Sketch

#: Pixels by which the value axis is lengthened where the words fit nowhere else.
_LONGER: Final = (0, 20, 40, 60)
#: Letters per line of the words; the shorter lines first.
_LINES: Final = (11, 40)
#: What words cost that stand away from their line, at the end of a thin one; and for each step.
_AWAY, _STEP = 10, 8
#: Pixels that words keep from the edge of the shaded stretch they stand in.
_INSIDE: Final = 3
_COLOR: Final = theme.STROKES[1].text


class Promised(NamedTuple):
    """The promised level, its words, and from when to when it applies."""

    start: pd.Timestamp
    end: pd.Timestamp
    value: float
    words: str


class _Place(NamedTuple):
    """Where words may stand: what is written, and how much worse that is than the best place."""

    note: dict[str, Any]
    cost: float


def draw_promise(sketch: Sketch, promised: Promised) -> None:
    """Draw the promised level as a dashed line over the time for which it was promised."""
    sketch.shape(
        type="line", x0=promised.start, x1=promised.end, y0=promised.value, y1=promised.value,
        name="target", line={"color": _COLOR, "width": 2.2, "dash": "dash"},
    )  # fmt: skip


def name_promise(sketch: Sketch, promised: Promised) -> None:
    """Write what was promised beside its line, once all else is drawn but what goes around it.

    On no line, dot, number or other words: at the line, if there is room at it; if not, away from
    it at the end of a thin line. Where there is no room at all the value axis is made longer.
    """
    low, high = sketch.layout["yaxis"]["range"]
    for more in _LONGER:
        plot = plot_of(sketch)
        sketch.y_axis({"range": [low, high * plot.tall / (plot.tall - more)]})
        covered, note = _best(sketch, promised)
        if covered < RANGE:
            break
    # Paper under the words keeps the grid away from them; it must not hide anything else.
    sketch.annotate(**note, **({"bgcolor": theme.PAPER} if covered < RANGE else {}))


def _best(sketch: Sketch, promised: Promised) -> tuple[float, dict[str, Any]]:
    """Give the best place in the plot as it is, and what the words cover there."""
    plot = plot_of(sketch)
    room, places = room_in(sketch, plot), list(_places(promised, plot))
    boxes = [box_of(plot, one.note) for one in places]
    covered = room.costs(boxes, tall=plot.tall)
    costs = covered + _led_to(room, plot, places, boxes) + [one.cost for one in places]
    best = int(costs.argmin())
    return float(covered[best]), places[best].note


def _led_to(room: Room, plot: Plot, places: list[_Place], boxes: list[Box]) -> np.ndarray:
    """Give what the thin lines cost: they may cross all but dots and words."""
    leads = []
    for place, box in zip(places, boxes, strict=True):
        at = plot.height(place.note["y"])
        low, high = sorted((at, box.bottom if box.bottom > at else box.top))
        leads.append(Box(box.across, -1, 1, low, high))
    away = np.array([place.note.get("showarrow", False) for place in places])
    return np.asarray(room.costs(leads, tall=plot.tall, led=True) * away)


def _places(promised: Promised, plot: Plot) -> Iterator[_Place]:
    """Give the places for the words, the best first: above, below, beside, then farther away."""
    long = promised.end - promised.start
    middle = promised.start + long / 2, "center"
    ends = ((promised.end, "right", -_INSIDE), (promised.start, "left", _INSIDE), (*middle, 0))
    leads = ((promised.end - long / 10, "right"), (promised.start + long / 10, "left"), middle)
    for rank, width in enumerate(_LINES):
        words = {
            "y": promised.value, "text": label_text(promised.words, width=width),
            "font": {"size": theme.LABEL_SIZE, "color": _COLOR}, "borderpad": 0,
        }  # fmt: skip
        for x, anchor, shift in ends:
            at = words | {"x": x, "xanchor": anchor, "align": anchor, "xshift": shift}
            yield _Place(at | {"yanchor": "bottom", "yshift": 2}, rank)
            yield _Place(at | {"yanchor": "top", "yshift": -2}, rank)
        beside = words | {"yanchor": "middle"}
        yield _Place(beside | {"x": promised.end, "xanchor": "left", "xshift": 4}, rank)
        yield _Place(beside | {"x": promised.start, "xanchor": "right", "xshift": -4}, rank)
        for x, anchor in leads:
            at = words | {"x": x, "xanchor": anchor, "align": anchor, **_LEAD}
            for steps in range(2, int(plot.tall // _STEP)):
                cost = rank + _AWAY + steps / 10
                yield _Place(at | {"yanchor": "bottom", "ax": 0, "ay": -steps * _STEP}, cost)
                yield _Place(at | {"yanchor": "top", "ax": 0, "ay": steps * _STEP}, cost)


_LEAD: Final = {
    "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": _COLOR, "standoff": 2,
}  # fmt: skip
