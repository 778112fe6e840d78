"""How to take a chart of the method page away: its numbers, the picture, a citation."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.exports.rightness import INVENTED, how_made, right_citation, right_line
from trustboard.ui.copying import (
    cited_texts,
    copied_text,
    copy_citation,
    link_to,
    save_chart,
    take_row,
)
from trustboard.ui.embedding import chart_link, embed_text
from trustboard.ui.escape import text
from trustboard.ui.framed import heights
from trustboard.ui.pages import METHOD, href

_FORMS: Final = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))


def take_method(city: CityData, months: str, *, said: str, title: str, drawn: int) -> str:
    """Give, as HTML, the numbers of a chart as files, its picture, its frame, and how to cite it.

    The chart is of one kind of `months`, and of series of which the rule `said` something at the
    deadline; `title` stands above the saved picture, `drawn` is its height in pixels. `city` is the
    one whose page it stands on; no number of it is there.
    """
    chosen = {"months": months, "reading": "deadline", "said": said}
    link = chart_link(city, method=months)
    links = [
        link_to(f"api/v1/method?{urlencode({**chosen, 'format': form})}", word)
        for word, form in _FORMS
    ]
    texts = [
        *cited_texts(right_citation(chosen, link), link=link),
        _embed(city, months, title=title, drawn=drawn),
        copied_text("line", "Compute it again in a terminal", right_line()),
        f'<p class="tb-take-more">{link_to("api/v1/method?format=csv", "All worlds as CSV")}</p>',
    ]
    every, picture = [*links, *save_chart(), copy_citation()], (method_name(months), title)
    return take_row(every, texts, label=title, summary="Cite, embed, reproduce", picture=picture)


def method_foot(city: CityData) -> list[str]:
    """Say, as HTML, what a framed chart must not be read without, and how its numbers were made."""
    about = how_made()
    back = text(href(METHOD, city=city.slug))
    link = (
        f'<a href="{back}" target="_blank" rel="noopener">How verdicts are made, on TrustBoard</a>'
    )
    return [text(INVENTED), f"{text(about)}. {link}"]


def _embed(city: CityData, months: str, *, title: str, drawn: int) -> str:
    tall = heights(city, title=title, body=(), small=method_foot(city), drawn=drawn)
    return embed_text(chart_link(city, method=months), title=title, heights=tall)


def method_name(months: str) -> str:
    """Name the file of a saved picture: method, version, kind of months."""
    return f"trustboard-method-{METHOD_VERSION}-{months}"
