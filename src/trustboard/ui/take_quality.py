"""How to take away what was found out about one kind of fault in the data."""

from __future__ import annotations

from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.exports.citing import quality_citation
from trustboard.exports.quality import quality_line
from trustboard.pins import pin_of
from trustboard.quality import Part
from trustboard.ui.copying import (
    cited_texts,
    copied_text,
    copy_citation,
    link_to,
    save_chart,
    take_row,
)
from trustboard.ui.embedding import chart_link, embed_text
from trustboard.ui.framed import foot_of, heights
from trustboard.ui.pages import QUALITY, address_of, href
from trustboard.ui.site import home


def take_quality(part: Part, city: CityData, *, drawn: int, unit: str) -> str:
    """Give, as HTML, the files, the citation, the frame and the command of a part.

    `drawn` is the height of its charts in pixels, 0 without one. `unit` is what its only chart
    shows, which this row saves; empty where there are several, each with a row of its own.
    """
    pictured = bool(drawn and unit)
    link = _link(part, city)
    texts = [
        *cited_texts(quality_citation(part, city, link), link=link),
        *([_embed(part, city, drawn=drawn, unit=unit)] if drawn else []),
        copied_text("line", "Reproduce it in a terminal", quality_line(part, city)),
    ]
    links = [
        link_to(_address(city, part.id, "csv"), "CSV"),
        link_to(_address(city, part.id, "xlsx"), "Excel"),
        link_to(_address(city, part.id, "json"), "JSON"),
        *(save_chart() if pictured else ()),
        copy_citation(),
    ]
    summary = "Cite, embed, reproduce" if drawn else "Cite, reproduce"
    picture = (quality_figure_name(part, city), part.question) if pictured else None
    return take_row(links, texts, label=part.question, summary=summary, picture=picture)


def take_picture(part: Part, city: CityData, *, of: str, title: str) -> str:
    """Give, as HTML, the picture of one chart among several of a part, and its citation.

    `of` names the chart, `title` stands above the saved picture. The numbers are those of the part.
    """
    link = _link(part, city)
    texts = cited_texts(quality_citation(part, city, link), link=link)
    picture = (quality_figure_name(part, city, of=of), f"{part.question} {title}")
    links = [*save_chart(), copy_citation()]
    return take_row(links, texts, label=title, summary="Cite", picture=picture)


def quality_figure_name(part: Part, city: CityData, *, of: str = "") -> str:
    """Name the file of a saved picture: city and kind of fault, and which chart `of` several."""
    return "-".join(filter(None, (city.slug, "quality", part.id, of.replace("_", "-"))))


def quality_foot(part: Part, city: CityData) -> list[str]:
    """Say, as HTML, what a framed chart must not be read without, and whose numbers it has."""
    back = f"{href(QUALITY, city=city.slug)}#{part.id}"
    return foot_of(city, sources=part.sources, limits=part.limits, back=back)


def _embed(part: Part, city: CityData, *, drawn: int, unit: str) -> str:
    foot, body = quality_foot(part, city), (part.said, unit)
    tall = heights(city, title=part.question, body=body, small=foot, drawn=drawn)
    return embed_text(chart_link(city, quality=part.id), title=part.question, heights=tall)


def _link(part: Part, city: CityData) -> str:
    asked = urlencode({"city": city.slug, "pin": pin_of(city)})
    return f"{home()}/{address_of(QUALITY)}?{asked}#{part.id}"


def _address(city: CityData, name: str, form: str) -> str:
    asked = {"table": name, "format": form, "pin": pin_of(city)}
    return f"api/v1/{city.slug}/quality?{urlencode(asked)}"
