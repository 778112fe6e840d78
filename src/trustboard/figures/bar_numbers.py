"""The numbers above bars stand on paper of their own where the line of a date goes through them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trustboard import theme
from trustboard.figures.plot import Plot, length_of, plot_of
from trustboard.figures.room import PLOTS
from trustboard.figures.sketch import Sketch

#: Pixels between a bar and its number, as Plotly writes it, and between a number and a line.
_OVER, _CLEAR = 2, 2


def lift_numbers(sketch: Sketch) -> None:
    """Write each number that an upright line crosses, at any width, above that line.

    Called once all else is drawn: what lies under the number is shaded or not.
    """
    if sketch.layout["xaxis"].get("range") is None:
        return
    plot = plot_of(sketch)
    lines = [plot.at(shape["x0"]) for shape in sketch.layout["shapes"] if _is_upright(shape)]
    for trace in sketch.traces:
        if trace["type"] != "bar" or trace.get("text") is None:
            continue
        words = list(trace["text"])
        for at, (day, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if words[at] and _is_crossed(words[at], plot.at(day), lines):
                sketch.annotate(
                    x=day, y=value, text=words[at], yanchor="bottom", yshift=_OVER, borderpad=0,
                    bgcolor=_under(sketch, plot, day), font=trace["textfont"],
                )  # fmt: skip
                words[at] = ""
        trace["text"] = words


def _is_upright(shape: dict[str, Any]) -> bool:
    return bool(shape["type"] == "line" and shape["x0"] == shape["x1"])


def _is_crossed(words: str, across: float, lines: list[float]) -> bool:
    """Say whether a line goes through words at any width: most likely on the narrowest plot."""
    return any(abs(line - across) * PLOTS[0] < length_of(words) / 2 + _CLEAR for line in lines)


def _under(sketch: Sketch, plot: Plot, day: pd.Timestamp) -> str:
    """Give the color of the plot at a day: shaded or not."""
    for shape in sketch.layout["shapes"]:
        if shape["type"] == "rect" and plot.at(shape["x0"]) <= plot.at(day) < plot.at(shape["x1"]):
            return theme.SHADED_PAPER
    return theme.PAPER
