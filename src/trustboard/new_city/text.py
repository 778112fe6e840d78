"""Write the draft as YAML for a person to go on with: what was guessed, and what is TODO."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from trustboard.new_city.columns import DATES, Guessed, days, guess_columns
from trustboard.new_city.origin import Sample
from trustboard.new_city.words import BROKEN, NOTHING, TELLING, guess, is_term

OF_TABLE: Final = {
    "complaints": (
        "complaint_id",
        "filed_on",
        "closed_on",
        "incident_on",
        "place_id",
        "district_id",
        "category",
        "filed_by",
        "status",
    ),
    "outcomes": ("complaint_id", "row_id", "category", "finding", "discipline"),
}
#: How a description says that no table of the city is described.
NO_TABLES: Final = "tables: {}"
_WHO: Final = "Every TODO needs somebody who knows the city; see docs/add-a-city.md."
UNIT: Final = {"complaints": "complaint", "outcomes": "allegation"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the draft: from which sample, with which columns, for which days."""

    name: str
    sample: Sample
    columns: dict[str, Guessed]
    covers: tuple[date, date] | None


def tables_of(samples: list[Sample], *, today: date) -> list[Table]:
    """Say which samples are complaints and which are outcomes; one may be both."""
    found: dict[str, Table] = {}
    for sample in samples:
        columns = guess_columns(sample.rows)
        if "complaint_id" not in columns:
            continue
        if "filed_on" in columns and "complaints" not in found:
            filed = columns["filed_on"]
            covers = days(sample.rows[filed.published], filed.formats, today=today)
            found["complaints"] = Table("complaints", sample, columns, covers)
        if {"finding", "discipline"} & set(columns) and "outcomes" not in found:
            found["outcomes"] = Table("outcomes", sample, columns, None)
    covers = found["complaints"].covers if "complaints" in found else None
    return [
        Table(t.name, t.sample, t.columns, covers)
        for t in sorted(found.values(), key=lambda t: t.name)
    ]


def as_yaml(name: str, tables: list[Table], *, unused: list[str], today: date) -> str:
    """Give the whole text of the draft."""
    lines = [
        f"# A draft. {_WHO}",
        f"name: {quoted(name.replace('-', ' ').title())}",
        "region: TODO",
        "about: TODO say in two or three sentences what is published here and what is not.",
        "places: # TODO list the places under `also`, or describe a table of places",
        "  level: district",
        "  singular: police district",
        "  plural: police districts",
        *_described(tables, unused=unused, today=today),
    ]
    return "\n".join(lines) + "\n"


def completed(text: str, tables: list[Table], *, unused: list[str], today: date) -> str:
    """Put drafted tables into a description that has none, in the place where it says so.

    Raises `ValueError` if the description does not say `tables: {}` on one line of its own.
    """
    before, mark, after = f"\n{text}".partition(f"\n{NO_TABLES}\n")
    if not mark:
        raise ValueError(f"no line {NO_TABLES!r}")
    lines = [
        f"# From here on a draft. {_WHO}",
        "# TODO Mend what stands above and below about tables that nobody had described.",
        *_described(tables, unused=unused, today=today),
    ]
    return "\n".join([before, *lines, after]).lstrip("\n")


def _described(tables: list[Table], *, unused: list[str], today: date) -> Iterator[str]:
    yield from (f"# TODO {quoted(file)} was not recognised as a table." for file in unused)
    yield "tables:"
    for table in tables:
        yield from _table(table, today=today)
    yield from _words(tables)


def _table(table: Table, *, today: date) -> Iterator[str]:
    sample, columns = table.sample, table.columns
    yield f"  {table.name}:"
    yield f"    file: {quoted(sample.file)}"
    yield f"    unit: {UNIT[table.name]} # TODO what is one row?"
    row_id = _row_id(table)
    if row_id:
        yield f"    row_id: {quoted(row_id)}"
    yield "    verified: schema # TODO say `rows` once all words are mapped"
    yield "    source:"
    yield "      publisher: TODO"
    yield "      title: TODO"
    yield f"      url: {quoted(sample.url or 'https://example.org/TODO')}"
    yield "      licence: not stated # TODO"
    yield f"      retrieved: {today}"
    if sample.fetch:
        yield "    fetch: # TODO leave out with `select` or `fields` what names persons"
        yield from (f"      {key}: {quoted(value)}" for key, value in sample.fetch.items())
    if table.covers:
        yield "    coverage: # TODO take both days from what the publisher says, not from the rows"
        yield f"      from: {table.covers[0]}"
        yield f"      to: {table.covers[1]}"
    yield "    columns:"
    for ours in OF_TABLE[table.name]:
        guessed = columns.get("district_id" if ours == "place_id" else ours)
        if guessed:
            yield f"      {ours}: {_column(guessed)} # TODO right?"
    others = sorted(set(map(str, sample.rows.columns)) - {c.published for c in columns.values()})
    if others:
        yield f"    # Not used: {', '.join(map(quoted, others))}"


def _row_id(table: Table) -> str | None:
    own = table.columns.get("row_id" if table.name == "outcomes" else "complaint_id")
    unique = own is not None and table.sample.rows[own.published].is_unique
    return own.published if own is not None and unique else None


def _column(guessed: Guessed) -> str:
    broken = [word for word, _ in guessed.words if BROKEN.fullmatch(word)]
    nothing = [word for word, _ in guessed.words if word.casefold() in NOTHING]
    if not (guessed.formats or broken or nothing):
        return quoted(guessed.published)
    parts = [f"column: {quoted(guessed.published)}"]
    for key, values in (("date", guessed.formats), ("unreadable", broken), ("missing", nothing)):
        parts += [f"{key}: [{', '.join(map(quoted, values))}]"] if values else []
    return "{" + ", ".join(parts) + "}"


def _words(tables: list[Table]) -> Iterator[str]:
    seen = {
        ours: table.columns[ours].words
        for table in tables
        for ours in OF_TABLE[table.name]
        if ours in TELLING and ours in table.columns and ours not in DATES
    }
    if not seen:
        return
    yield "# A word that is not listed keeps its rows aside; `trustboard check` lists them."
    yield "words:"
    for ours, words in seen.items():
        told = {
            word.casefold(): _word(word, count, column=ours)
            for word, count in reversed(words)  # of spellings that differ by case, the commonest
            if not BROKEN.fullmatch(word) and word.casefold() not in NOTHING
        }
        none_guessed = all(line.startswith("#") for line in told.values())
        yield f"  {ours}:" + (" {} # TODO list words instead of {}" if none_guessed else "")
        yield from (f"    {line}" for line in reversed(told.values()))


def _word(word: str, count: int, *, column: str) -> str:
    term = guess(word, column=column)
    rows = f"{count:,} rows"
    if term is None:
        return f"# TODO {quoted(word)}: null # {rows}"
    sure = is_term(word, column=column)
    return f"{quoted(word)}: {term}" + (f" # {rows}" if sure else f" # TODO a guess, {rows}")


def quoted(text: str) -> str:
    """Write any text so that YAML reads back the same, on one line, also inside a comment."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in plain)
