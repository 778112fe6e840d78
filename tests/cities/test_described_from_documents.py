"""Cities described from documents alone: they say so, name nobody, and read rows as documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustboard.citydata import CityData
from trustboard.load import data_root, load_city, read_city

#: City → hosts it may be fetched from.
CITIES = {
    "cincinnati": "data.cincinnati-oh.gov",
    "new-orleans": "data.nola.gov",
    "new-york": "data.cityofnewyork.us",
    "seattle": "data.seattle.gov",
}
PERSONS = ("officer", "employee", "name", "race", "gender", "_sex", "_age", "address", "tax_id")

#: Invented rows, written as the documents say that each portal writes them.
ROWS = {
    "cincinnati": (
        "unique_case_number,cca_recieved_date,case_completion_date,incident_date_time,police_district\n"
        "26047,2025-02-26T00:00:00.000Z,2025-03-11T00:00:00.000Z,2025-02-25T16:00:00.000Z,1\n"
        "26047,2025-02-26T00:00:00.000Z,2025-03-11T00:00:00.000Z,2025-02-25T16:00:00.000Z,1\n"
        "26048,2025-03-01T00:00:00.000Z,,2025-02-28T16:00:00.000Z,N/A\n",
        "unique_case_number,allegation_description,allegation_finding\n"
        "26047,IMPROPER STOP,UNFOUNDED\n26047,DISCOURTESY,EXONERATED\n26048,DISCOURTESY,\n",
        {"26047": "exonerated", "26048": None},
    ),
    "new-orleans": (
        "complaint_tracking_number,date_complaint_received_by_nopd_pib,date_complaint_occurred\n"
        "2019-0001-R,2019-01-02T00:00:00.000,2019-01-01T00:00:00.000\n"
        "2019-0002-P,2019-01-03T00:00:00.000,\n",
        "complaint_tracking_number,rule_violation,disposition\n"
        "2019-0001-R,RULE 4: PERF OF DUTY,Sustained\n2019-0002-P,RULE 2,NFIM\n",
        {"2019-0001-R": "sustained", "2019-0002-P": "no_finding"},
    ),
    "new-york": (
        "complaint_id,ccrb_received_date,close_date,incident_date,precinct_of_incident_occurrence\n"
        "201100001,2011-01-03T00:00:00.000,2011-06-01T18:11:15.000,2011-01-01T00:00:00.000,75\n",
        "allegation_record_identity,complaint_id,fado_type,ccrb_allegation_disposition\n"
        "1,201100001,Force,Substantiated (Charges)\n2,201100001,Discourtesy,Unsubstantiated\n",
        {"201100001": "sustained"},
    ),
    "seattle": (
        "file_number,received_date,source\n"
        "2021OPA-0452,2021-10-04T00:00:00.000,Community Member\n"
        "2021OPA-0453,2021-10-05T00:00:00.000,SPD - Initiated\n"
        "2021OPA-0454,2021-10-06T00:00:00.000,-\n",
        "file_number,allegation,finding,discipline\n"
        "2021OPA-0452,Professionalism,Not Sustained (Lawful and Proper),-\n"
        "2021OPA-0453,Force - Use,Sustained Rapid Adjudication,Written Reprimand\n"
        "2021OPA-0453,Professionalism,Not Sustained Unfounded,-\n"
        "2021OPA-0454,-,-,-\n",
        {"2021OPA-0452": "exonerated", "2021OPA-0453": "sustained", "2021OPA-0454": None},
    ),
}


def opened(slug: str, folder: Path) -> CityData:
    complaints, allegations, _ = ROWS[slug]
    (folder / "complaints.csv").write_text(complaints, encoding="utf-8")
    (folder / "allegations.csv").write_text(allegations, encoding="utf-8")
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


@pytest.mark.parametrize("slug", CITIES)
def test_such_a_city_asks_only_its_publisher_and_for_nothing_about_persons(slug: str) -> None:
    for table in read_city(slug, data=data_root()).tables.values():
        assert table.fetch is not None
        assert table.fetch.hosts() == {CITIES[slug]}
        used = {name for c in table.columns for name in [table.column(c).column] if name}
        assert used <= set(table.fetch.select)
        assert not [name for name in table.fetch.select for part in PERSONS if part in name]


@pytest.mark.parametrize("slug", CITIES)
def test_such_a_city_opens_without_its_files_and_claims_no_promise(slug: str) -> None:
    city = load_city(slug, data=data_root(), published=Path(__file__).parent)
    assert set(city.absent) == {"complaints", "outcomes"}
    assert not city.commitments


@pytest.mark.parametrize("slug", CITIES)
def test_rows_written_as_the_documents_say_are_all_read(slug: str, tmp_path: Path) -> None:
    city = opened(slug, tmp_path)
    assert {t.accounting.quarantined for t in city.tables.values()} == {0}
    findings = city.cases.set_index("complaint_id")["finding"]
    assert {k: (None if v != v else v) for k, v in findings.items()} == ROWS[slug][2]
    assert city.cases["filed_on"].notna().all()


@pytest.mark.parametrize("slug", CITIES)
def test_a_word_that_no_document_names_keeps_its_row_aside(slug: str, tmp_path: Path) -> None:
    complaints, allegations, _ = ROWS[slug]
    (tmp_path / "complaints.csv").write_text(complaints, encoding="utf-8")
    column = read_city(slug, data=data_root()).tables["outcomes"].column("finding").column
    head, *rows = allegations.splitlines()
    cells = rows[0].split(",")
    cells[head.split(",").index(str(column))] = "Frobnicated"
    lines = [head, ",".join(cells), *rows[1:]]
    (tmp_path / "allegations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    city = load_city(slug, data=data_root(), published=tmp_path)
    assert city.tables["outcomes"].accounting.quarantined == 1
    assert any("Frobnicated" in problem.found for problem in city.problems)
