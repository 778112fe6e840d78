"""How often the rule is right, as a table to take away: the numbers of the method page's charts.

They are of invented series, not of any city, so that no data's fingerprint belongs to them.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

import pandas as pd

from trustboard.exports.citing import Citation, cite_method
from trustboard.exports.describing import About, in_lines
from trustboard.method import published

TITLE: Final = "How often the rule for verdicts is right, on invented series"
INVENTED: Final = "The series are invented: their truth is known because it was built in."
#: What the table can be narrowed by.
FILTERS: Final = ("months", "reading", "said")
_COLUMNS: Final = {
    "months": "how the invented months hang together",
    "per_month": "events expected in a month before the promise",
    "true_change": "what is true: the change that was built in; -0.2 is a fifth fewer",
    "reading": "alone: one quarter's numbers; shown: after the wait for a second quarter; "
    "deadline: at the end of the promise",
    "said": "what the rule said",
    "when": "at: at that look; by: at that look or any before it",
    "month": "complete months since the promise",
    "count": "series in which the rule said so",
    "series": "series tried",
    "share": "count divided by series",
    "lower": "lower end of the 95% range of the share (Wilson)",
    "upper": "its upper end",
}


def words_of(name: str) -> tuple[str, ...]:
    """List what a column of `FILTERS` can hold."""
    return tuple(sorted(published().table()[name].unique()))


def right_table(chosen: Mapping[str, str]) -> pd.DataFrame:
    """Give the shares of every world, narrowed by columns of `FILTERS`; a row per share."""
    table = published().table()
    for name, word in chosen.items():
        table = table[table[name] == word]
    return table.reset_index(drop=True)


def right_line() -> str:
    """Write the command that computes the numbers again; it takes some minutes."""
    found = published()
    words = ["trustboard", "simulate", "--series", str(found.series), "--seed", str(found.seed)]
    return shlex.join(words)


def right_citation(chosen: Mapping[str, str], link: str = "") -> Citation:
    """Cite the table; with what it was narrowed by."""
    some = "; ".join(f"{name}: {word}" for name, word in chosen.items())
    return cite_method(TITLE + (f" ({some})" if some else ""), how_made(), link=link)


def how_made() -> str:
    """Say by which version of the method, and from how many series."""
    found = published()
    tried = f"{found.series:,} invented series per row, seed {found.seed}"
    return f"Method {found.method_version}; {tried}"


def about_right(chosen: Mapping[str, str], *, link: str = "") -> About:
    """Say what a reader needs to judge, cite and repeat the table."""
    found = published()
    pairs = [
        ("Title", TITLE),
        (
            "Filters",
            "; ".join(f"{n}: {word}" for n, word in chosen.items()) or "nothing is left out",
        ),
        *((f"Column {name}", words) for name, words in _COLUMNS.items()),
        ("Read with care", INVENTED),
        ("Licence", "MIT, with the program"),
        ("Method version", found.method_version),
        ("Link", link),
        ("Citation", right_citation(chosen, link).plain),
        ("Reproduce", right_line()),
    ]
    return in_lines(pairs)
