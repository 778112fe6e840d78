"""Every neighborhood against the rest of the city, with the range that chance alone would give."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.frame import label_text
from trustboard.figures.sketch import Sketch


def funnel(
    places: pd.DataFrame, *, chosen: Collection[str] = (), unit: str = "complaints"
) -> go.Figure:
    """Draw each place as a dot: how many were expected, and how many times that were counted.

    `places` has one row per place: `place`, `name`, `observed`, `expected`, `ratio`,
    `lower_99_8`, `upper_99_8` and `standing` ("higher", "lower" or "within"). The tapering lines
    are the limits within which 998 of 1,000 places would lie by chance. Only the chosen places and
    those outside the lines are named, on the side away from "as expected".
    """
    sketch = Sketch(theme.layout(height=400, top=16))
    ordered = places.sort_values("expected")
    _limits(sketch, ordered)
    _dots(sketch, ordered, chosen=chosen, unit=unit)
    sketch.x_axis(
        theme.value_axis(
            title={"text": f"{unit} expected from the city’s rate", "font": {"size": 13}},
            showline=True,
            linecolor=theme.INK,
        )
    )
    sketch.y_axis(theme.value_axis(ticksuffix="×", tickformat=",~r"))
    return sketch.figure()


#: A phone's plot in pixels, and the room one name takes there; a wider one has more room.
_WIDE, _TALL, _LETTER, _LINE = 290, 310, 8, 15


def _limits(sketch: Sketch, ordered: pd.DataFrame) -> None:
    line = {"color": theme.GREY, "width": 1, "shape": "spline", "smoothing": 0.4}
    common = {"x": ordered["expected"], "mode": "lines", "line": line, "hoverinfo": "skip"}
    sketch.scatter(**common, y=ordered["lower_99_8"], name="lower limit")
    sketch.scatter(
        **common, y=ordered["upper_99_8"], name="upper limit", fill="tonexty", fillcolor=theme.SHADE
    )
    line = {"color": theme.INK, "width": 1, "dash": "dot"}
    sketch.shape(type="line", x0=0, x1=1, xref="paper", y0=1, y1=1, line=line)
    sketch.annotate(
        x=0, xref="paper", y=1, text="as expected", xanchor="left",
        yanchor="bottom", font={"size": 12, "color": theme.SOFT_INK},
    )  # fmt: skip


_SHAPES = {"higher": "triangle-up", "lower": "triangle-down", "within": "circle-open"}


def _dots(sketch: Sketch, ordered: pd.DataFrame, *, chosen: Collection[str], unit: str) -> None:
    picked = ordered["place"].isin(chosen)
    outside = ordered["standing"].isin(("higher", "lower"))
    sketch.scatter(
        x=ordered["expected"],
        y=ordered["ratio"],
        mode="markers",
        marker={
            "symbol": [
                _SHAPES[standing].removesuffix("-open") if mine else _SHAPES[standing]
                for standing, mine in zip(ordered["standing"], picked, strict=True)
            ],
            "size": [
                15 if mine else 12 if out else 9 for mine, out in zip(picked, outside, strict=True)
            ],
            "color": [theme.INK if p else theme.MAIN.color for p in picked],
            "line": {"width": 2},
        },
        hovertext=[_hover(row, unit=unit) for _, row in ordered.iterrows()],
        hoverinfo="text",
        name="places",
    )
    _name_dots(sketch, ordered[picked | outside], around=ordered, chosen=chosen)


def _name_dots(
    sketch: Sketch, named: pd.DataFrame, *, around: pd.DataFrame, chosen: Collection[str]
) -> None:
    """Name dots away from the line through 1, inside the plot, each name clear of the others."""
    widest = float(around["expected"].max())
    tall = float(around[["ratio", "upper_99_8"]].max(axis=None))
    taken: list[tuple[float, float, float]] = []
    for _, row in named.iterrows():
        name = label_text(row["name"])
        late, early = row["expected"] > 0.8 * widest, row["expected"] < 0.2 * widest
        anchor = "right" if late else "left" if early else "center"
        x, y = row["expected"] / widest * _WIDE, row["ratio"] / tall * _TALL
        start = x - _LETTER * len(name) * {"right": 1, "left": 0, "center": 0.5}[anchor]
        end = start + _LETTER * len(name)
        step = _LINE if row["ratio"] >= 1 else -_LINE
        shift = step
        while any(abs(y + shift - at) < _LINE and start < e and s < end for s, e, at in taken):
            shift += step
        taken.append((start, end, y + shift))
        mine = row["place"] in chosen
        sketch.annotate(
            x=row["expected"], y=row["ratio"], yshift=shift, xanchor=anchor,
            xshift=8 if late else -8 if early else 0,
            text=f"<b>{name}</b>" if mine else name,
            font={"size": theme.LABEL_SIZE, "color": theme.INK if mine else theme.SOFT_INK},
        )  # fmt: skip


def _hover(row: pd.Series, *, unit: str) -> str:
    return label_text(
        f"{row['name']}: {row['observed']:,.0f} {unit}, {row['expected']:,.0f} expected", width=40
    )
