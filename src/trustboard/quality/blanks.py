"""What is left blank, field by field and year by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trustboard.citydata import CityData, Table
from trustboard.quality.dating import share, timed
from trustboard.quality.model import Part, tidy
from trustboard.tables import columns_of
from trustboard.wording.quality import blanks_said

#: Text that is neither a date, a term nor a number, but that a test or a link may rest on.
_TEXT_THAT_COUNTS: Final = ("place_id", "district_id", "incident_id", "url")


def blanks(city: CityData) -> Part:
    """Count, per field that the publisher has, the rows in which it is not known, by year."""
    rows: list[dict[str, object]] = []
    for name, table, year in timed(city):
        for field in fields(table):  # one column at a time: all together may be large
            for period, blank, of in year.count(table.part([field])[field].isna()):
                rows.append(
                    {
                        "table": name,
                        "field": field,
                        "period": period,
                        "blank": blank,
                        "rows": of,
                        "share": share(blank, of),
                    }
                )
    told = tidy("blanks", rows)
    return Part(
        id="blanks",
        question="What is left blank?",
        said=blanks_said(told),
        table=told,
        can_tell=bool(len(told)),
        action="A blank stays a blank. It is never filled in, and never read as zero or “no”.",
        limits=(
            "Not every blank is a fault: an open complaint has no closing date, and a complaint "
            "that nobody upheld has no discipline.",
            "Years are those in which the complaint was filed or the event was held.",
            "Where a test needs a field that is blank in more than 10% of its rows (a place: "
            "15%), the verdict is “cannot tell: records incomplete”.",
        ),
    )


def fields(table: Table) -> Iterator[str]:
    """Name the fields of a table that can be blank and that something may rest on."""
    origins: set[object] = set()
    for name, meta in columns_of(table.name).items():
        column = table.spec.column(name)
        counts = meta["kind"] != "text" or name in _TEXT_THAT_COUNTS
        if column is None or name not in table.columns or not counts or meta.get("required"):
            continue
        origin = (column.column, column.first_of, column.join)
        if (
            column.constant is None and origin not in origins
        ):  # a beat can be both place and district
            origins.add(origin)
            yield name
