"""The one look: colours, type and the frame that every chart starts from.

Colours are those of Okabe and Ito (2008), which most colour-blind readers can tell apart; each has
a darker partner for text, with a contrast of at least 4.5 to 1 on the paper. Colour never carries
a meaning alone: lines differ in dash and marker, bars in pattern, verdicts in shape and word.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

PAPER: Final = "#FFFCF7"
PANEL: Final = "#F3EEE4"
INK: Final = "#22201C"
SOFT_INK: Final = "#5C574E"
RULE: Final = "#CFC7B8"
GRID: Final = "#E6DFD2"
GREY: Final = "#8A857A"
SHADE: Final = "rgba(92,87,78,0.10)"
#: The shade as it looks on paper, for what must hide a line.
SHADED_PAPER: Final = "#EFECE6"

TEXT_FONT: Final = "SourceSans3, 'Source Sans', 'Segoe UI', Helvetica, Arial, sans-serif"
HEADLINE_FONT: Final = "Newsreader, Georgia, 'Times New Roman', serif"
TEXT_SIZE: Final = 14
LABEL_SIZE: Final = 13
#: Pixels above a plot that has nothing there.
TOP: Final = 14


@dataclass(frozen=True, slots=True)
class Stroke:
    """How one series is drawn, so that it can be told apart in grey as well."""

    color: str
    text: str
    band: str
    dash: str
    symbol: str


#: In this order: neighbors differ in lightness, in dash and in marker.
STROKES: Final = (
    Stroke("#0072B2", "#00598C", "rgba(0,114,178,0.16)", "solid", "circle"),
    Stroke("#D55E00", "#A34700", "rgba(213,94,0,0.15)", "dash", "square"),
    Stroke("#009E73", "#00674B", "rgba(0,158,115,0.15)", "dot", "diamond"),
    Stroke("#CC79A7", "#8F3F6C", "rgba(204,121,167,0.18)", "dashdot", "triangle-up"),
    Stroke("#22201C", "#22201C", "rgba(34,32,28,0.12)", "longdash", "x"),
    Stroke("#E69F00", "#835A00", "rgba(230,159,0,0.17)", "longdashdot", "star"),
    Stroke("#56B4E9", "#19648F", "rgba(86,180,233,0.17)", "solid", "cross"),
)
MAIN: Final = STROKES[0]
OTHER: Final = Stroke(GREY, SOFT_INK, "rgba(138,133,122,0.16)", "solid", "circle-open")

#: Five steps from paper to ink-blue for maps of counts; lightness alone tells them apart.
STEPS: Final = ("#EEF3F6", "#BCD6E8", "#7FB2D6", "#2F86BE", "#0A4A75")

#: Of Plotly's own buttons only the one that saves a picture is of use: what a chart says is said
#: without them.
CHART_CONFIG: Final = MappingProxyType(
    {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
)
#: Saved pictures are as wide as on a desk, and sharp enough to be printed.
PICTURE_WIDTH: Final = 900
PICTURE_SCALE: Final = 2


def chart_config(name: str = "") -> dict[str, Any]:
    """Give Plotly's settings; a chart with a name has a menu that saves it under that name."""
    if not name:
        return dict(CHART_CONFIG)
    saved = {"format": "png", "filename": name, "width": PICTURE_WIDTH, "scale": PICTURE_SCALE}
    menu = {"displayModeBar": "hover", "modeBarButtons": [["toImage"]], "displaylogo": False}
    return {**CHART_CONFIG, **menu, "toImageButtonOptions": saved}


def stroke(position: int) -> Stroke:
    """Give the stroke of the n-th series; beyond the last, every further one is grey."""
    return STROKES[position] if position < len(STROKES) else OTHER


def axis(**changes: Any) -> dict[str, Any]:
    """Give an axis that is quiet: no zoom, a thin grid, small labels."""
    quiet = {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "tickfont": {"size": LABEL_SIZE, "color": SOFT_INK},
    }
    return {**quiet, **changes}


def value_axis(**changes: Any) -> dict[str, Any]:
    """Give the axis of a count, a rate or a share: it starts at zero and carries the grid."""
    from_zero = {"rangemode": "tozero", "showgrid": True, "gridcolor": GRID, "nticks": 6}
    return axis(**{**from_zero, **changes})


def layout(*, height: int, top: int = TOP, right: int = 16, **changes: Any) -> dict[str, Any]:
    """Give the layout every figure starts from; `height` and margins are in pixels."""
    base = {
        "template": {},  # None would bring Plotly's own look back
        "height": height,
        "margin": {"l": 8, "r": right, "t": top, "b": 8},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": TEXT_FONT, "size": TEXT_SIZE, "color": INK},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": RULE, "font": {"family": TEXT_FONT}},
        "separators": ".,",
    }
    return {**base, **changes}
