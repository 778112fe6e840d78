"""What programs get: the same numbers as everywhere, with version, paging and links."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest
from openpyxl import load_workbook

from asking import Ask
from trustboard import METHOD_VERSION, shared
from trustboard.harmless_cells import plain
from trustboard.indicator import catalogue
from trustboard.load import city_slugs, data_root, load_city
from trustboard.measure import Query, measure
from trustboard.quality import COLUMNS, quality
from trustboard.tidy import Measured
from trustboard.verdicts import assess_all, history

V1 = "/api/v1"
CITY = f"{V1}/riverbend"
ATOM = "{http://www.w3.org/2005/Atom}"


def told(ask: Ask, path: str) -> Any:
    found = ask(path)
    assert found.status_code == 200, found.text
    return found.json()


def test_every_city_is_listed_with_its_version(ask: Ask) -> None:
    rows = told(ask, f"{V1}/cities")["cities"]
    assert [row["city"] for row in rows] == city_slugs(data_root())
    riverbend = next(row for row in rows if row["city"] == "riverbend")
    assert riverbend["invented"] is True
    assert riverbend["data_hash"] == load_city("riverbend", data=data_root()).data_hash


def test_a_city_says_what_can_be_asked_of_it(ask: Ask) -> None:
    found = told(ask, CITY)
    assert [one["indicator"] for one in found["indicators"]] == sorted(catalogue())
    for url in [one["link"] for one in found["indicators"]] + list(found["links"].values()):
        assert ask(urlsplit(url).path).status_code == 200


def test_a_measured_table_holds_the_numbers_of_the_pages(ask: Ask) -> None:
    found = told(ask, f"{CITY}/measures/findings?by=year,place&place=heron-flats&unit=allegation")
    query = Query(by=("year", "place"), filters=(("place", ("heron-flats",)),), unit="allegation")
    wanted = measure(load_city("riverbend", data=data_root()), "findings", query)
    assert isinstance(wanted, Measured)
    assert [row["value"] for row in found["rows"]] == [
        plain(value) for value in wanted.table["value"]
    ]
    assert found["total"] == len(wanted.table)
    assert found["filters"] == ["Place: Heron Flats"]
    assert found["method_version"] == METHOD_VERSION
    assert found["sources"][0]["licence"]
    assert found["reproduce"].startswith("trustboard measure riverbend findings --by year")


def test_every_filter_of_the_command_line_is_understood(ask: Ask) -> None:
    path = f"{CITY}/measures/complaints-received"
    parts = "from=2020&to=2022-06&district=hill&category=use_of_force&filed_by=civilian"
    short = told(ask, f"{path}?{parts}")
    same = told(
        ask,
        f"{path}?from=2020-01-01&to=2022-06-30&where=district=hill&where=category=use_of_force"
        "&where=filed_by=civilian",
    )
    assert short["rows"] == same["rows"]
    assert "--from 2020-01-01 --to 2022-06-30" in short["reproduce"]


def test_a_long_table_comes_in_pages_that_meet(ask: Ask) -> None:
    path = f"{CITY}/measures/complaints-received?by=month"
    whole = told(ask, path)["rows"]
    url, joined = f"{path}&limit=50", []
    while url:
        page = told(ask, url)
        joined += page["rows"]
        url = page["next"] and page["next"].removeprefix("http://board.test")
    assert joined == whole
    assert told(ask, f"{path}&offset=9999")["rows"] == []


def test_the_rows_behind_a_number_are_as_many_as_it_says(ask: Ask) -> None:
    found = told(ask, f"{CITY}/measures/complaints-received?from=2021&to=2021&place=heron-flats")
    rows = told(ask, found["rows_behind"].removeprefix("http://board.test"))
    assert rows["total"] == len(rows["rows"]) == found["rows"][0]["n"]
    assert {row["place"] for row in rows["rows"]} == {"heron-flats"}


def test_csv_begins_with_what_it_holds_unless_asked_not_to(ask: Ask) -> None:
    found = ask(f"{CITY}/measures/findings?format=csv&by=year")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="riverbend-findings-by-year.csv"' in found.headers["content-disposition"]
    assert found.text.startswith("# Title,Findings")
    bare = ask(f"{CITY}/measures/findings?format=csv&by=year&about=no").text
    assert found.text.endswith(bare)
    assert next(csv.reader(io.StringIO(bare)))[0] == "period"
    rows = ask(f"{CITY}/measures/findings/rows?format=csv&about=no&limit=3").text
    assert len(rows.splitlines()) == 4


def test_what_cannot_be_told_is_an_answer_with_its_reason(ask: Ask) -> None:
    found = told(ask, f"{V1}/st-louis/measures/findings")
    assert found["rows"] == []
    assert found["cannot_tell"]
    assert found["would_resolve"]
    as_csv = ask(f"{V1}/st-louis/measures/findings?format=csv")
    assert as_csv.status_code == 404  # an empty table would look like zeros
    assert found["cannot_tell"] in as_csv.json()["detail"]


def test_missing_numbers_and_limits_not_reached_are_null(ask: Ask) -> None:
    text = ask(f"{CITY}/measures/days-to-close?by=month&place=clocktower").text
    assert not re.search(r"\b(NaN|Infinity)\b", text)
    assert '"value": null' in text


def test_promises_and_verdicts_are_those_of_the_pages(ask: Ask) -> None:
    city = load_city("riverbend", data=data_root())
    said = told(ask, f"{CITY}/commitments")["commitments"]
    assert [one["id"] for one in said] == [one.id for one in city.commitments]
    found = told(ask, f"{CITY}/verdicts")["verdicts"]
    for one, wanted in zip(found, assess_all(city), strict=True):
        assert [t["sentence"] for t in one["tests"]] == [t.sentence for t in wanted.tests]


@pytest.mark.parametrize("slug", ["riverbend", "st-louis"])
def test_linked_data_give_each_verdict_words_and_never_a_number(ask: Ask, slug: str) -> None:
    found = ask(f"{V1}/{slug}/verdicts?format=jsonld")
    assert found.headers["content-type"] == "application/ld+json"
    graph = found.json()["@graph"]
    assert found.json()["@context"] == "https://schema.org"
    [data] = [one for one in graph if one["@type"] == "Dataset"]
    assert data["license"]
    assert data["isBasedOn"][0]["creator"]["name"]
    reviews = [one for one in graph if one["@type"] == "ClaimReview"]
    assert reviews
    for one in reviews:
        assert one["reviewRating"]["alternateName"]
        assert set(one["reviewRating"]) == {"@type", "alternateName"}
        assert one["claimReviewed"]
        assert one["itemReviewed"]["author"]["jobTitle"]
    assert len({one["@id"] for one in reviews}) == len(reviews)


def test_the_sources_account_for_every_row(ask: Ask) -> None:
    for table in told(ask, f"{CITY}/sources")["tables"]:
        rows = table["rows"]
        assert rows["read"] == rows["kept"] + rows["kept_aside"] + rows["dropped"]
        assert re.fullmatch(r"[0-9a-f]{64}", table["sha256"])


def test_the_whole_city_is_one_file(ask: Ask) -> None:
    found = ask(f"{CITY}/package")
    assert found.headers["content-type"] == "application/zip"
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(found.content)).namelist()


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the descriptions of a real city, with its promises; give its folder."""
    folder = tmp_path / "cities" / "st-louis"
    folder.mkdir(parents=True)
    for file in (data_root() / "st-louis").glob("*.yml"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("TRUSTBOARD_DATA", str(folder.parent))
    return folder


def test_the_history_and_its_feed_tell_every_change(ask: Ask, town: Path) -> None:
    city = shared.opened("st-louis").city
    assert told(ask, f"{V1}/st-louis/history")["entries"] == []
    before = ask(f"{V1}/st-louis/history").headers["etag"]
    added = history.record(assess_all(city), city, town / history.FILE)
    found = ask(f"{V1}/st-louis/history?limit=2&offset=1")
    assert found.json()["total"] == len(added) > 3
    assert [one["hash"] for one in found.json()["entries"]] == [one.hash for one in added[1:3]]
    assert found.headers["etag"] != before
    feed = Xml.fromstring(ask(f"{V1}/st-louis/feeds/verdicts.atom").content)  # noqa: S314 - ours
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(added)
    assert any("Cannot tell: " in str(one.findtext(f"{ATOM}title")) for one in entries)
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)


def test_a_log_that_was_tampered_with_is_reported_and_not_shown(ask: Ask, town: Path) -> None:
    (town / history.FILE).write_text('{"outcome": "KEPT"}\n')
    found = told(ask, f"{V1}/st-louis/history")
    assert found["problems"]
    assert found["entries"] == []


def test_the_feed_of_data_names_every_table_and_version(ask: Ask) -> None:
    feed = Xml.fromstring(ask(f"{CITY}/feeds/data.atom").content)  # noqa: S314 - ours
    for name in ("id", "title", "updated", "author", "link"):
        assert feed.find(f"{ATOM}{name}") is not None
    summaries = [str(one.findtext(f"{ATOM}summary")) for one in feed.findall(f"{ATOM}entry")]
    for table in load_city("riverbend", data=data_root()).tables.values():
        assert any(table.sha256 in summary for summary in summaries)


def test_an_answer_is_sent_again_only_when_it_has_changed(ask: Ask) -> None:
    for path in ("", "/verdicts", "/measures/findings?by=year", "/package", "/history"):
        tag = ask(CITY + path).headers["etag"]
        again = ask(CITY + path, headers={"If-None-Match": f'"other", {tag}'})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
        other = ask(CITY + path, headers={"If-None-Match": '"other"'})
        assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/measures/findings?place=nowhere",
        "/measures/findings/rows?place=nowhere",
        "/measures/findings/citation?place=nowhere",
        "/verdicts?commitment=none",
        "/verdicts/rows?commitment=none&test=none",
        "/verdicts/table?commitment=open-books&test=rows-for-everybody",
        "/events?place=nowhere",
    ],
)
@pytest.mark.parametrize("held", ["*", "this version"])
def test_whoever_holds_the_version_of_a_city_is_still_told_of_an_answer_that_is_not(
    ask: Ask, path: str, held: str
) -> None:
    tag = "*" if held == "*" else ask(f"{CITY}/measures/findings?by=year").headers["etag"]
    found = ask(CITY + path, headers={"If-None-Match": tag})
    assert found.status_code == ask(CITY + path).status_code
    assert found.status_code in (400, 404)


def test_the_version_changes_with_the_data_and_with_the_promises(ask: Ask, town: Path) -> None:
    path = f"{V1}/st-louis/commitments"
    tags = [ask(path).headers["etag"]]
    file = town / "commitments.yml"
    file.write_text(file.read_text().replace("John Hayden", "J. Hayden"))
    tags.append(ask(path).headers["etag"])
    described = town / "city.yml"
    described.write_text(described.read_text() + "\n# another version\n")
    tags.append(ask(path).headers["etag"])
    assert len(set(tags)) == 3


def test_answers_are_compressed_for_those_who_take_it(ask: Ask) -> None:
    plain = ask(CITY, headers={"Accept-Encoding": "identity"})
    packed = ask(CITY, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content  # the client unpacks
    assert int(packed.headers["content-length"]) < len(gzip.compress(plain.content)) * 1.2


def test_pages_of_other_sites_may_read_and_ask(ask: Ask) -> None:
    assert ask(f"{V1}/cities").headers["access-control-allow-origin"] == "*"
    asked = ask(f"{V1}/cities", method="OPTIONS", headers={"Origin": "https://a.example"})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


def test_the_page_explains_with_examples_that_work(ask: Ask) -> None:
    page = ask("/api").text
    links = [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]+)"', page)]
    inside = [url.removeprefix("http://board.test") for url in links]
    examples = [url for url in inside if url.startswith(V1)]
    assert len(examples) >= 12
    assert {ask(url).status_code for url in examples} == {200}
    assert "<script" not in page


def test_the_faults_of_the_data_come_as_json_and_as_csv_with_the_same_rows(ask: Ask) -> None:
    found = told(ask, f"{CITY}/quality")
    wanted = quality(load_city("riverbend", data=data_root()))
    assert [one["table"] for one in found["tables"]] == list(COLUMNS)
    for one in found["tables"]:
        assert one["answer"] == wanted[one["table"]].said
        assert len(one["rows"]) == len(wanted[one["table"]].table)
        answer = ask(urlsplit(one["csv"])._replace(scheme="", netloc="").geturl() + "&about=no")
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(rows) == len(one["rows"])
        assert answer.text.splitlines()[0].split(",") == list(COLUMNS[one["table"]])
    one_table = told(ask, f"{CITY}/quality?table=dates")["tables"]
    assert [one["table"] for one in one_table] == ["dates"]
    said = ask(f"{CITY}/quality?table=dates&format=csv").text
    assert f"# Reproduce,trustboard quality riverbend --table dates --pin {found['pin']}" in said
    assert "# Citation,TrustBoard. “" in said or '# Citation,"TrustBoard. “' in said
    book = load_workbook(io.BytesIO(ask(f"{CITY}/quality?table=dates&format=xlsx").content))
    lines = list(book["table"].iter_rows(values_only=True))
    assert list(lines[0]) == list(COLUMNS["dates"])
    assert len(lines) == 1 + len(wanted["dates"].table)


def test_faults_that_nobody_can_ask_for_are_refused_by_name(ask: Ask) -> None:
    for query, blamed in (("format=xml", "format"), ("table=rumours", "table"), ("by=year", "by")):
        answer = ask(f"{CITY}/quality?{query}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, blamed)
    every = ask(f"{CITY}/quality?format=csv&about=no").text
    assert every == ask(f"{CITY}/quality?format=csv&about=no&table=checks").text


def test_crawlers_are_told_where_to_look(ask: Ask) -> None:
    assert "Sitemap: http://board.test/sitemap.xml" in ask("/robots.txt").text
    listed = ask("/sitemap.xml").text
    assert "<loc>http://board.test/complaints?city=riverbend</loc>" in listed


def test_the_address_of_the_site_is_the_one_it_was_given(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = ask("/robots.txt", headers={"Host": 'evil"><script>'})
    assert "Sitemap: http://localhost/sitemap.xml" in hostile.text
    monkeypatch.setenv("TRUSTBOARD_URL", "https://board.example/")
    assert "Sitemap: https://board.example/sitemap.xml" in ask("/robots.txt").text
