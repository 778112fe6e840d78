"""What a chart in a frame on another page says around itself, and how tall that makes it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.exports import filters_sentence, view_path
from trustboard.exports.addressing import Pair
from trustboard.figures import unsettled_key
from trustboard.figures.heights import height_of
from trustboard.indicator import Indicator
from trustboard.provenance import source_line, tables_used
from trustboard.query import Query
from trustboard.terms import NO_PLACE, REST
from trustboard.tidy import CannotMeasure, Measured, lines_of
from trustboard.ui.escape import text, with_links
from trustboard.ui.frame import banner_text, reach
from trustboard.ui.pages import kept_pin
from trustboard.wording import answer, date_text

#: Widths between which a frame grows: a phone's, and a column of text on a large screen.
NARROW: Final = 320
WIDE: Final = 500
#: No frame is asked to be taller; what is longer scrolls within it.
TALLEST: Final = 1800
#: Pixels, a little above those measured in a browser: width of a letter, height of a line.
_TITLE: Final = (11.6, 31)
_BODY: Final = (7.9, 26)
_SMALL: Final = (7.4, 23.5)
_BANNER: Final = (7.6, 21)
_MARGINS: Final = 80  # above, below and between the parts
_PADDING: Final = 24
_ROW: Final = 36
_TAG: Final = re.compile(r"<[^>]+>")


def lead(measured: Measured) -> tuple[str, str, str]:
    """Give the question, its answer, and what is shown and filtered; not yet escaped."""
    shown = f"{unit_line(measured, filtered=False)}. {filters_sentence(measured)}"
    return measured.question, answer(measured), shown


def unit_line(measured: Measured, *, filtered: bool = True) -> str:
    """Say what a chart shows: title, unit, period, what was `filtered`, and the order of places."""
    split = "" if measured.period == "all" else f", by {measured.period}"
    unit = "" if measured.unit in measured.title.lower() else f": {measured.unit}"
    chosen = f" ({'; '.join(measured.filters)})" if measured.filters and filtered else ""
    return f"{measured.title}{unit}{split}{chosen}{_order(measured)}"


def _order(measured: Measured) -> str:
    """Say how bars of places stand one below the other, so that none is taken for a rank."""
    if measured.period != "all" or measured.groups not in (("place",), ("district",)):
        return ""
    ids = {str(line[measured.groups[0]]) for line in lines_of(measured)}.difference(
        NO_PLACE, (REST,)
    )
    numbered = bool(ids) and all(one.isdecimal() for one in ids)
    own = "the order of the city’s own numbers" if numbered else "a fixed order"
    return f", in {own}, not ranked"


def counting_changed(measured: Measured) -> str:
    """Say when and how the way of counting changed; nothing if it did not. Not yet escaped."""
    return " ".join(f"{date_text(on)}: {why.rstrip('. ')}." for on, why in measured.breaks)


def foot(
    city: CityData,
    indicator: Indicator,
    query: Query,
    found: Measured | CannotMeasure,
    *,
    form: Sequence[Pair] = (),
) -> list[str]:
    """Say what a chart must not be read without, whose numbers these are and in which version.

    As HTML: what the marks of unsettled periods mean, the changes of counting that stand on the
    chart, the first limit, the sources. `form` is as in the chart's address.
    """
    lines = []
    if isinstance(found, Measured):
        key = unsettled_key(found)
        lines += [text(key)] if key else []
        if found.breaks:
            lines.append(f"<strong>Counting changed.</strong> {text(counting_changed(found))}")
        lines += [text(one) for one in found.caveats[:1]]
        licences = {t.spec.source.licence for t in tables_used(city, indicator, query)}
        lines.append(_listed("Source", found.sources))
        lines.append(_listed("Licence", tuple(sorted(licences))))
    pinned = bool(kept_pin())
    back = view_path(city, indicator.id, query, pinned=pinned, form=form)
    return [*lines, last_line(city, back)]


def foot_html(lines: Sequence[str]) -> str:
    """Build what stands at the end of a frame, from lines of HTML."""
    return f'<div class="tb-source">{"".join(f"<p>{one}</p>" for one in lines)}</div>'


def foot_of(
    city: CityData, *, sources: Sequence[str], limits: Sequence[str], key: str = "", back: str
) -> list[str]:
    """Say the same of a chart that is no measured table; `back` is the page it stands on."""
    used = [t.spec.source.licence for t in city.tables.values() if source_line(t) in sources]
    return [
        *([text(key)] if key else []),
        *(text(one) for one in limits[:1]),
        *([_listed("Source", tuple(sources))] if sources else []),
        *([_listed("Licence", tuple(sorted(set(used))))] if used else []),
        last_line(city, back),
    ]


def last_line(city: CityData, back: str) -> str:
    """Say, as HTML, which city in which version this is, with the way back to its page."""
    version = f"data {city.data_hash[:12]}, method {METHOD_VERSION}"
    return (
        f"{text(city.city.name)}, {text(city.city.region)}. {text(reach(city))}; {version}. "
        f'<a href="{text(back)}" target="_blank" rel="noopener">The table, its rows and its limits '
        "on TrustBoard</a>"
    )


@lru_cache(maxsize=256)  # the blocks of a city rest on few tables
def _listed(label: str, several: tuple[str, ...]) -> str:
    return f"<strong>{label}:</strong> {with_links('; '.join(several))}."


def frame_heights(
    city: CityData, indicator: Indicator, query: Query, found: Measured
) -> tuple[int, int]:
    """Give the height in pixels that a frame needs at `WIDE` and at `NARROW`, and a little more."""
    question, said, shown = lead(found)
    small = foot(city, indicator, query, found)
    drawn = height_of(found) or _ROW * (3 + len(found.table))
    return heights(city, title=question, body=(said, shown), small=small, drawn=drawn)


def heights(
    city: CityData, *, title: str, body: Sequence[str], small: Sequence[str], drawn: float
) -> tuple[int, int]:
    """Give the same for any heading, sentences, small lines of HTML, and pixels of a drawing."""
    plain = [_TAG.sub("", line) for line in small]
    found = []
    for width in (WIDE, NARROW):
        height = _MARGINS + drawn + _lines(title, _TITLE, width)
        height += sum(_lines(one, _BODY, width) for one in body)
        height += sum(_lines(one, _SMALL, width) + 6 for one in plain)
        if city.city.fictional:
            height += 20 + _lines(banner_text(city), _BANNER, width)
        found.append(min(TALLEST, math.ceil(height / 10) * 10))
    return found[0], found[1]


def _lines(words: str, size: tuple[float, float], width: int) -> float:
    """Give the height of a text that is broken into lines of a width."""
    letter, line = size
    return math.ceil(len(words) * letter / (width - _PADDING)) * line
