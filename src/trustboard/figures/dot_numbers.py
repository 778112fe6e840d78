"""The numbers beside printed dots: each where it lies on no line, no dot and no other number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from trustboard.figures.plot import number_box, plot_of
from trustboard.figures.room import NEVER, room_in
from trustboard.figures.sketch import Sketch

#: Pixels above the highest dot that its number takes.
OVER_NUMBER: Final = 28
#: Where a number may stand, the best first, under Plotly's names.
_SIDES: Final = (
    "top center", "bottom center", "top left", "top right", "bottom left", "bottom right",
    "middle right", "middle left",
)  # fmt: skip


def number_dots(sketch: Sketch) -> None:
    """Find a side of its dot for each number, once all else is drawn but what goes around them.

    The newest number comes first, then the oldest, the highest and the lowest. A number that finds
    no room is left out: the list below the chart has all of them.
    """
    plot = plot_of(sketch)
    room = room_in(sketch, plot)
    for trace in sketch.traces:
        if trace.get("text") is None:
            continue
        across, up = plot.across(trace["x"]), plot.up(trace["y"])
        words, sides = list(trace["text"]), [_SIDES[0]] * len(trace["text"])
        for at in _by_weight(trace["y"]):
            places = [number_box(across[at], up[at], words[at], side) for side in _SIDES]
            costs = room.costs(places, tall=plot.tall)
            best = int(costs.argmin())
            if not costs[best] < NEVER:  # nor is it where the dot itself has no place
                words[at] = ""
                continue
            sides[at] = _SIDES[best]
            room.words(places[best])
        trace |= {"text": words, "textposition": sides}


def _by_weight(values: Sequence[Any]) -> list[int]:
    """Give positions, those of numbers that a reader looks for first at the front."""
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return []
    ends = [max(known, key=values.__getitem__), min(known, key=values.__getitem__)]
    return list(dict.fromkeys([known[-1], known[0], *ends, *known]))
