"""A city's own words beside the common terms: so that nobody takes one for the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from trustboard.citydata import CityData
from trustboard.own_words import own_words
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.replay import replayed
from trustboard.wording import whole

_HEADS: Final = {
    "finding": "Finding",
    "discipline": "Discipline",
    "filed_by": "Filed by",
    "category": "Category",
}


def show_own_words(city: CityData, columns: Sequence[str]) -> None:
    """Show, for each column, which published words are counted under which term."""
    replayed("own words", city, *columns, draw=lambda: _tables(city, columns))


def _tables(city: CityData, columns: Sequence[str]) -> None:
    found = {column: own_words(city, column) for column in columns}
    found = {column: words for column, words in found.items() if len(words)}
    if not found:
        return
    ask(
        f"How does {city.city.name} say it itself?",
        "Its own words were read as the common terms on this page as follows. Filters do not "
        "change these tables.",
    )
    for column, words in found.items():
        head, table = _HEADS[column], words["table"].iloc[0]
        unit = city.tables[table].spec.unit
        rows = [
            [term, published, whole(count)]
            for term, published, count in zip(
                words["term"], words["published"], words["rows"], strict=True
            )
        ]
        caption = f"{head}: the term used here, the words of the source, and its rows ({unit})"
        shown = html_table(["Here", "In the source", "Rows"], rows, caption=caption, numeric=[2])
        summary = f"{head}: {len(rows)} words of the source"
        html(f"<details><summary>{text(summary)}</summary>{shown}</details>")
