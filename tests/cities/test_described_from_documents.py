"""Cities described from documents alone: they say so, name nobody, and read rows as documented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from documented_rows import FILES, FINDINGS
from trustboard.citydata import CityData
from trustboard.load import data_root, load_city, read_city
from trustboard.measure import Query, measure
from trustboard.records_request import records_request
from trustboard.silence import missing
from trustboard.sources.police_uk import COLUMNS
from trustboard.tidy import CannotMeasure
from trustboard.wording import date_text

ROOT = Path(__file__).resolve().parents[2]
#: City → the host it may be fetched from.
CITIES = {
    "chicago-copa": "data.cityofchicago.org",
    "cincinnati": "data.cincinnati-oh.gov",
    "detroit": "services2.arcgis.com",
    "indianapolis": "gis.indy.gov",
    "leicestershire": "data.police.uk",
    "new-orleans": "data.nola.gov",
    "new-york": "data.cityofnewyork.us",
    "seattle": "data.seattle.gov",
}
#: Cities whose columns no document names: they have words and a law, and no table.
WITHOUT_TABLES = ("albany", "milwaukee")
PERSONS = ("officer", "employee", "race", "gender", "_sex", "_age", "address", "tax_id", "offnum")


def opened(slug: str, folder: Path, **other: str) -> CityData:
    for name, text in (FILES[slug] | other).items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_city(slug, data=data_root(), published=folder)


@pytest.mark.parametrize("slug", CITIES)
def test_a_city_that_nobody_checked_against_rows_says_so_everywhere(slug: str) -> None:
    city = read_city(slug, data=data_root())
    about = " ".join(city.about.split())
    assert "written from documentation" in about
    assert "never checked against rows" in about
    for table in city.tables.values():
        assert table.verified == "documentation"
        assert any("never checked against rows" in note for note in table.notes)
    assert f"trustboard refresh {slug}" in city.how_to_get


def sources_page(slug: str) -> str:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = slug
    app.run().switch_page("pages/6_sources.py").run()
    assert not app.exception
    return " ".join(str(one.proto.body) for one in app.get("html"))


@pytest.mark.parametrize("slug", [*CITIES, "st-louis"])
def test_the_sources_page_says_so_before_any_row_is_here(slug: str) -> None:
    said = sources_page(slug)
    times = said.count("checked against the publisher’s documentation only")
    described = read_city(slug, data=data_root())
    if slug == "st-louis":
        assert times == 1
        assert "They are not on this machine yet" in said
    else:
        assert times == said.count("Not on this machine") == len(described.tables)
        newest = max(table.source.retrieved for table in described.tables.values())
        assert f"as of {date_text(newest)}" in said


@pytest.mark.parametrize("slug", WITHOUT_TABLES)
def test_the_pages_of_a_city_without_tables_say_how_to_describe_it_and_what_is_missing(
    slug: str,
) -> None:
    said = sources_page(slug)
    assert "is described yet" in said
    assert f"trustboard new-city {slug} --from" in " ".join(said.split())
    assert f"as of {date_text(datetime.now(UTC).date())}" in said
    assert "Records access officer" in said or "Records custodian" in said


@pytest.mark.parametrize("slug", CITIES)
def test_such_a_city_asks_only_its_publisher_and_for_nothing_about_persons(slug: str) -> None:
    for table in read_city(slug, data=data_root()).tables.values():
        assert table.fetch is not None
        assert table.fetch.hosts() == {CITIES[slug]}
        used = {name for c in table.columns for name in [table.column(c).column] if name}
        asked = set(_asked_for(table.fetch))
        assert used <= asked
        assert not [name for name in asked for part in PERSONS if part in name.lower()]


def _asked_for(fetch: Any) -> tuple[str, ...]:
    """Name the columns that are asked for; of the national feed, those that are kept."""
    if fetch.kind == "police_uk":  # where the event is, not where somebody lives
        return tuple(name for name in COLUMNS[fetch.what] if name != "address")
    wanted: tuple[str, ...] = fetch.fields if fetch.kind == "arcgis" else fetch.select
    assert wanted, "not everything there is"
    return wanted


@pytest.mark.parametrize("slug", [*CITIES, *WITHOUT_TABLES])
def test_such_a_city_opens_without_its_files_and_claims_no_promise(slug: str) -> None:
    city = load_city(slug, data=data_root(), published=Path(__file__).parent)
    assert set(city.absent) == set(city.city.tables)
    assert not city.commitments


@pytest.mark.parametrize("slug", [*CITIES, *WITHOUT_TABLES])
def test_such_a_city_names_the_law_and_what_is_not_published(slug: str) -> None:
    city = read_city(slug, data=data_root())
    assert city.records_law is not None
    letter = records_request(city, missing(city, on=date(2026, 12, 1)), on=date(2026, 12, 1))
    assert city.records_law.name in " ".join(letter.split())
    assert all(one.title in " ".join(letter.split()) for one in city.publications)


@pytest.mark.parametrize("slug", WITHOUT_TABLES)
def test_a_city_whose_columns_no_document_names_says_how_to_describe_it(slug: str) -> None:
    city = read_city(slug, data=data_root())
    assert not city.tables
    assert "no numbers of" in " ".join(city.about.split())
    assert f"trustboard new-city {slug} --from" in " ".join(city.how_to_get.split())
    assert {one.status for one in city.publications} == {"exists_not_read"}


@pytest.mark.parametrize("slug", CITIES)
def test_rows_written_as_the_documents_say_are_all_read(slug: str, tmp_path: Path) -> None:
    city = opened(slug, tmp_path)
    assert set(city.tables) == set(city.city.tables)
    assert {t.accounting.quarantined for t in city.tables.values()} == {0}
    assert not [p for p in city.problems if p.action == "not_read"]


@pytest.mark.parametrize("slug", FINDINGS)
def test_a_complaint_has_the_most_serious_finding_of_its_rows(slug: str, tmp_path: Path) -> None:
    city = opened(slug, tmp_path)
    findings = city.cases.set_index("complaint_id")["finding"]
    assert {k: (None if v != v else v) for k, v in findings.items()} == FINDINGS[slug]
    assert city.cases["filed_on"].notna().all()


@pytest.mark.parametrize(("slug", "file"), [(s, [*FILES[s]][-1]) for s in CITIES])
def test_a_word_that_no_document_names_keeps_its_row_aside(
    slug: str, file: str, tmp_path: Path
) -> None:
    described = read_city(slug, data=data_root()).tables
    name = "outcomes" if "outcomes" in described else "outreach"
    column = described[name].column("finding" if name == "outcomes" else "event_kind").column
    head, *rows = FILES[slug][file].splitlines()
    cells = rows[0].split(",")
    cells[head.split(",").index(str(column))] = "Frobnicated"
    city = opened(slug, tmp_path, **{file: "\n".join([head, ",".join(cells), *rows[1:]]) + "\n"})
    assert city.tables[name].accounting.quarantined == 1
    assert any("Frobnicated" in problem.found for problem in city.problems)


def test_a_beat_gives_its_district_and_several_beats_give_none(tmp_path: Path) -> None:
    city = opened("chicago-copa", tmp_path)
    places = city.cases.set_index("complaint_id")["place_id"]
    assert {k: (None if v != v else v) for k, v in places.items()} == {
        "1087378": "1",
        "2019-0000123": "25",
        "1087308": None,
    }


def test_an_event_that_was_announced_is_not_called_held(tmp_path: Path) -> None:
    (event,) = opened("leicestershire", tmp_path).tables["outreach"].frame.to_dict("records")
    assert (event["event_status"], event["evidence"]) == ("announced", "announced")
    assert event["place_id"] == "NC04"


def test_without_filing_dates_no_complaints_are_counted_by_month(tmp_path: Path) -> None:
    city = opened("indianapolis", tmp_path)
    found = measure(city, "complaints-received", Query(by=("month",)))
    assert isinstance(found, CannotMeasure)
