"""Drafting a city: guesses hold on real files, and what is not known is marked and left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dialects import Soda
from local_publisher import Publisher, Reply, open_publisher
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner, Result

from trustboard.cli import app
from trustboard.errors import CannotRunError
from trustboard.load import load_city, read_city
from trustboard.new_city import Allowed, write_draft
from trustboard.new_city.origin import recognise
from trustboard.new_city.text import quoted
from trustboard.new_city.words import guess
from trustboard.ui.pages import page_files

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
here = pytest.mark.skipif(
    not (SHARED / "chicago").is_dir(), reason="the published files are not beside the repository"
)
TODO_WORD = re.compile(r"^    # TODO (\".*?\": null)", re.MULTILINE)
ROWS = """Case Number,Date Received,Finding,Complainant Type,Officer Name
a-1,01/31/2020,Sustained,Citizen,Somebody
a-2,02/01/2020,FROBNICATED,Citizen,Somebody
a-3,02/13/2020,#VALUE!,Martian,Somebody
"""


def draft(name: str, origin: Path | str, data: Path, **allowed: bool) -> Path:
    today = date(2026, 3, 1)
    done = write_draft(name, origin=str(origin), data=data, today=today, allowed=Allowed(**allowed))
    return done.file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with open_publisher() as opened:
        yield opened


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


@here
@pytest.mark.parametrize(
    ("city", "expected", "words"),
    [
        ("philadelphia", {"complaints": (3388, 3388), "outcomes": (8839, 8648)}, 2),
        ("chicago", {"complaints": (49052, 49052), "outcomes": (99961, 99036)}, 2),
        ("st-louis", {"figures": (173, 173), "outreach": (39, 38), "places": (88, 88)}, 1),
    ],
)
def test_a_draft_of_real_files_reads_every_row_and_sets_aside_only_words_marked_todo(
    city: str, expected: dict[str, tuple[int, int]], words: int, tmp_path: Path
) -> None:
    file = draft(city, SHARED / city, tmp_path)
    opened = load_city(city, data=tmp_path, published=SHARED / city)
    accounts = {name: table.accounting for name, table in opened.tables.items()}
    assert {name: (a.read, a.kept) for name, a in accounts.items()} == expected
    found = TODO_WORD.findall(file.read_text(encoding="utf-8"))
    left_out = {json.loads("{" + word + "}").popitem()[0] for word in found}
    aside = [table.quarantine for table in opened.tables.values() if len(table.quarantine)]
    assert left_out <= {cell for one in aside for cell in one.to_numpy().ravel()}
    assert len(left_out) == words
    file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
    again = load_city(city, data=tmp_path, published=SHARED / city)
    assert all(t.accounting.kept == t.accounting.read for t in again.tables.values())


def filled(text: str) -> str:
    """Do what the TODOs ask for, and nothing else: every line that is changed has one."""
    lines = text.splitlines()
    done = [re.sub(r"^( +)# TODO (\".*?\": null).*", r"\1\2", line) for line in lines]
    done = [line.replace("TODO say in two", "Filled in two") for line in done]
    done = [re.sub(r"^( *\w+:) TODO$", r"\1 Somebody", line) for line in done]
    done = [re.sub(r" # TODO.*", "", line) for line in done]
    done = [line for line in done if not line.startswith(("# TODO", "# A draft."))]
    kept = [line for line in lines if "TODO" not in line]
    assert [line for line in done if line in set(kept)] == kept
    return "\n".join(done).replace("example.org/TODO", "example.org/data") + "\n"


@here
@pytest.mark.parametrize(
    ("city", "asked", "answer"),
    [
        ("philadelphia", ("complaints-received", "--by", "year"), "2019,682,"),
        ("chicago", ("complaints-received", "--by", "year"), "2019,2009,"),
        ("st-louis", ("published-figure",), "F001"),
    ],
)
def test_a_draft_is_checked_measured_and_shown_once_its_todos_are_filled(
    city: str, asked: tuple[str, ...], answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    file = draft(f"new-{city}", SHARED / city, tmp_path / "data")
    file.write_text(filled(file.read_text("utf-8")), "utf-8")
    assert "TODO" not in file.read_text("utf-8")
    where = ("--data", tmp_path / "data", "--published", SHARED / city)
    checked = run("check", f"new-{city}", *where)
    assert checked.exit_code in {0, 1}, checked.output  # the publisher's own faults stay
    assert " 0        0  " in checked.stdout
    measured = run("measure", f"new-{city}", *asked, *where)
    assert measured.exit_code == 0, measured.output
    assert answer in measured.stdout
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TRUSTBOARD_PUBLISHED", str(tmp_path / "published"))
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / f"new-{city}").symlink_to(SHARED / city)
    for page in page_files(ROOT / "pages"):
        shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        shown.query_params["city"] = f"new-{city}"
        shown.run().switch_page(f"pages/{page}").run()
        assert not shown.exception, page


@here
def test_a_draft_counts_the_same_sustained_complaints_as_the_finished_description(
    tmp_path: Path,
) -> None:
    draft("philadelphia", SHARED / "philadelphia", tmp_path)
    opened = load_city("philadelphia", data=tmp_path, published=SHARED / "philadelphia")
    finished = load_city(
        "philadelphia",
        data=Path(__file__).resolve().parents[1] / "data",
        published=SHARED / "philadelphia",
    )
    missing = opened.tables["outcomes"].quarantine["complaint_id"]
    for city in (opened, finished):
        assert (city.cases["filed_on"].dt.year == 2019).sum() == 682
    known = finished.cases[~finished.cases["complaint_id"].isin(missing)]
    drafted = opened.cases[~opened.cases["complaint_id"].isin(missing)]
    assert (
        (known["finding"] == "sustained").sum() == (drafted["finding"] == "sustained").sum() > 700
    )


def test_one_file_may_be_complaints_and_findings_and_dates_are_recognised(
    tiny: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    file = draft("tiny", tiny, data)
    opened = load_city("tiny", data=data, published=tmp_path)
    spec = opened.city.tables["complaints"]
    assert set(opened.city.tables) == {"complaints", "outcomes"}
    assert spec.column("filed_on").date == ("%m/%d/%Y",)
    assert (spec.coverage.from_, spec.coverage.to) == (date(2020, 1, 31), date(2020, 2, 13))
    assert (spec.row_id, spec.verified) == ("Case Number", "schema")
    assert opened.city.tables["outcomes"].column("finding").unreadable == ("#VALUE!",)
    text = file.read_text(encoding="utf-8")
    assert '# TODO "FROBNICATED": null # 1 rows' in text
    assert '"Citizen": civilian # TODO a guess, 2 rows' in text
    unknown = {p.found for p in opened.problems if p.check == "unknown_word"}
    assert unknown == {
        "'FROBNICATED' is not a known finding",
        "'Martian' is not a known filed_by",
    }


def test_a_column_that_names_persons_is_never_mapped(tiny: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    draft("tiny", tiny, data)
    opened = load_city("tiny", data=data, published=tmp_path)
    for spec in opened.city.tables.values():
        assert "Officer Name" not in {spec.column(name).column for name in spec.columns}


def test_a_draft_without_a_single_word_it_knows_still_loads(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "odd.csv").write_text("Case ID,Received,Finding\n1,2020-01-02,Zork\n")
    draft("odd", tmp_path / "odd.csv", data)
    opened = load_city("odd", data=data, published=tmp_path)
    assert opened.tables["outcomes"].accounting.quarantined == 1


def test_a_city_that_is_there_is_never_overwritten(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    before = (tmp_path / "tiny" / "city.yml", "name: Mine\n")
    before[0].write_text(before[1])
    with pytest.raises(CannotRunError, match="already"):
        draft("tiny", tiny, tmp_path)
    assert before[0].read_text() == before[1]


UNDESCRIBED = """\
name: Springfield
region: Illinois
about: The city says that it publishes complaints; no document read says how.
records_law:
  name: Illinois Freedom of Information Act
  citation: 5 ILCS 140
  url: https://www.ilga.gov/
  custodian: Freedom of information officer, City of Springfield
tables: {}

publications:
  - id: complaints-table
    title: Complaints
    holder: Springfield Police Department
    topics: [complaints]
    should_contain: [case number, date]
    status: exists_not_read
"""


def test_a_city_without_tables_keeps_all_it_says_and_gets_the_drafted_ones(
    publisher: Publisher, tmp_path: Path
) -> None:
    slug, dataset = "springfield", "abcd-1234"
    columns = ("case_number", "type", "date", "allegation", "count")
    rows = [
        ("2019-1", "Citizen Complaint", "2019-03-04T00:00:00.000", "Force", "1"),
        ("2019-2", "Administrative Investigation", "2019-05-06T00:00:00.000", "Rudeness", "1"),
    ]
    publisher.answering = Soda(columns, rows, dataset=dataset)
    (tmp_path / slug).mkdir()
    (tmp_path / slug / "city.yml").write_text(UNDESCRIBED, "utf-8")
    before = read_city(slug, data=tmp_path)
    assert not before.tables
    file = draft(slug, f"{publisher.site}/d/{dataset}", tmp_path, private=True)
    after = read_city(slug, data=tmp_path)
    assert after.model_copy(update={"tables": {}, "words": {}}) == before
    assert after.tables["complaints"].coverage is not None
    mapped = {
        ours: after.tables["complaints"].column(ours) for ours in ("complaint_id", "filed_on")
    }
    assert [one.column for one in mapped.values() if one] == ["case_number", "date"]
    assert "TODO" in file.read_text("utf-8")
    arguments = ("--allow-private", "--data", tmp_path, "--home", tmp_path / "home")
    assert run("refresh", slug, *arguments).exit_code == 0
    published = next((tmp_path / "home" / slug / "snapshots").glob("*/published"))
    assert len(load_city(slug, data=tmp_path, published=published).cases) == 2
    with pytest.raises(CannotRunError, match="already"):
        draft(slug, f"{publisher.site}/d/{dataset}", tmp_path, private=True)


def test_the_pages_of_a_city_without_tables_say_how_to_describe_it_and_whom_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "springfield").mkdir()
    how = "how_to_get: Run trustboard new-city springfield --from ADDRESS.\ntables: {}\n"
    told = UNDESCRIBED.replace("tables: {}\n", how)
    (tmp_path / "springfield" / "city.yml").write_text(told, "utf-8")
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path))
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["city"] = "springfield"
    page.run().switch_page("pages/6_sources.py").run()
    assert not page.exception
    said = " ".join(str(one.proto.body) for one in page.get("html"))
    assert "No table of Springfield is described yet" in said
    assert "Run trustboard new-city springfield --from ADDRESS." in said
    assert "Freedom of information officer, City of Springfield" in said


@pytest.mark.parametrize("name", ["../out", "Big", "", "a b", "x" * 70])
def test_a_name_that_is_no_folder_name_is_refused(name: str, tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="no name"):
        draft(name, tiny, tmp_path)


@pytest.mark.parametrize(
    ("origin", "text", "says"),
    [
        ("nothing.csv", None, "no file"),
        ("notes.txt", "hello", "no table"),
        ("people.csv", "name,age\nA,3\n", "id of a complaint"),
        ("empty.csv", "", "cannot be read"),
    ],
)
def test_what_is_no_table_of_complaints_is_refused_and_leaves_no_folder(
    origin: str, text: str | None, says: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / origin).write_text(text)
    with pytest.raises(CannotRunError, match=says):
        draft("tiny", tmp_path / origin, tmp_path)
    assert not (tmp_path / "tiny").exists()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://data.nola.gov/resource/gz2m-ef5u.json", "socrata"),
        ("https://data.seattle.gov/d/hyay-5x7b", "socrata"),
        ("https://data.example.org/Public-Safety/Complaints/ii65-eyg6/about_data", "socrata"),
        ("https://x.example.org/arcgis/rest/services/A/FeatureServer/0/query?where=1", "arcgis"),
        ("https://phl.carto.com/api/v2/sql?q=SELECT+*+FROM+ppd_complaints", "carto"),
        (
            "https://data.milwaukee.gov/dataset/a/resource/395db729-a30a-4e53-ab66-faeb5e1899c8",
            "ckan",
        ),
        ("https://example.org/files/complaints.csv", "file"),
    ],
)
def test_the_type_of_portal_is_told_from_the_address(url: str, kind: str) -> None:
    assert recognise(url)["kind"] == kind


def test_a_draft_from_an_address_says_how_to_fetch_it_and_can_be_refreshed(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.answering = lambda _: Reply(ROWS.encode(), kind="text/csv")
    url = f"{publisher.site}/files/complaints.csv"
    file = draft("tiny", url, tmp_path, private=True)
    assert f'url: "{url}"' in file.read_text(encoding="utf-8")
    arguments = ("--allow-private", "--data", tmp_path, "--home", tmp_path / "home")
    assert run("refresh", "tiny", *arguments).exit_code in (0, 1)
    assert (tmp_path / "home" / "tiny" / "snapshots").is_dir()


def test_an_address_of_this_machine_is_refused_unless_allowed(
    publisher: Publisher, tmp_path: Path
) -> None:
    with pytest.raises(CannotRunError):
        draft("tiny", f"{publisher.site}/files/complaints.csv", tmp_path)
    assert not (tmp_path / "tiny").exists()


@pytest.mark.parametrize("url", ["ftp://example.org/a.csv", "https://a:b@example.org/a.csv"])
def test_an_address_that_is_not_plain_web_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="no address"):
        draft("tiny", url, tmp_path)


def test_the_command_says_what_it_wrote_and_how_to_go_on(tiny: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    result = run("new-city", "tiny", "--from", tiny, "--data", data)
    assert result.exit_code == 0
    assert "places marked TODO" in result.stdout
    assert "trustboard check tiny --published" in result.stdout
    again = run("new-city", "tiny", "--from", tiny, "--data", data, "--json")
    assert again.exit_code == 2
    assert "already" in json.loads(again.stdout)["error"]
    other = run("new-city", "other", "--from", tiny, "--data", data, "--json")
    assert json.loads(other.stdout)["tables"] == {"complaints": "tiny.csv", "outcomes": "tiny.csv"}


@pytest.mark.parametrize(
    ("word", "column", "term"),
    [
        ("Not Sustained", "finding", "not_sustained"),
        ("No Sustained Findings", "finding", "not_sustained"),
        ("Unsubstantiated", "finding", "not_sustained"),
        ("Substantiated (Charges)", "finding", "sustained"),
        ("Closed - Pending Litigation", "finding", "no_finding"),
        ("Written Reprimand", "discipline", "reprimand"),
        ("Guilty", "discipline", None),
        ("Martian", "filed_by", None),
    ],
)
def test_a_word_is_guessed_or_left_to_a_person(word: str, column: str, term: str | None) -> None:
    assert guess(word, column=column) == term


def test_a_word_cannot_break_out_of_its_line_or_its_comment() -> None:
    hostile = 'x"\n  region: Nowhere # \u2028\x1b'
    assert len(quoted(hostile).splitlines()) == 1
    assert quoted(hostile).isprintable()
