"""The frame of every page: masthead, city, navigation, banner, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, cast

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from trustboard import TAGLINE
from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.ui import data
from trustboard.ui.address import from_address, pick, show_notes
from trustboard.ui.escape import text
from trustboard.ui.freshness import freshness_notes
from trustboard.ui.limits import begin_page
from trustboard.ui.pages import CHART, kept_pin, listed_pages, title_of, unlisted_pages
from trustboard.ui.pinned import open_as_asked, pinning
from trustboard.ui.viewing import open_view
from trustboard.wording import date_text

_STYLE: Final = Path(__file__).with_name("page.css")
_OPENED: Final = "tb_opened"
_FRAMED: Final = "tb_framed"


def html(*parts: str) -> None:
    """Show HTML that was built here, every piece of data in it escaped."""
    st.html(f'<div class="tb">{"".join(parts)}</div>')


def open_frame(pages: Sequence[StreamlitPage], *, title: str) -> str | None:
    """Show style, masthead and navigation; return the chosen city's slug, None if there is none.

    `title` is that of the page being shown; it is marked in the navigation.
    """
    st.html(_style())
    names = data.names()
    if not names:
        html('<p class="tb-note">No city was found. Put one folder per city below data/.</p>')
        return None
    st.session_state[_FRAMED] = bool(st.context.is_embedded) and title == title_of(CHART)
    if embedded():
        slug = from_address("city", list(names), default=next(iter(names)))
    else:
        slug = _masthead(names)
    asked = open_as_asked(slug)
    opened = asked.city
    st.session_state[_OPENED] = opened  # newer data may come while the page is being drawn
    if not embedded():
        carried: dict[str, str | list[str]] = {"city": slug, **kept_pin()}
        if isinstance(opened, CityData) and title != title_of(CHART):
            carried = open_view(opened)
        _navigation(pages, title=title, carried=carried)
    show_notes()
    if asked.said:
        html(asked.said)
    if isinstance(opened, CityData):
        _banner(opened)
        if not embedded() and not asked.older and (notes := freshness_notes(opened)):
            html(*notes)
    return slug


def embedded() -> bool:
    """Say whether one chart is shown in a frame on another page, with nothing around it."""
    return bool(st.session_state.get(_FRAMED))


def _navigation(
    pages: Sequence[StreamlitPage], *, title: str, carried: dict[str, str | list[str]]
) -> None:
    """Lead to the other pages, with the city and the filters of this one."""
    with st.container(key="topnav", horizontal=True, gap="small"):
        for page in pages:
            if page.title == title:
                with st.container(key="nav_here", width="content"):
                    st.page_link(page, query_params=carried)
            else:
                st.page_link(page, query_params=carried)


@cache
def _style() -> str:
    """Read the style once; it is sent with every run."""
    return f"<style>{_STYLE.read_text(encoding='utf-8')}</style>"


def _masthead(names: Mapping[str, str]) -> str:
    with st.container(key="masthead", horizontal=True, vertical_alignment="bottom"):
        with st.container(key="masthead_name", width="stretch"):
            html(
                '<p class="tb-name">TrustBoard</p>',
                f'<p class="tb-tagline">{TAGLINE}</p>',
            )
        with st.container(key="city_picker", width=220):
            return pick("city", "City", names, default=next(iter(names)), alone=True)


def _banner(city: CityData) -> None:
    if city.city.fictional:
        first, rest = banner_text(city).split(". ", 1)
        html(f'<p class="tb-banner"><strong>{text(first)}.</strong> {text(rest)}</p>')


def banner_text(city: CityData) -> str:
    """Say of a city that does not exist that it does not."""
    return (
        f"Invented data. {city.city.name} does not exist. Every person, place and number on this "
        "page is made up, so that you can see how TrustBoard works."
    )


def here() -> CityData:
    """Give the city of this visit. Stops the page with an explanation if it cannot be opened.

    It is the state of the city that the frame was drawn from, whatever has come since.
    Until `app.py` has run once, Streamlit runs a page asked for by its address alone, without the
    frame; declaring the pages and starting over puts the frame around it.
    """
    if _OPENED not in st.session_state:
        st.navigation([*listed_pages(), *unlisted_pages()], position="hidden")
        st.rerun()
    begin_page()  # every page asks for its city first, and once
    opened = st.session_state[_OPENED]
    if isinstance(opened, CannotRunError):
        headline("This city cannot be shown", "Its description has an error.")
        problems = [problem.sentence() for problem in opened.problems] or [str(opened)]
        html("<ul>", *(f"<li>{text(one)}</li>" for one in problems), "</ul>")
        st.stop()
    return cast("CityData", opened)


def headline(title: str, standfirst: str, *, kicker: str = "") -> None:
    """Show a page's one h1 with the sentence under it."""
    above = f'<p class="tb-kicker">{text(kicker)}</p>' if kicker else ""
    html(above, f"<h1>{text(title)}</h1>", f'<p class="tb-standfirst">{text(standfirst)}</p>')


def absent_files(city: CityData) -> None:
    """Say which described tables are not on this machine, and how to get them."""
    if not city.city.tables and city.city.how_to_get:
        name, how = text(city.city.name), text(city.city.how_to_get)
        html(f'<p class="tb-note"><strong>No table of {name} is described yet.</strong> {how}</p>')
    if not city.absent:
        return
    names = ", ".join(name.replace("_", " ") for name in city.absent)
    how = city.city.how_to_get or "The city’s description does not say how to get them."
    html(
        f'<p class="tb-note"><strong>Files not on this machine: {text(names)}.</strong> '
        f"They are published, but their publisher’s rows are not shipped here. {text(how)}</p>"
    )


def close_frame(slug: str | None) -> None:
    """Show the footer: what the numbers rest on and how to read them."""
    if embedded():
        return
    lines = [
        "TrustBoard computes each verdict from published rows, by one published rule. It cannot "
        "show why something happened. “Cannot tell” is an answer, not a low mark."
    ]
    opened = None if slug is None else st.session_state[_OPENED]
    if isinstance(opened, CityData):
        lines.append(
            f"{opened.city.name}, {opened.city.region}. {reach(opened)}; fingerprint "
            f"{opened.data_hash[:12]}."
        )
    shown = [f"<p>{text(line)}</p>" for line in lines]
    if isinstance(opened, CityData):
        shown.append(pinning(opened))
    html('<div class="tb-footer">', *shown, "</div>")


def reach(city: CityData) -> str:
    """Say up to when the data tell; a collection that nobody claims to be complete has no "to"."""
    coverages = [table.spec.coverage for table in city.tables.values()]
    ends = [one.to for one in coverages if one is not None and one.complete]
    if ends:
        return f"Data to {date_text(max(ends))}"
    read = [table.spec.source.retrieved for table in city.tables.values()]
    if not read:
        return "No data here"
    return f"Documents read up to {date_text(max(read))}; no table is complete for any time"
