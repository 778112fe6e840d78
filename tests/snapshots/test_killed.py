"""Kill a refresh at any moment: what is in use afterwards is whole, and one edition throughout."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from town import NAME, Town

from trustboard.errors import CannotRunError
from trustboard.load import load_city

AT_STEPS, AT_MOMENTS = 34, 20
#: So many steps at the end are all tried: the snapshot gets its place and is switched to.
LAST = 16
#: What Python tells of before it does it: every way in which a refresh touches the disk.
STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree")


@pytest.fixture(scope="module")
def starting() -> Any:
    """Start processes from one that has loaded everything, which is quick and has no threads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["trustboard.snapshots.refresh", "town", "pyarrow.parquet"])
    return context


def _steps_of(home: Path, *, die_at: int | None) -> list[int]:
    """Count the steps of this process below a folder, and end it without a word at one of them."""
    done, below = [0], str(home)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event in STEPS and given and str(given[0]).startswith(below):
            done[0] += 1
            if done[0] == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    real = os.fsync

    def synced(handle: int) -> None:
        hook("open", (below,))
        real(handle)

    os.fsync = synced
    sys.addaudithook(hook)
    return done


def _refresh_once(town: Town, edition: int, die_at: int | None, told: Any) -> None:
    town.publisher.publish(100 + edition, edition=edition)
    done = _steps_of(town.home, die_at=die_at)
    town.refresh()
    told.put(done[0])


def _refresh_on_and_on(town: Town, edition: int, told: Any) -> None:
    told.put("begun")
    while True:
        town.publisher.publish(100 + edition % 3, edition=edition)
        town.refresh()
        edition += 1


def _edition_in_use(town: Town) -> int:
    """Check every hash of what is in use and that its tables belong together; give its edition."""
    assert town.store.damage() == []
    opened = load_city(NAME, data=town.data)
    named = {
        one.removeprefix("edition-")
        for name in ("complaints", "outcomes")
        for one in opened.tables[name].frame["complaint_id"]
        if one.startswith("edition-")
    }
    [edition] = named
    rows = len(opened.tables["complaints"].frame)
    assert rows == len(opened.tables["outcomes"].frame)
    assert "first_seen" in opened.tables["complaints"].frame
    return int(edition)


def test_a_kill_at_any_step_of_a_refresh_leaves_a_whole_snapshot_in_use(
    town: Town, starting: Any
) -> None:
    told = starting.Queue()
    first = starting.Process(target=_refresh_once, args=(town, 0, None, told))
    first.start()
    steps = told.get(timeout=30)
    first.join()
    assert steps > 20
    chance = random.Random(4)  # noqa: S311 - the same steps every time
    last, killed = 0, 0
    for edition in range(1, AT_STEPS + 1):
        town.tries = edition
        # Each of the last steps, in which the snapshot is switched to, and any of the others.
        die_at = chance.randint(1, steps - LAST) if edition > LAST else steps - edition + 1
        one = starting.Process(target=_refresh_once, args=(town, edition, die_at, told))
        one.start()
        one.join(30)
        killed += one.exitcode == -signal.SIGKILL
        found = _edition_in_use(town)
        assert last <= found <= edition  # the one before, if its snapshot was finished, comes first
        last = found
    assert killed >= AT_STEPS * 0.9
    _ends_well(town)


def test_a_kill_at_any_moment_of_many_refreshes_leaves_a_whole_snapshot_in_use(
    town: Town, starting: Any
) -> None:
    town.publisher.publish(100, edition=0)
    town.refresh()
    chance = random.Random(5)  # noqa: S311 - the same waits every time
    last = 0
    for number in range(AT_MOMENTS):
        edition = (number + 1) * 1000
        town.tries = number + 1
        told = starting.Queue()
        one = starting.Process(target=_refresh_on_and_on, args=(town, edition, told))
        one.start()
        assert told.get(timeout=30) == "begun"
        time.sleep(chance.uniform(0, 0.3))
        one.kill()
        one.join(30)
        assert one.exitcode == -signal.SIGKILL
        # Whole, and never older than before. It may be one that an earlier killed refresh had
        # finished but not yet put into use: the next refresh takes it over.
        found = _edition_in_use(town)
        assert found >= last
        last = found
    _ends_well(town)


def _refresh_where_files_end_at(town: Town, edition: int, largest: int, told: Any) -> None:
    """Refresh where no file can grow beyond so many bytes: writing stops in the middle of one."""
    town.publisher.publish(100 + edition, edition=edition)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    try:
        told.put(town.refresh().end)
    except CannotRunError as error:
        told.put(str(error))


def test_a_disk_that_is_full_in_the_middle_of_any_file_leaves_a_whole_snapshot_in_use(
    town: Town, starting: Any
) -> None:
    town.publisher.publish(100, edition=0)
    town.refresh()
    largest = max(path.stat().st_size for path in town.home.rglob("*") if path.is_file())
    sizes = sorted({round(largest * share / 6) for share in range(7)} | {1, 17, 200, 600})
    told = starting.Queue()
    ends = []
    for edition, size in enumerate(sizes, start=1):
        town.tries = edition
        args = (town, edition, size, told)
        one = starting.Process(target=_refresh_where_files_end_at, args=args)
        one.start()
        ends.append(told.get(timeout=30))
        one.join(30)
        assert one.exitcode == 0
        assert _edition_in_use(town) == (edition if ends[-1] == "switched" else 0)
    assert sum("stays in use" in end for end in ends) >= len(sizes) - 2
    _ends_well(town)


def _ends_well(town: Town) -> None:
    """Refresh once more: nothing that a killed refresh left is in the way."""
    town.tries = 400
    town.publisher.publish(104, edition=999_999)
    assert town.refresh().end == "switched"
    assert _edition_in_use(town) == 999_999
    assert not (town.home / NAME / "unfinished").exists()
    for one in town.store.all():
        assert one.manifest.id == one.folder.name
    switched = [line["snapshot"] for line in town.store.log() if line["event"] == "switched"]
    current = town.store.current()
    assert current is not None
    assert switched[-1] == current.id


class _Slow:
    """A publisher that says when it was asked and answers when it is told to."""

    def __init__(self, town: Town, asked: Any, go_on: Any) -> None:
        self.publisher, self.asked, self.go_on = town.publisher, asked, go_on

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.asked.set()
        assert self.go_on.wait(30)
        return self.publisher(*given, **named)


def _refresh_slowly(town: Town, asked: Any, go_on: Any) -> None:
    town.refresh(fetch=_Slow(town, asked, go_on))


def test_two_refreshes_at_once_do_not_meet(town: Town, starting: Any) -> None:
    asked, go_on = starting.Event(), starting.Event()
    other = starting.Process(target=_refresh_slowly, args=(town, asked, go_on))
    other.start()
    assert asked.wait(30)
    with pytest.raises(CannotRunError, match=f"process {other.pid}"):
        town.refresh()
    assert town.store.log() == []
    go_on.set()
    other.join(30)
    assert other.exitcode == 0
    assert town.store.damage() == []
    assert town.refresh().end == "unchanged"


def test_the_lock_of_a_refresh_that_was_killed_keeps_nobody_out(town: Town, starting: Any) -> None:
    asked, go_on = starting.Event(), starting.Event()
    other = starting.Process(target=_refresh_slowly, args=(town, asked, go_on))
    other.start()
    assert asked.wait(30)
    other.kill()
    other.join(30)
    assert (town.home / NAME / "lock").read_text()
    assert town.refresh().end == "switched"
