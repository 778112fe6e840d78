"""Counts, rates, shares and durations over time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from trustboard import theme
from trustboard.figures.bar_numbers import lift_numbers
from trustboard.figures.end_labels import label_ends
from trustboard.figures.frame import (
    UNSETTLED,
    Statement,
    draw_dates,
    known,
    label_text,
    middles,
    time_axis,
)
from trustboard.figures.hover import hover_lines
from trustboard.figures.line import MANY_POINTS, line_traces
from trustboard.figures.plot import end_above
from trustboard.figures.sketch import Sketch
from trustboard.figures.unsettled import shade_unsettled
from trustboard.tidy import Measured, Row, lines_of
from trustboard.wording.periods import span

SMALL_COUNT = 5
#: Pixels above the tallest bar for its number, also where words above the plot make it less tall.
_NUMBER = 22


def counts_over_time(measured: Measured, *, statements: Sequence[Statement] = ()) -> go.Figure:
    """Draw what `sketch_counts` does as a figure."""
    return sketch_counts(measured, statements=statements).figure()


def sketch_counts(measured: Measured, *, statements: Sequence[Statement] = ()) -> Sketch:
    """Draw counts as bars, one per period; unsettled ones are hatched and shaded.

    Takes a measured table without groups. Bars of few periods carry their number.
    """
    sketch = draw_counts(measured)
    if sketch.traces[0].get("text") is not None:
        end_above(sketch, pixels=_NUMBER)
    _finish(sketch, measured, statements=statements, beside=True)
    lift_numbers(sketch)
    return sketch


def draw_counts(measured: Measured) -> Sketch:
    """Draw the bars alone, for what is named around them to be added."""
    rows = lines_of(measured)
    periods, values = periods_of(rows), [row["value"] for row in rows]
    sketch = _time_sketch(measured)
    open_ended = [row["state"] in UNSETTLED for row in rows]
    few = len(rows) <= MANY_POINTS
    sketch.bar(
        x=middles(periods),
        y=known(values),
        width=_widths(periods, gap=0.25 if few else 0.1),
        marker={
            "color": [theme.PAPER if soft else theme.MAIN.color for soft in open_ended],
            "line": {"color": theme.MAIN.color, "width": [int(soft) for soft in open_ended]},
            "pattern": {
                "shape": ["/" if soft else "" for soft in open_ended],
                "fgcolor": theme.MAIN.color,
                "size": 6,
            },
        },
        text=[f"{v:,.0f}" if pd.notna(v) else "" for v in values] if few else None,
        textposition="outside",
        cliponaxis=False,
        textfont={"size": theme.LABEL_SIZE, "color": theme.INK},
        hovertext=hover_lines(measured, rows),
        hoverinfo="text",
        name=label_text(measured.unit),
    )
    top = max((value for value in values if pd.notna(value)), default=SMALL_COUNT)
    if top < SMALL_COUNT:  # halves of an event would be marked on the axis
        sketch.y_axis({"range": [0, SMALL_COUNT], "dtick": 1})
    return sketch


def lines_over_time(measured: Measured, *, statements: Sequence[Statement] = ()) -> go.Figure:
    """Draw what `sketch_lines` does as a figure."""
    return sketch_lines(measured, statements=statements).figure()


def sketch_lines(measured: Measured, *, statements: Sequence[Statement] = ()) -> Sketch:
    """Draw one line per group, labelled at its end, with its 95% range as a thin band.

    Takes a measured table with at most one group column; the order of the groups is the table's.
    """
    return _finish(draw_lines(measured), measured, statements=statements)


def draw_lines(measured: Measured) -> Sketch:
    """Draw the lines alone, for what is named around them to be added."""
    sketch = _time_sketch(measured)
    lines = _groups_of(measured)
    for position, (label, rows) in enumerate(lines):
        look, band = theme.stroke(position), measured.kind != "count" and len(lines) < 4
        for trace in line_traces(measured, rows, label=label, look=look, band=band):
            sketch.scatter(**trace)
    if len(lines) > 1:
        sketch.x_axis(time_axis(periods_of(lines_of(measured)), most=4))
        label_ends(sketch, [(label, [row["value"] for row in rows]) for label, rows in lines])
    return sketch


def small_multiples(measured: Measured, *, columns: int = 2, height_each: int = 150) -> go.Figure:
    """Draw each group in its own small panel, all on one scale, so that shapes can be compared."""
    return sketch_panels(measured, columns=columns, height_each=height_each).figure()


def sketch_panels(measured: Measured, *, columns: int = 2, height_each: int = 150) -> Sketch:
    """Draw small multiples and leave them open for what all panels share.

    Panel 1 has the axes `x` and `y`, panel 2 `x2` and `y2`, and so on, row by row.
    """
    panels = _groups_of(measured)
    rows = -(-len(panels) // columns)
    layout = theme.layout(height=60 + rows * height_each, top=30)
    sketch = Sketch({**_grid(rows, columns), **layout})
    sketch.x_axis(time_axis(periods_of(lines_of(measured)), most=3))
    for position in range(len(panels))[-columns:]:  # years stand below the last of each column
        sketch.layout[f"xaxis{axis_number(position)}"]["showticklabels"] = True
    # A panel left empty would otherwise stretch the scale that all share.
    ends = known(row[name] for row in lines_of(measured) for name in ("value", "upper"))
    top = max((end for end in ends if end is not None), default=math.nan)
    sketch.y_axis(_value_axis(measured) | {"range": [0, top * 1.1]})
    for position, (label, part) in enumerate(panels):
        number = axis_number(position)
        for trace in line_traces(measured, part, label=label, look=theme.MAIN, band=True):
            sketch.scatter(**trace, xaxis=f"x{number}", yaxis=f"y{number}")
        sketch.annotate(
            x=0.5, xref=f"x{number} domain", xanchor="center", y=1, yref=f"y{number} domain",
            yanchor="bottom", text=label_text(label, width=30),
            font={"size": theme.LABEL_SIZE, "color": theme.INK},
        )  # fmt: skip
    return sketch


def axis_number(position: int) -> str:
    """Give the number in the name of a panel's axes: Plotly leaves out the 1."""
    return str(position + 1) if position else ""


@lru_cache(maxsize=64)
def _grid(rows: int, columns: int) -> dict[str, Any]:
    """Lay out panels in rows, all on one scale; worked out once for each number of rows."""
    figure = make_subplots(
        rows=max(rows, 1), cols=columns, shared_xaxes=True, shared_yaxes="all",
        horizontal_spacing=0.06, vertical_spacing=0.28 / max(rows, 1),
    )  # fmt: skip
    found: dict[str, Any] = figure.layout.to_plotly_json()
    return {name: axis for name, axis in found.items() if name.startswith(("xaxis", "yaxis"))}


def _time_sketch(measured: Measured) -> Sketch:
    sketch = Sketch(theme.layout(height=360))
    sketch.x_axis(time_axis(periods_of(lines_of(measured))))
    sketch.y_axis(_value_axis(measured))
    return sketch


def _value_axis(measured: Measured) -> dict[str, object]:
    # "~" leaves half per cents readable: rounded, two ticks would carry the same words
    form = "~%" if measured.kind in {"share", "coverage"} else ",~r"
    return theme.value_axis(tickformat=form)


def _finish(
    sketch: Sketch,
    measured: Measured,
    *,
    statements: Sequence[Statement],
    beside: bool = False,
) -> Sketch:
    draw_dates(sketch, measured, statements=statements)
    shade_unsettled(sketch, lines_of(measured), beside=beside)
    return sketch


def periods_of(rows: Sequence[Row]) -> list[str]:
    """Name the period of each row."""
    return [str(row["period"]) for row in rows]


def _widths(periods: Sequence[str], *, gap: float) -> list[float]:
    """Give each bar's width in milliseconds, a little narrower than its period."""
    ends = [span(period) for period in periods]
    return [(e[1] - e[0]).total_seconds() * 1000 * (1 - gap) for e in ends if e is not None]


def _groups_of(measured: Measured) -> list[tuple[str, list[Row]]]:
    """Give each line's name and rows, in the order of the table."""
    rows = lines_of(measured)
    if not measured.groups:
        return [(measured.unit, list(rows))]
    column, found = measured.groups[0], dict[str, list[Row]]()
    for row in rows:
        found.setdefault(str(row[column]), []).append(row)
    return [(measured.label(column, key), rows) for key, rows in found.items()]
