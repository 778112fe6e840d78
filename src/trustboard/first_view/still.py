"""The frame around a first view: masthead, pages, the note that data are invented, the style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from trustboard import TAGLINE
from trustboard.city import City
from trustboard.first_view.markup import paragraph, text, to_page

NO_SCRIPT: Final = (
    '<noscript><p class="fv-note">This is the page as it can be read without JavaScript: its first '
    "question with all its numbers. Further charts, filters and maps need JavaScript; "
    '<a href="./api">every number can also be had as a table</a>.</p></noscript>'
)
_STYLE: Final = Path(__file__).with_name("still.css")
_SPACES: Final = re.compile(r"\s*\n\s*|/\*.*?\*/", re.DOTALL)


@cache
def style() -> str:
    """Give the style of a first view, without what only its readers need."""
    return f"<style>{_SPACES.sub('', _STYLE.read_text(encoding='utf-8'))}</style>"


def framed(content: str, *, city: City, slug: str, page: str, pages: Sequence[str]) -> str:
    """Put the frame around a page's content."""
    here = {page: ' aria-current="page"'}
    links = "".join(
        f"<li{here.get(name, '')}>{to_page(name, page_title(name), city=slug)}</li>"
        for name in pages
    )
    invented = ""
    if city.fictional:
        invented = (
            f'<p class="fv-note"><strong>Invented data.</strong> {text(city.name)} does not exist. '
            "Every person, place and number on this page is made up.</p>"
        )
    return (
        f'{style()}<div class="fv">{masthead()}<nav aria-label="Pages"><ul>{links}</ul></nav>'
        f"<main>{invented}{NO_SCRIPT}{content}</main>"
        f'<footer class="fv-soft"><p>{text(city.name)}, {text(city.region)}. TrustBoard computes '
        "each verdict from published rows, by one published rule. It cannot show why something "
        "happened. “Cannot tell” is an answer, not a low mark.</p></footer></div>"
    )


def masthead() -> str:
    """Write the name of the site, and what it is for."""
    return '<header><p class="fv-name">TrustBoard</p>' + paragraph(TAGLINE, "fv-soft") + "</header>"


def page_title(name: str) -> str:
    """Write the title of a page as its links say it; "" is the first."""
    return name.replace("_", " ").capitalize() if name else "Home"


def headline(title: str, standfirst: str, *, kicker: str) -> str:
    """Write the headline of a page with the sentence under it."""
    return (
        paragraph(kicker, "fv-kicker")
        + f"<h1>{text(title)}</h1>"
        + paragraph(standfirst, "fv-lead")
    )
