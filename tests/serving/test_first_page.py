"""Link previews and search engines see the city's title and description, safely escaped."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from asking import Ask, asking
from trustboard import shared
from trustboard.pins import pin_of
from trustboard.serving.first_page import first_pages

HOSTILE = '"><script>alert(1)</script>'
CITY = f"name: '{HOSTILE}'\nregion: Nowhere\nabout: '{HOSTILE}'\n"


class Head(HTMLParser):
    """Collects what a reader of the head sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str | None]] = []
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        runs = values.get("type") != "application/ld+json"  # data, which no browser runs
        self.scripts += tag == "script" and runs
        if tag == "meta":
            name = values.get("name") or values.get("property") or ""
            self.meta[name] = values.get("content") or ""
        if tag == "link" and values.get("rel") == "alternate":
            self.links.append(values)


@pytest.fixture(scope="module")
def ask() -> Ask:
    return asking(Starlette(routes=first_pages(["", "commitments"])))


def test_a_city_has_its_own_title_description_and_feeds(ask: Ask) -> None:
    head = Head(ask("/commitments?city=riverbend").text)
    assert head.meta["og:title"] == "Commitments – Riverbend – TrustBoard"
    assert head.meta["og:description"].startswith("Invented data.")
    assert head.meta["og:url"] == "http://board.test/commitments?city=riverbend"
    assert len(head.links) == 3


def linked(page: str) -> list[dict[str, Any]]:
    """Give the JSON-LD in the source of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [part for one in found for part in json.loads(one)["@graph"]]


def test_the_source_of_a_page_describes_the_data_and_the_promise_it_is_about(ask: Ask) -> None:
    opened = shared.opened("riverbend")
    first = linked(ask("/?city=riverbend").text)
    assert [one["@type"] for one in first] == ["Organization", "Dataset"]
    assert first[1]["version"] == opened.city.data_hash
    shared.assessed(opened)
    promise = opened.city.commitments[0]
    reviews = linked(ask(f"/commitments?city=riverbend&commitment={promise.id}").text)[2:]
    assert reviews
    assert {one["@type"] for one in reviews} == {"ClaimReview"}
    assert {one["claimReviewed"] for one in reviews} == {promise.statement}
    for other in ("/commitments?city=riverbend", f"/?city=riverbend&pin={pin_of(opened.city)}"):
        assert not linked(ask(other).text)


def test_no_word_of_the_data_can_end_the_element_that_describes_them(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = shared.opened("riverbend")
    evil = "</script><script>alert(1)</script><!--"
    city = opened.city.city.model_copy(update={"about": evil})
    hostile = replace(opened, city=replace(opened.city, city=city))
    monkeypatch.setattr(shared, "opened", lambda _: hostile)
    page = ask("/?city=riverbend").text
    assert evil not in page
    assert linked(page)[1]["description"] == evil


def test_a_description_is_never_cut_within_a_word(ask: Ask) -> None:
    said = Head(ask("/?city=st-louis").text).meta["og:description"]
    assert said.endswith(" …")
    assert len(said) <= 300


@pytest.mark.parametrize("city", ["", "nowhere", HOSTILE, "../secrets"])
def test_an_unknown_city_gives_the_plain_page(ask: Ask, city: str) -> None:
    found = ask(f"/?city={city}")
    head = Head(found.text)
    assert head.meta["og:title"] == "TrustBoard"
    assert not head.links
    assert "alert(1)" not in found.text


def test_no_word_of_a_description_can_become_a_tag(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Head(ask("/").text).scripts
    (tmp_path / "hostile").mkdir()
    (tmp_path / "hostile" / "city.yml").write_text(CITY)
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path))
    head = Head(ask("/?city=hostile").text)
    assert head.scripts == plain
    assert HOSTILE in head.meta["og:title"]


def test_a_broken_description_gives_the_plain_page(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "city.yml").write_text("name: [")
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path))
    assert Head(ask("/?city=broken").text).meta["og:title"] == "TrustBoard"


def test_programs_are_pointed_to_our_own_interface(ask: Ask) -> None:
    page = ask("/").text
    assert page.count('rel="service-desc"') == 1
    assert 'href="./api/v1/openapi.json"' in page
