"""The page of text that lies in a data package."""

from __future__ import annotations

import re
from typing import Final

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.exports.describing import data_to, place_line
from trustboard.harmless import plain, safe_url


def readme(city: CityData) -> str:
    """Say what is in a city's data package, whose it is and what it cannot show."""
    lines = [
        f"# TrustBoard: {_words(place_line(city))}",
        "",
        _words(" ".join(city.city.about.split())),
        "",
        f"Data to {data_to(city) or 'no day: none are here'}; fingerprint sha256 {city.data_hash}; "
        f"method {METHOD_VERSION}.",
        "",
        "## Tables",
        "",
    ]
    for table in city.tables.values():
        source = table.spec.source
        lines.append(
            f"* `data/{table.name}.csv`, `data/{table.name}.parquet`: one row per "
            f"{table.spec.unit}. {_words(source.publisher)}, {_words(source.title)}, "
            f"{_address(source.url)}, retrieved {source.retrieved.isoformat()}. Licence: "
            f"{_words(source.licence)}."
        )
    lines += [f"* Not on this machine: {name}." for name in city.absent]
    lines += [
        "* `data/commitments.json`, `data/verdicts.json`: the promises, their tests, and what the "
        "data say on each.",
        "",
        "## Read with care",
        "",
        "* Free text, names and numbers of incident reports are left out. Rows that were kept "
        "aside as unreadable are left out too.",
        "* `*_as_published` holds the publisher's own word; the column without that ending holds "
        "the common one.",
        "* An empty cell means not known. It never means zero.",
        "* In the CSV files an apostrophe stands before text that a spreadsheet could take for a "
        "formula. The Parquet files hold the text as it is.",
        "* Fewer complaints may mean less misconduct or less reporting; rows cannot tell which.",
    ]
    return "\n".join(lines) + "\n"


#: What begins a mark, a link, a picture or HTML in the middle of a line of Markdown. All else stays
#: as it is: the page is read without being drawn, too.
_MARKS: Final = re.compile(r"([\\`*_\[\]<>&~|#])")


def _words(value: object) -> str:
    """Write words of a city so that nothing in them is read as Markdown or HTML."""
    return _MARKS.sub(r"\\\1", plain(value).replace("\n", " "))


def _address(url: object) -> str:
    """Write an address as a link to itself; what is no web address as words."""
    return _words(url) if safe_url(url) is None or re.search(r"[\s<>]", str(url)) else f"<{url}>"
