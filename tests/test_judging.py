"""Verdicts of a city with very many rows come from another process, and are the same verdicts."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

import pytest

from trustboard import judging, prepared
from trustboard.citydata import CityData
from trustboard.judging import asked
from trustboard.load import data_root
from trustboard.verdicts import AssessedCommitment, AssessedTest, assess_all


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> CityData:
    """Open Riverbend from an edition."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUSTBOARD_HOME", str(tmp_path_factory.mktemp("home")))
        found = prepared.open_city("riverbend", data=data_root())
        assert found.kept_in is not None
        return found


@pytest.fixture(scope="module")
def here(city: CityData) -> tuple[AssessedCommitment, ...]:
    return assess_all(city)


def _no_verdict_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "MANY", 1)
    monkeypatch.setattr(asked, "assess_all", lambda _: pytest.fail("judged in this process"))
    monkeypatch.setattr(asked, "check_tests", lambda *_: pytest.fail("checked in this process"))


def _told(found: tuple[AssessedCommitment, ...]) -> list[tuple[object, ...]]:
    return [
        (
            one.commitment, one.as_of, one.data_hash, one.not_measurable, test.test, test.outcome,
            test.raw, test.headline, test.sentence, dict(test.numbers), test.windows, test.gates,
            test.evidence, test.caveats,
            None if test.series is None else test.series.table.to_csv(),
        )
        for one in found for test in one.tests
    ]  # fmt: skip


def test_another_process_gives_the_same_verdicts(
    city: CityData, here: tuple[AssessedCommitment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_verdict_here(monkeypatch)
    apart = judging.judged(city)
    assert len(apart) == len(here) > 3
    assert _told(apart) == _told(here)


def test_another_process_makes_the_same_tests_ready_to_be_checked(
    city: CityData, here: tuple[AssessedCommitment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = next(one for one in here if one.tests)
    inside = judging.checked(one, city)
    _no_verdict_here(monkeypatch)
    assert judging.checked(one, city) == inside
    assert list(inside) == [test.test.id for test in one.tests]


def test_the_rows_that_can_be_taken_are_those_counted_and_hashed(
    city: CityData, here: tuple[AssessedCommitment, ...]
) -> None:
    some = 0
    for one in here[:3]:
        ready = judging.checked(one, city)
        for test in one.tests:
            (rows, csv), found = _file(test, city), ready[test.test.id]
            assert hashlib.sha256(csv).hexdigest() == found.sha256
            assert rows == found.rows == csv.count(b"\n") - 1  # the line of heads
            some += found.rows
    assert some > 100


def test_another_process_writes_the_same_file_of_rows(
    city: CityData, here: tuple[AssessedCommitment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    test = here[0].tests[-1]
    inside = _file(test, city)
    monkeypatch.setattr(asked, "MANY", 1)
    with monkeypatch.context() as alone:
        alone.setattr(asked, "file_of_rows", lambda *_, **__: pytest.fail("written here"))
        assert _file(test, city) == inside
    assert inside[0] > 0
    monkeypatch.setattr("trustboard.judging.apart.sys.executable", "no-such-python")
    assert _file(test, city) == inside


def test_a_file_longer_than_what_is_handed_out_is_counted_and_not_written(
    city: CityData, here: tuple[AssessedCommitment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    test = here[0].tests[0]
    rows, _ = _file(test, city)
    monkeypatch.setattr("trustboard.judging.checking.MOST_ROWS", rows - 1)
    assert _file(test, city) == (rows, b"")


def test_what_another_process_began_to_write_is_not_taken_for_the_file(
    city: CityData, here: tuple[AssessedCommitment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, to: BinaryIO, **__: object) -> None:
        to.write(b"line,complaint_id\n2,half a")
        raise subprocess.CalledProcessError(1, "trustboard.judging")

    test = here[0].tests[-1]
    inside = _file(test, city)
    monkeypatch.setattr(asked, "MANY", 1)
    monkeypatch.setattr("trustboard.judging.apart._run", broken)
    assert _file(test, city) == inside


def _file(test: AssessedTest, city: CityData) -> tuple[int, bytes]:
    with tempfile.TemporaryFile() as file:
        rows = judging.rows_file(test, city, to=file)
        file.seek(0)
        return rows, file.read()


@pytest.mark.parametrize("why", ["no other process can be started", "the edition is gone"])
def test_where_another_process_cannot_do_it_this_one_does(
    why: str, city: CityData, here: tuple[AssessedCommitment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "MANY", 1)
    if why == "the edition is gone":
        object.__setattr__(gone := _copy(city), "kept_in", Path("no", "such", "edition"))
        assert _told(judging.judged(gone)) == _told(here)
        return
    monkeypatch.setattr("trustboard.judging.apart.sys.executable", "no-such-python")
    assert _told(judging.judged(city)) == _told(here)


def _copy(city: CityData) -> CityData:
    again = prepared.open_folder(city.kept_in) if city.kept_in else None
    assert again is not None
    return again
