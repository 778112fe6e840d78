"""How often the rule says one thing, by what is true: the curve by which a rule can be judged."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.end_labels import label_ends
from trustboard.figures.sketch import Sketch
from trustboard.wording import interval, share

_ASIDE: Final = 0.05  # how far lines stand apart, so that their ranges do not cover each other
_DATES_ROOM: Final = 26


def share_by_truth(rows: pd.DataFrame, *, promised: float, said: str) -> go.Figure:
    """Draw in what share of invented series something was said, by the change that was true.

    Takes `per_month`, `true_change`, `value`, `lower` and `upper` (shares); one line per number of
    events a month. `promised` is the true change that keeps the promise; it is marked.
    """
    truths = sorted(rows["true_change"].unique(), reverse=True)
    volumes = sorted(rows["per_month"].unique())
    sketch = Sketch(theme.layout(height=330, top=_DATES_ROOM, right=90))
    lines = []
    for position, volume in enumerate(volumes):
        part = rows[rows["per_month"] == volume].sort_values("true_change", ascending=False)
        aside = _ASIDE * (position - (len(volumes) - 1) / 2)
        label = f"{volume} a month"
        line = _line(part, truths, aside=aside, position=position, label=label)
        sketch.scatter(**line)
        lines.append((label, part["value"].tolist()))
    sketch.y_axis(
        theme.value_axis(tickformat=".0%", range=[0, 1.12], tickvals=[0, 0.25, 0.5, 0.75, 1])
    )
    sketch.x_axis(
        theme.axis(
            range=[-0.3, len(truths) - 0.75],
            tickvals=list(range(len(truths))),
            ticktext=[_truth(one) for one in truths],
            tickangle=0,
            showline=True,
            linecolor=theme.INK,
        )
    )
    label_ends(sketch, lines)
    _mark_promise(sketch, truths.index(promised))
    sketch.layout["meta"] = {"said": said}
    return sketch.figure()


def _line(
    part: pd.DataFrame, truths: list[float], *, aside: float, position: int, label: str
) -> dict[str, Any]:
    look = theme.stroke(position)
    return {
        "x": [truths.index(one) + aside for one in part["true_change"]],
        "y": part["value"],
        "mode": "lines+markers",
        "line": {"color": look.color, "width": 2, "dash": look.dash},
        "marker": {"symbol": look.symbol, "size": 9, "color": look.color},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": list(part["upper"] - part["value"]),
            "arrayminus": list(part["value"] - part["lower"]),
            "color": look.text,
            "thickness": 1.4,
            "width": 4,
        },
        "hovertext": [
            f"{label}, {_truth(row.true_change)}: {share(row.value)} "
            f"({interval('share', row.lower, row.upper)})"
            for row in part.itertuples()
        ],
        "hoverinfo": "text",
        "name": label,
    }


def _truth(change: float) -> str:
    return (
        "no change"
        if change == 0
        else f"{share(abs(change))} {'lower' if change < 0 else 'higher'}"
    )


def _mark_promise(sketch: Sketch, at: int) -> None:
    sketch.shape(
        type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below", name="promised",
        line={"color": theme.INK, "width": 1.2, "dash": "dot"},
    )  # fmt: skip
    sketch.annotate(
        x=at, y=1, yref="paper", yanchor="bottom", text="as promised",
        font={"size": theme.LABEL_SIZE, "color": theme.INK},
    )  # fmt: skip
