"""The command line: what it prints, how it ends, and that it never shows a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from trustboard.cli import app
from trustboard.cli.opening import day
from trustboard.cli.printing import say, table, visible
from trustboard.errors import CannotRunError
from trustboard.indicator import catalogue
from trustboard.load import city_slugs, data_root
from trustboard.quality import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
COMMANDS = ("check", "measure", "verdicts", "indicators", "schemas", "serve")
PROBLEM = {"file", "line", "column", "found", "expected", "fix", "action", "check", "rows"}

CITY = """
name: Tinyville
region: Nowhere
about: Two streets.
places: {level: district, also: {"1": One, "2": Two}}
tables:
  complaints:
    file: complaints.csv
    unit: complaint
    row_id: id
    source:
      publisher: Tinyville Police
      title: Complaints
      url: https://example.org/complaints
      licence: not stated
      retrieved: 2020-01-15
    coverage: {from: 2019-01-01, to: 2019-12-31, settles_after_months: 0}
    columns:
      complaint_id: id
      filed_on: {column: filed, date: ["%Y-%m-%d"]}
      place_id: district
      district_id: district
      filed_by: by
words:
  filed_by: {resident: civilian}
"""
ROWS = """id,filed,district,by
a,2019-01-05,1,resident
b,2019-01-20,2,resident
c,2019-03-02,1,resident
d,2019-03-09,1,resident
"""


@pytest.fixture
def tinyville(tmp_path: Path) -> Path:
    """Write a city whose totals can be counted on two hands; give the folder of cities."""
    published = tmp_path / "cities" / "tinyville" / "published"
    published.mkdir(parents=True)
    (published / "complaints.csv").write_text(ROWS, encoding="utf-8")
    (published.parent / "city.yml").write_text(CITY, encoding="utf-8")
    return tmp_path / "cities"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


# --- every command -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_codes(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--json" in result.stdout
    assert "2 when" in " ".join(result.stdout.split())
    assert result.stdout.isascii()


@pytest.mark.parametrize("command", ["check", "verdicts", "measure"])
def test_every_command_about_a_city_takes_both_folders(command: str) -> None:
    result = run(command, "--help")
    assert "--data" in result.stdout
    assert "--published" in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("check", "atlantis"),
        ("verdicts", "atlantis"),
        ("measure", "atlantis", "complaints-received"),
        ("indicators", "--city", "atlantis"),
    ],
)
def test_an_unknown_city_ends_with_2_and_the_names_of_those_there_are(
    words: tuple[str, ...],
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    for slug in city_slugs(data_root()):
        assert slug in result.stderr
    assert result.stdout == ""
    assert set(told(run(*words, "--json"))) == {"error", "problems"}


def test_a_city_outside_the_folder_is_not_opened(tinyville: Path) -> None:
    assert run("check", "../cities/tinyville", "--data", tinyville).exit_code == 2


def test_a_folder_that_does_not_exist_ends_with_2(tinyville: Path) -> None:
    assert run("check", "tinyville", "--data", tinyville / "no").exit_code == 2
    result = run("check", "tinyville", "--data", tinyville, "--published", tinyville / "no")
    assert result.exit_code == 2


def test_a_description_that_is_broken_ends_with_2_and_names_the_line(tinyville: Path) -> None:
    (tinyville / "tinyville" / "city.yml").write_text("name: [\n", encoding="utf-8")
    result = run("check", "tinyville", "--data", tinyville, "--json")
    assert result.exit_code == 2
    assert told(result)["problems"][0]["file"] == "city.yml"
    assert told(result)["problems"][0]["line"] is not None
    assert "Traceback" not in result.stderr


def test_help_comes_at_once_without_loading_the_heavy_packages() -> None:
    code = (
        "import sys, trustboard.cli; "
        "print([m for m in ('pandas', 'streamlit', 'scipy', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- check ---------------------------------------------------------------------------------------


def test_check_ends_with_0_when_nothing_is_wrong(tinyville: Path) -> None:
    result = run("check", "tinyville", "--data", tinyville, "--json")
    assert result.exit_code == 0
    assert told(result) == {
        "city": "tinyville",
        "tables": {
            "complaints": {
                "read": 4,
                "kept": 4,
                "quarantined": 0,
                "dropped": 0,
                "possible_duplicates": 0,
                "verified": "rows",
            }
        },
        "problems": [],
    }
    printed = run("check", "tinyville", "--data", tinyville).stdout
    assert "No problems found." in printed
    assert printed.splitlines()[0].endswith("checked against")
    assert printed.splitlines()[1].endswith("rows")


def test_check_accounts_for_dirty_rows_and_says_where_they_are(tinyville: Path) -> None:
    file = tinyville / "tinyville" / "published" / "complaints.csv"
    file.write_text(ROWS + "d,2019-03-09,1,resident\ne,2019-05-01,1,robot\n", encoding="utf-8")
    result = run("check", "tinyville", "--data", tinyville, "--json")
    assert result.exit_code == 1
    counts = told(result)["tables"]["complaints"]
    assert counts == {
        "read": 6,
        "kept": 4,
        "quarantined": 1,
        "dropped": 1,
        "possible_duplicates": 0,
        "verified": "rows",
    }
    found = {problem["action"]: problem for problem in told(result)["problems"]}
    assert set(found["quarantined"]) == PROBLEM
    assert found["quarantined"]["line"] == 7
    assert found["quarantined"]["file"] == "published/complaints.csv"
    assert "robot" in found["quarantined"]["found"]
    assert found["dropped"]["line"] == 6
    text = run("check", "tinyville", "--data", tinyville)
    assert text.exit_code == 1
    assert len([one for one in text.stdout.splitlines() if one.startswith("quarantined")]) == 1


def _dirty(tinyville: Path, rows: list[str]) -> None:
    file = tinyville / "tinyville" / "published" / "complaints.csv"
    file.write_text(ROWS + "\n".join(rows) + "\n", encoding="utf-8")


def test_check_says_equal_problems_once_with_their_number_and_first_lines(tinyville: Path) -> None:
    _dirty(tinyville, [f"e{n},2019-05-01,1,robot" for n in range(3000)])
    result = run("check", "tinyville", "--data", tinyville)
    [line] = [one for one in result.stdout.splitlines() if "robot" in one]
    assert "3,000 times" in line and "lines 6, 7, 8, 9, 10 and 2,995 more" in line
    assert len(result.stdout) < 3_000
    assert "3,001 problems: 3,000 quarantined" in result.stdout  # one for so many set aside
    every = run("check", "tinyville", "--data", tinyville, "--all")
    assert len([one for one in every.stdout.splitlines() if "robot" in one]) == 3000


def test_check_counts_what_differs_in_every_line_instead_of_listing_it(tinyville: Path) -> None:
    _dirty(tinyville, [f"e{n},2019-05-01,1,robot {n}" for n in range(3000)])
    result = run("check", "tinyville", "--data", tinyville)
    listed = [one for one in result.stdout.splitlines() if "is not a known filed_by" in one]
    assert 1 < len(listed) < 20
    assert f"{3000 - len(listed):,} more of this kind" in result.stdout
    assert len(told(run("check", "tinyville", "--data", tinyville, "--json"))["problems"]) == 3001


def test_check_reads_the_files_of_another_folder(tinyville: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "complaints.csv").write_text(ROWS + "e,2019-12-31,2,resident\n", encoding="utf-8")
    result = run("check", "tinyville", "--data", tinyville, "--published", other, "--json")
    assert told(result)["tables"]["complaints"]["read"] == 5


def test_check_says_when_a_file_is_not_there(tinyville: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = run("check", "tinyville", "--data", tinyville, "--published", empty, "--json")
    assert result.exit_code == 1
    assert told(result)["tables"] == {}
    assert told(result)["problems"][0]["action"] == "not_read"
    text = run("check", "tinyville", "--data", tinyville, "--published", empty)
    assert "Not read: complaints." in text.stdout


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_every_row_of_a_shipped_city_is_accounted_for(slug: str) -> None:
    tables = told(run("check", slug, "--json"))["tables"]
    assert {"places", "figures", "outreach"} <= set(tables)
    for name, one in tables.items():
        assert one["read"] == one["kept"] + one["quarantined"] + one["dropped"], name
        assert one["read"] > 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the publishers' files are not beside the project")
def test_philadelphia_comes_out_as_published() -> None:
    files = ("--published", SHARED / "philadelphia")
    tables = told(run("check", "philadelphia", *files, "--json"))["tables"]
    assert tables["complaints"]["read"] == tables["complaints"]["kept"] == 3388
    assert tables["outcomes"]["read"] == 8839
    assert tables["outcomes"]["possible_duplicates"] == 724
    counted = run("measure", "philadelphia", "complaints-received", "--by", "year", *files)
    assert {one["period"]: one["value"] for one in rows(counted)}["2019"] == "682"
    asked = ("measure", "philadelphia", "days-to-close", *files)
    answer = run(*asked)
    assert answer.exit_code == 1
    assert answer.stdout == "cannot tell: closing dates are not published\n"
    assert told(run(*asked, "--json"))["cannot_tell"] == "closing dates are not published"


# --- quality -------------------------------------------------------------------------------------


def test_quality_says_each_question_with_its_answer_and_ends_with_1_where_a_problem_is() -> None:
    result = run("quality", "riverbend")
    assert result.exit_code == 1
    assert "Which rows were set aside, and why?" in result.stdout
    assert "33 of 25,083 rows read (0.1%) were set aside." in " ".join(result.stdout.split())
    tables = told(run("quality", "riverbend", "--json"))["tables"]
    assert [one["table"] for one in tables] == list(COLUMNS)


def test_quality_prints_one_table_as_csv_or_json_with_the_same_rows(tinyville: Path) -> None:
    asked = ("quality", "tinyville", "--data", tinyville, "--table", "duplicates")
    result = run(*asked)
    [row] = rows(result)
    assert list(row) == list(COLUMNS["duplicates"])
    [listed] = told(run(*asked, "--json"))["tables"]
    assert listed["rows"][0]["kept"] == int(row["kept"]) == 4
    assert result.exit_code == 0  # nothing is wrong with this town


def test_quality_names_its_tables_where_one_does_not_exist(tinyville: Path) -> None:
    result = run("quality", "tinyville", "--data", tinyville, "--table", "rumours")
    assert result.exit_code == 2
    assert "set-aside" in result.stderr and result.stderr.count("\n") == 1


# --- measure -------------------------------------------------------------------------------------


def test_measure_prints_the_hand_counted_table_as_csv(tinyville: Path) -> None:
    result = run(
        "measure", "tinyville", "complaints-received", "--by", "month", "--data", tinyville
    )
    assert result.exit_code == 0
    found = rows(result)
    assert list(found[0]) == ["period", "value", "lower", "upper", "n", "exposure", "state"]
    counts = {one["period"]: one["n"] for one in found}
    assert len(counts) == 12
    assert (counts["2019-01"], counts["2019-02"], counts["2019-03"]) == ("2", "0", "2")
    assert {one["exposure"] for one in found} == {""}


def test_measure_prints_the_same_as_json(tinyville: Path) -> None:
    asked = ("measure", "tinyville", "complaints-received", "--by", "place", "--data", tinyville)
    listed = told(run(*asked, "--json"))
    assert {one["place"]: one["value"] for one in listed}["1"] == 3
    assert listed[0]["exposure"] is None
    plain = [{k: "" if v is None else str(v) for k, v in one.items()} for one in listed]
    assert plain == rows(run(*asked))


def test_measure_takes_several_groups_in_both_ways_of_writing_them(tinyville: Path) -> None:
    asked = ("measure", "tinyville", "complaints-received", "--data", tinyville)
    twice = run(*asked, "--by", "year", "--by", "place")
    assert twice.stdout == run(*asked, "--by", "year,place").stdout
    assert rows(twice)[0]["period"] == "2019"


def test_measure_keeps_only_what_is_asked_for(tinyville: Path) -> None:
    asked = ("measure", "tinyville", "complaints-received", "--data", tinyville)

    def total(*more: str) -> int:
        return sum(int(one["n"]) for one in rows(run(*asked, *more)))

    assert total() == 4
    assert total("--place", "1") == 3
    assert total("--district", "2") == 1
    assert total("--place", "1", "--place", "2") == 4
    assert total("--where", "place=2") == 1
    assert total("--filed-by", "civilian") == 4
    assert total("--from", "2019-02") == 2
    assert total("--to", "2019-01") == 2
    assert total("--from", "2019-01-20", "--to", "2019-03-02") == 2


@pytest.mark.parametrize(
    "more",
    [
        ("no-such-indicator",),
        ("complaints-received", "--by", "weather"),
        ("complaints-received", "--by", "year", "--by", "month"),
        ("complaints-received", "--from", "yesterday"),
        ("complaints-received", "--from", "2019-13"),
        ("complaints-received", "--from", "2020", "--to", "2019"),
        ("complaints-received", "--place", "nowhere"),
        ("complaints-received", "--unit", "officer"),
        ("complaints-received", "--where", "place"),
    ],
)
def test_a_question_that_cannot_be_asked_ends_with_2_and_one_line(
    tinyville: Path, more: tuple[str, ...]
) -> None:
    result = run("measure", "tinyville", *more, "--data", tinyville)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("cannot run: ")
    assert result.stderr.count("\n") == 1


def test_what_the_data_cannot_tell_ends_with_1_and_the_reason(tinyville: Path) -> None:
    asked = ("measure", "tinyville", "days-to-close", "--data", tinyville)
    result = run(*asked)
    assert result.exit_code == 1
    assert result.stdout.startswith("cannot tell: ")
    listed = run(*asked, "--json")
    assert listed.exit_code == 1
    assert told(listed)["indicator"] == "days-to-close"
    assert told(listed)["cannot_tell"]


def test_a_limit_that_is_not_reached_is_inf_in_csv_and_null_in_json() -> None:
    asked = ("measure", "riverbend", "days-to-close", "--by", "month")
    plain, listed = rows(run(*asked)), told(run(*asked, "--json"))
    endless = [number for number, one in enumerate(plain) if one["upper"] == "inf"]
    assert endless
    assert all(listed[number]["upper"] is None for number in endless)


# --- verdicts, indicators, schemas ---------------------------------------------------------------


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_verdicts_prints_one_row_per_commitment(slug: str) -> None:
    result = run("verdicts", slug, "--json")
    assert result.exit_code == 0
    commitments = told(result)
    lines = run("verdicts", slug).stdout.splitlines()
    assert len(lines) == len(commitments) + 1
    for line, one in zip(lines[1:], commitments, strict=True):
        assert line.startswith(one["commitment"])
        assert one["tests"] or one["not_measurable"]
        for test in one["tests"]:
            assert test["outcome"] in line
            answered = test["outcome"] == "Figures agree" or test["state"] is not None
            assert answered == (test["cannot_tell"] is None)


def test_a_verdict_as_of_a_day_uses_only_what_was_published_by_then() -> None:
    now = told(run("verdicts", "riverbend", "--json"))
    then = told(run("verdicts", "riverbend", "--as-of", "2023", "--json"))
    assert {one["as_of"] for one in then} == {"2023-12-31"}
    assert all(one["said_on"] <= "2023-12-31" for one in then)
    assert 0 < len(then) < len(now)
    changes = [test for one in then for test in one["tests"] if test["kind"] == "change"]
    assert changes
    assert all(test["state"] is None for test in changes)  # the rows were published in 2024


def test_without_any_file_every_commitment_still_shows_and_nothing_is_told_from_rows(
    tmp_path: Path,
) -> None:
    result = run("verdicts", "riverbend", "--published", tmp_path, "--json")
    assert result.exit_code == 0
    assert len(told(result)) == len(told(run("verdicts", "riverbend", "--json")))
    tests = [test for one in told(result) for test in one["tests"]]
    assert all(test["state"] is None for test in tests if test["kind"] != "delivery")


def test_a_day_before_every_commitment_says_so() -> None:
    result = run("verdicts", "riverbend", "--as-of", "1999")
    assert result.exit_code == 0
    assert result.stdout == "No commitment of this city was on record by 1999-12-31.\n"


def test_a_commitment_that_cannot_be_used_is_named_and_the_others_still_show(
    tinyville: Path,
) -> None:
    good = "{id: one, title: T, statement: S, said_by: {name: N, office: O}, said_on: 2019-01-01, "
    good += "where: W, topic: t, source: {publisher: P, url: 'https://example.org'}, "
    good += "not_measurable: {why: No date., would_need: A date.}}"
    file = tinyville / "tinyville" / "commitments.yml"
    file.write_text(f"commitments:\n  - {good}\n  - {{id: two}}\n", encoding="utf-8")
    result = run("verdicts", "tinyville", "--data", tinyville)
    assert result.exit_code == 1
    assert "Cannot tell: not measurable as it was said" in result.stdout
    assert "commitments.yml line 3" in result.stderr


def test_indicators_prints_the_whole_catalogue() -> None:
    listed = told(run("indicators", "--json"))
    assert {one["id"] for one in listed} == set(catalogue())
    text = run("indicators").stdout
    assert all(one.question in text for one in catalogue().values())


def test_indicators_says_what_a_city_does_not_publish() -> None:
    listed = {one["id"]: one for one in told(run("indicators", "--city", "st-louis", "--json"))}
    assert "complaints" in listed["complaints-received"]["not_published"]
    listed = {one["id"]: one for one in told(run("indicators", "--city", "riverbend", "--json"))}
    assert listed["complaints-received"]["not_published"] == []


def test_schemas_writes_what_is_missing_and_check_only_compares(tmp_path: Path) -> None:
    stale = run("schemas", "--check", "--data", tmp_path, "--json")
    assert stale.exit_code == 1
    assert len(told(stale)["stale"]) == 3
    assert not (tmp_path / "schemas").exists()
    assert run("schemas", "--data", tmp_path).exit_code == 0
    assert run("schemas", "--check", "--data", tmp_path).exit_code == 0


# --- what is printed -----------------------------------------------------------------------------


def test_signs_that_steer_a_terminal_are_spelled_out(tinyville: Path) -> None:
    file = tinyville / "tinyville" / "published" / "complaints.csv"
    file.write_text(ROWS + "e,2019-05-01,1,\x1b[31mrobot\u202e\x07\n", encoding="utf-8")
    result = run("check", "tinyville", "--data", tinyville)
    assert "robot" in result.stdout
    for sign in ("\x1b", "\u202e", "\x07"):
        assert sign not in result.stdout
    listed = run("check", "tinyville", "--data", tinyville, "--json").stdout
    assert listed.isascii()
    assert "\x1b" not in listed


def test_what_is_spelled_out_stays_on_one_line() -> None:
    assert visible("a\r\nb\tc\x9b\x85d\ud800") == "a\\r b c\\x9b\\x85d\\ud800"
    assert visible("Café Übung नमस्ते") == "Café Übung नमस्ते"


def test_a_terminal_without_the_letters_gets_a_readable_line() -> None:
    code = "from trustboard.cli.printing import say; say('5\u2212Caf\u00e9 \u201cx\u201d')"
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=plain, check=True)
    assert done.stdout.strip() == b'5-Caf\\xe9 "x"'


def test_a_table_is_aligned_with_numbers_to_the_right() -> None:
    assert table(("name", "rows"), [("a", 1200), ("long one", 5)]) == [
        "name       rows",
        "a         1,200",
        "long one      5",
    ]
    say()


def test_short_dates_mean_their_first_or_their_last_day() -> None:
    assert str(day("2020-02")) == "2020-02-01"
    assert str(day("2020-02", last=True)) == "2020-02-29"
    assert str(day("2020", last=True)) == "2020-12-31"
    assert day(None) is None
    with pytest.raises(CannotRunError):
        day("2020-02-30")
    for wrong in ("2020-00", "2020-02-00", "٢٠٢٠", "2020-2"):
        with pytest.raises(CannotRunError, match="is no date"):
            day(wrong)


# --- serve ---------------------------------------------------------------------------------------


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_serve_refuses_a_port_that_is_taken() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        result = run("serve", "--port", str(port), "--address", "127.0.0.1")
    assert result.exit_code == 2
    assert str(port) in result.stderr


def test_serve_opens_the_dashboard_and_says_where() -> None:
    port = _free_port()
    words = ["serve", "--port", str(port), "--address", "127.0.0.1"]
    command = [sys.executable, "-m", "trustboard.cli", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        finally:
            os.killpg(server.pid, 2)  # what Ctrl-C does: both the command and its server
        output = server.communicate(timeout=30)[0]
    assert f"http://127.0.0.1:{port}" in output
    assert "Traceback" not in output
    assert server.returncode == 0


def _wait_for(url: str, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {url}")
