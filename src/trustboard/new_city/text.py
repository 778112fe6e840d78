"""Write the draft as YAML for a person to go on with: what was guessed, and what is TODO."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from trustboard.new_city.columns import Guessed
from trustboard.new_city.names import DATES, NAMES
from trustboard.new_city.recognising import Recognised, Table
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
    **{name: tuple(NAMES[name]) for name in ("outreach", "figures", "places")},
}
UNIT: Final = {
    "complaints": "complaint",
    "outcomes": "allegation",
    "outreach": "event",
    "figures": "published figure",
    "places": "place",
}
#: The column that tells rows apart, where no two share it.
ID_OF: Final = {
    "complaints": "complaint_id",
    "outcomes": "row_id",
    "outreach": "event_id",
    "figures": "figure_id",
    "places": "place_id",
}
#: How a description says that no table of the city is described.
NO_TABLES: Final = "tables: {}"
_WHO: Final = "Every TODO needs somebody who knows the city; see docs/add-a-city.md."


def as_yaml(name: str, found: Recognised, *, unused: list[str], today: date) -> str:
    """Give the whole text of the draft."""
    lines = [
        f"# A draft. {_WHO}",
        f"name: {quoted(name.replace('-', ' ').title())}",
        "region: TODO",
        "about: TODO say in two or three sentences what is published here and what is not.",
        *_places(found),
        *_described(found, unused=unused, today=today),
    ]
    return "\n".join(lines) + "\n"


def completed(text: str, found: Recognised, *, unused: list[str], today: date) -> str:
    """Put drafted tables into a description that has none, in the place where it says so.

    Raises `ValueError` if the description does not say `tables: {}` on one line of its own.
    """
    before, mark, after = f"\n{text}".partition(f"\n{NO_TABLES}\n")
    if not mark:
        raise ValueError(f"no line {NO_TABLES!r}")
    lines = [
        f"# From here on a draft. {_WHO}",
        "# TODO Mend what stands above and below about tables that nobody had described.",
        *_described(found, unused=unused, today=today),
    ]
    return "\n".join([before, *lines, after]).lstrip("\n")


def _places(found: Recognised) -> Iterator[str]:
    listed = found.table("places")
    kind = listed.columns["place_id"].published.casefold() if listed else ""
    near = any(part in kind for part in ("nhd", "neigh"))
    level, word = ("neighborhood", "neighborhood") if near else ("district", "police district")
    yield "places: # TODO list the places under `also`, or describe a table of places"
    yield f"  level: {level} # TODO right?"
    yield f"  singular: {word}"
    yield f"  plural: {word}s"
    if found.outlines:
        file, name = map(quoted, found.outlines)
        yield f"  map: {{kind: boundaries, file: {file}, id_property: {name}}} # TODO right?"


def _described(found: Recognised, *, unused: list[str], today: date) -> Iterator[str]:
    yield from (f"# TODO {quoted(file)} was not recognised as a table." for file in unused)
    yield "tables:"
    for table in found.tables:
        yield from _table(table, today=today)
    yield from _words(list(found.tables))


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
        if table.name == "outreach":
            yield "      complete: false # TODO true only if the publisher says none is missing"
    yield "    columns:"
    for ours in OF_TABLE[table.name]:
        text = _made_from(ours, table)
        if text:
            yield f"      {ours}: {text} # TODO right?"
    others = sorted(set(map(str, sample.rows.columns)) - {c.published for c in columns.values()})
    if others:
        yield f"    # Not used: {', '.join(map(quoted, others))}"


def _made_from(ours: str, table: Table) -> str:
    """Write where one of our columns comes from; empty where nothing serves."""
    columns = table.columns
    guessed = columns.get(ours)
    if guessed is None and table.name == "complaints" and ours == "place_id":
        guessed = columns.get("district_id")
    if guessed is None and table.name == "places" and ours == "name":
        guessed = columns["place_id"]
    if guessed is not None:
        return _column(guessed)
    unsaid = table.name == "outreach" and ours == "event_status"
    return "{constant: announced}" if unsaid else ""


def _row_id(table: Table) -> str | None:
    own = table.columns.get(ID_OF[table.name])
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
