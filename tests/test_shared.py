"""Things worked out once are the same objects for everybody, until the files change."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from pathlib import Path

import pytest

from trustboard import shared, shelves
from trustboard.errors import CannotRunError
from trustboard.load import data_root
from trustboard.query import Query, QueryError
from trustboard.shelves import Lately, Shelf


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy a city's descriptions; give its folder."""
    folder = tmp_path / "st-louis"
    folder.mkdir()
    for file in (data_root() / "st-louis").glob("*.yml"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path))
    return folder


def test_everybody_gets_the_same_city_table_and_verdicts(town: Path) -> None:
    one, other = shared.opened(town.name), shared.opened(town.name)
    assert one.city is other.city
    query = Query()
    found = shared.measured(one.city, "findings", query)
    assert shared.measured(other.city, "findings", query) is found
    assert shared.assessed(one) is shared.assessed(other)


def test_a_changed_file_opens_the_city_anew_and_lets_go_of_the_old(town: Path) -> None:
    one = shared.opened(town.name)
    kept = len(shared._CITIES)
    (town / "city.yml").write_text((town / "city.yml").read_text() + "\n# later\n")
    other = shared.opened(town.name)
    assert other.city.data_hash != one.city.data_hash
    assert other.edition != one.edition
    assert len(shared._CITIES) == kept


def test_new_promises_are_a_new_edition_of_the_same_data(town: Path) -> None:
    one = shared.opened(town.name)
    (town / "commitments.yml").write_text("commitments: []\n")
    other = shared.opened(town.name)
    assert other.city.data_hash == one.city.data_hash
    assert other.edition != one.edition
    assert shared.assessed(other) == ()


def test_a_fault_in_the_promises_is_told_as_soon_as_it_is_there(town: Path) -> None:
    promises = town / "commitments.yml"
    one = shared.opened(town.name)
    before = shared.quality(one.city)["checks"].said
    promises.write_text(f"{promises.read_text()}\n  - id: unfinished\n")
    other = shared.opened(town.name)
    assert other.city.data_hash == one.city.data_hash
    assert other.edition != one.edition
    assert not shared.is_judged(other.city)
    assert shared.quality(other.city)["checks"].said != before


def test_a_question_that_cannot_be_asked_is_refused_each_time(town: Path) -> None:
    city = shared.opened(town.name).city
    for _ in range(2):
        with pytest.raises(QueryError):
            shared.measured(city, "luck", Query())


def test_an_unknown_city_cannot_be_opened() -> None:
    with pytest.raises(CannotRunError, match="There is no city"):
        shared.opened("../etc")


def test_a_shelf_holds_no_more_than_it_may_and_drops_what_was_not_asked_for() -> None:
    shelf: Shelf[int] = Shelf(most=2)
    for number in (1, 2, 1, 3):
        assert shelf.get(number, lambda number=number: number) == number
    assert len(shelf) == 2
    assert shelf.get(1, lambda: -1) == 1
    assert shelf.get(2, lambda: -2) == -2


def test_what_is_too_large_is_handed_on_and_not_kept() -> None:
    shelf: Shelf[int] = Shelf(most=2)
    assert shelf.get("a", lambda: 1, keep=lambda _: False) == 1
    assert len(shelf) == 0


def test_many_who_ask_at_once_wait_for_one_answer() -> None:
    shelf: Shelf[object] = Shelf(most=2)
    made: list[object] = []

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(shelf.get("a", make))) for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 1
    assert set(map(id, found)) == {id(made[0])}


def test_what_others_push_out_while_one_looks_is_given_all_the_same() -> None:
    shelf: Shelf[int] = Shelf(most=1)
    others = threading.Thread(target=lambda: shelf.get("b", lambda: 2))

    class Pressed(OrderedDict[object, int]):
        """Somebody makes "a" while one asks, and others push it out while one looks again."""

        looks = 0

        def __contains__(self, key: object) -> bool:
            there = super().__contains__(key)
            if key == "a":
                self.looks += 1
                if self.looks == 1:
                    self["a"] = 1
                else:
                    others.start()
                    others.join(0.1)
            return there

    shelf._kept = Pressed()
    assert shelf.get("a", lambda: -1) == 1
    others.join()
    assert "b" in shelf


def test_a_failure_is_not_kept() -> None:
    shelf: Shelf[int] = Shelf(most=2)

    def fail() -> int:
        raise ValueError("no luck")

    with pytest.raises(ValueError, match="no luck"):
        shelf.get("a", fail)
    assert shelf.get("a", lambda: 1) == 1


def test_the_disk_is_looked_at_once_in_a_while_however_many_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelves, "LOOK_EVERY", 5.0)
    now = [100.0]
    monkeypatch.setattr(shelves.time, "monotonic", lambda: now[0])
    seen: Lately[int] = Lately(most=2)
    answers = iter(range(10))
    assert [seen.get("a", lambda: next(answers)) for _ in range(3)] == [0, 0, 0]
    now[0] += 5.0
    assert seen.get("a", lambda: next(answers)) == 1
    assert [seen.get(key, lambda: next(answers)) for key in "bc"] == [2, 3]
    assert seen.get("a", lambda: next(answers)) == 4, "a third key forgets the others"


def test_a_description_is_read_without_its_rows_and_again_when_it_changes(town: Path) -> None:
    assert not shared.is_open(town.name)
    first = shared.described(town.name)
    assert first is not None and shared.described(town.name) is first
    assert not shared.is_open(town.name)
    file = town / "city.yml"
    file.write_text(file.read_text().replace(f"name: {first.name}", "name: Elsewhere", 1))
    again = shared.described(town.name)
    assert again is not None and again.name == "Elsewhere"
    file.write_text("name: [")
    assert shared.described(town.name) is None
    assert shared.described("nowhere") is None


def test_a_city_is_open_until_one_of_its_files_changes(town: Path) -> None:
    (town / "city.yml").write_text((town / "city.yml").read_text() + "\n# of this test alone\n")
    one = shared.opened(town.name)
    assert shared.is_open(town.name)
    assert not shared.is_assessed(one)
    shared.assessed(one)
    assert shared.is_assessed(one)
    (town / "commitments.yml").write_text("commitments: []\n")
    assert not shared.is_open(town.name)
