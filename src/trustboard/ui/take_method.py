"""How to take a chart of the method page away: its numbers, the picture, a citation."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from trustboard import METHOD_VERSION
from trustboard.exports.rightness import right_citation, right_line
from trustboard.ui.copying import (
    cited_texts,
    copied_text,
    copy_citation,
    link_to,
    save_chart,
    take_row,
)
from trustboard.ui.pages import METHOD, address_of
from trustboard.ui.site import home

_FORMS: Final = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))


def take_method(months: str, *, said: str, title: str) -> str:
    """Give, as HTML, the numbers of a chart as files, its picture, and how to cite it.

    The chart is of one kind of `months`, and of series of which the rule `said` something at the
    deadline; `title` stands above the saved picture.
    """
    chosen = {"months": months, "reading": "deadline", "said": said}
    link = f"{home()}/{address_of(METHOD)}"
    links = [
        link_to(f"api/v1/method?{urlencode({**chosen, 'format': form})}", word)
        for word, form in _FORMS
    ]
    texts = [
        *cited_texts(right_citation(chosen, link), link=link),
        copied_text("line", "Compute it again in a terminal", right_line()),
        f'<p class="tb-take-more">{link_to("api/v1/method?format=csv", "All worlds as CSV")}</p>',
    ]
    every, picture = [*links, *save_chart(), copy_citation()], (method_name(months), title)
    return take_row(every, texts, label=title, summary="Cite, reproduce", picture=picture)


def method_name(months: str) -> str:
    """Name the file of a saved picture: method, version, kind of months."""
    return f"trustboard-method-{METHOD_VERSION}-{months}"
