"""Where words have room in a plot: on no line, no dot and no other words, on a phone as on a desk.

Words keep the distance in pixels from the point they belong to, while the plot under them becomes
wider or narrower. So a place counts as free only if it is free at each width of a plot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from trustboard.figures.plot import LINE, Box, Plot, box_of, length_of, number_box
from trustboard.figures.sketch import Sketch

#: Widths of a plot in pixels, from a small phone's to that of a saved picture.
PLOTS: Final = (250, 270, 290, 310, 330, 360, 420, 500, 600, 700, 780, 860)
#: What it costs words to cover: an edge of a shaded stretch, a line that only guides the eye, the
#: range of a level, and what they must leave free.
_EDGE, _GUIDE, RANGE, NEVER = 1, 5, 30, 1_000
#: The name of a line that only guides the eye.
GUIDE: Final = "guide"
#: Pixels: half of what a dot takes.
_DOT: Final = 6


class Room:
    """What has been drawn in a plot, each with what it costs to cover it."""

    def __init__(self, *, right: float = 0) -> None:
        """Begin with an empty plot; `right` are pixels beside it where words may stand, too."""
        self._right = right
        self._lines: list[np.ndarray] = []  # a row each: across, up, across, up, cost
        # A row each: across, pixels, across, pixels, from, to, cost.
        self._areas: list[tuple[float, ...]] = []
        self._small: list[tuple[float, ...]] = []

    def line(self, xs: Any, ys: Any, *, cost: int = NEVER) -> None:
        """Keep a line from point to point; across as shares, up in pixels. It breaks at a nan."""
        points = np.column_stack([xs, ys]).astype(float)
        pieces = np.column_stack([points[:-1], points[1:], np.full(len(points) - 1, cost)])
        self._lines.append(pieces[~np.isnan(pieces).any(axis=1)])

    def words(self, box: Box) -> None:
        """Keep the place of words."""
        self._small.append((box.across, box.left, box.across, *box[2:], NEVER))

    def dot(self, across: float, up: float) -> None:
        """Keep a dot."""
        self._small.append((across, -_DOT, across, _DOT, up - _DOT, up + _DOT, NEVER))

    def area(self, start: float, end: float, bottom: float, top: float, *, cost: int) -> None:
        """Keep a rectangle between two shares of the width."""
        self._areas.append((start, 0, end, 0, bottom, top, cost))

    def costs(
        self,
        places: Sequence[Box],
        *,
        tall: float,
        widths: Sequence[int] = PLOTS,
        led: bool = False,
    ) -> np.ndarray:
        """Give what it costs to stand in each place, at the width where that is most.

        A thin line by which words are `led` to may cross all but dots and other words.
        """
        across, left, right, bottom, top = np.array(places, dtype=float).T
        wide = np.array(widths, dtype=float)[:, None]
        edges = across * wide + left, across * wide + right, bottom, top
        outside = (edges[0] < 0) | (edges[1] > wide + self._right) | (bottom < 0) | (top > tall)
        found: np.ndarray = NEVER * outside.astype(float)
        if self._lines and not led:
            found += self._on_lines(edges, wide)
        for boxes in [self._small] if led else [self._small, self._areas]:
            if boxes:
                found += _on_boxes(np.array(boxes, dtype=float), edges, wide)
        most: np.ndarray = found.max(axis=0)
        return most

    def _on_lines(self, edges: tuple[np.ndarray, ...], wide: np.ndarray) -> np.ndarray:
        x0, y0, x1, y1, cost = np.concatenate(self._lines).T
        near = np.maximum(x0, x1) >= (edges[0] / wide).min()
        near &= np.minimum(x0, x1) <= (edges[1] / wide).max()
        x0, y0, x1, y1, cost = (one[near] for one in (x0, y0, x1, y1, cost))
        wide = wide[:, :, None]
        return np.asarray(_crossed(edges, x0 * wide, y0, x1 * wide, y1) @ cost)


def _on_boxes(boxes: np.ndarray, edges: tuple[np.ndarray, ...], wide: np.ndarray) -> np.ndarray:
    """Add up, for each width and place, the boxes that it covers."""
    a0, l0, a1, r0, low, high, cost = boxes.T
    left, right, bottom, top = (one[..., None] for one in edges)
    wide = wide[:, :, None]
    beside = (left >= a1 * wide + r0) | (a0 * wide + l0 >= right)
    covered = ~beside & (bottom < high) & (low < top)
    return np.asarray(covered @ cost)


#: Pixels: a line that runs less than that in one direction runs across it.
_UPRIGHT: Final = 1e-6


def _crossed(
    edges: tuple[np.ndarray, ...], x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray
) -> np.ndarray:
    """Tell of each width and box which lines go through it."""
    left, right, bottom, top = (one[..., None] for one in edges)
    enters, leaves = np.float64(0), np.float64(1)
    for start, end, low, high in ((x0, x1, left, right), (y0, y1, bottom, top)):
        run = end - start
        run = np.where(np.abs(run) < _UPRIGHT, _UPRIGHT, run)
        one, other = (low - start) / run, (high - start) / run
        enters = np.maximum(enters, np.minimum(one, other))
        leaves = np.minimum(leaves, np.maximum(one, other))
    return np.asarray(enters < leaves)


def room_in(sketch: Sketch, plot: Plot) -> Room:
    """Read what is drawn in the only plot of a sketch: lines, dots, bars, ranges and words."""
    room = Room(right=sketch.layout["margin"]["r"])
    for trace in sketch.traces:
        _keep_trace(room, plot, trace)
    for shape in sketch.layout["shapes"]:
        _keep_shape(room, plot, shape)
    for note in sketch.layout["annotations"]:
        room.words(box_of(plot, note))
    return room


def _keep_trace(room: Room, plot: Plot, trace: dict[str, Any]) -> None:
    x, y = plot.across(trace["x"]), plot.up(trace["y"])
    if trace["type"] == "bar":
        half = np.array(trace["width"]) * 1e6 / plot.last_from_first / 2
        numbers = trace.get("text") or [""] * len(half)
        for middle, reach, top, number in zip(x, half, y, numbers, strict=True):
            room.area(middle - reach, middle + reach, 0, top, cost=NEVER)
            if number:  # it may be wider than its bar
                beside = length_of(number) / 2
                room.words(Box(middle, -beside, beside, top, top + LINE))
        return
    if "lines" in trace["mode"]:
        room.line(x, y, cost=_GUIDE if trace.get("name") == GUIDE else NEVER)
    if "markers" in trace["mode"]:
        for across, up in _known(x, y):
            room.dot(across, up)
    if isinstance(trace.get("textposition"), list):
        for across, up, words, side in zip(x, y, trace["text"], trace["textposition"], strict=True):
            if words:
                room.words(number_box(across, up, words, side))


def _known(x: np.ndarray, y: np.ndarray) -> Iterator[tuple[float, float]]:
    whole = ~(np.isnan(x) | np.isnan(y))
    return zip(x[whole].tolist(), y[whole].tolist(), strict=True)


def _keep_shape(room: Room, plot: Plot, shape: dict[str, Any]) -> None:
    x0, x1 = plot.across([shape["x0"], shape["x1"]])
    ends = [shape["y0"], shape["y1"]]
    y0, y1 = np.array(ends) * plot.tall if shape.get("yref") == "paper" else plot.up(ends)
    if shape["type"] == "line":
        room.line([x0, x1], [y0, y1])
    elif shape.get("layer") == "below":  # shaded stretches: their edges are crossed unwillingly
        for edge in (x0, x1):
            room.line([edge, edge], [y0, y1], cost=_EDGE)
    else:
        room.area(x0, x1, y0, y1, cost=RANGE)
