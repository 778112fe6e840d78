"""`refresh`, `diff`, `snapshots` and `silence` as commands: what they print and how they end."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from town import NAME, Town, build_town
from typer.testing import CliRunner, Result

from trustboard.cli import app
from trustboard.cli.progress import Watching

FRESH = ("refresh", "diff", "snapshots", "silence")


class Shell:
    """Run commands about a town whose publisher is a folder."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def publish(self, count: int) -> None:
        texts = self.town.publisher.publish(count).texts
        folder = self.town.data / NAME / "incoming"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")

    def run(self, *words: str) -> Result:
        data = [] if words[0] == "snapshots" else ["--data", str(self.town.data)]
        return CliRunner().invoke(app, [*words, *data, "--home", str(self.town.home)])

    def told(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json").stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(build_town(tmp_path))
    made.publish(100)
    return made


@pytest.mark.parametrize("command", FRESH)
def test_every_new_command_explains_itself_and_its_codes(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "--json" in result.stdout
    assert "2 when" in " ".join(result.stdout.split())
    assert result.stdout.isascii()


@pytest.mark.parametrize("words", [(one, "atlantis") for one in FRESH if one != "snapshots"])
def test_an_unknown_city_ends_with_2(shell: Shell, words: tuple[str, ...]) -> None:
    result = shell.run(*words)
    assert result.exit_code == 2
    assert NAME in result.stderr
    assert set(shell.told(*words)) == {"error", "problems"}


def test_refresh_says_how_it_ended_each_time(shell: Shell) -> None:
    first = shell.run("refresh", NAME)
    assert first.exit_code == 0, first.stderr
    assert "is in use" in first.stdout
    assert "nothing new" in shell.run("refresh", NAME).stdout
    shell.publish(50)
    held = shell.run("refresh", NAME)
    assert held.exit_code == 1
    assert "51 rows where there were 101" in held.stdout
    assert "--accept" in held.stdout
    told = shell.told("refresh", NAME)
    assert (told["end"], told["city"]) == ("held_back", NAME)
    accepted = shell.run("refresh", NAME, "--accept")
    assert accepted.exit_code == 0
    assert "although" in accepted.stdout


def test_a_place_that_cannot_be_written_to_is_named(shell: Shell) -> None:
    shell.town.home.write_text("a file")
    result = shell.run("refresh", NAME)
    assert result.exit_code == 2
    assert "--home" in result.stderr
    assert "Traceback" not in result.output


def test_refresh_wants_one_city_or_all(shell: Shell) -> None:
    assert shell.run("refresh").exit_code == 2
    assert shell.run("refresh", NAME, "--all").exit_code == 2


def test_one_city_that_fails_does_not_keep_the_others_from_being_refreshed(shell: Shell) -> None:
    bad = shell.town.data / "badtown"
    bad.mkdir()
    (bad / "city.yml").write_text((shell.town.data / NAME / "city.yml").read_text())
    broken = shell.town.data / "broken"
    broken.mkdir()
    (broken / "city.yml").write_text("name: [")
    result = shell.run("refresh", "--all", "--json")
    assert result.exit_code == 2
    ends = {one["city"]: one["end"] for one in json.loads(result.stdout)}
    assert ends == {"badtown": "failed", NAME: "switched"}
    assert "passed over: broken" in result.stderr


def test_the_schedule_fetches_nothing_and_calls_this_program(shell: Shell) -> None:
    result = shell.run("refresh", "--all", "--schedule")
    assert result.exit_code == 0
    assert not shell.town.home.exists()
    for wanted in ("[Timer]", "OnCalendar=", "[Service]", "ExecStart=", "WantedBy=timers.target"):
        assert wanted in result.stdout
    cron = shlex.split(result.stdout.splitlines()[-1])
    assert cron[:5] == ["17", "4", "*", "*", "*"]
    assert cron[cron.index("refresh") :][:2] == ["refresh", "--all"]
    assert f"TRUSTBOARD_HOME={shell.town.home}" in cron
    assert cron[-1] == str(shell.town.data)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_itself_finds_nothing_wrong_with_the_schedule(shell: Shell, tmp_path: Path) -> None:
    printed = shell.run("refresh", "--all", "--schedule").stdout
    named = re.split(r"^# ~/\.config/systemd/user/(\S+)\n", printed, flags=re.MULTILINE)[1:]
    files = []
    for name, text in zip(named[::2], named[1::2], strict=True):
        files.append(tmp_path / name)
        files[-1].write_text(text.split("\n# ")[0], "utf-8")
    assert [file.suffix for file in files] == [".service", ".timer"]
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, files)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_diff_says_what_changed_and_ends_with_1_only_then(shell: Shell) -> None:
    shell.run("refresh", NAME)
    assert shell.run("diff", NAME).exit_code == 2  # there is only one
    first = shell.told("snapshots", NAME)["snapshots"][0]["id"]
    assert shell.run("diff", NAME, first, first).exit_code == 0
    incoming = shell.town.data / NAME / "incoming" / "complaints.csv"
    text = incoming.read_text().replace("c0,2019-01-05", "c0,2019-01-06")
    incoming.write_text(
        text.replace("c1,2019-02-05,1,resident\n", "\x1b[2J,2019-02-05,1,resident\n")
    )
    shell.run("refresh", NAME)
    result = shell.run("diff", NAME)
    assert result.exit_code == 1
    assert "complaints: 1 added, 1 removed, 1 changed" in result.stdout
    assert "filed: '2019-01-05' -> '2019-01-06'" in result.stdout
    assert "\x1b" not in result.stdout
    told = shell.told("diff", NAME, first)
    assert told["before"] == first
    assert told["tables"]["outcomes"]["counts"] == {"added": 0, "removed": 0, "changed": 0}
    short = shell.run("diff", NAME, "--limit", "1").stdout
    assert "--limit 0" not in short
    assert shell.run("diff", NAME, "nonsense").exit_code == 2


def test_snapshots_lists_them_and_finds_damage(shell: Shell) -> None:
    assert "No snapshot" in shell.run("snapshots", NAME).stdout
    shell.run("refresh", NAME)
    shell.publish(50)
    shell.run("refresh", NAME)
    listed = shell.run("snapshots", NAME)
    assert listed.exit_code == 1
    assert "stale since" in listed.stderr
    states = [one["state"] for one in shell.told("snapshots", NAME)["snapshots"]]
    assert states == ["in use", "held back"]
    shell.run("refresh", NAME, "--accept")
    whole = shell.run("snapshots", NAME, "--verify")
    assert whole.exit_code == 0
    current = shell.town.store.current()
    assert current is not None
    file = current.published / "complaints.csv"
    file.chmod(0o644)
    file.write_text("")
    damaged = shell.run("snapshots", NAME, "--verify")
    assert damaged.exit_code == 1
    assert "published/complaints.csv: not the file that was written" in damaged.stderr


def test_silence_lists_what_is_missing_as_of_a_day(shell: Shell) -> None:
    result = shell.run("silence", NAME, "--on", "2024-01-01")
    assert result.exit_code == 1
    assert "no table" in result.stdout.casefold()
    told = shell.told("silence", NAME, "--on", "2024-01-01")
    assert told["on"] == "2024-01-01"
    assert {one["id"] for one in told["missing"]} >= {"complaints", "outreach-rows"}
    assert shell.run("silence", NAME, "--on", "yesterday").exit_code == 2
    none = shell.run("silence", NAME, "--on", "2020-01-20", "--holder", "Nobody")
    assert none.exit_code == 0
    assert shell.run("silence", NAME, "--holder", "Nobody", "--letter").exit_code == 2


def test_silence_prints_the_letter_and_nothing_else(shell: Shell) -> None:
    result = shell.run("silence", NAME, "--on", "2024-01-01", "--letter")
    assert result.exit_code == 0
    assert result.stdout.startswith("[The description of this city names no law")
    assert result.stdout.rstrip().endswith("[Your name]")
    letter = shell.told("silence", NAME, "--on", "2024-01-01", "--letter")["letter"]
    assert letter.strip() == result.stdout.strip()


def test_a_look_in_vain_makes_a_table_late_where_an_old_copy_does_not(shell: Shell) -> None:
    day = ("silence", NAME, "--on", "2040-01-01")
    before = {one["id"]: one["kind"] for one in shell.told(*day)["missing"]}
    assert before["complaints"] == "old_copy"
    shell.run("refresh", NAME)
    after = {one["id"]: one for one in shell.told(*day)["missing"]}
    assert after["complaints"]["kind"] == "late"
    assert after["complaints"]["last"] == "2019-12-31"


def test_progress_is_a_bar_with_rows_bytes_and_the_time_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = [0.0]
    one = Watching("a", as_json=False, live=True, now=lambda: clock[0])
    assert one.line() == "a: 0 rows, 0.0 MB"
    one.expect(rows=1000)
    one.expect(bytes=3_000_000)  # of the first of several answers: not the size of them all
    clock[0] = 30.0
    one.add(rows=250, bytes=2_500_000)
    assert one.line() == "a: [#####...............] 250 of 1,000 rows, 2.5 MB, 1:30 left"
    assert one.line() in capsys.readouterr().err


def test_progress_of_one_file_goes_by_its_size() -> None:
    clock = [0.0]
    one = Watching("a", as_json=False, live=False, now=lambda: clock[0])
    one.expect(bytes=10_000_000)
    clock[0] = 8.0
    one.add(bytes=8_000_000)
    assert one.line() == "a: [################....] 0 rows, 8.0 of 10.0 MB, 0:02 left"
    one.add(bytes=8_000_000)  # the publisher sent more than it said
    assert one.line() == "a: 0 rows, 16.0 MB"


def test_a_log_tells_the_same_as_lines_of_json_now_and_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = [0.0]
    one = Watching("a", as_json=True, live=False, now=lambda: clock[0])
    one.expect(rows=100)
    one.say("waiting\x1b")
    for clock[0] in (5.0, 11.0, 12.0, 25.0):
        one.add(rows=10, bytes=50)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert all(datetime.fromisoformat(line.pop("at")).tzinfo for line in lines)
    assert lines == [
        {"table": "a", "note": "waiting\x1b", "rows": 0, "bytes": 0, "of_rows": 100},
        {"table": "a", "rows": 20, "bytes": 100, "of_rows": 100, "seconds_left": 44},
        {"table": "a", "rows": 40, "bytes": 200, "of_rows": 100, "seconds_left": 38},
    ]
