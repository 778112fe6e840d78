"""Every problem that was found, equal ones together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from trustboard.citydata import CityData
from trustboard.quality import Alike, Equal, alike
from trustboard.ui.html_table import html_table
from trustboard.ui.replay import replayed
from trustboard.wording import whole
from trustboard.wording.quality_words import ACTION_WORDS

#: So many different findings of one kind are listed; the rest are counted.
FOUND = 20


def show_problems(city: CityData) -> None:
    """List what was found wrong, with file, lines, what was found and how to mend it."""
    if city.problems:
        replayed("problems", city, draw=lambda: _listed(city))


def _listed(city: CityData) -> None:
    found = alike(city.problems)
    total = sum(one.times for one in found)
    rows = [row for one in found for row in _rows(one)]
    heads = ["Where", "Column", "Found", "What was done", "How to fix it"]
    counted = Counter[str]()
    for one in found:
        counted[one.action] += one.times
    said = "; ".join(f"{whole(n)} {ACTION_WORDS[action]}" for action, n in counted.items())
    with st.expander(f"Every problem ({whole(total)})"):
        caption = f"{whole(total)} problems, equal ones together: {said}"
        st.html(html_table(heads, rows, caption=caption, long_text=True))


def _rows(one: Alike) -> list[list[str]]:
    rows = [_row(one, equal) for equal in one.found[:FOUND]]
    rest: Sequence[Equal] = one.found[FOUND:]
    if rest:
        times = sum(equal.times for equal in rest)
        kinds = f"{whole(len(rest))} further findings like these, in {whole(times)} lines"
        rows.append([one.file, one.column or "", kinds, ACTION_WORDS[one.action], ""])
    return rows


def _row(one: Alike, equal: Equal) -> list[str]:
    return [
        equal.where(),
        one.column or "",
        equal.first.found,
        ACTION_WORDS[one.action],
        equal.first.fix,
    ]
