"""Cities described from documents alone: they say so, name nobody, and read rows as documented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from documented_rows import FILES, FINDINGS
from trustboard.city import Column
from trustboard.citydata import CityData
from trustboard.load import data_root, load_city, read_city
from trustboard.measure import Query, measure
from trustboard.naming import find_name
from trustboard.records_request import records_request
from trustboard.silence import missing
from trustboard.sources.police_uk import COLUMNS
from trustboard.tidy import CannotMeasure
from trustboard.wording import date_text

ROOT = Path(__file__).resolve().parents[2]
#: City → the host it may be fetched from.
CITIES = {
    "albany": "data.albanyny.gov",
    "chicago-copa": "data.cityofchicago.org",
    "cincinnati": "data.cincinnati-oh.gov",
    "detroit": "services2.arcgis.com",
    "indianapolis": "gis.indy.gov",
    "leicestershire": "data.police.uk",
    "milwaukee": "data.milwaukee.gov",
    "new-orleans": "data.nola.gov",
    "new-york": "data.cityofnewyork.us",
    "seattle": "data.seattle.gov",
}
#: Portals that give whole tables only, or whose columns no document names: none can be left out.
WHOLE = ("albany", "milwaukee")
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


@pytest.mark.parametrize("slug", WHOLE)
def test_the_sources_page_says_which_names_of_columns_nobody_has_checked(slug: str) -> None:
    said = sources_page(slug)
    assert "Found by likely names" in said
    for name, column in _likely(slug).items():
        assert f"{name} ({', '.join(column.called)})" in said


def test_with_its_rows_here_the_page_names_each_column_that_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "albany").mkdir()
    opened("albany", tmp_path / "albany")
    monkeypatch.setenv("TRUSTBOARD_PUBLISHED", str(tmp_path))
    said = sources_page("albany")
    assert "casenumber for complaint_id; type for filed_by; allegation for category." in said
    assert "nobody has checked them yet" in said


def _likely(slug: str) -> dict[str, Column]:
    (table,) = read_city(slug, data=data_root()).tables.values()
    found = {name: table.column(name) for name in table.columns}
    return {name: column for name, column in found.items() if column and column.called}


@pytest.mark.parametrize(
    "names",
    [
        "casenumber,type,receiveddate,allegation,count",
        "Case_No,INCIDENT TYPE,receiveddate,Allegations,n",
    ],
)
def test_albany_is_read_by_either_likely_naming_and_says_which_columns_it_took(
    names: str, tmp_path: Path
) -> None:
    rows = FILES["albany"]["complaints.csv"].splitlines()[1:]
    city = opened("albany", tmp_path, **{"complaints.csv": "\n".join([names, *rows]) + "\n"})
    assert sorted(city.cases["complaint_id"]) == ["CC2019-001", "OPS2019-004"]
    assert set(city.cases["filed_by"]) == {"civilian", "officer"}
    taken = [p for p in city.problems if p.check == "likely_name"]
    case, kind, _, allegation, _ = names.split(",")
    assert [problem.found for problem in taken] == [
        f"{case!r} taken for complaint_id, as a likely name",
        f"{kind!r} taken for filed_by, as a likely name",
        f"{allegation!r} taken for category, as a likely name",
    ]
    assert all(p.action == "flagged" and "write `column: " in p.fix for p in taken)


def test_a_naming_that_nobody_thought_of_is_refused_with_the_columns_there_are(
    tmp_path: Path,
) -> None:
    text = "zzz,type,receiveddate,allegation,count\n1,Citizen Complaint,2019-01-02,Force,1\n"
    city = opened("albany", tmp_path, **{"complaints.csv": text})
    assert not city.tables
    (told,) = [p for p in city.problems if p.action == "not_read"]
    assert told.column == "tables.complaints.columns.complaint_id"
    assert "no column that is called like one of 'case number', 'case no'" in told.found
    assert told.expected == "one of zzz, type, receiveddate, allegation, count"
    assert "in the place of `called`" in told.fix


@pytest.mark.parametrize("slug", CITIES)
def test_such_a_city_asks_only_its_publisher_and_for_nothing_about_persons(slug: str) -> None:
    for table in read_city(slug, data=data_root()).tables.values():
        assert table.fetch is not None
        assert table.fetch.hosts() == {CITIES[slug]}
        if slug in WHOLE:
            assert "asked for" in table.fetch.note or "taken" in table.fetch.note
            continue
        made = [table.column(name) for name in table.columns]
        used = {name for one in made for name in (one.column, *one.called) if name}
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


@pytest.mark.parametrize("slug", CITIES)
def test_such_a_city_opens_without_its_files_and_claims_no_promise(slug: str) -> None:
    city = load_city(slug, data=data_root(), published=Path(__file__).parent)
    assert set(city.absent) == set(city.city.tables)
    assert not city.commitments


@pytest.mark.parametrize("slug", CITIES)
def test_such_a_city_names_the_law_and_what_is_not_published(slug: str) -> None:
    city = read_city(slug, data=data_root())
    assert city.records_law is not None
    letter = records_request(city, missing(city, on=date(2026, 12, 1)), on=date(2026, 12, 1))
    assert city.records_law.name in " ".join(letter.split())
    assert all(one.title in " ".join(letter.split()) for one in city.publications)


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
    name = next(n for n in ("outcomes", "outreach", "complaints") if n in described)
    worded = {"outcomes": "finding", "outreach": "event_kind"}
    head, *rows = FILES[slug][file].splitlines()
    made = described[name].column(worded.get(name, "filed_by" if slug == "albany" else "status"))
    column = made.column or next(n for n in head.split(",") if find_name(n, made.called))
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
