"""A line over time with its range: solid where periods are whole and settled, dotted where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pandas as pd

from trustboard import theme
from trustboard.figures.frame import UNSETTLED, known, label_text, middles
from trustboard.figures.hover import hover_lines
from trustboard.tidy import Measured, Row

#: Of more points than this none is marked but those that are not settled; of more than the second,
#: none at all: marks would touch on a phone.
MANY_POINTS: Final = 16
MOST_RINGS: Final = 40
#: How a line runs into and out of a period that is not whole or not settled: thinner, in dots that
#: no line has by which groups are told apart (`theme.STROKES`).
UNSETTLED_LINE: Final = "2px,4px"
_DOT: Final = 8
#: The name of the dotted line, whatever its group.
NOT_SETTLED: Final = "not settled"


def line_traces(
    measured: Measured, rows: Sequence[Row], *, label: str, look: theme.Stroke, band: bool
) -> list[dict[str, Any]]:
    """Give the band (if wanted and known), the settled line and the unsettled one of a group.

    Every known value is a point of the settled line (named as the group) or, where its state is one
    of `UNSETTLED`, of the dotted one, which is there only if it has any, and begins and ends at the
    settled points beside it.
    """
    x, y = middles(str(row["period"]) for row in rows), known(row["value"] for row in rows)
    soft = [row["state"] in UNSETTLED for row in rows]
    hover, dots = hover_lines(measured, rows), len(rows) <= MANY_POINTS
    firm = [None if is_soft else value for is_soft, value in zip(soft, y, strict=True)]
    traces = _band(rows, x, look=look) if band else []
    traces.append(
        {
            "x": x,
            "y": firm,
            "mode": "lines+markers" if dots else "lines",
            "line": {"color": look.color, "width": 2.2, "dash": look.dash},
            "marker": _marks(look, size=_DOT, color=look.color),
            "connectgaps": False,
            "hovertext": hover,
            "hoverinfo": "text",
            "name": label_text(label),
        }
    )
    if any(is_soft and value is not None for is_soft, value in zip(soft, y, strict=True)):
        traces.append(_dotted(x, y, hover, soft=soft, look=look))
    return traces


def _marks(look: theme.Stroke, *, size: object, color: str) -> dict[str, Any]:
    line = {"color": look.color, "width": 1.6}
    return {"symbol": look.symbol, "size": size, "color": color, "line": line}


def _dotted(
    x: Sequence[pd.Timestamp],
    y: Sequence[float | None],
    hover: Sequence[str],
    *,
    soft: Sequence[bool],
    look: theme.Stroke,
) -> dict[str, Any]:
    """Give the dotted line through what is not settled; only those points have a mark, hollow."""
    at, values = list[int](), list[float | None]()
    for first, last in _stretches(soft):
        at += [*range(first, last), last - 1]  # the last once more, where the line breaks off
        values += [*y[first:last], None]
    return {
        "x": [x[one] for one in at],
        "y": values,
        "mode": "lines+markers" if len(x) <= MOST_RINGS else "lines",
        "line": {"color": look.color, "width": 1.6, "dash": UNSETTLED_LINE},
        "marker": _marks(look, size=[_DOT * soft[one] for one in at], color=theme.PAPER),
        "connectgaps": False,
        "hovertext": [hover[one] for one in at],
        "hoverinfo": "text",
        "name": NOT_SETTLED,
    }


def _stretches(soft: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Give where each run of unsettled points begins and ends, with the point on either side."""
    for first, last in _runs(soft):
        yield max(first - 1, 0), min(last + 1, len(soft))


def _runs(wanted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Give the first position of each run of what is wanted, and the one after its last."""
    first = 0
    for is_wanted, run in groupby(wanted):
        last = first + len(list(run))
        if is_wanted:
            yield first, last
        first = last


def _band(
    rows: Sequence[Row], x: list[pd.Timestamp], *, look: theme.Stroke
) -> list[dict[str, Any]]:
    """Give the two edges of the 95% range, filled in between; a piece for each unbroken stretch.

    Plotly fills over gaps, and would shade a range where none is known.
    """
    edge = {"width": 0.6, "color": look.color}
    common = {"mode": "lines", "line": edge, "hoverinfo": "skip", "connectgaps": False}
    lower, upper = (known(row[name] for row in rows) for name in ("lower", "upper"))
    pieces = []
    for part in _unbroken(lower, upper):
        pieces += [
            {**common, "x": x[part], "y": lower[part], "name": "lower limit"},
            {**common, "x": x[part], "y": upper[part], "name": "upper limit", "fill": "tonexty",
             "fillcolor": look.band},
        ]  # fmt: skip
    return pieces


def _unbroken(*edges: Sequence[float | None]) -> Iterator[slice]:
    """Give the stretches in which every edge is known."""
    whole = [None not in ends for ends in zip(*edges, strict=True)]
    return (slice(*run) for run in _runs(whole))
