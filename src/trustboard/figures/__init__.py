"""Measured tables drawn in one look. A figure never filters and never computes."""

from trustboard.figures.by_group import bars_by_group
from trustboard.figures.choosing import can_draw, figure_of, sketch_of, unsettled_key
from trustboard.figures.frame import Statement
from trustboard.figures.funnel import Funnel, sketch_funnel
from trustboard.figures.maps import boundary_map, outlined, tile_map
from trustboard.figures.over_time import (
    counts_over_time,
    lines_over_time,
    sketch_panels,
    small_multiples,
)
from trustboard.figures.published import published_over_time
from trustboard.figures.rightness import share_by_truth
from trustboard.figures.sketch import Sketch
from trustboard.figures.windows import Level, sketch_windows

__all__ = [
    "Funnel",
    "Level",
    "Sketch",
    "Statement",
    "bars_by_group",
    "boundary_map",
    "can_draw",
    "counts_over_time",
    "figure_of",
    "lines_over_time",
    "outlined",
    "published_over_time",
    "share_by_truth",
    "sketch_funnel",
    "sketch_of",
    "sketch_panels",
    "sketch_windows",
    "small_multiples",
    "tile_map",
    "unsettled_key",
]
