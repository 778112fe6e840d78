"""A refresh: what it writes, what it refuses to use, and what it leaves alone when it fails."""

from __future__ import annotations

import errno
import gzip
import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from town import NAME, START, Town, as_csv, complaints

from trustboard.errors import CannotRunError
from trustboard.load import current_snapshot, load_city
from trustboard.snapshots.growing import Growing
from trustboard.snapshots.home import snapshot_home
from trustboard.snapshots.manifest import damage
from trustboard.snapshots.safe_files import write_whole
from trustboard.snapshots.store import Snapshot, Store
from trustboard.sources.refusals import NotDataError, UnreachableError

HEAD = "id,filed,district,by"


def _current(town: Town) -> Snapshot:
    found = town.store.current()
    assert found is not None
    return found


def _events(town: Town) -> list[str]:
    return [line["event"] for line in town.store.log()]


# --- what a snapshot holds -----------------------------------------------------------------------


def test_the_first_refresh_is_put_to_use_and_holds_everything(town: Town) -> None:
    done = town.refresh()
    assert done.end == "switched"
    snapshot = _current(town)
    assert snapshot.id == done.snapshot == "20240201T120000Z"
    files = set(snapshot.manifest.files)
    assert {"published/complaints.csv", "published/findings.csv"} <= files
    assert {"tables/complaints.parquet", "ledger/complaints.parquet", "changes.json"} <= files
    raw = snapshot.folder / "raw" / "complaints.csv" / "answer.gz"
    assert gzip.decompress(raw.read_bytes()).decode() == town.publisher.texts["complaints.csv"]
    assert not (town.home / NAME / "unfinished").exists()


def test_the_manifest_tells_of_requests_rows_and_hashes(town: Town) -> None:
    town.refresh()
    manifest = _current(town).manifest
    table = manifest.tables["complaints"]
    assert (table.rows, table.fetched, table.read) == (101, True, True)
    assert table.columns == ("id", "filed", "district", "by")
    assert table.accounting["kept"] == 101
    [request] = table.requests
    assert request.url == "https://example.org/complaints.csv"
    assert request.headers == {"ETag": "x"}  # a cookie is nobody's business
    assert request.file == "raw/complaints.csv/answer.gz"
    assert manifest.time == START
    assert all(len(one["sha256"]) == 64 for one in manifest.files.values())
    assert manifest.status == "good"


def test_typed_tables_can_be_read_without_us_and_carry_first_seen(town: Town) -> None:
    town.refresh()
    town.publisher.publish(102)
    town.refresh()
    typed = pd.read_parquet(_current(town).folder / "tables" / "complaints.parquet")
    assert typed["filed_on"].dtype.kind == "M"
    days = typed.set_index("complaint_id")["first_seen"].dt.day
    assert (days["c0"], days["c101"]) == (1, 2)


def test_a_finished_snapshot_is_read_only_and_every_change_to_it_is_seen(town: Town) -> None:
    town.refresh()
    folder = _current(town).folder
    file = folder / "published" / "complaints.csv"
    assert not file.stat().st_mode & 0o222
    assert town.store.damage() == []
    file.chmod(0o644)
    file.write_text(file.read_text() + "x,2019-01-01,1,resident\n")
    assert damage(folder) == ["published/complaints.csv: not the file that was written"]
    file.unlink()
    (folder / "extra").write_text("")
    assert damage(folder) == ["published/complaints.csv: missing", "extra: not in the manifest"]
    manifest = folder / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text() + " ")
    assert "manifest.json: not the file that was written" in town.store.damage()


# --- opening a city from its snapshot ------------------------------------------------------------


def test_a_city_without_files_of_its_own_is_opened_from_the_current_snapshot(town: Town) -> None:
    assert load_city(NAME, data=town.data).absent == ("complaints", "outcomes")
    town.refresh()
    assert current_snapshot(NAME) == _current(town).folder
    opened = load_city(NAME, data=town.data)
    assert len(opened.tables["complaints"].frame) == 101
    assert opened.tables["complaints"].spec.source.retrieved == date(2024, 2, 1)
    assert list(opened.tables["complaints"].frame["first_seen"].unique()) == [
        pd.Timestamp(START).tz_localize(None)
    ]
    named = load_city(NAME, data=town.data, published=_current(town).published)
    assert named.data_hash == opened.data_hash


def test_files_that_are_named_or_the_city_s_own_come_before_the_snapshot(
    town: Town, tmp_path: Path
) -> None:
    town.refresh()
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / NAME).mkdir(parents=True)
    (elsewhere / NAME / "complaints.csv").write_text(f"{HEAD}\na,2019-01-05,1,resident\n")
    opened = load_city(NAME, data=town.data, elsewhere=elsewhere)
    assert len(opened.tables["complaints"].frame) == 1
    assert "first_seen" not in opened.tables["complaints"].frame
    own = town.data / NAME / "published"
    own.mkdir()
    assert load_city(NAME, data=town.data).absent == ("complaints", "outcomes")


def test_the_data_reach_to_the_last_row_and_not_to_the_day_of_fetching(town: Town) -> None:
    rows = [*complaints(100), ("new", "2024-01-20", "1", "resident")]
    rows += [("future", "2031-01-01", "1", "resident")]
    town.publisher.texts["complaints.csv"] = as_csv(rows, head=HEAD)
    town.refresh()
    opened = load_city(NAME, data=town.data)
    coverage = opened.tables["complaints"].spec.coverage
    assert coverage is not None
    assert coverage.to == date(2024, 1, 20)
    kept = opened.tables["complaints"].frame["complaint_id"]
    assert "new" in set(kept)
    assert "future" not in set(kept)


# --- what is not put to use ----------------------------------------------------------------------


def test_a_table_that_shrank_by_more_than_5_percent_is_held_back(town: Town) -> None:
    town.refresh()
    before = _current(town).id
    town.publisher.publish(94)
    done = town.refresh()
    assert done.end == "held_back"
    assert "95 rows where there were 101" in done.reasons[0]
    assert _current(town).id == before
    held = town.store.get(done.snapshot)
    assert held.manifest.reasons == done.reasons
    assert damage(held.folder) == []
    town.publisher.publish(95)
    assert town.refresh().end == "switched"


def test_a_lost_column_is_held_back_and_named(town: Town) -> None:
    extra = "\n".join(
        line + (",note" if n == 0 else ",x")
        for n, line in enumerate(town.publisher.texts["complaints.csv"].splitlines())
    )
    town.publisher.texts["complaints.csv"] = extra + "\n"
    town.refresh()
    town.publisher.publish(100)
    done = town.refresh()
    assert done.end == "held_back"
    assert done.reasons == ("complaints: the published column 'note' is gone.",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,filed,by\na,2019-01-05,resident\n", "complaints: city.yml, column tables.complaints"),
        (f"{HEAD}\n", "complaints: it has no rows."),
        ("", "complaints: published/complaints.csv"),
    ],
)
def test_a_first_snapshot_that_cannot_be_read_is_held_back(
    town: Town, text: str, reason: str
) -> None:
    town.publisher.texts["complaints.csv"] = text
    done = town.refresh()
    assert done.end == "held_back"
    assert done.reasons[0].startswith(reason)
    assert town.store.current() is None


def test_a_check_that_begins_to_fail_holds_back_and_one_that_always_failed_does_not(
    town: Town,
) -> None:
    good = town.publisher.texts["complaints.csv"]
    bad = good + "".join(f"r{n},2019-05-05,1,robot\n" for n in range(3))
    town.publisher.texts["complaints.csv"] = bad
    assert town.refresh().end == "switched"  # nothing better was ever here
    town.publisher.texts["complaints.csv"] = bad + "d,2019-05-05,1,resident\n"
    assert town.refresh().end == "switched"
    town.publisher.texts["complaints.csv"] = good
    assert town.refresh().end == "switched"
    town.publisher.texts["complaints.csv"] = bad
    done = town.refresh()
    assert done.end == "held_back"
    assert "kept aside, which was not so before" in done.reasons[0]


def test_accept_uses_the_snapshot_that_waits_without_fetching_and_is_logged(town: Town) -> None:
    town.refresh()
    town.publisher.publish(50)
    held = town.refresh()
    asked = len(town.publisher.asked)
    done = town.refresh(accept=True)
    assert (done.end, done.snapshot) == ("accepted", held.snapshot)
    assert len(town.publisher.asked) == asked
    assert _current(town).id == held.snapshot
    assert town.store.damage() == []
    assert _events(town) == ["switched", "held_back", "accepted"]
    assert town.store.log()[-1]["reasons"] == list(held.reasons)
    assert town.store.waiting() is None


def test_accept_uses_a_new_snapshot_whatever_its_checks_say(town: Town) -> None:
    town.refresh()
    town.publisher.publish(50)
    done = town.refresh(accept=True)
    assert done.end == "accepted"
    assert _current(town).id == done.snapshot
    assert _current(town).manifest.reasons


def test_the_same_answer_is_not_held_back_twice(town: Town) -> None:
    town.refresh()
    town.publisher.publish(50)
    first, second = town.refresh(), town.refresh()
    assert first.snapshot == second.snapshot
    assert second.end == "held_back"
    assert len(town.store.ids()) == 2


def test_a_description_that_was_mended_lets_the_same_answer_in(town: Town) -> None:
    town.refresh()
    text = town.publisher.texts["complaints.csv"]
    text += "".join(f"r{n},2019-05-05,1,robot\n" for n in range(5))
    town.publisher.texts["complaints.csv"] = text
    assert town.refresh().end == "held_back"
    file = town.data / NAME / "city.yml"
    file.write_text(file.read_text().replace("resident: civilian", "resident: civilian, robot:"))
    assert town.refresh().end == "switched"


# --- what is kept and what changed ---------------------------------------------------------------


def test_nothing_new_makes_no_snapshot_but_a_line_in_the_log(town: Town) -> None:
    first = town.refresh()
    again = town.refresh()
    assert (again.end, again.snapshot) == ("unchanged", first.snapshot)
    assert town.store.ids() == [first.snapshot]
    assert _events(town) == ["switched", "unchanged"]
    good = town.store.freshness().last_good
    assert good == START + timedelta(days=1)


def test_what_changed_is_written_beside_the_tables(town: Town) -> None:
    town.refresh()
    rows = [row for row in complaints(102) if row[0] != "c5"]
    rows[0] = ("c0", "2019-01-06", "1", "resident")
    town.publisher.texts["complaints.csv"] = as_csv(rows, head=HEAD)
    done = town.refresh()
    told = _current(town).changes()["tables"]["complaints"]
    assert told == done.changes["complaints"]
    assert told["counts"] == {"added": 2, "removed": 1, "changed": 1}
    [changed] = told["changed"]
    assert changed == {"key": "c0", "fields": {"filed": {"from": "2019-01-05", "to": "2019-01-06"}}}
    ledger = pd.read_parquet(_current(town).folder / "ledger" / "complaints.parquet")
    [gone] = ledger[ledger["line"].isna()].to_dict("records")
    assert json.loads(gone["cells"])["id"] == gone["key"] == "c5"
    assert (gone["first_seen"].day, gone["last_seen"].day) == (1, 1)


def test_the_ledger_goes_on_over_a_snapshot_that_was_accepted(town: Town) -> None:
    town.refresh()
    town.publisher.publish(50)
    town.refresh()
    town.refresh(accept=True)
    town.publisher.publish(100)
    town.refresh()
    ledger = pd.read_parquet(_current(town).folder / "ledger" / "complaints.parquet")
    assert ledger["line"].notna().all()
    assert (ledger["first_seen"].dt.day == 1).all()


def test_the_snapshot_of_an_earlier_day_can_still_be_opened(town: Town) -> None:
    town.refresh()
    town.publisher.publish(110)
    town.refresh()
    then = town.store.as_of(START + timedelta(hours=1))
    assert then is not None
    opened = load_city(NAME, data=town.data, published=then.published)
    assert len(opened.tables["complaints"].frame) == 101
    assert town.store.as_of(START - timedelta(hours=1)) is None


def test_files_that_are_not_fetched_are_copied_from_the_city_s_own(town: Town) -> None:
    file = town.data / NAME / "city.yml"
    text = file.read_text().replace("    fetch: {kind: file, path: incoming/findings.csv}\n", "")
    file.write_text(text)
    own = town.data / NAME / "published"
    own.mkdir()
    (own / "findings.csv").write_text(town.publisher.texts["findings.csv"])
    town.refresh()
    assert [name for name, _ in town.publisher.asked] == ["complaints.csv"]
    table = _current(town).manifest.tables["outcomes"]
    assert (table.fetched, table.rows) == (False, 101)


# --- when it fails -------------------------------------------------------------------------------


def _refusal(kind: type[Any]) -> Any:
    return kind(asked="https://example.org", came="an HTML page", fix="Look at the address.")


def test_a_publisher_that_refuses_leaves_the_last_snapshot_in_use_and_says_since_when(
    town: Town,
) -> None:
    town.refresh()
    before = _current(town).id
    town.publisher.publish(120)
    town.publisher.refuses = _refusal(NotDataError)
    for _ in range(2):
        with pytest.raises(CannotRunError, match="an HTML page") as stopped:
            town.refresh()
    assert before in str(stopped.value)
    assert _current(town).id == before
    fresh = town.store.freshness()
    assert fresh.stale_since == START + timedelta(days=1)
    assert "an HTML page" in fresh.why
    town.publisher.refuses = None
    assert town.refresh().end == "switched"
    assert town.store.freshness().stale_since is None


def test_what_a_broken_connection_left_is_kept_for_the_next_try_of_the_same_day(
    town: Town,
) -> None:
    town.publisher.refuses = _refusal(UnreachableError)
    with pytest.raises(CannotRunError):
        town.refresh()
    work = town.home / NAME / "unfinished"
    assert (work / "raw" / "complaints.csv" / "answer.gz").is_file()
    town.tries -= 1
    with pytest.raises(CannotRunError):
        town.refresh()
    left = work / "left-over"
    left.write_text("")
    with pytest.raises(CannotRunError):
        town.refresh()  # a day later: pages of two days do not belong together
    assert not left.exists()


def test_what_was_refused_for_good_is_not_kept(town: Town) -> None:
    town.publisher.refuses = _refusal(NotDataError)
    with pytest.raises(CannotRunError):
        town.refresh()
    assert not (town.home / NAME / "unfinished").exists()


def test_the_answers_of_the_snapshot_in_use_are_offered_for_comparison(town: Town) -> None:
    town.refresh()
    folder = _current(town).folder
    town.refresh()
    assert [earlier for _, earlier in town.publisher.asked] == [None, None, folder, folder]


def test_a_city_that_does_not_say_how_to_fetch_cannot_be_refreshed(town: Town) -> None:
    file = town.data / NAME / "city.yml"
    lines = file.read_text().splitlines()
    file.write_text("\n".join(line for line in lines if "fetch:" not in line))
    with pytest.raises(CannotRunError, match="does not say how to fetch"):
        town.refresh()
    assert town.store.log() == []


@pytest.mark.parametrize("call", ["fsync", "replace", "rename", "chmod", "mkdir"])
def test_a_full_disk_at_any_step_leaves_the_last_snapshot_in_use(
    town: Town, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    town.refresh()
    before = _current(town).id
    town.publisher.publish(103)
    real, left = getattr(os, call), [0]

    def failing(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*given, **named)

    monkeypatch.setattr(os, call, failing)
    stopped = 0
    for step in (1, 2, 3, 7):
        left[0] = step
        try:
            done = town.refresh()
        except CannotRunError as error:
            stopped += 1
            assert "is full. Free some space" in str(error)
            current = _current(town)
            assert town.store.damage() == []
            assert current.id == before or current.manifest.status == "good"
        else:
            before = done.snapshot
            town.publisher.publish(103 + step)
        left[0] = 0
    assert stopped
    town.publisher.publish(120)
    assert town.refresh().end == "switched"
    assert town.store.damage() == []


def test_until_a_text_is_on_the_disk_readers_see_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, seen, real = tmp_path / "current", [], os.fsync

    def synced(handle: int) -> None:
        seen.append(file.read_text() if file.exists() else None)
        real(handle)

    monkeypatch.setattr(os, "fsync", synced)
    write_whole(file, "old")
    write_whole(file, "new")
    assert seen == [None, "old", "old", "new"]  # the text before it appears, the folder after
    assert file.read_text() == "new"


class _Stop(BaseException):
    """What a kill is to a running program: nothing gets to clean up."""


@pytest.mark.parametrize(("part", "name"), [(Growing, "switch"), (Store, "note")])
def test_what_a_killed_refresh_had_finished_is_put_to_use_by_the_next(
    town: Town, monkeypatch: pytest.MonkeyPatch, part: type[Any], name: str
) -> None:
    def stop(*_given: Any, **_named: Any) -> None:
        raise _Stop

    with monkeypatch.context() as patched:
        patched.setattr(part, name, stop)
        with pytest.raises(_Stop):
            town.refresh()
    [finished] = town.store.ids()
    assert town.refresh().end == "unchanged"
    assert town.store.ids() == [finished]
    assert _current(town).id == finished
    assert _events(town) == ["switched", "unchanged"]
    assert town.store.log()[0]["at"] == START.isoformat()


# --- odds that a store meets ---------------------------------------------------------------------


def test_a_pointer_that_names_something_else_is_no_snapshot(town: Town) -> None:
    town.refresh()
    pointer = town.home / NAME / "current"
    for text in ("", "{}", '{"snapshot": "../../x", "manifest": ""}', "[]", '"x"', "null"):
        pointer.write_text(text)
        assert town.store.current() is None
        assert current_snapshot(NAME) is None
    pointer.write_text('{"snapshot": "20200101T000000Z", "manifest": ""}')
    assert town.store.current() is None
    assert town.store.damage() == ["20200101T000000Z: missing"]


def test_a_log_line_left_half_written_spoils_no_other(town: Town) -> None:
    town.refresh()
    with (town.home / NAME / "log.jsonl").open("a") as file:
        file.write('{"event": "swit')
    town.refresh()
    assert _events(town) == ["switched", "unchanged"]


def test_a_clock_that_was_set_back_still_gives_a_later_name(town: Town) -> None:
    town.refresh()
    town.publisher.publish(101)
    town.tries = -3
    done = town.refresh()
    assert done.snapshot == "20240201T120001Z"
    assert _current(town).manifest.time == START - timedelta(days=3)


@pytest.mark.parametrize("name", ["..", "a/b", "", "A"])
def test_only_the_name_of_a_city_leads_to_a_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotRunError):
        Store(tmp_path, name)
    assert current_snapshot(name) is None


def test_the_home_is_the_one_named_else_the_variable_else_the_system_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path))
    assert snapshot_home() == tmp_path
    assert snapshot_home(tmp_path / "other") == tmp_path / "other"
    monkeypatch.delenv("TRUSTBOARD_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert snapshot_home().name == "trustboard"
