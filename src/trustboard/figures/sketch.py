"""A figure while it is being drawn: plain values, made into a Plotly figure once, at the end.

Plotly checks a whole figure whenever one thing is added to it or changed. Drawn on plain values,
the same figure costs a small part of that, which a reader feels with every filter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

#: The kinds of trace that figures are made of. Browsers are sent what draws these and no other.
KINDS: Final = ("bar", "scatter")


class Sketch:
    """Traces, shapes, annotations and axes, under the names and with the values Plotly knows.

    `traces` and `layout` are as in a figure's JSON. Starts from a layout of `trustboard.theme`.
    """

    def __init__(self, layout: Mapping[str, Any]) -> None:
        self.traces: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {"xaxis": {}, "yaxis": {}, **layout}
        self.layout.setdefault("shapes", [])
        self.layout.setdefault("annotations", [])

    def bar(self, **trace: Any) -> None:
        """Add bars."""
        self._add({"type": "bar", **trace})

    def scatter(self, **trace: Any) -> None:
        """Add dots, lines or words."""
        self._add({"type": "scatter", **trace})

    def shape(self, **shape: Any) -> None:
        """Add a line or a rectangle."""
        self.layout["shapes"].append(shape)

    def annotate(self, **annotation: Any) -> None:
        """Write something, without an arrow."""
        self.layout["annotations"].append({"showarrow": False, **annotation})

    def x_axis(self, axis: Mapping[str, Any]) -> None:
        """Set what a horizontal axis is; in panels, all of them."""
        self._axes("xaxis", axis)

    def y_axis(self, axis: Mapping[str, Any]) -> None:
        """Set what a vertical axis is; in panels, all of them."""
        self._axes("yaxis", axis)

    def figure(self) -> go.Figure:
        """Give the figure without Plotly's check, which costs as much as drawing does.

        Every figure that any test draws is checked (tests/conftest.py), so that a word Plotly does
        not know is found there.
        """
        return go.Figure(data=self.traces, layout=self.layout, _validate=False)

    def finished(self) -> Finished:
        """Give the figure to be sent as it is: nobody looks into it or adds to it any more."""
        return Finished(self)

    def check(self) -> None:
        """Let Plotly check the figure. ValueError names what it does not know.

        A kind that is not in `KINDS` is one that browsers do not know.
        """
        if others := {trace["type"] for trace in self.traces}.difference(KINDS):
            raise ValueError(f"{sorted(others)}: name these kinds in KINDS, so that they are sent")
        go.Figure(data=self.traces, layout=self.layout)

    def _add(self, trace: dict[str, Any]) -> None:
        """Add a trace without what is None in it: Plotly takes that for left out."""
        self.traces.append({name: value for name, value in trace.items() if value is not None})

    def _axes(self, kind: str, axis: Mapping[str, Any]) -> None:
        for name in [name for name in self.layout if name.startswith(kind)]:
            self.layout[name] = {**self.layout[name], **axis}


class Finished(BaseFigure):  # type: ignore[misc]  # Plotly has no types
    """A sketch in the place of a figure, for whoever sends it and asks for its values alone.

    Plotly's own figure makes an object of each part and copies all of them twice, so that they can
    still be changed: that costs more than drawing does.
    """

    def __init__(self, sketch: Sketch) -> None:  # Plotly's own would do just that
        self._finished = {"data": sketch.traces, "layout": sketch.layout}

    def to_dict(self) -> dict[str, Any]:
        """Give traces and layout as they were drawn; they must hold plain values only."""
        return self._finished
