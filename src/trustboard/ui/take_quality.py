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
from trustboard.ui.escape import text
from trustboard.ui.pages import QUALITY, address_of
from trustboard.ui.site import home


def take_quality(part: Part, city: CityData, *, drawn: bool) -> str:
    """Give, as HTML, the files, the citation and the command of a part; `drawn` if one chart is."""
    link = f"{home()}/{address_of(QUALITY)}?{urlencode({'city': city.slug, 'pin': pin_of(city)})}"
    link += f"#{part.id}"
    texts = [
        *cited_texts(quality_citation(part, city, link), link=link),
        copied_text("line", "Reproduce it in a terminal", quality_line(part, city)),
    ]
    links = [
        link_to(_address(city, part.id, "csv"), "CSV"),
        link_to(_address(city, part.id, "xlsx"), "Excel"),
        link_to(_address(city, part.id, "json"), "JSON"),
        *(save_chart() if drawn else ()),
        copy_citation(),
    ]
    saved = f' data-figure="{quality_figure_name(part, city)}" data-title="{text(part.question)}"'
    return take_row(
        links, texts, label=part.question, summary="Cite, reproduce", saved=saved if drawn else ""
    )


def quality_figure_name(part: Part, city: CityData) -> str:
    """Name the file of a saved picture: city and kind of fault."""
    return f"{city.slug}-quality-{part.id}"


def _address(city: CityData, name: str, form: str) -> str:
    asked = {"table": name, "format": form, "pin": pin_of(city)}
    return f"api/v1/{city.slug}/quality?{urlencode(asked)}"
