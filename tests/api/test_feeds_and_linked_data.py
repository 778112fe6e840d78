"""Feeds keep RFC 4287, and verdicts are described in the words that schema.org has for them."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest

from asking import Ask
from trustboard import shared
from trustboard.api.naming import ROOT
from trustboard.exports.promises import outcome_word
from trustboard.verdict_states import CannotTell, Reason
from trustboard.verdicts.history import FILE, record

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CITIES = ["riverbend", "st-louis", "philadelphia"]


def feed_of(ask: Ask, slug: str, kind: str, **options: Any) -> Xml.Element:
    found = ask(f"{ROOT}/{slug}/feeds/{kind}.atom", **options)
    assert found.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return Xml.fromstring(found.content)  # noqa: S314 - ours


@pytest.mark.parametrize("slug", CITIES)
@pytest.mark.parametrize("kind", ["verdicts", "data"])
def test_a_feed_has_what_the_standard_requires(ask: Ask, slug: str, kind: str) -> None:
    feed = feed_of(ask, slug, kind)
    assert feed.tag == f"{ATOM}feed"
    for part in [feed, *feed.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
            assert (part.findtext(f"{ATOM}{name}") or "").strip()
        assert MOMENT.fullmatch(str(part.findtext(f"{ATOM}updated")))
        assert urlsplit(str(part.findtext(f"{ATOM}id"))).scheme == "urn"
        for link in part.findall(f"{ATOM}link"):
            assert urlsplit(link.attrib["href"]).netloc
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    [itself] = feed.findall(f"{ATOM}link[@rel='self']")
    assert ask(urlsplit(itself.attrib["href"]).path).status_code == 200
    moments = [str(one.findtext(f"{ATOM}updated")) for one in feed.findall(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)
    assert not moments or feed.findtext(f"{ATOM}updated") == moments[0]


def test_an_entry_keeps_its_name_wherever_it_is_served(ask: Ask) -> None:
    names = []
    for host in ("a.example", "b.example"):
        feed = feed_of(ask, "riverbend", "data", headers={"Host": host})
        names.append([one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")])
    assert names[0] == names[1] and len(set(names[0])) == len(names[0]) > 3


@pytest.fixture
def own_copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give Riverbend in a folder of its own, where a log can be written."""
    copy = tmp_path / "data" / "riverbend"
    shutil.copytree(shared.opened("riverbend").city.folder, copy)
    monkeypatch.setenv("TRUSTBOARD_DATA", str(copy.parent))
    return copy


def entries(ask: Ask) -> dict[str, str]:
    """Give the title of each entry of Riverbend's feed by its name."""
    parts = feed_of(ask, "riverbend", "verdicts").findall(f"{ATOM}entry")
    found = {str(one.findtext(f"{ATOM}id")): str(one.findtext(f"{ATOM}title")) for one in parts}
    assert len(found) == len(parts)
    return found


def test_who_subscribes_before_anything_is_recorded_gets_what_is_said_now(
    ask: Ask, own_copy: Path
) -> None:
    assert not (own_copy / FILE).exists()
    found = shared.assessed(shared.opened("riverbend"))
    said = {
        f"{one.commitment.title}: {outcome_word(test.outcome)}"
        for one in found
        for test in one.tests
    }
    assert set(entries(ask).values()) == said
    feed = feed_of(ask, "riverbend", "verdicts")
    assert "trustboard verdicts riverbend --record" in str(feed.findtext(f"{ATOM}subtitle"))
    day = found[0].as_of.isoformat()
    assert {one.findtext(f"{ATOM}updated") for one in feed.findall(f"{ATOM}entry")} == {
        f"{day}T00:00:00Z"
    }


def test_what_is_recorded_later_is_no_news_a_second_time(ask: Ask, own_copy: Path) -> None:
    before = entries(ask)
    one = shared.opened("riverbend")
    record(shared.assessed(one), one.city, own_copy / FILE)
    assert entries(ask) == before
    summaries = [str(e.findtext(f"{ATOM}summary")) for e in feed_of(ask, "riverbend", "verdicts")]
    assert not any("not in the log" in words for words in summaries)


def test_what_the_log_says_otherwise_stands_beside_it_as_it_is_now(
    ask: Ask, own_copy: Path
) -> None:
    one = shared.opened("riverbend")
    assessed = shared.assessed(one)
    was = CannotTell(Reason.SOURCES_CONFLICT, "Two sources differ.", "One of them.")
    first = replace(assessed[0].tests[0], outcome=was)
    earlier = replace(assessed[0], tests=(first, *assessed[0].tests[1:]))
    before = entries(ask)
    record((earlier, *assessed[1:]), one.city, own_copy / FILE)
    found = entries(ask)
    more = Counter(found.values()) - Counter(before.values())
    assert more == {f"{earlier.commitment.title}: Cannot tell: sources conflict": 1}
    assert len(found) == len(before) + 1


def test_a_log_that_was_changed_is_not_told_and_the_feed_says_so(ask: Ask, own_copy: Path) -> None:
    one = shared.opened("riverbend")
    before = entries(ask)
    record(shared.assessed(one), one.city, own_copy / FILE)
    log = own_copy / FILE
    log.write_text(log.read_text("utf-8").replace("CANNOT_TELL", "KEPT", 1), encoding="utf-8")
    assert "does not hold together" in str(
        feed_of(ask, "riverbend", "verdicts").findtext(f"{ATOM}subtitle")
    )
    assert entries(ask) == before


def described(ask: Ask, slug: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(f"{ROOT}/{slug}/verdicts?format=jsonld").json()["@graph"]
    return found


@pytest.mark.parametrize("slug", CITIES)
def test_every_reference_and_every_license_is_of_the_kind_that_is_expected(
    ask: Ask, slug: str
) -> None:
    graph = described(ask, slug)
    names = {one["@id"] for one in graph}
    assert len(names) == len(graph)
    for one in graph:
        for pointed in (one.get("author"), one.get("publisher"), one.get("isBasedOn")):
            if isinstance(pointed, dict):
                assert pointed["@id"] in names
    [data] = [one for one in graph if one["@type"] == "Dataset"]
    for license_ in data.get("license", ()):
        assert isinstance(license_, dict) or urlsplit(license_).scheme in ("http", "https")
    for needed in ("name", "description", "url", "publisher", "distribution", "spatialCoverage"):
        assert data[needed]
    if "temporalCoverage" in data:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", data["temporalCoverage"])


def test_every_test_of_every_promise_is_a_review_with_a_claim_and_who_made_it(ask: Ask) -> None:
    reviews = [one for one in described(ask, "riverbend") if one["@type"] == "ClaimReview"]
    found = shared.assessed(shared.opened("riverbend"))
    assert len(reviews) == sum(len(one.tests) + bool(one.not_measurable) for one in found)
    for one in reviews:
        claim = one["itemReviewed"]
        assert one["claimReviewed"] and one["reviewBody"] and one["reviewRating"]["alternateName"]
        assert (claim["@type"], claim["author"]["@type"]) == ("Claim", "Person")
        assert re.match(r"\d{4}", claim["datePublished"])
        assert urlsplit(claim["appearance"]["url"]).scheme == "https"
        assert ask(urlsplit(one["url"]).path).status_code in (200, 404)
