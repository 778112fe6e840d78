"""How to take the list of documented events away: files, citation, the address for programs."""

from __future__ import annotations

import shlex
from typing import Final

from trustboard.citydata import CityData
from trustboard.exports.events import TITLE, events_citation, events_path
from trustboard.query import Query
from trustboard.ui.copying import cited_texts, copied_text, copy_citation, link_to, take_row
from trustboard.ui.files import events_address, package_address
from trustboard.ui.site import home

_PACKAGE: Final = "The whole city as a Data Package"


def take_events(city: CityData, query: Query) -> str:
    """Give, as HTML, the files that hold just the events listed, and how to cite them.

    The list is no measured table and no chart: there is nothing to embed, and no command counts it.
    """
    site = home()
    link = f"{site}/{events_path(city, query)}"
    asked = f"{site}/{events_address(city, query, form='csv')}"
    texts = [
        *cited_texts(events_citation(city, query, link), link=link),
        copied_text("line", "Fetch it again with a program", shlex.join(["curl", asked])),
        f'<p class="tb-take-more">{link_to(package_address(city), _PACKAGE)}</p>',
    ]
    links = [
        link_to(events_address(city, query, form="csv"), "CSV"),
        link_to(events_address(city, query, form="xlsx"), "Excel"),
        link_to(events_address(city, query, form="json"), "JSON"),
        copy_citation(),
    ]
    return take_row(links, texts, label=TITLE, summary="Cite, fetch again")
