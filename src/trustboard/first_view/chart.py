"""A measured table over time as one small SVG: bars for counts, lines for everything else.

Nothing is worked out here. A value that is missing leaves a gap; one that may not be quoted yet is
drawn as an outline, as on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, isfinite, log10
from typing import Final

import pandas as pd

from trustboard import theme
from trustboard.first_view.markup import paragraph, text
from trustboard.tidy import Measured
from trustboard.wording import period_name, unsettled_words, value_text

#: In units of the drawing; a phone shows it at four fifths, with letters that can still be read.
WIDTH, HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 10, 20, 30
_LABELS: Final = 7
_TICKS: Final = 4
#: Ends of an axis that four steps divide well.
_STEPS: Final = (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)
#: More lines than strokes that can be told apart are left to the full page.
MOST_LINES: Final = len(theme.STROKES)


@dataclass(frozen=True, slots=True)
class Point:
    """One value at one period; None where it is not known."""

    at: int
    value: float | None
    lower: float | None
    upper: float | None
    firm: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to heights: `top` is the value at the upper end of the drawing."""

    top: float
    periods: int

    def x(self, at: int) -> float:
        """Give the middle of a period, in units of the drawing."""
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (at + 0.5) / self.periods

    def y(self, value: float) -> float:
        """Give the height of a value."""
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(value / self.top, 1.0)

    @property
    def base(self) -> float:
        """Give the height of zero."""
        return HEIGHT - _BOTTOM


def chart(measured: Measured, *, said: str) -> str:
    """Draw a table; empty where it is not over time, has nothing to draw or too many groups.

    `said` describes the drawing to whoever cannot see it.
    """
    table = measured.table
    periods = list(dict.fromkeys(table["period"].astype(str)))
    lines = dict(_lines(measured, periods))
    drawn = [p.value for points in lines.values() for p in points if p.value is not None]
    if measured.period == "all" or not drawn or len(lines) > MOST_LINES:
        return ""
    scale = Scale(_round_up(max(drawn)), len(periods))
    plain = measured.kind == "count" and len(lines) == 1
    marks = _bars if plain else _strokes
    body = "".join(
        marks(points, scale, position, measured.kind)
        for position, points in enumerate(lines.values())
    )
    legend = "" if len(lines) == 1 else _legend(list(lines))
    mark = "Pale bar, dashed edge" if plain else "Dotted line, hollow mark"
    key = paragraph(unsettled_words(measured, mark=mark), "fv-soft")
    return (
        f'<svg class="fv-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="fv-title fv-desc"><title id="fv-title">{text(measured.title)}</title>'
        f'<desc id="fv-desc">{text(said)}</desc>'
        f"{_grid(scale, measured.kind)}{body}{_periods(periods, scale)}</svg>{legend}{key}"
    )


def _lines(measured: Measured, periods: Sequence[str]) -> Iterator[tuple[str, list[Point]]]:
    """Give the points of each group in the order of the table, under the group's printed name."""
    at = {period: position for position, period in enumerate(periods)}
    if not measured.groups:
        yield measured.title, [_point(row, at) for _, row in measured.table.iterrows()]
        return
    for keys, rows in measured.table.groupby(list(measured.groups), sort=False, observed=True):
        named = zip(measured.groups, keys, strict=True)
        name = ", ".join(measured.label(column, str(key)) for column, key in named)
        yield name, [_point(row, at) for _, row in rows.iterrows()]


def _point(row: pd.Series[str], at: dict[str, int]) -> Point:
    value, lower, upper = (_number(row[name]) for name in ("value", "lower", "upper"))
    return Point(at[str(row["period"])], value, lower, upper, str(row["state"]) == "ok")


def _number(value: object) -> float | None:
    found = float(value) if pd.notna(value) else None  # type: ignore[arg-type]
    return found if found is not None and isfinite(found) else None


def _round_up(largest: float) -> float:
    """Give the end of the axis: the next round number that is not below `largest`."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(largest))
    return next(
        step * power for step in (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10) if step * power >= largest
    )


def _grid(scale: Scale, kind: str) -> str:
    """Draw the axis of values: thin lines with their values, zero as a firm line."""
    whole = kind in {"count", "months"} and scale.top >= _TICKS
    values = [scale.top * step / _TICKS for step in range(_TICKS + 1)]
    return "".join(
        f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{scale.y(value):.1f}" '
        f'y2="{scale.y(value):.1f}" stroke="{theme.RULE if value else theme.INK}"/>'
        f'<text x="{_LEFT - 8}" y="{scale.y(value) + 4:.1f}" text-anchor="end">'
        f"{text(value_text(kind, round(value) if whole else value))}</text>"
        for value in values
    )


def _periods(periods: Sequence[str], scale: Scale) -> str:
    """Name the periods below the axis, at most seven of them."""
    step = -(-len(periods) // _LABELS)
    return "".join(
        f'<text x="{scale.x(at):.1f}" y="{HEIGHT - 10}" text-anchor="middle">'
        f"{text(period_name(period))}</text>"
        for at, period in enumerate(periods)
        if at % step == 0
    )


def _bars(points: Sequence[Point], scale: Scale, position: int, kind: str) -> str:
    del position
    width = 0.72 * (WIDTH - _LEFT - _RIGHT) / scale.periods
    pieces = []
    for point in points:
        if point.value is None:
            continue
        top = scale.y(point.value)
        fill = theme.MAIN.color if point.firm else theme.PANEL
        pieces.append(
            f'<rect x="{scale.x(point.at) - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{scale.base - top:.1f}" fill="{fill}" stroke="{theme.MAIN.color}"'
            + ("/>" if point.firm else ' stroke-dasharray="4 3"/>')
        )
        if scale.periods <= _LABELS + 1:
            pieces.append(
                f'<text x="{scale.x(point.at):.1f}" y="{top - 5:.1f}" text-anchor="middle">'
                f"{text(value_text(kind, point.value))}</text>"
            )
    return "".join(pieces)


#: How a line runs into and out of a period that is not whole or not settled.
_SOFT: Final = "1.5 4"
_DASHES: Final = {
    "solid": "",
    "dash": "8 4",
    "dot": "2 3",
    "dashdot": "8 3 2 3",
    "longdash": "14 5",
    "longdashdot": "14 4 2 4",
}


def _strokes(points: Sequence[Point], scale: Scale, position: int, kind: str) -> str:
    """Draw one line with its ranges, broken where a value is missing.

    It is dotted into and out of what is not whole or not settled.
    """
    del kind
    look = theme.stroke(position)
    known = [point for point in points if point.value is not None]
    pairs = [(a, b) for a, b in pairwise(known) if b.at == a.at + 1]
    firm = [(a, b) for a, b in pairs if a.firm and b.firm]
    soft = [(a, b) for a, b in pairs if not (a.firm and b.firm)]
    drawn = [_path(firm, scale, color=look.color, width=2, dash=_DASHES[look.dash])]
    drawn += [_path(soft, scale, color=look.color, width=1.5, dash=_SOFT)]
    return "".join([*drawn, *(_dot(point, scale, look.color) for point in known)])


def _path(
    pieces: Sequence[tuple[Point, Point]], scale: Scale, *, color: str, width: float, dash: str
) -> str:
    """Draw lines from point to point; those that follow each other in one go, for dashes."""
    if not pieces:
        return ""
    way = list[str]()
    for at, (one, other) in enumerate(pieces):
        if not at or one is not pieces[at - 1][1]:
            way.append(f"M{scale.x(one.at):.1f} {scale.y(one.value or 0.0):.1f}")
        way.append(f"L{scale.x(other.at):.1f} {scale.y(other.value or 0.0):.1f}")
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'fill="none" stroke="{color}" stroke-width="{width}"{dashed}'
    return f'<path d="{"".join(way)}" {line}/>'


def _dot(point: Point, scale: Scale, color: str) -> str:
    """Draw one value: filled where it may be quoted, hollow where not, with its range."""
    x, y = scale.x(point.at), scale.y(point.value or 0.0)
    reach = ""
    if point.lower is not None and point.upper is not None:
        ends = f'y1="{scale.y(point.lower):.1f}" y2="{scale.y(point.upper):.1f}"'
        reach = f'<line x1="{x:.1f}" x2="{x:.1f}" {ends} stroke="{color}" stroke-opacity="0.45"/>'
    fill = color if point.firm else theme.PAPER
    return f'{reach}<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{color}"/>'


def _legend(names: Sequence[str]) -> str:
    """Name each line beside a piece of it, in the order of the table."""
    items = []
    for position, name in enumerate(names):
        look = theme.stroke(position)
        dash = f' stroke-dasharray="{_DASHES[look.dash]}"' if _DASHES[look.dash] else ""
        items.append(
            '<li><svg width="34" height="10" aria-hidden="true"><line x1="0" x2="34" y1="5" y2="5" '
            f'stroke="{look.color}" stroke-width="2.5"{dash}/></svg> {text(name)}</li>'
        )
    return f'<ul class="fv-legend">{"".join(items)}</ul>'
