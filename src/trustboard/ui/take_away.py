"""How to take the numbers of a block away: files, picture, citation, embedding, the command.

One string of HTML per block, so that it can be played back.
"""

from __future__ import annotations

import re
from typing import Final

from trustboard.citydata import CityData
from trustboard.exports import citation, query_pairs, reproduce_line, view_path
from trustboard.query import Query
from trustboard.tidy import CannotMeasure, Measured
from trustboard.ui import data
from trustboard.ui.copying import (
    cited_texts,
    copied_text,
    copy_citation,
    link_to,
    save_chart,
    take_row,
)
from trustboard.ui.escape import text
from trustboard.ui.files import file_address, package_address
from trustboard.ui.pages import kept_pin
from trustboard.ui.site import home

#: Tall enough for most charts with their title and source, in pixels; on a phone add 150.
EMBED_HEIGHT: Final = 800
_EMBED_HINT: Final = f"On a page narrower than 500 px, make it {EMBED_HEIGHT + 150} high."
_EVERYTHING: Final = Query()
_NO_NAME: Final = re.compile(r"[^a-z0-9]+")


def take_away(city: CityData, indicator: str, query: Query, *, drawn: bool = True) -> str:
    """Give, as HTML, every way to take exactly this table away; `drawn` if a chart shows it."""
    found = data.measured(city.slug, city.data_hash, indicator, query)
    if isinstance(found, CannotMeasure):
        return ""
    link = f"{home()}/{view_path(city, indicator, query)}"
    framed = f"{home()}/{view_path(city, indicator, query, pinned=bool(kept_pin()))}"
    cited = citation(found, city, link)
    name, shown = figure_name(city, indicator, query), unit_line(found)
    texts = [
        *cited_texts(cited, link=link),
        copied_text(
            "embed", "Embed the chart", embed_snippet(framed, title=found.title), hint=_EMBED_HINT
        ),
        copied_text("line", "Reproduce it in a terminal", reproduce_line(city, indicator, query)),
        _more(city, indicator, query),
    ]
    return take_row(
        _links(city, indicator, query, drawn=drawn),
        texts,
        label=found.title,
        summary="Cite, embed, reproduce",
        saved=f' data-figure="{text(name)}" data-title="{text(shown)}"',
    )


def figure_name(city: CityData, indicator: str, query: Query = _EVERYTHING) -> str:
    """Name the file of a picture: city, indicator, and what was asked."""
    asked = [value for _, value in query_pairs(query)]
    words = "-".join([city.slug, indicator, *asked]).lower()
    return _NO_NAME.sub("-", words)[:100].strip("-")


def unit_line(measured: Measured, *, filtered: bool = True) -> str:
    """Say what a chart shows: title, unit, period, and what was `filtered`."""
    split = "" if measured.period == "all" else f", by {measured.period}"
    unit = "" if measured.unit in measured.title.lower() else f": {measured.unit}"
    chosen = f" ({'; '.join(measured.filters)})" if measured.filters and filtered else ""
    return f"{measured.title}{unit}{split}{chosen}"


def _links(city: CityData, indicator: str, query: Query, *, drawn: bool) -> list[str]:
    """Give what one click does."""
    links = [
        link_to(file_address(city, indicator, query, form="csv"), "CSV"),
        link_to(file_address(city, indicator, query, form="xlsx"), "Excel"),
        link_to(file_address(city, indicator, query, form="csv", rows=True), "Rows behind it"),
    ]
    return [*links, *(save_chart() if drawn else ()), copy_citation()]


def embed_snippet(link: str, *, title: str) -> str:
    """Write the frame that shows a chart in another page; `title` is what a screen reader says."""
    return (
        f'<iframe src="{text(f"{link}&embed=true")}" title="{text(title)}" width="100%" '
        f'height="{EMBED_HEIGHT}" style="border:0" loading="lazy"></iframe>'
    )


def _more(city: CityData, indicator: str, query: Query) -> str:
    links = [
        link_to(view_path(city, indicator, query), "This chart on a page of its own"),
        link_to(file_address(city, indicator, query, form="json"), "JSON, for programs"),
        link_to(package_address(city), "The whole city as a Data Package"),
    ]
    return f'<p class="tb-take-more">{" · ".join(links)}</p>'
