"""What belongs to a downloaded number: title, filters, unit, sources, licences, version, link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeAlias

from trustboard import METHOD_VERSION
from trustboard.city import Source
from trustboard.citydata import CityData, Table
from trustboard.exports.citing import citation
from trustboard.exports.reproducing import reproduce_line
from trustboard.exports.standing import STANDING, standing_columns
from trustboard.harmless_cells import one_line
from trustboard.indicator import catalogue
from trustboard.provenance import source_line, tables_used
from trustboard.query import Query
from trustboard.tidy import STATES, Measured

#: Name and value, in the order in which they are printed; a name may come more than once.
About: TypeAlias = tuple[tuple[str, str], ...]
_EVERYTHING: Final = "Nothing is filtered: everything that the source covers."


def about(measured: Measured, city: CityData, *, query: Query, link: str = "") -> About:
    """Say everything that a reader needs to judge, cite and repeat a measured table.

    `query` is the question that was measured; `link` is the address of the view, if it has one.
    """
    tables = tables_used(city, catalogue()[measured.indicator], query)
    pairs = [
        ("Title", measured.title),
        ("Question", measured.question),
        ("City", place_line(city)),
        ("Filters", filters_sentence(measured)),
        ("Split by", ", ".join(one.replace("_", " ") for one in measured.by) or "nothing"),
        ("Unit", measured.unit or "as printed in the source"),
        ("Counted by", query.unit),
        ("Denominator", measured.denominator or "none: a count"),
        *((f"State {name}", STATES[name]) for name in _states(measured)),
        *((f"Column {name}", STANDING[name]) for name in standing_columns(measured)),
        ("How it is counted", measured.method),
        *(("Read with care", one) for one in measured.limits),
        *(("Counting changed", f"{on.date()}: {why}") for on, why in measured.breaks),
        *_sources(tables, measured),
        ("Data to", city.as_of.isoformat()),
        ("Data hash", f"sha256 {city.data_hash}"),
        ("Method version", METHOD_VERSION),
        ("Link", link),
        ("Citation", citation(measured, city, link).plain),
        ("Reproduce", reproduce_line(city, measured.indicator, query)),
    ]
    return in_lines(pairs)


def in_lines(pairs: Iterable[tuple[str, str]]) -> About:
    """Leave out what has no value, and write each value in one line."""
    return tuple((name, one_line(value)) for name, value in pairs if value)


def of_source(source: Source) -> list[tuple[str, str]]:
    """Say where a source is, under which licence, and when it was retrieved."""
    return [
        ("Source address", str(source.url)),
        ("Licence", source.licence),
        ("Retrieved", source.retrieved.isoformat()),
    ]


def filters_sentence(measured: Measured) -> str:
    """Say in one sentence what was filtered."""
    return only_sentence(measured.filters, nothing=_EVERYTHING)


def only_sentence(filters: Sequence[str], *, nothing: str) -> str:
    """Join what was filtered, as `filter_words` says it, in a sentence; `nothing` where none is."""
    return f"Only {'; '.join(map(_small, filters))}." if filters else nothing


def place_line(city: CityData) -> str:
    """Name a city; an invented one is never named without saying so."""
    invented = " (invented data: this city does not exist)" if city.city.fictional else ""
    return f"{city.city.name}, {city.city.region}{invented}"


def data_to(city: CityData) -> date | None:
    """Give the last day that the data cover; None for a city without any data here."""
    return None if city.as_of == date.min else city.as_of


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _states(measured: Measured) -> list[str]:
    present = set(measured.table["state"])
    return [name for name in STATES if name in present]


def _sources(tables: list[Table], measured: Measured) -> list[tuple[str, str]]:
    pairs = []
    for table in tables:
        source = table.spec.source
        pairs += [
            ("Source", f"{source.publisher}: {source.title}"),
            *of_source(source),
        ]
    named = {source_line(table) for table in tables}
    return pairs + [("Source", line) for line in measured.sources if line not in named]
