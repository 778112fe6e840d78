"""Numbers that lead to their rows: each one in the table behind a chart is a link to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports import counting_rows, query_text, questions_behind, stands_for_rows
from trustboard.query import Query
from trustboard.tidy import Measured, Row, lines_of
from trustboard.ui.escape import text
from trustboard.ui.files import MOST_ROWS, rows_addresses
from trustboard.wording import period_name, value_text, whole

#: Column → how its links are read out.
_WORDS: Final = {"n": "rows of", "exposure": "rows in all, for", "value": "source of"}

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
    of_rows = [stands_for_rows(measured, line) for line in lines]
    asked = [query_text(one) for one in islice(questions_behind(measured, query), len(lines))]
    named = _named(measured, lines)
    found = {}
    for column, counted in columns.items():
        addresses = rows_addresses(city, measured.indicator, asked, counted=counted)
        numbers = [line[column] for line in lines]
        leading = [one if leads else "" for one, leads in zip(addresses, of_rows, strict=True)]
        whole_lines = zip(numbers, leading, named, strict=True)
        found[column] = [_linked(measured, *line, column=column) for line in whole_lines]
    return found


def _linked(measured: Measured, number: float, address: str, named: str, *, column: str) -> str:
    """Write one number of a line, as a link where it has an address.

    `named` says what the line is about.
    """
    if pd.isna(number):
        return "–"
    source = column == "value"
    shown = value_text(measured.kind, number) if source else whole(number)
    if not address or (number <= 0 and not source):
        return text(shown)
    part = f" (first {MOST_ROWS:,})" if number > MOST_ROWS and not source else ""
    said = f"{shown}: {_WORDS[column]} {named}{part}"
    return f'<a href="{text(address)}" aria-label="{text(said)}">{text(shown)}</a>'


def _named(measured: Measured, lines: Sequence[Row]) -> list[str]:
    """Say of each line what it is about: its period and its groups."""
    groups = list(measured.groups)
    timed = measured.period != "all" or measured.kind == "figure" or not groups
    found = []
    for line in lines:
        labels = [measured.label(name, str(line[name])) for name in groups]
        found.append(", ".join([*([period_name(str(line["period"]))] if timed else []), *labels]))
    return found
