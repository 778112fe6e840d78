"""What a city's publishers have not published, or not in a form that could be read.

Silence is a finding, so it has a date, a holder and a source like any other. Everything is told as
of a day that is given; nothing here reads a clock.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from trustboard.city import City, Column, Coverage, Publication, TableSpec
from trustboard.wording import date_text

if TYPE_CHECKING:
    from trustboard.citydata import CityData

Kind = Literal[
    "late",  # a table whose publisher is behind its own rhythm
    "old_copy",  # a table that may have appeared again since it was last looked for
    "overdue",  # a document that should have appeared by now
    "promised",  # a document that was promised, without a day
    "not_read",  # a document that exists and could not be read
    "no_rows",  # records that are described by no table here
]

#: What a table of records must hold to answer the questions asked here, in residents' words.
ROW_BY_ROW: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "complaints": (
        "Complaints against police, one row per complaint",
        (
            "number of the complaint",
            "day it was filed",
            "day it was closed, or that it is open",
            "police district and neighborhood of the incident",
            "kind of allegation",
            "whether a resident or the department filed it",
        ),
    ),
    "outcomes": (
        "Findings and discipline, one row per allegation",
        (
            "number of the complaint",
            "kind of allegation",
            "finding and the day it was made",
            "discipline and the day it was decided",
        ),
    ),
    "outreach": (
        "Meetings and events of the police with residents, one row per event",
        (
            "day",
            "kind of event",
            "place, police district and neighborhood",
            "whether it took place",
            "rank or unit of those who came",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: what, who holds it, since when, and when it last appeared.

    `since` is None where no day was ever given; `last` is None where no earlier edition is known.
    """

    kind: Kind
    id: str
    title: str
    holder: str
    contains: tuple[str, ...]
    since: date | None = None
    last: date | None = None
    period: str = ""
    url: str | None = None
    note: str = ""

    def sentence(self) -> str:
        """Say it in one sentence, without a reproach."""
        since = f" since {date_text(self.since)}" if self.since else ""
        last = f"; the last rows tell of {date_text(self.last)}" if self.last else ""
        if self.kind == "late":
            return f"A newer edition has been due{since}{last}."
        if self.kind == "old_copy":
            due = f" on {date_text(self.since)}" if self.since else ""
            return f"A newer edition was due{due}; nobody has looked for it from here since{last}."
        if self.last:
            last = f"; it last appeared on {date_text(self.last)}"
        return {
            "overdue": f"It has been due{since}{last} and was not found.",
            "promised": f"It was promised, without a day by which it should appear{last}.",
            "not_read": f"It is known to exist and could not be read here{last}.",
            "no_rows": "No table of these records that could be counted was found.",
        }[self.kind]


def missing(
    city: City, *, on: date, looked: Mapping[str, date] | None = None
) -> tuple[Missing, ...]:
    """Name what is missing on a day: late tables, then documents, then records without a table.

    `looked` says per table when its publisher was last asked; without it, that was the day on which
    the copy here was retrieved. A publisher is late only if it was late on that day.
    """
    asked = {name: (looked or {}).get(name, date.min) for name in city.tables}
    tables = [_late(name, spec, on=on, asked=asked[name]) for name, spec in city.tables.items()]
    documents = [_document(one, on=on) for one in city.publications]
    rows = [_no_rows(name, city) for name in ROW_BY_ROW]
    return tuple(one for one in [*tables, *documents, *rows] if one is not None)


def known_on(city: CityData, *, today: date) -> date:
    """Give the newest day of which the files here can tell: not the day of the visit.

    Where none is here, what the description says was known when its copies were read; a city that
    describes no table has only `today`.
    """
    days = [table.spec.source.retrieved for table in city.tables.values()]
    if days:
        return max([city.as_of, *days])
    described = [spec.source.retrieved for spec in city.city.tables.values()]
    return max(described, default=today)


def is_late(coverage: Coverage, *, on: date) -> bool:
    """Say whether a table is later than its rhythm allows.

    As in docs/methods.md section 6, gate 3: its newest complete month is older than the months in
    which rows still settle plus one and a half publishing intervals.
    """
    allowed = coverage.settles_after_months + 1.5 * coverage.publishing_interval_months
    return _complete_months(on) - _complete_months(coverage.to) > allowed


def due_after(coverage: Coverage) -> date:
    """Give the day on which the next edition of a table was due: one interval after its end."""
    months = coverage.publishing_interval_months
    whole = math.floor(months)
    index = coverage.to.year * 12 + coverage.to.month - 1 + whole
    last = _last_day(index)
    ends_month = coverage.to == _last_day(index - whole)
    day = last if ends_month else min(last, last.replace(day=min(coverage.to.day, last.day)))
    return day + timedelta(days=round((months - whole) * 30.44))


def _late(name: str, spec: TableSpec, *, on: date, asked: date) -> Missing | None:
    coverage = spec.coverage
    if coverage is None or not coverage.complete or not is_late(coverage, on=on):
        return None
    known = min(on, max(asked, spec.source.retrieved))
    return Missing(
        kind="late" if is_late(coverage, on=known) else "old_copy",
        id=name,
        title=spec.source.title,
        holder=spec.source.publisher,
        contains=_published_columns(spec),
        since=due_after(coverage),
        last=coverage.to,
        period=f"from {date_text(coverage.to + timedelta(days=1))}",
        url=str(spec.source.url),
    )


def _document(one: Publication, *, on: date) -> Missing | None:
    waiting = one.status in {"promised", "overdue"} and one.due is not None and one.due >= on
    if one.status == "read" or waiting:
        return None
    kind: Kind = "not_read"
    if one.status != "exists_not_read":
        kind = "overdue" if one.due is not None or one.status == "overdue" else "promised"
    found = one.url or one.found_through
    return Missing(
        kind=kind,
        id=one.id,
        title=one.title,
        holder=one.holder,
        contains=one.should_contain,
        since=None if kind == "not_read" else one.due,
        last=one.last_appeared,
        period=one.period,
        url=None if found is None else str(found),
        note=one.note,
    )


def _no_rows(name: str, city: City) -> Missing | None:
    spec = {str(key): value for key, value in city.tables.items()}.get(name)
    if spec is not None and (spec.coverage is None or spec.coverage.complete):
        return None
    title, fields = ROW_BY_ROW[name]
    return Missing("no_rows", f"{name}-rows", title, _custodian(city), fields)


def _custodian(city: City) -> str:
    """Name the office to ask, as the publications name it where they do."""
    if city.records_law is None:
        return f"The police department of {city.name}"
    named = city.records_law.custodian
    return next((one.holder for one in city.publications if named.endswith(one.holder)), named)


def _published_columns(spec: TableSpec) -> tuple[str, ...]:
    found: list[str] = []
    for name in spec.columns:
        column = spec.column(name)
        found += [] if column is None else _origins(column)
    return tuple(dict.fromkeys(found))


def _origins(column: Column) -> list[str]:
    likeliest = column.called[:1]
    return [name for name in (column.column, *likeliest, *column.first_of, *column.join) if name]


def _complete_months(day: date) -> int:
    """Count months from year 0 to the last one that is over at the end of a day."""
    return day.year * 12 + day.month - (0 if (day + timedelta(days=1)).day == 1 else 1)


def _last_day(index: int) -> date:
    following = index + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
