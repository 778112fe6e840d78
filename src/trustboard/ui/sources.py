"""Where every row came from and where it went; what is missing altogether."""

from __future__ import annotations

import streamlit as st

from trustboard.city import Source, TableSpec
from trustboard.citydata import CityData, Table
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import link, markdown, text
from trustboard.ui.files import package_address
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.pages import QUALITY, href
from trustboard.wording import date_text, whole

_VERIFIED = {
    "rows": "checked against the rows",
    "schema": "checked against the publisher’s list of columns",
    "documentation": "checked against the publisher’s documentation only",
}


def show_tables(city: CityData) -> None:
    """Show the account of every row of every table."""
    tables = list(city.tables.values())
    ask("Where did every row go?", _account_sentence(tables))
    if tables:
        st.html(_account(tables))
    html(
        f'<p>What was wrong with them, row by row: <a href="{text(href(QUALITY, city=city.slug))}">'
        "Data quality</a>.</p>",
        f'<p>All of it in one file: <a href="{text(package_address(city))}">the whole city as a '
        "Data Package</a>. It holds every table as CSV and Parquet, the promises and the verdicts, "
        "each with its source and licence; no free text, and nothing about a person.</p>",
    )


def show_where_from(city: CityData) -> None:
    """Show each table's source, coverage and fingerprint, also of those that are not here."""
    if city.city.tables:
        ask("Where do the tables come from?")
    for name, described in city.city.tables.items():
        table = city.tables.get(name)
        spec = described if table is None else table.spec
        with st.expander(f"{name.capitalize()}: {markdown(spec.source.title)}"):
            html(_facts(spec, table, likely=_likely_names(city, name, spec)))
    _show_outlines(city)


def _show_outlines(city: CityData) -> None:
    """Say where the outlines on the map come from, where a refresh can fetch them."""
    drawn = city.city.places.map
    if drawn is None or drawn.fetch is None:
        return
    hosts = ", ".join(sorted(drawn.fetch.hosts()))
    here = "are on this machine" if city.boundaries is not None else "are not on this machine yet"
    html(
        f"<p>The outlines on the map come from {text(hosts)}, with <code>trustboard refresh "
        f"{text(city.slug)}</code>. They {here}. Their description was "
        f"{text(_VERIFIED[drawn.verified])}.</p>"
    )


def _account_sentence(tables: list[Table]) -> str:
    if not tables:
        return "No published file of this city is on this machine."
    read = sum(table.accounting.read for table in tables)
    kept = sum(table.accounting.kept for table in tables)
    aside = sum(table.accounting.quarantined for table in tables)
    dropped = sum(table.accounting.dropped for table in tables)
    files = "1 file" if len(tables) == 1 else f"{len(tables)} files"
    return (
        f"{whole(read)} rows were read from {files}: {whole(kept)} kept, "
        f"{whole(aside)} set aside, {whole(dropped)} dropped as identical. None is unaccounted for."
    )


def _account(tables: list[Table]) -> str:
    rows = [
        [
            table.name.capitalize(),
            *(
                whole(number)
                for number in (
                    table.accounting.read,
                    table.accounting.kept,
                    table.accounting.quarantined,
                    table.accounting.dropped,
                    table.accounting.possible_duplicates,
                )
            ),
        ]
        for table in tables
    ]
    heads = ["Table", "Read", "Kept", "Set aside", "Dropped", "Possible duplicates"]
    caption = "Read = kept + set aside + dropped. Possible duplicates are kept."
    return html_table(heads, rows, caption=caption, numeric=[1, 2, 3, 4, 5], long_text=True)


def _likely_names(city: CityData, name: str, spec: TableSpec) -> str:
    """Say which published columns were taken, or will be, because their names are likely."""
    at = f"tables.{name}.columns."
    told = [one.column or "" for one in city.problems if one.check == "likely_name"]
    taken = [where.removeprefix(at) for where in told if where.startswith(at)]
    columns = {ours: spec.column(ours) for ours in spec.columns}
    if taken:
        found = "; ".join(f"{one.column} for {n}" for n in taken if (one := columns[n]))
        return f"{found}. No document names these columns, and nobody has checked them yet."
    to_come = {ours: one.called for ours, one in columns.items() if one is not None and one.called}
    names = "; ".join(f"{ours} ({', '.join(called)})" for ours, called in to_come.items())
    return f"{names}. Of each, the first that the file has is taken." if names else ""


def _facts(spec: TableSpec, table: Table | None, *, likely: str) -> str:
    """List what is known of a table; `table` is None where its file is not on this machine."""
    source, coverage = spec.source, spec.coverage
    facts = [
        ("Published by", f"{text(source.publisher)}: {link(source.title, source.url)}"),
        ("Licence", text(source.licence)),
        ("Published", text(_published(source))),
        ("Retrieved", text(date_text(source.retrieved))),
        ("One row is", text(spec.unit)),
    ]
    if coverage is not None:
        covered = f"{date_text(coverage.from_)} to {date_text(coverage.to)}"
        facts.append(("Covers", text(covered)))
        months = coverage.settles_after_months
        facts.append(("Settles after", text(f"{months} month{'' if months == 1 else 's'}")))
        if coverage.missing:
            facts.append(("Leaves out", text("; ".join(coverage.missing))))
        if not coverage.complete:
            facts.append(("Complete", "No: listed, never counted over time"))
    for one in spec.breaks:
        label = "Words changed" if one.words else "Counting changed"
        facts.append((label, text(f"{date_text(one.on)}: {one.why}")))
    facts.append(("Description", text(_VERIFIED[spec.verified])))
    if likely:
        facts.append(("Found by likely names", text(likely)))
    told = "" if table is None else f"{text(table.file)} · sha256 {text(table.sha256[:16])}…"
    facts.append(("File", told or "Not on this machine"))
    facts += [("Note", text(note)) for note in (source.note, *spec.notes) if note]
    rows = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in facts)
    return f'<dl class="tb-facts">{rows}</dl>'


def _published(source: Source) -> str:
    """Say when a table was published, or which day stands in for it."""
    if source.published is not None:
        return date_text(source.published)
    return "The publisher gives no date; for “as known on a day” the day of retrieval stands in."
