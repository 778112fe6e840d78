"""How to take the numbers of a block away: files, picture, citation, embedding, the command.

One string of HTML per block, so that it can be played back.
"""

from __future__ import annotations

from typing import Final

from trustboard.citydata import CityData
from trustboard.exports import citation, file_name, reproduce_line, view_path
from trustboard.indicator import catalogue
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
from trustboard.ui.embedding import embed_text
from trustboard.ui.files import file_address, package_address
from trustboard.ui.forms import Form, form_embed, pairs_of
from trustboard.ui.framed import frame_heights, unit_line
from trustboard.ui.pages import kept_pin
from trustboard.ui.site import home

_EVERYTHING: Final = Query()


def take_away(
    city: CityData,
    indicator: str,
    query: Query,
    *,
    drawn: bool = True,
    name: str = "",
    title: str = "",
    form: Form | None = None,
) -> str:
    """Give, as HTML, every way to take exactly this table away; `drawn` if a chart shows it.

    `name` and `title` are those of its saved picture, where it is none of `figure_name`; `form` is
    how the table is drawn, where that is not the chart that follows from the question.
    """
    found = data.measured(city.slug, city.data_hash, indicator, query)
    if isinstance(found, CannotMeasure):
        return ""
    site, page = home(), view_path(city, indicator, query, form=pairs_of(form))
    link = f"{site}/{page}"
    cited = citation(found, city, link)
    name, shown = name or figure_name(city, indicator, query), title or unit_line(found)
    texts = [
        *cited_texts(cited, link=link),
        _embed(city, found, query, site=site, form=form),
        copied_text("line", "Reproduce it in a terminal", reproduce_line(city, indicator, query)),
        _more(city, indicator, query, page=page),
    ]
    return take_row(
        _links(city, indicator, query, drawn=drawn),
        texts,
        label=found.title,
        summary="Cite, embed, reproduce",
        picture=(name, shown),
    )


def figure_name(city: CityData, indicator: str, query: Query = _EVERYTHING) -> str:
    """Name the file of a picture as the files of its numbers are named."""
    return file_name(city, indicator, query)


def _links(city: CityData, indicator: str, query: Query, *, drawn: bool) -> list[str]:
    """Give what one click does."""
    links = [
        link_to(file_address(city, indicator, query, form="csv"), "CSV"),
        link_to(file_address(city, indicator, query, form="xlsx"), "Excel"),
        link_to(file_address(city, indicator, query, form="csv", rows=True), "Rows behind it"),
    ]
    return [*links, *(save_chart() if drawn else ()), copy_citation()]


def _embed(city: CityData, found: Measured, query: Query, *, site: str, form: Form | None) -> str:
    if form is not None:
        return form_embed(city, query, form)
    link = f"{site}/{view_path(city, found.indicator, query, pinned=bool(kept_pin()))}"
    heights = frame_heights(city, catalogue()[found.indicator], query, found)
    return embed_text(link, title=found.title, heights=heights)


def _more(city: CityData, indicator: str, query: Query, *, page: str) -> str:
    links = [
        link_to(page, "This chart on a page of its own"),
        link_to(file_address(city, indicator, query, form="json"), "JSON, for programs"),
        link_to(package_address(city), "The whole city as a Data Package"),
    ]
    return f'<p class="tb-take-more">{" · ".join(links)}</p>'
