"""Tables on the faults of data as plain values and as CSV, with what they rest on above them."""

from __future__ import annotations

import shlex
from typing import Any

from trustboard.citydata import CityData
from trustboard.exports.citing import quality_citation
from trustboard.exports.csv_file import csv_of_rows
from trustboard.exports.describing import About, data_to, in_lines, place_line
from trustboard.exports.excel_file import excel_of_rows
from trustboard.harmless_cells import plain
from trustboard.pins import pin_of
from trustboard.quality import COLUMNS, Part


def quality_rows(part: Part) -> list[dict[str, Any]]:
    """Give a part's rows as plain values: missing is None, dates as 2019-03-31."""
    return [
        {str(name): plain(value) for name, value in row.items()}
        for row in part.table.to_dict("records")
    ]


def quality_csv(part: Part, city: CityData, *, link: str = "", header: bool = True) -> bytes:
    """Write a part's table as CSV in UTF-8; lines that begin with `#` say what it is."""
    return csv_of_rows(part.table, told=told_of(part, city, link=link) if header else ())


def quality_excel(part: Part, city: CityData, *, link: str = "") -> bytes:
    """Write a part's table as a workbook, with what it is on a second sheet."""
    return excel_of_rows(part.table, told=told_of(part, city, link=link), city=city)


def quality_line(part: Part, city: CityData) -> str:
    """Write the command that prints a part's table again, from these data."""
    words = ["trustboard", "quality", city.slug, "--table", part.id, "--pin", pin_of(city)]
    return shlex.join(words)


def told_of(part: Part, city: CityData, *, link: str = "") -> About:
    """Say what a reader needs to judge and repeat a part's table."""
    last = data_to(city)
    pairs = [
        ("Title", part.question),
        ("City", place_line(city)),
        ("Answer", part.said),
        *((f"Column {name}", words) for name, words in COLUMNS[part.id].items()),
        ("What is done", part.action),
        *(("Read with care", one) for one in part.limits),
        *(("Source", one) for one in part.sources),
        ("Data to", last.isoformat() if last else ""),
        ("Data hash", f"sha256 {city.data_hash}"),
        ("Link", link),
        ("Citation", quality_citation(part, city, link).plain),
        ("Reproduce", quality_line(part, city)),
    ]
    return in_lines(pairs)
