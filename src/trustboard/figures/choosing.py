"""Which chart a measured table gets: chosen in one place, for pages and embedded charts alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import plotly.graph_objects as go

from trustboard.figures.by_group import sketch_bars
from trustboard.figures.frame import Statement
from trustboard.figures.line import MOST_RINGS
from trustboard.figures.over_time import sketch_counts, sketch_lines, sketch_panels
from trustboard.figures.published import sketch_published
from trustboard.figures.sketch import Sketch
from trustboard.terms import REST
from trustboard.tidy import Measured, lines_of
from trustboard.wording import unsettled_words

#: More lines than this are drawn in panels of their own: they could not be told apart.
MOST_LINES: Final = 4
#: More panels or bars than this are no chart any more; the table is.
MOST_PANELS: Final = 24
MOST_BARS: Final = 120
#: Kinds that are whole numbers per period: bars show them, a line would claim what lies between.
_COUNTED: Final = frozenset({"count", "months"})


def figure_of(measured: Measured, *, statements: Sequence[Statement] = ()) -> go.Figure:
    """Draw what `sketch_of` does as a figure."""
    return sketch_of(measured, statements=statements).figure()


def sketch_of(measured: Measured, *, statements: Sequence[Statement] = ()) -> Sketch:
    """Draw a measured table in the form that fits it; `statements` are marked on time charts.

    Raises ValueError where `can_draw` says that no chart fits.
    """
    if not can_draw(measured):
        raise ValueError(f"no chart fits {measured.title!r} split by {measured.by}")
    if measured.kind == "figure":
        return sketch_published(measured, statements=statements)
    measured = drawn_part(measured)
    if measured.period == "all":
        return sketch_bars(measured)
    if measured.groups:
        if in_panels(measured):
            return sketch_panels(measured)
        return sketch_lines(measured, statements=statements)
    if measured.kind in _COUNTED:
        return sketch_counts(measured, statements=statements)
    return sketch_lines(measured, statements=statements)


@lru_cache(maxsize=256)  # a block asks for itself, for its frame and for the frame's height
def unsettled_key(measured: Measured, *, bars: bool | None = None) -> str:
    """Say what hatched bars or dotted lines stand for, and for which periods; empty for none.

    `bars` says how the table was drawn; without it, as `sketch_of` does.
    """
    if measured.kind == "figure" or measured.period == "all" or not can_draw(measured):
        return ""
    if bars is None:
        bars = not measured.groups and measured.kind in _COUNTED
    if bars:
        return unsettled_words(measured, mark="Hatched")
    ringed = len(measured.table) <= MOST_RINGS * (series_of(measured) if measured.groups else 1)
    mark = "Dotted line, hollow mark" if ringed else "Dotted line"
    return unsettled_words(drawn_part(measured), mark=mark)


@lru_cache(maxsize=256)
def can_draw(measured: Measured) -> bool:
    """Say whether a chart fits: at most one group, not too many of it, and something to draw."""
    measured = drawn_part(measured)
    if measured.table.empty or measured.table["value"].isna().all() or len(measured.groups) > 1:
        return False
    if measured.kind == "figure":
        return not measured.groups or series_of(measured) == 1
    if not measured.groups:
        return measured.period != "all"  # a single number is read, not drawn
    return series_of(measured) <= (MOST_BARS if measured.period == "all" else MOST_PANELS)


def in_panels(measured: Measured) -> bool:
    """Say whether groups over time are drawn in panels: many of them, or beside the rest."""
    if not measured.groups:
        return False
    lines = lines_of(measured)
    beside_rest = "place" in measured.groups and any(line["place"] == REST for line in lines)
    return beside_rest or (series_of(measured) > MOST_LINES and not _adds_up(measured))


def series_of(measured: Measured) -> int:
    """Count the groups that a measured table tells apart by its first group column."""
    return len({row[measured.groups[0]] for row in lines_of(measured)})


def _adds_up(measured: Measured) -> bool:
    """Say whether the groups are the parts of one whole, which belong into one chart."""
    return measured.kind == "share" and measured.groups[0] not in measured.by


def drawn_part(measured: Measured) -> Measured:
    """Give what a chart shows: how well two rankings agree is no share, and stands in the table."""
    if "measure" not in measured.groups:
        return measured
    shares = measured.table[measured.table["measure"] != "rank_agreement"]
    return replace(measured, table=shares.reset_index(drop=True))
