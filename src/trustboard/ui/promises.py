"""Home: a ledger of all promises, each with the verdict of every test in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import streamlit as st

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.ui import data
from trustboard.ui.address import pick, show_notes
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import text
from trustboard.ui.frame import absent_files, headline, html
from trustboard.ui.pages import COMMITMENTS, METHOD, href
from trustboard.ui.place_finder import find_a_place, verdicts_take_no_filters
from trustboard.ui.replay import replayed
from trustboard.ui.verdict_card import key_to_shapes, short_line, who_line
from trustboard.verdict_states import CannotTell
from trustboard.verdicts.model import AssessedCommitment
from trustboard.wording import verdict_word

EVERY_TOPIC: Final = "all"
_WORD: Final = re.compile(r"\w{4,}")
#: Words of a statement that tell no more than a title without them.
_EMPTY: Final = frozenset({"will", "police", "department", "officers", "with", "that", "would"})


def show_home(city: CityData) -> None:
    """Show the question of the whole site, and every promise under it."""
    replayed("home top", city, draw=lambda: _top(city))
    find_a_place(city)
    verdicts_take_no_filters(city)
    show_promises(city)


def _top(city: CityData) -> None:
    with st.container(key="home_top"):
        headline("Did they do what they said?", city.city.about, kicker=city.city.name)
        absent_files(city)


def show_promises(city: CityData) -> None:
    """List every promise: first the one the list began with, then the others by date."""
    promises = data.assessed(city.slug, city.data_hash)
    ask("What did they promise, and what do the data say?", _summary(city, promises))
    if not promises:
        html(
            f"<p>No public promise has been entered for {text(city.city.name)} yet. One is added "
            "only with the exact source in which it can be read.</p>"
        )
        return
    shown = _on_topic(promises)
    topics = sorted({one.commitment.topic for one in shown})
    replayed("ledger", city, *topics, draw=lambda: _list(city, promises, shown))


def _list(
    city: CityData, promises: Sequence[AssessedCommitment], shown: list[AssessedCommitment]
) -> None:
    """Show the key to the shapes, the first promise whole and the others as a ledger."""
    with st.expander("What the shapes mean"):
        how = text(href(METHOD, city=city.slug))
        html(key_to_shapes(), f'<p><a href="{how}">How verdicts are made</a></p>')
    first, others = promises[0], [one for one in shown if one is not promises[0]]
    lead = _lead(city, first) if first in shown else ""
    html(lead, _ledger(city, others, known={first.commitment.said_by.name} if lead else set()))


def _ledger(city: CityData, promises: list[AssessedCommitment], *, known: set[str]) -> str:
    """List promises by date; the office stands where somebody not yet `known` is first named."""
    rows = []
    for one in sorted(promises, key=lambda each: each.commitment.said_on):
        name = one.commitment.said_by.name
        rows.append(_row(city, one, with_office=name not in known))
        known.add(name)
    return f'<ul class="tb-ledger">{"".join(rows)}</ul>' if rows else ""


def _summary(city: CityData, promises: Sequence[AssessedCommitment]) -> str:
    """Say how many promises and questions there are, and for how many nobody can tell."""
    if not promises:
        return ""
    stated = sum(one.not_measurable is not None for one in promises)
    tests = [test for one in promises for test in one.tests]
    unknown = stated + sum(isinstance(test.outcome, CannotTell) for test in tests)
    asked = stated + len(tests)
    return (
        f"{len(promises)} public promise{'s' * (len(promises) > 1)} made in {city.city.name}, "
        f"broken into {asked} questions. Published data answer {asked - unknown} of them; for "
        f"{unknown} nobody can tell from what is published."
    )


def _on_topic(promises: Sequence[AssessedCommitment]) -> list[AssessedCommitment]:
    """Let a visitor keep to one topic; the choice lives in the address."""
    topics = sorted({one.commitment.topic for one in promises})
    if len(topics) < 2:
        return list(promises)
    about = {one: sum(p.commitment.topic == one for p in promises) for one in topics}
    names = {one: f"{one.capitalize()} ({about[one]})" for one in topics}
    names = {EVERY_TOPIC: f"All topics ({len(promises)})", **names}
    with st.container(key="topic_picker", width=320):
        chosen = pick("topic", "Topic", names, default=EVERY_TOPIC)
    show_notes()
    return [one for one in promises if chosen in (EVERY_TOPIC, one.commitment.topic)]


def _lead(city: CityData, assessed: AssessedCommitment) -> str:
    """Show the promise that the list began with, in its full words."""
    commitment = assessed.commitment
    words = f"“{commitment.quote}”" if commitment.quote else commitment.statement
    return (
        '<div class="tb-lead"><p class="tb-kicker">It began here</p>'
        f"<h3>{_title(city, commitment)}</h3>"
        f'<p class="tb-quote">{text(words)}</p>{who_line(commitment)}{_tests(assessed)}</div>'
    )


def _row(city: CityData, assessed: AssessedCommitment, *, with_office: bool) -> str:
    """Show one promise as a row of the ledger: what was said beside what can be told of it."""
    commitment = assessed.commitment
    said = ""
    if says_more(commitment.statement, than=commitment.title):
        said = f'<p class="tb-said">{text(commitment.statement)}</p>'
    who = who_line(commitment, cited=False, with_office=with_office)
    return (
        f'<li class="tb-row"><div><h3>{_title(city, commitment)}</h3>{who}</div>'
        f"<div>{said}{_tests(assessed)}</div></li>"
    )


def _title(city: CityData, commitment: Commitment) -> str:
    address = href(COMMITMENTS, city=city.slug, commitment=commitment.id)
    return f'<a href="{text(address)}">{text(commitment.title)}</a>'


def _tests(assessed: AssessedCommitment) -> str:
    """Give one line per test, in the order of the file."""
    lines = [
        short_line(one.outcome, word=one.headline, said=one.test.question) for one in assessed.tests
    ]
    why = assessed.not_measurable
    if why is not None:
        lines.append(short_line(why, word=verdict_word(why), said=why.found))
    return f'<ul class="tb-lines">{"".join(lines)}</ul>'


def says_more(statement: str, *, than: str) -> bool:
    """Say whether a statement adds anything to its title."""
    known = {word.lower()[:6] for word in _WORD.findall(than)}
    told = {word.lower() for word in _WORD.findall(statement)} - _EMPTY
    return len([word for word in told if word[:6] not in known]) > 1
