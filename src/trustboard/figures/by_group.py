"""One horizontal bar per group, in the order the city itself lists them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.frame import label_text
from trustboard.figures.hover import hover_lines
from trustboard.figures.sketch import Sketch
from trustboard.tidy import Measured, Row
from trustboard.wording.numbers import interval, value_text, whole

_ROW = 34  # pixels per bar


def bars_by_group(measured: Measured) -> go.Figure:
    """Draw one bar per group with its value written beside it; never sorted into a ranking.

    Takes a measured table with one group column and one period. A group with too few events gets
    no bar but the words and its count.
    """
    column = measured.groups[0]
    table = measured.table.reset_index(drop=True)
    if measured.kind == "count":  # a count's range is in the table; beside a bar it is only noise
        table = table.assign(lower=float("nan"), upper=float("nan"))
    names = [label_text(measured.label(column, str(key)), width=22) for key in table[column]]
    few = table["state"].isin(("too_few", "not_published", "not_reached"))
    sketch = Sketch(theme.layout(height=48 + _ROW * len(table), right=8, bargap=0.34))
    sketch.bar(
        orientation="h",
        y=list(range(len(table))),
        x=table["value"].mask(few),
        marker={"color": theme.MAIN.color},
        error_x=_whiskers(table, few=few),
        hovertext=hover_lines(measured, table),
        hoverinfo="text",
        name=label_text(measured.unit),
    )
    _write_values(sketch, measured, table, few=few)
    # The words beside the bars need up to half of a phone's width.
    room = 1.4 if table["upper"].isna().all() else 2.3
    end = _longest(table, few=few) * room
    sketch.x_axis(theme.value_axis(showticklabels=False, showgrid=False, range=[0, end]))
    sketch.y_axis(
        theme.axis(
            range=[len(table) - 0.5, -0.5],
            tickvals=list(range(len(table))),
            ticktext=names,
            ticklabelstandoff=6,
            tickfont={"size": theme.LABEL_SIZE, "color": theme.INK},
            showline=True,
            linecolor=theme.INK,
        )
    )
    return sketch.figure()


def _longest(table: pd.DataFrame, *, few: pd.Series[bool]) -> float:
    finite = _ends(table).mask(few).max()
    return float(finite) if pd.notna(finite) and finite > 0 else 1.0


def _ends(table: pd.DataFrame) -> pd.Series[float]:
    """Give where each bar with its whisker ends; a limit that is not reached does not count."""
    both = table[["value", "upper"]].astype("float64")
    return both.where(both != float("inf")).max(axis=1)


def _whiskers(table: pd.DataFrame, *, few: pd.Series[bool]) -> dict[str, object] | None:
    """Give the 95% ranges as thin lines across the bars' ends, where there are any."""
    above, below = table["upper"] - table["value"], table["value"] - table["lower"]
    if above.isna().all():
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": _or_none(above.mask(few)),
        "arrayminus": _or_none(below.mask(few)),
        "color": theme.INK,
        "thickness": 1.2,
        "width": 4,
    }


def _or_none(lengths: pd.Series[float]) -> list[float | None]:
    """Leave out what is not known: a whisker of length zero would claim certainty."""
    return [None if pd.isna(one) or one == float("inf") else float(one) for one in lengths]


def _write_values(
    sketch: Sketch, measured: Measured, table: pd.DataFrame, *, few: pd.Series[bool]
) -> None:
    """Write each value beside its bar; groups without a bar say why."""
    ends = _ends(table)
    for position, row in enumerate(table.to_dict("records")):
        quiet = bool(few[position])
        sketch.annotate(
            x=0.0 if quiet or pd.isna(ends[position]) else float(ends[position]),
            y=position,
            text=label_text(_words(measured, row, quiet=quiet)),
            xanchor="left",
            xshift=6,
            font={"size": theme.LABEL_SIZE, "color": theme.SOFT_INK if quiet else theme.INK},
        )


def _words(measured: Measured, row: Row, *, quiet: bool) -> str:
    if quiet and row["state"] == "too_few":
        return f"too few to tell ({whole(row['n'])})"
    if quiet:
        return "no median yet" if row["state"] == "not_reached" else "not published"
    limits = interval(measured.kind, row["lower"], row["upper"])
    value = value_text(measured.kind, row["value"])
    return f"{value} ({limits})" if limits else value
