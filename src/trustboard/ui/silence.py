"""What is missing, who holds it and since when; and a letter that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from trustboard.citydata import CityData
from trustboard.clock import today
from trustboard.records_request import askable, records_request
from trustboard.silence import Missing, known_on, missing
from trustboard.ui.address import pick, show_notes
from trustboard.ui.chart_block import ask
from trustboard.ui.copying import file_line
from trustboard.ui.escape import link, text
from trustboard.ui.files import letter_address
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.missing import show_publications
from trustboard.wording import date_text
from trustboard.wording.periods import since_text

EVERYBODY: Final = "all"


def show_missing(city: CityData) -> None:
    """List what is missing on the day of the newest file here, and draft the records request."""
    on = known_on(city, today=today())
    found = missing(city.city, on=on)
    if not found:
        ask("What is missing?", f"Nothing that is known of, as of {date_text(on)}.")
        return
    ask("What is missing?", _sentence(found, on))
    columns = {
        "What": [_what(one) for one in found],
        "Held by": [text(one.holder) for one in found],
        "Missing since": [_since(one, on) for one in found],
        "Last appeared": ["" if one.last is None else text(_last(one)) for one in found],
        "What is known": [text(one.sentence()) for one in found],
    }
    shown = {head: cells for head, cells in columns.items() if any(cells)}
    rows = list(zip(*shown.values(), strict=True))
    caption = "Missing, late or unread, in the order of the city’s description"
    table = html_table(list(shown), rows, caption=caption, cells_are_html=True, long_text=True)
    once = said_once(found)
    html(f'<p class="tb-soft">{text(once)}</p>' if once else "", table)
    _letter(city, found)


def _sentence(found: Sequence[Missing], on: date) -> str:
    holders = len({one.holder for one in found})
    things = "thing" if len(found) == 1 else "things"
    offices = "office" if holders == 1 else "offices"
    return (
        f"{len(found)} {things} that {holders} {offices} should hold could not be read, "
        f"as of {date_text(on)}. That is a finding about the records, not about what they say."
    )


def said_once(found: Sequence[Missing]) -> str:
    """Say above the list what is not known of its lines, so that none has to repeat it."""
    one_or_all = ("it is", "it") if len(found) == 1 else ("they are", "they")
    undated, unseen = ([getattr(one, day) is None for one in found] for day in ("since", "last"))
    parts = []
    if all(undated):
        parts.append(f"No day was given since when {one_or_all[0]} missing.")
    elif any(undated):
        parts.append("Where a line has no “Missing since”, no day was given.")
    if all(unseen):
        parts.append(f"It is not known when {one_or_all[1]} last appeared.")
    elif any(unseen):
        parts.append("Where a line has no “Last appeared”, that is not known.")
    return " ".join(parts)


def _what(one: Missing) -> str:
    title = text(one.title) if one.url is None else link(one.title, one.url)
    return title + (f'<br><span class="tb-soft">{text(one.period)}</span>' if one.period else "")


def _since(one: Missing, on: date) -> str:
    return text(since_text(one.since, on=on)) if one.since is not None else ""


def _last(one: Missing) -> str:
    """Say when it last appeared; of a table, up to which day its last edition tells."""
    day = date_text(one.last)
    return f"up to {day}" if one.kind in ("late", "old_copy") else day


def _letter(city: CityData, found: Sequence[Missing]) -> None:
    """Draft the letter for one holder or for all of them; the choice lives in the address."""
    wanted = askable(found)
    if not wanted:
        return
    html(
        "<h3>A records request, ready to send</h3>",
        "<p>Anybody can ask. Copy the letter or download it, put your name where the brackets are, "
        "and send it.</p>",
    )
    chosen = EVERYBODY
    holders = {one.holder: one.holder for one in wanted}
    if len(holders) > 1:
        names = {EVERYBODY: "Everybody named above", **holders}
        chosen = pick("holder", "Ask for what is held by", names, default=EVERYBODY)
        show_notes()
        wanted = [one for one in wanted if chosen in (EVERYBODY, one.holder)]
    words = records_request(city.city, wanted, on=today())
    with st.expander("The letter"):
        st.code(words, language=None, wrap_lines=True)
    address = letter_address(city, holder=None if chosen == EVERYBODY else chosen)
    html(file_line(address, "Download the letter (text)"), _law(city))


def _law(city: CityData) -> str:
    """Give, as HTML, the law under which the letter asks; nothing where none is declared."""
    law = city.city.records_law
    if law is None:
        return ""
    return (
        f"<p>The law is the {link(law.name, law.url)} ({text(law.citation)}). Whom to ask: "
        f"{text(law.custodian)}.</p>"
    )


def show_publications_known(city: CityData) -> None:
    """List every document that is known of, read or not."""
    found = city.city.publications
    if not found:
        return
    unread = sum(one.status != "read" for one in found)
    documents = f"{len(found)} document{'s are' if len(found) > 1 else ' is'} known"
    ask("Which documents are known?", f"{documents}; {unread} could not be read here.")
    with st.expander("Every document, with what it should contain"):
        show_publications(found)
