"""Figures that a report printed: dots with their numbers; the dotted line only guides the eye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.dot_numbers import OVER_NUMBER, number_dots
from trustboard.figures.frame import Statement, draw_dates, known, label_text, middles, time_range
from trustboard.figures.hover import hover_lines
from trustboard.figures.plot import end_above
from trustboard.figures.room import GUIDE
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Measured, plain_rows
from trustboard.wording.numbers import amount
from trustboard.wording.periods import span

_NEXT = pd.Timedelta(days=40)


def published_over_time(measured: Measured, *, statements: Sequence[Statement] = ()) -> go.Figure:
    """Draw what `sketch_published` does as a figure."""
    return sketch_published(measured, statements=statements).figure()


def sketch_published(measured: Measured, *, statements: Sequence[Statement] = ()) -> Sketch:
    """Draw each published number as a dot with the number beside it.

    Takes a measured table with at most one group column (the series). A printed figure stands in
    the middle of `period_from` to `period_to` where the table has them. Dots of periods that follow
    each other are joined by a thin dotted line; across a gap nothing is drawn.
    """
    sketch = draw_published(measured)
    draw_dates(sketch, measured, statements=statements)
    if sketch.layout["xaxis"].get("range") is not None:
        end_above(sketch, pixels=OVER_NUMBER)
        number_dots(sketch)
    return sketch


def draw_published(measured: Measured) -> Sketch:
    """Draw the dots alone, for what is named around them to be added, and then their numbers."""
    table = measured.table
    sketch = Sketch(theme.layout(height=320, top=30, right=24))
    column = measured.groups[0] if measured.groups else None
    parts = [("", table)] if column is None else list(table.groupby(column, sort=False))
    for position, (key, rows) in enumerate(parts):
        name = measured.label(column, str(key)) if column else measured.title
        look = theme.stroke(position)
        sketch.scatter(**_guide(rows, look=look))
        sketch.scatter(**_dots(measured, rows, look=look, name=name))
    sketch.x_axis(_axis(table))
    sketch.y_axis(theme.value_axis(tickformat=",~r"))
    sketch.layout |= {"showlegend": len(parts) > 1, "legend": {"orientation": "h", "y": -0.15}}
    return sketch


def _dots(
    measured: Measured, rows: pd.DataFrame, *, look: theme.Stroke, name: str
) -> dict[str, Any]:
    return {
        "x": _places(rows),
        "y": known(rows["value"]),
        "mode": "markers+text",
        "marker": {"symbol": look.symbol, "size": 10, "color": look.color},
        "text": [amount(value) for value in rows["value"]] if len(rows) <= 12 else None,
        "textposition": "top center",
        "textfont": {"size": theme.LABEL_SIZE, "color": look.text},
        "cliponaxis": False,
        "hovertext": hover_lines(measured, plain_rows(rows)),
        "hoverinfo": "text",
        "name": label_text(name),
    }


def _guide(rows: pd.DataFrame, *, look: theme.Stroke) -> dict[str, Any]:
    """Give the dotted line between dots whose periods follow each other."""
    xs: list[pd.Timestamp | None] = []
    ys: list[float | None] = []
    starts, ends = _ends(rows)
    before = ends.shift()
    for x, y, start, end in zip(_places(rows), rows["value"], starts, before, strict=True):
        if xs and (pd.isna(start) or pd.isna(end) or start - end > _NEXT):
            xs.append(None)
            ys.append(None)
        xs.append(x)
        ys.append(y)
    line = {"color": look.color, "width": 1, "dash": "dot"}
    return {
        "x": xs,
        "y": ys,
        "mode": "lines",
        "line": line,
        "hoverinfo": "skip",
        "showlegend": False,
        "name": GUIDE,
    }


def _places(rows: pd.DataFrame) -> list[pd.Timestamp]:
    """Give the day on which each dot stands; missing where a printed period names no days."""
    starts, ends = _ends(rows)
    return [
        (start + (end - start) / 2) if pd.notna(start) and pd.notna(end) else _middle(str(period))
        for start, end, period in zip(starts, ends, rows["period"], strict=True)
    ]


def _ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    unknown = pd.Series(pd.NaT, index=rows.index)
    return rows.get("period_from", unknown), rows.get("period_to", unknown)


def _middle(period: str) -> pd.Timestamp:
    return middles([period])[0] if span(period) is not None else pd.NaT


def _axis(table: pd.DataFrame) -> dict[str, object]:
    days = pd.Series(_places(table)).dropna()
    if days.empty:
        return theme.axis(visible=False)
    half = pd.Timedelta(days=183)
    return time_range(days.min() - half, days.max() + half, by_year=True)
