"""Pages that are drawn while a refresh switches show one state of the data, whole, and no other."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from town import NAME, Town

from trustboard.load import load_city
from trustboard.ui import frame, pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shown(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Let the application show the town from its snapshots."""
    monkeypatch.setenv("TRUSTBOARD_DATA", str(town.data))
    monkeypatch.setenv("TRUSTBOARD_HOME", str(town.home))
    # the page with the most numbers is the one that opens by itself, inside the whole frame
    monkeypatch.setattr(pages, "_files", lambda: ["pages/2_complaints.py"])
    town.refresh()
    return town


def visit(earlier: AppTest | None = None) -> AppTest:
    """Open the page with its frame, or, where it was open before, click on it.

    A second `run` of the same AppTest leaves out the frame, which no server does: the page is run
    anew in a copy of the session.
    """
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = NAME
    if earlier is not None:
        app.session_state["tb_seen"] = earlier.session_state["tb_seen"]
    return app.run()


def words(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))


def fingerprint(said: str) -> str:
    (found,) = re.findall(r"fingerprint ([0-9a-f]{12})", said)
    return found


def totals(said: str) -> set[int]:
    """Give the numbers of complaints that a page speaks of; every one is of 2019."""
    found = re.findall(r"latest year that can be judged, there were (\d+) complaints", said)
    assert len(found) > 1, "the page says it in several places"
    return {int(number) for number in found}


def edition(town: Town) -> tuple[str, int]:
    """Open the snapshot in use: the start of its fingerprint and its number of complaints."""
    city = load_city(NAME, data=town.data)
    return city.data_hash[:12], len(city.cases)


def test_a_new_snapshot_is_shown_at_the_next_click_and_said_once(shown: Town) -> None:
    app = visit()
    assert totals(words(app)) == {101}
    shown.publisher.publish(110, edition=2)
    assert shown.refresh().end == "switched"
    app = visit(app)
    assert totals(words(app)) == {111}
    assert "Data updated." in words(app)
    assert "Data updated." not in words(visit(app))


def test_a_switch_in_the_middle_of_a_page_changes_nothing_on_it(
    shown: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = edition(shown)
    app = visit()
    shown.publisher.publish(110, edition=2)
    notes = frame.freshness_notes

    def switching(city: Any) -> list[str]:
        """Let the refresh end after the frame was opened and before the page is drawn."""
        if shown.tries == 1:
            shown.refresh()
        return notes(city)

    monkeypatch.setattr(frame, "freshness_notes", switching)
    said = words(app := visit(app))
    assert shown.tries == 2
    assert (fingerprint(said), totals(said)) == (before[0], {before[1]})
    after = edition(shown)
    said = words(visit(app))
    assert (fingerprint(said), totals(said)) == (after[0], {after[1]})


@pytest.fixture
def refreshing(shown: Town) -> Iterator[dict[str, int]]:
    """Refresh without a pause; gives the fingerprint of every edition with its complaints."""
    seen = dict([edition(shown)])
    over = threading.Event()

    def go_on() -> None:
        for number in range(2, 30):
            if over.is_set():
                return
            shown.publisher.publish(100 + number, edition=number)
            shown.refresh()
            seen.update([edition(shown)])

    thread = threading.Thread(target=go_on)
    thread.start()
    yield seen
    over.set()
    thread.join()


def test_every_page_of_a_visit_during_many_refreshes_is_of_one_state(
    refreshing: dict[str, int],
) -> None:
    app, drawn = visit(), []
    for _ in range(6):
        drawn.append(words(app))
        app = visit(app)
    found = {fingerprint(said): totals(said) for said in drawn}
    assert found == {one: {refreshing[one]} for one in found}
    assert len(found) > 1, "no refresh came between two pages"
