"""What is there as a file alone: the rows behind a verdict, rows set aside, the letter."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from asking import NEEDED, Ask
from pinning import copied
from trustboard import judging, shared
from trustboard.api import letters, rows_behind
from trustboard.pins import pin_of
from trustboard.records_request import askable, records_request
from trustboard.shelves import Heap
from trustboard.silence import known_on, missing
from trustboard.verdicts import AssessedTest

V1 = "/api/v1"
ROWS = f"{V1}/riverbend/verdicts/rows"
BEHIND = f"{ROWS}?{urlencode({name: NEEDED[name] for name in ('commitment', 'test')})}"
EACH = (BEHIND, f"{V1}/riverbend/quality/rows?table=complaints", f"{V1}/riverbend/records-request")
TODAY = date(2024, 2, 29)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr(letters, "today", lambda: TODAY)
    return TODAY


def every_test_of(slug: str) -> Iterator[tuple[AssessedTest, judging.Checked]]:
    """Give every test of a city with what its page says of the rows behind it."""
    opened = shared.opened(slug)
    for one in shared.assessed(opened):
        ready = judging.checked(one, opened.city)
        yield from ((test, ready[test.test.id]) for test in one.tests)


def lines(body: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body)))


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_the_file_of_rows_behind_each_verdict_is_the_one_whose_hash_is_on_its_page(
    ask: Ask, slug: str
) -> None:
    pin, some = pin_of(shared.opened(slug).city), 0
    for test, told in every_test_of(slug):
        named = {"commitment": test.commitment_id, "test": test.test.id, "pin": pin}
        found = ask(f"{V1}/{slug}/verdicts/rows?{urlencode(named)}")
        assert found.status_code == 200
        assert found.headers["content-type"] == "text/csv; charset=utf-8"
        name = f'"{slug}-{test.commitment_id}-{test.test.id}-rows.csv"'
        assert found.headers["content-disposition"] == f"attachment; filename={name}"
        assert hashlib.sha256(found.content).hexdigest() == told.sha256
        assert len(lines(found.text)) == 1 + told.rows
        some += told.rows
    assert some > 20


def test_more_rows_than_are_handed_out_are_refused_with_the_command_that_writes_them(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = len(lines(ask(BEHIND).text)) - 1
    monkeypatch.setattr("trustboard.judging.checking.MOST_ROWS", rows - 1)
    monkeypatch.setattr(rows_behind, "_FILES", Heap(most=1_000_000))
    found = ask(BEHIND)
    assert (found.status_code, found.json()["parameter"]) == (403, "test")
    assert f"{rows:,} rows are behind it" in found.text
    told = ask(f"{V1}/openapi.json").json()["paths"]["/{city}/verdicts/rows"]["get"]
    assert str(found.status_code) in told["responses"]
    pin = pin_of(shared.opened("riverbend").city)
    assert f"`trustboard reproduce riverbend calmer-streets --pin {pin} --rows FILE`" in found.text


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_every_row_that_was_set_aside_is_in_the_file_of_its_table(ask: Ask, slug: str) -> None:
    told = ask(f"{V1}/{slug}/sources").json()["tables"]
    assert told
    for table in told:
        name = table["table"]
        found = ask(f"{V1}/{slug}/quality/rows?table={name}")
        assert found.headers["content-type"] == "text/csv; charset=utf-8"
        file = f'"{slug}-{name}-set-aside.csv"'
        assert found.headers["content-disposition"] == f"attachment; filename={file}"
        head, *rows = lines(found.text)
        assert head[0] == "line"
        assert len(rows) == table["rows"]["kept_aside"]
        assert all(int(row[0]) > 1 for row in rows), "the line of the file, after that of the heads"


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_the_letter_asks_everybody_or_one_office(ask: Ask, slug: str, today: date) -> None:
    city = shared.opened(slug).city
    found = askable(missing(city.city, on=known_on(city, today=today)))
    path = f"{V1}/{slug}/records-request"
    answer = ask(path)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    file = f'"{slug}-records-request.txt"'
    assert answer.headers["content-disposition"] == f"attachment; filename={file}"
    assert answer.text == records_request(city.city, found, on=today)
    assert "29 February 2024" in answer.text
    holders = {one.holder for one in found}
    assert len(holders) > 1
    for holder in holders:
        held = [one for one in found if one.holder == holder]
        letter = ask(f"{path}?holder={quote(holder)}").text
        assert letter == records_request(city.city, held, on=today)
        assert letter != answer.text


def test_the_letter_is_another_one_on_another_day(
    ask: Ask, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{V1}/riverbend/records-request"
    tag = ask(path).headers["etag"]
    assert str(today) in tag
    again = ask(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "public, no-cache", "at midnight it is out of date"
    monkeypatch.setattr(letters, "today", lambda: today + timedelta(days=1))
    after = ask(path, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert "1 March 2024" in after.text


def test_files_change_their_version_with_the_description(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = copied(tmp_path)
    monkeypatch.setenv("TRUSTBOARD_DATA", str(town.cities))
    before = [ask(path).headers["etag"] for path in EACH]
    described = town.cities / "riverbend" / "city.yml"
    described.write_text(described.read_text("utf-8") + "\n# another version\n", "utf-8")
    after = [ask(path).headers["etag"] for path in EACH]
    assert not set(before) & set(after)


def test_files_that_are_pinned_stay_what_they_were(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = copied(tmp_path)
    monkeypatch.setenv("TRUSTBOARD_DATA", str(town.cities))
    pin = pin_of(shared.opened("riverbend").city)
    asked = BEHIND.replace(NEEDED["commitment"], "fewer-complaints")
    asked = asked.replace(NEEDED["test"], "all-complaints")
    before = ask(f"{asked}&pin={pin}").content
    town.take_back(900)
    assert ask(asked).content != before
    assert ask(f"{asked}&pin={pin}").content == before
    assert ask(f"{asked}&pin={'0' * 12}{pin[12:]}").status_code == 404


def test_a_city_where_nothing_is_missing_has_no_letter(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "missing", lambda *_, **__: ())
    found = ask(f"{V1}/riverbend/records-request")
    assert found.status_code == 404
    assert "Nothing" in found.json()["detail"]
    assert "records-request" not in ask("/api").text


@pytest.mark.parametrize("path", EACH)
def test_a_file_alone_is_read_like_every_other_address(ask: Ask, path: str) -> None:
    found = ask(path)
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert ask(path, headers={"If-None-Match": found.headers["etag"]}).status_code == 304
    head = ask(path, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert ask(path, method="OPTIONS").status_code == 204
    assert ask(path, method="POST").status_code == 405
    assert ask(path, content=b"{}").json()["parameter"] == "body"
    twice = ask(f"{path}{'&' if '?' in path else '?'}pin=a&pin=b").json()
    assert twice["parameter"] == "pin"
    assert (
        f"Disallow: {V1}/*{path.partition('riverbend')[2].partition('?')[0]}"
        in ask("/robots.txt").text
    )
