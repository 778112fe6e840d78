"""A view pinned to one version of the data and of the rule: opened as it was, and said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from trustboard import METHOD_VERSION, shared
from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.exports import data_to
from trustboard.pins import Pin, pin_of, read_pin
from trustboard.ui import data
from trustboard.ui.escape import shorten, text
from trustboard.ui.pages import PIN_KEPT
from trustboard.view import only
from trustboard.wording import date_text

_NEWEST: Final = "The newest numbers are shown; they can differ."
#: What an address holds that is not part of the view.
_NO_VIEW: Final = frozenset({"embed", "embed_options"})


@dataclass(frozen=True, slots=True)
class AsAsked:
    """The city that a page shows, and what the page says about its pin, as HTML.

    `older` if newer data have arrived since the pin was made.
    """

    city: CityData | CannotRunError
    said: str = ""
    older: bool = False


def open_as_asked(slug: str) -> AsAsked:
    """Open a city as the address asks: pinned to older data, to these, or the newest.

    What cannot be shown as pinned is said, and the newest is shown. The pin is kept from page to
    page as long as it holds.
    """
    given = st.query_params.get_all("pin")
    asked = only(given)
    pin = read_pin(asked)
    newest = data.city(slug)
    st.session_state[PIN_KEPT] = ""
    if len(set(given)) > 1:
        return AsAsked(newest, _note(f"The address holds more than one pin. {_NEWEST}"))
    if not asked:
        return AsAsked(newest)
    if pin is None:
        return AsAsked(newest, _note(f"“{shorten(asked, longest=40)}” is no pin. {_NEWEST}"))
    found = data.pinned(slug, pin)
    if found is None:
        return AsAsked(newest, _note(f"{_why_not(pin)} {_NEWEST}"))
    st.session_state[PIN_KEPT] = asked
    if isinstance(newest, CityData) and found.data_hash == newest.data_hash:
        return AsAsked(found, _quiet(pin))
    return AsAsked(found, _older(found, newest, pin), older=True)


def pinning(city: CityData) -> str:
    """Give, as HTML, the link that keeps this view to these data and this rule."""
    if st.session_state.get(PIN_KEPT):
        return ""
    address, (last, asked) = _here(city, pin=pin_of(city)), shared.PINS_KEPT
    return (
        f'<p><a href="{text(address)}">Pin this view</a>: a link that goes on showing these '
        f"numbers after newer data have arrived. This site keeps the last {last} versions of the "
        f"data, and of older ones the {asked} whose links were opened last.</p>"
    )


def _here(city: CityData, *, pin: str = "") -> str:
    """Give the address of the page as it is, with another pin or none; not yet escaped."""
    names = [one for one in st.query_params if one not in {"city", "pin", *_NO_VIEW}]
    pairs = [(one, value) for one in names for value in st.query_params.get_all(one)]
    return "?" + urlencode([("city", city.slug), *pairs, *([("pin", pin)] if pin else [])])


def _why_not(pin: Pin) -> str:
    if not pin.is_of_this_rule:
        return (
            f"This link is pinned to numbers made by rule {pin.method}. The rule has changed "
            f"since: it is {METHOD_VERSION} now."
        )
    return f"This link is pinned to data {pin.data}, which are not kept here any more."


def _note(words: str) -> str:
    return f'<p class="tb-note" role="status">{text(words)}</p>'


def _quiet(pin: Pin) -> str:
    said = f"Pinned to data {pin.data}, rule {pin.method}. No newer data have arrived."
    return f'<p class="tb-soft tb-pinned">{text(said)}</p>'


def _older(found: CityData, newest: CityData | CannotRunError, pin: Pin) -> str:
    """Say that these are older numbers, of when, and lead to the same view of the newest."""
    newer = "Newer data have arrived"
    if isinstance(newest, CityData):
        newer += f" ({_to(newest)}; {newest.data_hash[:12]})"
    link = text(_here(found))
    return (
        '<p class="tb-note" role="status"><strong>Pinned to older data.</strong> '
        f"{text(f'These are the numbers of data {pin.data} ({_to(found)}), rule {pin.method}.')} "
        f'{text(newer)}: <a href="{link}">the same view of the newest data</a>.</p>'
    )


def _to(city: CityData) -> str:
    last = data_to(city)
    return f"data to {date_text(last)}" if last else "no table here"
