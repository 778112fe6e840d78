"""The words that belong to a measured table: sources, caveats, breaks; or why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from trustboard.breaks import breaks_of
from trustboard.groups import GROUP_WORDS, names_of
from trustboard.residents import doubts, population_words
from trustboard.tidy import NUMBERS, UNDECIDED, WORDS, CannotMeasure, Measured

if TYPE_CHECKING:
    from trustboard.citydata import CityData, Table
    from trustboard.indicator import Indicator
    from trustboard.query import PeriodKind, Query

#: Counts by finding are called unsettled for so long (our own choice, see below).
FINDINGS_TAKE_MONTHS: Final = 24
_NEEDED: Final = {
    "complaints": "one row per complaint with its filing date",
    "complaints.filed_on": "the day each complaint was filed",
    "complaints.closed_on": "the closing date of each complaint, open ones included",
    "complaints.status": "whether each complaint is open or closed",
    "outcomes": "one row per allegation",
    "outcomes.finding": "the finding of each allegation",
    "outcomes.discipline": "the discipline that followed each finding",
    "outcomes.decided_on": "the date of each finding",
    "outreach": "one row per outreach event with its date, kind and place",
    "outreach.held_on": "the day of each event",
    "outreach.place_id": "where each event took place",
    "places": "a list of the city's places",
    "places.population": "the number of residents of each place",
    "figures": "figures printed in reports",
}


def measured(
    city: CityData,
    indicator: Indicator,
    query: Query,
    *,
    table: pd.DataFrame | Mapping[str, Any],
    groups: Sequence[str],
    period: PeriodKind,
    caveats: Sequence[str] = (),
    extra: Sequence[str] = (),
    kind: str = "",
    unit: str = "",
    sources: Sequence[str] = (),
    names: dict[str, dict[str, str]] | None = None,
    no_rows: str = "",
) -> Measured:
    """Join a finished table with the words that belong to it, its columns in the agreed order.

    `table` is a frame or columns of equal length, arrays of numpy or of pandas.
    """
    tidy = _tidy(table, groups=groups, extra=extra)
    used = tables_used(city, indicator, query)
    found = {column: names_of(city, column, list(dict.fromkeys(tidy[column]))) for column in groups}
    kind = kind or indicator.kind
    told = (*_caveats(city, indicator, query, used=used, kind=kind), *caveats)
    return Measured(
        table=tidy,
        indicator=indicator.id,
        title=_in_unit(indicator.title, city, query),
        question=_in_unit(indicator.question, city, query),
        kind=kind,
        unit=_in_unit(unit or indicator.unit, city, query),
        by=query.by,
        groups=tuple(groups),
        period=period,
        denominator=_denominator(city, indicator, query),
        sources=(*(source_line(t) for t in used), *sources),
        caveats=tuple(dict.fromkeys(told)),
        names=found | (names or {}),
        breaks=_breaks(used, indicator, query),
        method=indicator.method,
        filters=filter_words(city, query),
        no_rows=no_rows,
        until=query.to,
    )


def _caveats(
    city: CityData, indicator: Indicator, query: Query, *, used: Sequence[Table], kind: str
) -> Iterator[str]:
    """Say what a question's numbers cannot show, whatever they come out as."""
    if kind == "rate":
        yield from doubts(city, query)
    yield from _undecided(indicator, query)
    yield from indicator.caveats
    yield from _coverage_caveats(used, settles_after_months(used, indicator, query))


def _tidy(
    table: pd.DataFrame | Mapping[str, Any], *, groups: Sequence[str], extra: Sequence[str]
) -> pd.DataFrame:
    """Give the columns of a finished table in the agreed order and kinds, as one frame."""
    kept = {}
    for name in ("period", *groups, *NUMBERS, "state", *extra):
        kept[name] = values = table[name]
        if name in NUMBERS:
            kept[name] = np.asarray(values, dtype="float64")
        elif name not in extra and values.dtype != WORDS:
            kept[name] = pd.array(values, dtype=WORDS)
    return pd.DataFrame(kept)


def cannot(
    city: CityData, indicator: Indicator, *, why: str = "", missing: Sequence[str] = ()
) -> CannotMeasure:
    """Say why there is no answer here, what would give one, and which documents should hold it."""
    absent = [t for t in {need.partition(".")[0] for need in missing} if t in city.absent]
    implied = {need for need in missing if need.endswith(("filed_on", "held_on"))}
    needed = [m for m in missing if m not in implied or m.partition(".")[0] not in missing]
    resolve = "Published rows that give " + ", ".join(map(_needed, needed)) + "."
    if absent:
        why = "the published files are not in this folder"
        resolve = city.city.how_to_get or resolve
    return CannotMeasure(
        indicator=indicator.id,
        title=indicator.title,
        question=indicator.question,
        why=why or indicator.missing_sentence or "the rows it needs are not published",
        missing=tuple(missing),
        would_resolve=resolve if missing or absent else "",
        publications=tuple(p.id for p in city.city.publications if indicator.topic in p.topics),
    )


#: Said where a whole table is missing, which comes before anything that one of its columns lacks.
_NO_TABLE: Final = {
    "complaints": "complaints are not published one by one",
    "outreach": "outreach events are not published",
}


def why_not(city: CityData, indicator: Indicator, query: Query) -> CannotMeasure | None:
    """Check that all an indicator needs is published, and fit to be counted; None if it is."""
    missing = [need for need in indicator.needs if not city.has(need)]
    if missing:
        why = _NO_TABLE.get(indicator.table, "") if indicator.table in missing else ""
        return cannot(city, indicator, missing=missing, why=why)
    if indicator.topic == "figures":
        return None
    used = [t for t in tables_used(city, indicator, query) if t.name != "places"]
    for name, coverage in ((table.name, table.spec.coverage) for table in used):
        if coverage is None and name == "outcomes":
            continue  # allegations carry the dates of their complaints
        if coverage is None:
            why = f"the source does not say which days its {name} cover"
            return cannot(city, indicator, why=why)
        if not coverage.complete:
            why = (
                f"the {name} rows are a collection that nobody claims to be complete, so they are "
                "listed but never counted over time or turned into a rate"
            )
            return cannot(city, indicator, why=why)
        if coverage.closed_cases_only and indicator.needs_open_cases:
            why = "only closed cases are published, so nothing is known of those still open"
            return cannot(city, indicator, why=why)
    return None


def tables_used(city: CityData, indicator: Indicator, query: Query) -> list[Table]:
    """List the tables an answer rests on, its own first."""
    names = [indicator.table, *(need.partition(".")[0] for need in indicator.needs)]
    asked = {*query.by, *(column for column, _ in query.filters)}
    if query.unit == "allegation" or "finding" in asked:
        names.append("outcomes")
    if {"place", "district"} & asked:
        names.append("places")
    return [city.tables[name] for name in dict.fromkeys(names) if name in city.tables]


def source_line(table: Table) -> str:
    """Give one table's source: publisher, title, day of retrieval."""
    source = table.spec.source
    return f"{source.publisher}, {source.title}, retrieved {source.retrieved.isoformat()}"


def filter_words(city: CityData, query: Query) -> tuple[str, ...]:
    """Say what was filtered, one sentence part each."""
    words = []
    for column, ids in query.filters:
        names = names_of(city, column, ids)
        words.append(f"{column.replace('_', ' ').capitalize()}: {', '.join(names.values())}")
    if query.rest == "beside":
        words.append(f"Beside the rest of {city.city.name}")
    elif query.rest:
        words.append(f"Only the rest of {city.city.name}, without these places")
    if query.from_:
        words.append(f"From {query.from_.isoformat()}")
    if query.to:
        words.append(f"To {query.to.isoformat()}")
    return tuple(words)


def _needed(need: str) -> str:
    """Say in words what a table or column would give."""
    column = need.rpartition(".")[2].removesuffix("_id")
    return _NEEDED.get(need) or GROUP_WORDS.get(column, column.replace("_", " "))


def row_word(city: CityData) -> str:
    """Name what a row of the table of allegations is: "allegation", "officer-allegation"."""
    table = city.tables.get("outcomes")
    unit = "" if table is None else table.spec.unit
    return unit if "allegation" in unit else "allegation"


def _in_unit(words: str, city: CityData, query: Query) -> str:
    """Say what is counted: words about complaints become words about the city's allegations."""
    if query.unit != "allegation":
        return words
    word = row_word(city)
    if word[0] in "aeiou":
        words = re.sub(r"\b([Aa]) complaint", r"\1n complaint", words)
    return words.replace("complaint", word).replace("Complaint", word.capitalize())


def _denominator(city: CityData, indicator: Indicator, query: Query) -> str:
    if indicator.kind == "rate":
        return f"{population_words(city)}, × years covered"
    return _in_unit(indicator.denominator, city, query)


def _coverage_caveats(used: Sequence[Table], months: int) -> list[str]:
    said = []
    for table in used:
        coverage = table.spec.coverage
        if coverage is None:
            continue
        if coverage.missing:
            said.append(
                f"The source of the {table.name} leaves out: {'; '.join(coverage.missing)}."
            )
        if coverage.closed_cases_only:
            said.append(f"The source of the {table.name} publishes closed cases only.")
        if table is used[0] and months:
            said.append(
                f"The source covers {coverage.from_.isoformat()} to {coverage.to.isoformat()}; its "
                f"last {months} month{'s' * (months > 1)} may still change."
            )
    return said


def settles_after_months(used: Sequence[Table], indicator: Indicator, query: Query) -> int:
    """Give the months until the slowest of the tables used no longer changes.

    Counts by finding wait for the findings too: in simulation half of the complaints of the last
    year had none, and 8% of those a year older (docs/methods.md section 3). Two years are our own
    choice; where cases take longer, later counts are still too low, as the caveat says.
    """
    spans = [table.spec.coverage for table in used]
    slowest = max((span.settles_after_months for span in spans if span is not None), default=0)
    return max(slowest, FINDINGS_TAKE_MONTHS) if _counts_findings(indicator, query) else slowest


def _counts_findings(indicator: Indicator, query: Query) -> bool:
    asked = {*query.by, *(column for column, _ in query.filters)}
    return "finding" in asked and indicator.kind in ("count", "rate")


def _undecided(indicator: Indicator, query: Query) -> tuple[str, ...]:
    """Say that a count by finding misses the cases that have none yet."""
    return (UNDECIDED,) if _counts_findings(indicator, query) else ()


def _breaks(
    used: Sequence[Table], indicator: Indicator, query: Query
) -> tuple[tuple[pd.Timestamp, str], ...]:
    """List the dates inside the time shown at which the series stops being comparable."""
    found = []
    for table in used:
        coverage = table.spec.coverage
        first = query.from_ or (coverage.from_ if coverage else None)
        last = query.to or (coverage.to if coverage else None)
        for one in breaks_of(table, tables=used, indicator=indicator.id, query=query):
            inside = (first is None or one.on > first) and (last is None or one.on <= last)
            if inside:
                found.append((pd.Timestamp(one.on), one.why))
    return tuple(sorted(found))
