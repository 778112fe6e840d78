"""Where the names of dots stand: never on another dot or name, on a phone as on a desk.

A name stands right beside its dot. Where dots leave no room for it there, the dot gets a number,
if need be at the end of a short line, and the name stands in a key below the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from trustboard.figures.plot import length_of

#: Widths of a plot in pixels that names are kept clear on: phones, tablets, desks, saved pictures.
WIDTHS: Final = (280, 320, 480, 640, 800)
#: Pixels of a line of words, and half of what a dot takes.
_LINE, _DOT = 13, 6
#: How far from its dot's middle a name stands, and one at the end of a line.
_NEAR, _FAR = 14, 28
#: How far from its dot a number may stand, the nearest first; beyond the first it gets a line.
_RINGS: Final = (14, 26, 38, 52, 68)
_DIRECTIONS: Final = 16
_ON_LINE: Final = ((0, "left"), (1, "right"), (0.5, "center"), (0.75, "center"), (0.25, "center"))
_OUT: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


class Dot(NamedTuple):
    """A dot: across as a share of the plot's width, up in pixels from its lower edge."""

    across: float
    up: float
    name: str = ""


class Spot(NamedTuple):
    """Where a label stands: pixels to the right of its dot and above it; what end is there."""

    right: float
    up: float
    anchor: str
    lined: bool


class Label(NamedTuple):
    """What stands at a dot: its name, or a number that the key explains (0 for a name)."""

    dot: int
    number: int
    spot: Spot


class LineWords(NamedTuple):
    """Where the words of a line stand: how far across, what end is there, above it or below."""

    across: float
    anchor: str
    above: bool


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float

    def on(self, other: _Box) -> bool:
        """Say whether it lies on another one."""
        beside = self.left >= other.right or other.left >= self.right
        return not beside and self.bottom < other.top and other.bottom < self.top


def name_dots(
    dots: Sequence[Dot], named: Sequence[int], *, tall: float, line: float, words: str
) -> tuple[list[Label], LineWords]:
    """Find a place for the label of each dot in `named`, those that matter most first.

    `tall` is the height of the plot in pixels. Across it, `line` pixels up, runs a line that no
    name crosses; `words` say what it is, where they cover the fewest dots. Numbers count from left
    to right.
    """
    crowd = _Crowd(dots, tall=tall, line=line)
    said = crowd.say(words)
    placed, left_over = [], []
    for one in named:
        dot = dots[one]
        spots = _beside(above=dot.up >= line)
        found = next((s for s in spots if crowd.has_room(one, s, length_of(dot.name))), None)
        if found is None:
            left_over.append(one)
        else:
            crowd.put(one, found, length_of(dot.name))
            placed.append(Label(one, 0, found))
    for number, one in enumerate(sorted(left_over, key=lambda one: dots[one].across), start=1):
        found = crowd.best(one, _around(above=dots[one].up >= line), length_of(str(number)))
        crowd.put(one, found, length_of(str(number)))
        placed.append(Label(one, number, found))
    return placed, said


class _Crowd:
    """All dots and the labels placed so far, at each of the widths."""

    def __init__(self, dots: Sequence[Dot], *, tall: float, line: float) -> None:
        self._tall, self._line = tall, line
        self._up = np.array([dot.up for dot in dots])
        self._across = {wide: np.array([dot.across for dot in dots]) * wide for wide in WIDTHS}
        self._taken: dict[int, list[_Box]] = {wide: [] for wide in WIDTHS}

    def say(self, words: str) -> LineWords:
        """Find a place on the line for its words, and keep it."""
        spots = [
            LineWords(across, anchor, above)
            for across, anchor in _ON_LINE
            for above in (True, False)
        ]
        best = min(spots, key=lambda spot: self._under(spot, words))  # of equal ones the first
        for wide in WIDTHS:
            self._taken[wide].append(self._line_box(best, words, wide))
        return best

    def _under(self, spot: LineWords, words: str) -> int:
        boxes = ((wide, self._line_box(spot, words, wide)) for wide in WIDTHS)
        return sum(int(self._in(box, wide).sum()) for wide, box in boxes)

    def _line_box(self, spot: LineWords, words: str, wide: int) -> _Box:
        long = length_of(words)
        left = spot.across * wide - long * _OUT[spot.anchor]
        bottom = self._line if spot.above else self._line - _LINE
        return _Box(left, left + long, bottom, bottom + _LINE)

    def has_room(self, one: int, spot: Spot, length: float) -> bool:
        """Say whether a label can stand there at every width, on nothing and crossing nothing."""
        return all(
            self._fits(box, wide)
            and not self._on_label(box, wide)
            and not self._covered(one, box, spot, wide)
            for wide, box in self._boxes(one, spot, length)
        )

    def best(self, one: int, spots: Iterable[Spot], length: float) -> Spot:
        """Give the first place with room; where none has, the one that covers the least."""
        least, best = math.inf, Spot(0, 0, "center", lined=False)
        for spot in spots:
            cost = sum(
                self._covered(one, box, spot, wide)
                + 100 * self._on_label(box, wide)
                + 1000 * (not self._fits(box, wide))
                for wide, box in self._boxes(one, spot, length)
            )
            if cost < least:
                least, best = cost, spot
            if not cost:
                break
        return best

    def put(self, one: int, spot: Spot, length: float) -> None:
        """Remember that a label stands there."""
        for wide, box in self._boxes(one, spot, length):
            self._taken[wide].append(box)

    def _boxes(self, one: int, spot: Spot, length: float) -> Iterator[tuple[int, _Box]]:
        for wide in WIDTHS:
            left = self._across[wide][one] + spot.right - length * _OUT[spot.anchor]
            middle = self._up[one] + spot.up
            yield wide, _Box(left, left + length, middle - _LINE / 2, middle + _LINE / 2)

    def _fits(self, box: _Box, wide: int) -> bool:
        inside = box.left >= 0 and box.right <= wide + _LINE
        crosses = box.bottom < self._line < box.top
        return inside and box.bottom >= 0 and box.top <= self._tall + _LINE / 2 and not crosses

    def _on_label(self, box: _Box, wide: int) -> bool:
        return any(box.on(other) for other in self._taken[wide])

    def _covered(self, one: int, box: _Box, spot: Spot, wide: int) -> int:
        """Count the other dots under a label and under the line that leads to it."""
        x, y = self._across[wide], self._up
        under = self._in(box, wide)
        if spot.lined:
            to = np.array([spot.right, spot.up])
            from_dot = np.column_stack([x - x[one], y - y[one]])
            along = np.clip(from_dot @ to / (to @ to), 0, 1)
            under |= np.hypot(*(from_dot - along[:, None] * to).T) < _DOT - 1
        under[one] = False
        return int(under.sum())

    def _in(self, box: _Box, wide: int) -> np.ndarray:
        """Tell of each dot whether any of it lies in a box."""
        x, y = self._across[wide], self._up
        inside = (x > box.left - _DOT) & (x < box.right + _DOT)
        return inside & (y > box.bottom - _DOT) & (y < box.top + _DOT)


def _beside(*, above: bool) -> Iterator[Spot]:
    """Give the places for a name: away from the line first, then at its sides, then farther."""
    sign = 1 if above else -1
    for up in (sign * _NEAR, -sign * _NEAR):
        for anchor in ("center", "left", "right"):
            yield Spot({"left": -_DOT, "center": 0, "right": _DOT}[anchor], up, anchor, lined=False)
        yield Spot(_DOT + 5, 0, "left", lined=False)
        yield Spot(-_DOT - 5, 0, "right", lined=False)
    for up in (sign * _FAR, -sign * _FAR):
        for anchor in ("center", "left", "right"):
            yield Spot(0, up, anchor, lined=True)


def _around(*, above: bool) -> Iterator[Spot]:
    """Give the places for a number: around the dot, then in wider and wider rings."""
    first = math.pi / 2 if above else -math.pi / 2
    turns = [0, *(sign * turn for turn in range(1, _DIRECTIONS // 2) for sign in (1, -1))]
    for ring in _RINGS:
        for turn in (*turns, _DIRECTIONS // 2):
            angle = first + 2 * math.pi * turn / _DIRECTIONS
            right, up = ring * math.cos(angle), ring * math.sin(angle)
            yield Spot(round(right, 1), round(up, 1), "center", lined=ring > _RINGS[0])
