"""Builders that are killed, or that work at the same time, leave nothing half."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from trustboard import prepared
from trustboard.load import load_city

#: What Python tells of before it does it: every way in which a builder touches the disk.
STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")


@pytest.fixture(scope="module")
def starting() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["trustboard.prepared", "pyarrow.parquet"])
    return context


def _build(data: Path, home: Path, die_at: int | None, told: Any) -> None:
    os.environ["TRUSTBOARD_HOME"], os.environ["TRUSTBOARD_DATA"] = str(home), str(data)
    done = 0

    def hook(event: str, given: tuple[Any, ...]) -> None:
        nonlocal done
        if event in STEPS and given and str(given[0]).startswith(str(home)):
            done += 1
            if done == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    city = prepared.open_city("tiny", data=data)
    told.put((done, city.data_hash))


def _run(starting: Any, *given: Any) -> Any:
    process = starting.Process(target=_build, args=given)
    process.start()
    return process


def test_a_builder_killed_at_any_step_leaves_a_city_that_opens(
    town: Any, home: Path, tmp_path: Path, starting: Any
) -> None:
    told = starting.Queue()
    _run(starting, town.data, tmp_path / "count", None, told).join()
    steps, data_hash = told.get(timeout=20)
    assert steps > 10
    for step in (*range(1, steps - 8, 7), *range(steps - 8, steps + 1, 2)):
        killed = _run(starting, town.data, home, step, told)
        killed.join()
        assert killed.exitcode == -signal.SIGKILL or step > 1
        city = town.open()
        assert city.data_hash == data_hash
        assert len(city.cases) == len(load_city("tiny", data=town.data).cases)
        town.file_more(1 + step % 28)  # so that the next one has something to build
        data_hash = load_city("tiny", data=town.data).data_hash


def test_builders_at_the_same_time_make_one_edition(
    town: Any, home: Path, folders: Any, starting: Any
) -> None:
    told = starting.Queue()
    running = [_run(starting, town.data, home, None, told) for _ in range(4)]
    for one in running:
        one.join()
    assert [one.exitcode for one in running] == [0] * 4
    assert len({told.get(timeout=20)[1] for _ in running}) == 1
    assert len(folders()) == 1
    assert not list((home / "tiny" / "prepared").glob("building-*"))


def test_what_a_killed_builder_left_is_cleared_away_later(town: Any, home: Path) -> None:
    left = home / "tiny" / "prepared" / "building-abc"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    recent = home / "tiny" / "prepared" / "building-def"
    recent.mkdir()
    town.open()
    assert not left.exists()
    assert recent.exists()
