"""A prepared city is the city; a damaged, half or outdated edition is never taken for it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from trustboard import prepared, shared
from trustboard.citydata import CityData
from trustboard.cli import app
from trustboard.errors import CannotRunError
from trustboard.load import data_root, load_city
from trustboard.measure import Query, measure
from trustboard.own_words import WORDED, own_words
from trustboard.prepared import building, opening
from trustboard.prepared.frames import Held
from trustboard.tidy import Measured
from trustboard.verdicts import assess_all

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
Folders = Callable[[], list[Path]]


def _no_raw_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> CityData:
        raise AssertionError("the published files were read")

    monkeypatch.setattr(building, "load_city", refuse)


def _assert_same(one: CityData, other: CityData) -> None:
    assert one.city == other.city
    assert one.commitments == other.commitments
    assert one.problems == other.problems
    assert one.data_hash == other.data_hash
    assert one.absent == other.absent
    assert one.boundaries == other.boundaries
    assert one.outlines == other.outlines
    assert one.as_of == other.as_of
    assert list(one.tables) == list(other.tables)
    for name, table in one.tables.items():
        again = other.tables[name]
        pd.testing.assert_frame_equal(table.frame, again.frame)
        pd.testing.assert_frame_equal(table.quarantine, again.quarantine)
        assert table.accounting == again.accounting
        assert table.spec == again.spec
        assert table.columns == again.columns
        for ask in ("says", "omits", "words"):
            for column in (*table.columns, "no such column"):
                assert getattr(table, ask)(column) == getattr(again, ask)(column), (ask, column)
    for column in WORDED:
        pd.testing.assert_frame_equal(own_words(one, column), own_words(other, column))
    pd.testing.assert_frame_equal(one.cases, other.cases)
    pd.testing.assert_frame_equal(one.allegations, other.allegations)
    pd.testing.assert_frame_equal(one.places, other.places)


@pytest.mark.parametrize("slug", ["riverbend", "st-louis", "philadelphia", "seattle"])
def test_an_edition_gives_the_same_city_as_the_published_files(slug: str, home: Path) -> None:
    del home
    elsewhere = SHARED if SHARED.is_dir() else None
    raw = load_city(slug, data=data_root(), elsewhere=elsewhere)
    prepared.open_city(slug, data=data_root(), elsewhere=elsewhere)
    again = prepared.open_city(slug, data=data_root(), elsewhere=elsewhere)
    assert again.folded is not None
    _assert_same(raw, again)


def test_verdicts_from_an_edition_are_the_same(home: Path) -> None:
    del home
    raw = load_city("riverbend", data=data_root())
    again = prepared.open_city("riverbend", data=data_root())
    told = [
        [
            (test.outcome, test.sentence, test.numbers)
            for one in assess_all(city)
            for test in one.tests
        ]
        for city in (raw, again)
    ]
    assert told[0] == told[1]


def test_the_second_opening_reads_no_published_row_and_no_row_at_all(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.open()
    _no_raw_rows(monkeypatch)
    real, read = pd.read_parquet, []

    def noted(path: Path, **given: Any) -> pd.DataFrame:
        read.append((path.name, tuple(given["columns"])))
        return real(path, **given)

    monkeypatch.setattr(pd, "read_parquet", noted)
    again = town.open()
    assert {name for name, _ in read} <= {"places.parquet"}
    assert again.has("complaints.closed_on")
    assert not again.has("outcomes.discipline")
    assert again.problems
    assert {name for name, _ in read} <= {"places.parquet"}
    again.tables["complaints"].part(["filed_on"])
    assert read[-1] == ("complaints.parquet", ("filed_on",))


@pytest.mark.parametrize(
    "file", ["complaints.parquet", "cases.parquet", "city.yml", "edition.json"]
)
@pytest.mark.parametrize("how", ["changed", "cut", "gone"])
def test_a_damaged_edition_is_noticed_and_made_again(
    town: Any, folders: Folders, file: str, how: str
) -> None:
    before = town.open()
    path = folders()[0].parent / file
    raw = path.read_bytes()
    if how == "changed":
        path.write_bytes(raw[:40] + bytes([raw[40] ^ 1]) + raw[41:])
    elif how == "cut":
        path.write_bytes(raw[: len(raw) // 2])
    else:
        path.unlink()
    again = town.open()
    _assert_same(load_city("tiny", data=town.data), again)
    assert again.data_hash == before.data_hash
    assert len(folders()) == 1
    assert prepared.is_prepared("tiny", data=town.data)


def test_a_damaged_edition_that_cannot_be_removed_is_not_opened_either(
    town: Any, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = town.open()
    folder = folders()[0].parent
    (folder / "complaints.parquet").write_bytes(b"nonsense")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read only")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert prepared.open_edition(town.slug, city.data_hash) is None
    assert len(town.open().cases) == len(city.cases)


@pytest.mark.parametrize("changed", ["complaints", "promises", "description", "corrections"])
def test_whatever_changes_makes_a_new_edition(town: Any, folders: Folders, changed: str) -> None:
    town.open()
    if changed == "complaints":
        town.file_more(1)
    elif changed == "promises":
        town.promise("Far fewer complaints")
    else:
        name = {"description": "city.yml", "corrections": "corrections.yml"}[changed]
        path = town.folder / name
        text = path.read_text() if path.is_file() else "corrections: []"
        path.write_text(text + "\n# later\n")
    keys = {one.parent.name for one in folders()}
    _assert_same(load_city("tiny", data=town.data), town.open())
    assert {one.parent.name for one in folders()} - keys


def test_an_older_state_is_opened_by_its_hash_with_the_promises_of_then(town: Any) -> None:
    before = town.open()
    town.file_more(1)
    town.promise("Far fewer complaints")
    after = town.open()
    then = prepared.open_edition("tiny", before.data_hash[:12])
    assert then is not None
    assert then.data_hash == before.data_hash
    assert [one.title for one in then.commitments] == ["Fewer complaints"]
    assert len(then.cases) + 1 == len(after.cases)
    assert prepared.open_edition("tiny", before.data_hash[:12]) is then
    listed = prepared.editions("tiny")
    assert [one.data_hash for one in listed] == [before.data_hash, after.data_hash]
    assert [one.current for one in listed] == [False, True]
    assert listed[0].as_of.isoformat() == "2023-12-31"


@pytest.mark.parametrize("prefix", ["", "abc", "0" * 64, "../../etc", "zzzzzzzzz", "0" * 65])
def test_a_state_that_is_not_kept_is_none(town: Any, prefix: str) -> None:
    town.open()
    assert prepared.open_edition("tiny", prefix) is None
    assert prepared.open_edition("../tiny", prefix) is None
    assert prepared.editions("../tiny") == ()
    assert prepared.editions("never-opened") == ()


def test_no_more_states_are_kept_than_pinned_views_may_need(
    town: Any, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustboard.prepared.states.MOST_STATES", 3)
    hashes = []
    for number in range(1, 6):
        town.file_more(number)
        hashes.append(town.open().data_hash)
        town.promise(f"Promise {number}")  # a second edition of the same data
        town.open()
    assert [one.data_hash for one in prepared.editions("tiny")] == hashes[-3:]
    assert len(folders()) == 3


def test_an_older_state_is_kept_as_long_as_its_pin_is_opened(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustboard.prepared.states.MOST_STATES", 2)
    monkeypatch.setattr("trustboard.prepared.states.MOST_ASKED", 1)
    hashes = []
    for number in range(1, 7):
        town.file_more(number)
        hashes.append(town.open().data_hash)
        for asked in hashes[:2]:  # the second of them last
            if number < 4:
                prepared.open_edition("tiny", asked[:12])
    kept = [one.data_hash for one in prepared.editions("tiny")]
    assert kept == [hashes[1], *hashes[-2:]]
    assert prepared.open_edition("tiny", hashes[1][:12]) is not None
    assert prepared.open_edition("tiny", hashes[0][:12]) is None


def test_where_nothing_can_be_written_the_city_is_read_as_published(
    town: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "file" / "home"))
    opened = town.open()
    assert opened.folded is None
    _assert_same(load_city("tiny", data=town.data), opened)
    assert prepared.editions("tiny") == ()


def test_rows_that_vanish_while_the_city_is_open_are_told_and_then_prepared_anew(
    town: Any, folders: Folders
) -> None:
    town.open()
    opened = town.open()
    for path in folders()[0].parent.iterdir():
        path.unlink()
    with pytest.raises(CannotRunError, match=r"complaints\.parquet"):
        opened.tables["complaints"].part(["filed_on", "line"])
    assert len(town.open().tables["complaints"].frame) == 3


def test_an_open_city_whose_edition_somebody_cleared_away_is_opened_anew(
    town: Any, folders: Folders
) -> None:
    town.open()
    before = shared.opened(town.slug).city
    assert before.kept_in == folders()[0].parent
    shutil.rmtree(before.kept_in)
    again = shared.opened(town.slug).city
    assert len(again.tables["complaints"].frame) == 3
    assert shared.opened(town.slug).city is again


def test_a_large_city_is_read_by_another_process(
    town: Any, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGE", 0)
    _no_raw_rows(monkeypatch)
    opened = town.open()
    assert opened.folded is not None
    assert len(folders()) == 1


def test_other_tables_fold_into_other_cases(town: Any) -> None:
    town.open()
    opened = town.open()
    table = opened.tables["complaints"]
    fewer = replace(table, frame=table.frame.iloc[:1])
    changed = replace(opened, tables={**opened.tables, "complaints": fewer})
    assert len(changed.cases) == 1
    assert len(opened.cases) == 3


def test_a_prepared_city_is_measured_like_any_other(town: Any) -> None:
    town.open()
    answers = [
        measure(city, "complaints-received", Query(by=("year", "place")))
        for city in (load_city("tiny", data=town.data), town.open())
    ]
    assert all(isinstance(one, Measured) for one in answers)
    pd.testing.assert_frame_equal(answers[0].table, answers[1].table)  # type: ignore[union-attr]


def test_frames_are_held_within_a_bound_and_large_ones_only_while_in_use() -> None:
    def frame() -> pd.DataFrame:
        return pd.DataFrame({"a": range(1000)})

    held = Held(most=20_000, largest=10_000)
    for number in range(5):
        held.put(number, frame())
    assert [number for number in range(5) if held.get(number) is not None] == [3, 4]
    small = Held(most=20_000, largest=100)
    one = frame()
    small.put("one", one)
    assert small.get("one") is one
    del one
    assert small.get("one") is None


def test_the_command_prepares_a_city_and_says_what_it_could_not(
    town: Any, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str) -> tuple[int, Any]:
        done = CliRunner().invoke(app, ["prepare", *words, "--data", str(town.data), "--json"])
        return done.exit_code, json.loads(done.stdout)

    assert run("tiny") == (0, [{"city": "tiny", "rows": 8, "kept": True, "state": "prepared"}])
    assert len(folders()) == 1
    assert run("--all")[1][0]["state"] == "was prepared already"
    assert run("tiny", "--all")[0] == 2
    assert run("nowhere")[0] == 1
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "file"))
    code, told = run("tiny")
    assert code == 1
    assert told[0]["state"].startswith("cannot be kept")
