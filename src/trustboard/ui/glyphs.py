"""The shapes beside the words of a verdict: each different in outline, not only in color.

Closed promises are filled, open ones are outlined, "cannot tell" is a dashed circle.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from trustboard.verdict_states import CannotTell, Verdict, VerdictState

_DATA: Final = "data:image/svg+xml,"
_BLUE, _RED, _INK, _GREY = "#00598C", "#A34700", "#3B3832", "#6B665C"
_TICK = '<path d="M7 12.5l3.5 3.5L17 8.5" fill="none" stroke="{}" stroke-width="2.4"/>'
_CROSS = '<path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="{}" stroke-width="2.4"/>'
_CIRCLE = '<circle cx="12" cy="12" r="10" fill="{}" stroke="{}" stroke-width="2"/>'
_SQUARE = '<rect x="2.5" y="2.5" width="19" height="19" fill="{}" stroke="{}" stroke-width="2"/>'
_DIAMOND = '<path d="M12 1.5L22.5 12 12 22.5 1.5 12z" fill="none" stroke="{}" stroke-width="2"/>'
_WAVE = "M6.5 12c1.8-3.4 3.7-3.4 5.5 0s3.7 3.4 5.5 0"
_DASHED = (
    '<circle cx="12" cy="12" r="10" fill="none" stroke="{}" stroke-width="2" '
    'stroke-dasharray="3.2 3.1"/>'
)
_QUESTION = (
    '<path d="M9.2 9.4c0-3.6 5.6-3.6 5.6-.2 0 2.2-2.8 2.2-2.8 4.6M12 16.6v1.6" fill="none" '
    'stroke="{}" stroke-width="2"/>'
)
_HALF = '<path d="M2.5 21.5h19v-19z" fill="{}"/>'


def _bars(color: str) -> str:
    return f'<path d="M7 10h10M7 14.5h10" stroke="{color}" stroke-width="2.2" fill="none"/>'


_OUTLINE: Final = MappingProxyType(
    {
        VerdictState.KEPT: _CIRCLE.format(_BLUE, _BLUE) + _TICK.format("#FFFFFF"),
        VerdictState.NOT_KEPT: _SQUARE.format(_RED, _RED) + _CROSS.format("#FFFFFF"),
        VerdictState.TOO_CLOSE_TO_CALL: (
            _DIAMOND.format(_INK) + f'<path d="M12 6.5v11" stroke="{_INK}" stroke-width="2.4"/>'
        ),
        VerdictState.MOVING_AS_PROMISED: _CIRCLE.format("none", _BLUE) + _TICK.format(_BLUE),
        VerdictState.MOVING_AGAINST: _SQUARE.format("none", _RED) + _CROSS.format(_RED),
        VerdictState.NO_REAL_CHANGE: _CIRCLE.format("none", _INK) + _bars(_INK),
        VerdictState.NO_CLEAR_CHANGE: (
            _DIAMOND.format(_INK)
            + f'<path d="{_WAVE}" stroke="{_INK}" stroke-width="2.2" fill="none"/>'
        ),
    }
)
_PART_WAY: Final = _SQUARE.format("none", _RED) + _HALF.format(_RED)
_CANNOT_TELL: Final = _DASHED.format(_GREY) + _QUESTION.format(_GREY)
_AGREES: Final = _DIAMOND.format(_BLUE) + _bars(_BLUE)


def glyph(outcome: object) -> str:
    """Give the shape of an outcome as an image; it is decoration, the word beside it speaks."""
    if isinstance(outcome, CannotTell):
        drawn = _CANNOT_TELL
    elif isinstance(outcome, Verdict):
        drawn = _PART_WAY if outcome.part_way else _OUTLINE[outcome.state]
    else:
        drawn = _AGREES
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{drawn}</svg>'
    # Streamlit's sanitizer takes inline SVG out of a page; the same drawing as an image stays.
    return f'<img class="tb-glyph" alt="" width="26" height="26" src="{_DATA}{quote(svg)}">'
