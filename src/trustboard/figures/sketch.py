"""A figure while it is being drawn: plain values, made into a Plotly figure once, at the end.

Plotly checks a whole figure whenever one thing is added to it or changed. Drawn on plain values,
the same figure costs a small part of that, which a reader feels with every filter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import plotly.graph_objects as go

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
        self.traces.append({"type": "bar", **trace})

    def scatter(self, **trace: Any) -> None:
        """Add dots, lines or words."""
        self.traces.append({"type": "scatter", **trace})

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

    def check(self) -> None:
        """Let Plotly check the figure. ValueError names what it does not know.

        A kind that is not in `KINDS` is one that browsers do not know.
        """
        if others := {trace["type"] for trace in self.traces}.difference(KINDS):
            raise ValueError(f"{sorted(others)}: name these kinds in KINDS, so that they are sent")
        go.Figure(data=self.traces, layout=self.layout)

    def _axes(self, kind: str, axis: Mapping[str, Any]) -> None:
        for name in [name for name in self.layout if name.startswith(kind)]:
            self.layout[name] = {**self.layout[name], **axis}
