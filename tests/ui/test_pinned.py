"""A pinned view shows the numbers it was pinned to, says so, and never shows others as them."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from asking import Ask, asking
from pinning import Town, copied
from trustboard import METHOD_VERSION, api, prepared, shared, shelves
from trustboard.cli import app as commands
from trustboard.pins import pin_of

ROOT = Path(__file__).parents[2]
RECEIVED = "/api/v1/riverbend/measures/complaints-received"
GONE = f"{'0' * 12}-{METHOD_VERSION}"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Give the city with a home of its own; files are looked at for changes each time."""
    found = copied(tmp_path / "data")
    monkeypatch.setenv("TRUSTBOARD_DATA", str(found.cities))
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(shelves, "LOOK_EVERY", 0.0)
    monkeypatch.chdir(ROOT)
    return found


@pytest.fixture
def pin(town: Town) -> str:
    """Open the city, and give its pin after the publisher has taken 90 rows back."""
    before = pin_of(shared.opened("riverbend").city)
    town.take_back(90)
    assert pin_of(shared.opened("riverbend").city) != before
    return before


@pytest.fixture
def ask() -> Ask:
    return asking(Starlette(routes=api.routes()))


def opened(page: str = "", **address: str) -> AppTest:
    """Open Home, or another page, at an address; what the frame says stands in Home's."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["city"] = "riverbend"
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"pages/{page}").run() if page else app


def words(app: AppTest) -> str:
    return " ".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))


@pytest.mark.usefixtures("town")
def test_while_the_data_are_the_same_a_pinned_page_says_so_quietly() -> None:
    pin = pin_of(shared.opened("riverbend").city)
    said = words(opened(pin=pin))
    assert f"Pinned to data {pin[:12]}, rule {METHOD_VERSION}. No newer data have arrived." in said
    assert "Pin this view" not in said


@pytest.mark.usefixtures("town")
def test_every_page_offers_to_pin_what_it_shows() -> None:
    pin = pin_of(shared.opened("riverbend").city)
    said = words(opened(topic="oversight"))
    address = re.search(r'href="(\?[^"]+)">Pin this view', said)
    assert address
    assert unescape(address[1]) == f"?city=riverbend&topic=oversight&pin={pin}"


def test_after_newer_data_the_old_numbers_are_shown_and_said_to_be_old(pin: str) -> None:
    frame = words(opened(pin=pin))
    assert "Pinned to older data." in frame
    assert "data to 31 December 2024" in frame
    assert 'href="?city=riverbend">the same view of the newest data' in frame
    assert "arrived during your visit" not in frame
    old = words(opened("2_complaints.py", pin=pin))
    new = words(opened("2_complaints.py"))
    row = 'aria-label="{}: rows of 2024">'
    assert row.format("1,593") in old
    assert row.format("1,504") in new
    assert row.format("1,593") not in new
    assert f"pin={pin}" in old


def test_the_links_of_a_pinned_page_keep_the_pin(pin: str) -> None:
    app = opened(pin=pin)
    said = words(app)
    leading = re.findall(r'href="((?:commitments|method)\?[^"]+)"', said)
    assert leading
    assert all(unescape(one).endswith(f"pin={pin}") for one in leading)
    for one in app.get("page_link"):
        assert f"pin={pin}" in one.proto.query_string


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (GONE, "which are not kept here any more"),
        (f"{'a' * 12}-0.7", "made by rule 0.7"),
        ("<script>alert(1)</script>", "is no pin"),
        ("../../etc/passwd", "is no pin"),
    ],
)
def test_what_cannot_be_shown_as_pinned_is_said_and_the_newest_is_shown(
    asked: str, reason: str
) -> None:
    app = opened(pin=asked)
    said = words(app)
    assert not app.exception
    assert reason in said
    assert "The newest numbers are shown" in said
    assert "<script>" not in said
    assert "pin=" not in "".join(one.proto.query_string for one in app.get("page_link"))
    assert "Pin this view" in said


def test_downloads_citations_and_commands_of_a_pin_hold_its_numbers(pin: str, ask: Ask) -> None:
    old = ask(f"{RECEIVED}?by=year&pin={pin}").json()
    new = ask(f"{RECEIVED}?by=year").json()
    assert (old["pin"], old["rows"][-1]["n"]) == (pin, 1593)
    assert new["rows"][-1]["n"] == 1504  # one of the 90 was in no number before either
    assert old["reproduce"].endswith(f"--pin {pin}")
    assert pin[:12] in old["citation"]
    assert f"pin={pin}" in old["link"]
    rows = ask(f"{RECEIVED}/rows?format=csv&about=no&from=2024&limit=10000&pin={pin}").text
    assert len(rows.splitlines()) == 1593 + 1
    cited = ask(f"{RECEIVED}/citation?format=text&pin={pin}").text
    assert pin[:12] in cited
    for part in ("", "/commitments", "/verdicts", "/sources", "/quality", "/changes", "/package"):
        found = ask(f"/api/v1/riverbend{part}?pin={pin}")
        assert found.status_code == 200
        assert found.headers["etag"] != ask(f"/api/v1/riverbend{part}").headers["etag"]


def test_the_tables_of_faults_of_a_pinned_page_are_taken_away_as_they_are_shown(
    pin: str, ask: Ask
) -> None:
    said = words(opened("7_data_quality.py", pin=pin))
    links = [unescape(one) for one in re.findall(r'href="(api/v1/[^"]+)"', said)]
    assert links
    assert all(one.endswith(f"&pin={pin}") for one in links)
    read = next(one for one in links if "table=checks" in one)
    assert ask(f"/{read}").text != ask(f"/{read}".replace(f"&pin={pin}", "")).text


def test_the_api_never_gives_other_numbers_for_a_pin(pin: str, ask: Ask) -> None:
    for asked, status in ((GONE, 404), (f"{pin[:12]}-0.7", 404), ("today", 400)):
        found = ask(f"{RECEIVED}?pin={asked}")
        assert (found.status_code, found.json()["parameter"]) == (status, "pin")
    assert ask("/api/v1/riverbend/history?pin=" + pin).status_code == 400


def test_the_command_of_a_pin_counts_the_kept_rows_or_none(pin: str) -> None:
    line = ["measure", "riverbend", "complaints-received", "--by", "year", "--pin"]
    done = CliRunner().invoke(commands, [*line, pin])
    assert done.exit_code == 0
    assert list(csv.DictReader(done.output.splitlines()))[-1]["n"] == "1593"
    for other, why in (
        (GONE, "are not here"),
        (f"{pin[:12]}-0.7", "rule 0.7"),
        ("x", "is no pin"),
    ):
        refused = CliRunner().invoke(commands, [*line, other])
        assert refused.exit_code == 2
        assert why in refused.output
    again = CliRunner().invoke(commands, ["reproduce", "riverbend", "calmer-streets", "--pin", pin])
    assert again.exit_code == 0
    assert pin[:12] in again.output


def test_a_state_that_was_thrown_away_is_said_to_be_gone(
    pin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(prepared.editions("riverbend")) == 2
    monkeypatch.setattr(shared, "open_edition", lambda *_: None)
    assert "which are not kept here any more" in words(opened(pin=pin))
