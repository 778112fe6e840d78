"""The numbers that the chart of a verdict draws, to take away with what they rest on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

import pandas as pd

from trustboard.citydata import CityData
from trustboard.commitments import AgreementTest, Commitment, FigureChangeTest
from trustboard.exports.citing import verdict_citation
from trustboard.exports.csv_file import columns
from trustboard.exports.describing import About, filters_sentence, in_lines, of_source, place_line
from trustboard.exports.promises import said_on
from trustboard.pins import pin_of
from trustboard.provenance import source_line
from trustboard.tidy import STATES
from trustboard.verdicts import AssessedTest
from trustboard.verdicts.rows_behind import rows_behind

#: The page that shows a promise with its tests.
PAGE: Final = "commitments"


def has_table(test: AssessedTest) -> bool:
    """Say whether numbers stand behind an outcome: a measured series, or printed figures."""
    series = test.series
    return (series is not None and not series.table.empty) or _compares_printed(test)


def verdict_table(test: AssessedTest, city: CityData) -> pd.DataFrame | None:
    """Give the table that the chart of a test draws; None where it rests on no numbers.

    Of a measured series the columns of every download, of printed figures each with its source.
    """
    series = test.series
    if series is not None and not series.table.empty:
        return series.table[columns(series)]
    return rows_behind(test, city) if _compares_printed(test) else None


def verdict_path(city: CityData, commitment: str, *, anchor: str) -> str:
    """Give the address of a promise's page at one of its tests, as seen from the site's root."""
    asked = {"city": city.slug, "commitment": commitment, "pin": pin_of(city)}
    return f"{PAGE}?{urlencode(asked)}#{anchor}"


def verdict_line(city: CityData, commitment: str) -> str:
    """Write the command that computes the verdicts on a promise again, from these data."""
    return shlex.join(["trustboard", "reproduce", city.slug, commitment, "--pin", pin_of(city)])


def about_verdict(
    test: AssessedTest, commitment: Commitment, city: CityData, *, link: str = ""
) -> About:
    """Say what a reader needs to judge, cite and repeat the numbers behind an outcome."""
    pairs = [
        ("Title", f"{commitment.title}: {test.test.question}"),
        ("City", place_line(city)),
        ("Promised", f"{commitment.said_by.name}, {said_on(commitment)}"),
        ("Finding", test.headline),
        ("In a sentence", test.sentence),
        ("Calculation", test.formula),
        *((f"Window {one.label}", f"{one.from_} to {one.to}") for one in test.windows),
        *_of_series(test),
        *(("Read with care", one) for one in test.caveats),
        *_sources(test, city),
        ("Data as of", test.as_of.isoformat()),
        ("Data hash", f"sha256 {city.data_hash}"),
        ("Method version", test.method_version),
        ("Link", link),
        ("Citation", verdict_citation(commitment, test, city, link).plain),
        ("Reproduce", verdict_line(city, commitment.id)),
    ]
    return in_lines(pairs)


def _of_series(test: AssessedTest) -> Iterator[tuple[str, str]]:
    """Say what was measured: filters, unit, out of what, and what its states mean."""
    series = test.series
    if series is None:
        return
    yield "Filters", filters_sentence(series)
    yield "Unit", series.unit
    yield "Denominator", series.denominator or "none: a count"
    present = set(series.table["state"])
    for name in STATES:
        if name in present:
            yield f"State {name}", STATES[name]


def _sources(test: AssessedTest, city: CityData) -> Iterator[tuple[str, str]]:
    tables = {source_line(table): table.spec.source for table in city.tables.values()}
    for line in test.sources:
        source = tables.get(line)
        yield "Source", line
        if source is not None:
            yield from of_source(source)


def _compares_printed(test: AssessedTest) -> bool:
    return isinstance(test.test, FigureChangeTest | AgreementTest)
