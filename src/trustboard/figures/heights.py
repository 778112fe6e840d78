"""How tall a chart will be, without drawing it."""

from __future__ import annotations

from typing import Final

from trustboard.figures.choosing import can_draw, drawn_part, in_panels, series_of
from trustboard.tidy import Measured

_OVER_TIME: Final = 360
_PRINTED: Final = 320
_BARS: Final = (48, 34)  # around all of them, and for each
_PANELS: Final = (60, 150)  # around all of them, and for each row of two


def height_of(measured: Measured) -> int:
    """Give the height in pixels of what `figure_of` draws; 0 where no chart fits."""
    if not can_draw(measured):
        return 0
    if measured.kind == "figure":
        return _PRINTED
    measured = drawn_part(measured)
    if measured.period == "all":
        return _BARS[0] + _BARS[1] * len(measured.table)
    if in_panels(measured):
        panels = series_of(measured)
        return _PANELS[0] + _PANELS[1] * -(-panels // 2)
    return _OVER_TIME
