"""Numbers that lead to their rows: each one in the table behind a chart is a link to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports import counting_rows, questions_behind
from trustboard.query import Query
from trustboard.tidy import Measured, Row, lines_of
from trustboard.ui.escape import text
from trustboard.ui.files import MOST_ROWS, file_address
from trustboard.wording import period_name, value_text, whole

#: Column → how its links are read out.
_WORDS: Final = {"n": "rows of", "exposure": "all rows of", "value": "source of"}

#: Column of a measured table → its numbers from the first line on, as HTML.
Linked = Mapping[str, Sequence[str]]
NO_LINKS: Final[Linked] = MappingProxyType({})


def row_links(city: CityData, measured: Measured, query: Query, *, most: int = 400) -> Linked:
    """Give the numbers of the first lines of a table as links, each to exactly the rows it counts.

    `query` is the question that was measured. A number without rows stays as it is: none, zero,
    and what counts something else, such as residents.
    """
    columns = counting_rows(measured)
    if not columns:
        return NO_LINKS
    lines = lines_of(measured)[:most]
    asked = list(zip(questions_behind(measured, query), _named(measured, lines), strict=False))
    return {
        column: _column(
            city, measured, [line[column] for line in lines], asked, name=column, counted=counted
        )
        for column, counted in columns.items()
    }


def _column(
    city: CityData,
    measured: Measured,
    numbers: Sequence[float],
    asked: Sequence[tuple[Query, str]],
    *,
    name: str,
    counted: str,
) -> list[str]:
    found = []
    for number, (query, line) in zip(numbers, asked, strict=True):
        shown = value_text(measured.kind, number) if name == "value" else whole(number)
        if pd.isna(number) or (name != "value" and number <= 0):
            found.append("–" if pd.isna(number) else text(shown))
            continue
        address = file_address(
            city, measured.indicator, query, form="csv", rows=True, counted=counted
        )
        part = f" (first {MOST_ROWS:,})" if number > MOST_ROWS and name != "value" else ""
        said = f"{shown}: {_WORDS[name]} {line}{part}"
        found.append(f'<a href="{text(address)}" aria-label="{text(said)}">{text(shown)}</a>')
    return found


def _named(measured: Measured, lines: Sequence[Row]) -> list[str]:
    """Say of each line what it is about: its period and its groups."""
    groups = list(measured.groups)
    timed = measured.period != "all" or measured.kind == "figure" or not groups
    found = []
    for line in lines:
        labels = [measured.label(name, str(line[name])) for name in groups]
        found.append(", ".join([*([period_name(str(line["period"]))] if timed else []), *labels]))
    return found
