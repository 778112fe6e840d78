"""A whole city in one file that others can check and use."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from datetime import date
from typing import Any

import pandas as pd
import pytest

from factories import make_city
from trustboard.citydata import CityData
from trustboard.exports import data_package
from trustboard.exports.package import PROFILE
from trustboard.exports.readme import readme

#: What the published profile of Data Packages demands, by hand.
NAME = re.compile(r"[a-z0-9._/-]+")
TYPES = {"string", "number", "integer", "boolean", "date"}


@pytest.fixture(scope="module")
def packed(riverbend: CityData) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data_package(riverbend)))


@pytest.fixture(scope="module")
def described(packed: zipfile.ZipFile) -> Any:
    return json.loads(packed.read("datapackage.json"))


def test_the_descriptor_has_what_the_profile_requires(described: Any) -> None:
    assert described["$schema"] == PROFILE
    assert NAME.fullmatch(described["name"])
    assert len(described["resources"]) >= 1
    names = [one["name"] for one in described["resources"]]
    assert len(names) == len(set(names))
    for one in described["resources"]:
        assert NAME.fullmatch(one["name"])
        assert isinstance(one["path"], str) != ("data" in one)
        assert not one["path"].startswith(("/", ".", "http"))
    for licence in described["licenses"]:
        assert licence.get("name") or licence.get("path")
        assert re.fullmatch(r"[-a-zA-Z0-9._]+", licence["name"])
    for source in described["sources"]:
        assert source["title"]


def test_every_file_is_there_with_its_size_hash_and_type(
    packed: zipfile.ZipFile, described: Any
) -> None:
    named = {one["path"] for one in described["resources"]}
    assert set(packed.namelist()) == named | {"datapackage.json", "README.md"}
    for one in described["resources"]:
        content = packed.read(one["path"])
        assert one.get("bytes") == (None if one["format"] == "parquet" else len(content))
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["mediatype"]


def test_every_table_is_there_twice_with_its_fields_source_and_licence(
    riverbend: CityData, packed: zipfile.ZipFile, described: Any
) -> None:
    resources = {one["name"]: one for one in described["resources"]}
    for name, table in riverbend.tables.items():
        text = pd.read_csv(io.BytesIO(packed.read(f"data/{name}.csv")), dtype="str")
        binary = pd.read_parquet(io.BytesIO(packed.read(f"data/{name}.parquet")))
        assert len(text) == len(binary) == table.accounting.kept
        for form in (name, f"{name}-parquet"):
            fields = resources[form]["schema"]["fields"]
            assert [field["name"] for field in fields] == list(text) == list(binary)
            assert {field["type"] for field in fields} <= TYPES
            [licence] = resources[form]["licenses"]
            assert licence["title"] == table.spec.source.licence
            assert resources[form]["sources"][0]["path"] == str(table.spec.source.url)
        for field in resources[name]["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum")
            assert allowed is None or set(text[field["name"]].dropna()) <= set(allowed)


def test_nothing_in_it_is_free_text(packed: zipfile.ZipFile) -> None:
    outreach = pd.read_parquet(io.BytesIO(packed.read("data/outreach.parquet")))
    complaints = pd.read_parquet(io.BytesIO(packed.read("data/complaints.parquet")))
    assert not {"what", "venue", "note", "publisher"} & set(outreach)
    assert "incident_id" not in complaints


def test_the_promises_and_verdicts_are_in_it(packed: zipfile.ZipFile, riverbend: CityData) -> None:
    said = json.loads(packed.read("data/commitments.json"))
    judged = json.loads(packed.read("data/verdicts.json"))
    ids = [one.id for one in riverbend.commitments]
    assert [one["id"] for one in said] == [one["commitment"] for one in judged] == ids
    assert all("verdict" not in json.dumps(one["tests"]) for one in said)


def test_invented_data_say_so_wherever_they_are_named(
    packed: zipfile.ZipFile, described: Any
) -> None:
    assert described["invented"] is True
    assert "invented" in described["title"]
    assert "invented" in packed.read("README.md").decode().splitlines()[0]


def test_the_same_city_gives_the_same_bytes() -> None:
    city = make_city(complaints=[("a", "2022-02-01")])
    assert data_package(city) == data_package(city)


def test_a_licence_that_nobody_stated_is_not_made_up() -> None:
    source = {
        "publisher": "P",
        "title": "T",
        "url": "https://example.org",
        "licence": "not stated",
        "retrieved": date(2024, 1, 5),
    }
    city = make_city(complaints=[("a", "2022-02-01")], of_table={"complaints": {"source": source}})
    packed = zipfile.ZipFile(io.BytesIO(data_package(city)))
    [licence] = json.loads(packed.read("datapackage.json"))["licenses"]
    assert licence == {"name": "notspecified", "title": "The publisher states no licence."}


def test_a_city_without_any_rows_can_still_be_packed() -> None:
    packed = zipfile.ZipFile(io.BytesIO(data_package(make_city())))
    described = json.loads(packed.read("datapackage.json"))
    assert described["data_to"] is None
    assert [one["name"] for one in described["resources"]] == ["commitments", "verdicts"]


def test_text_that_could_run_is_made_safe_in_csv_and_kept_as_it_is_in_parquet() -> None:
    city = make_city(complaints=[("=1+1", "2022-02-01")])
    packed = zipfile.ZipFile(io.BytesIO(data_package(city)))
    assert b"'=1+1" in packed.read("data/complaints.csv")
    binary = pd.read_parquet(io.BytesIO(packed.read("data/complaints.parquet")))
    assert list(binary["complaint_id"]) == ["=1+1"]


def test_nothing_in_the_words_of_a_city_is_a_mark_a_link_or_html_in_the_page_of_text() -> None:
    hostile = "<script>x</script> [here](javascript:x) ![i](http://evil.example/x.png) # *b*"
    written = readme(make_city(complaints=[], about=f"St. Louis (a city); {hostile}"))
    assert "St. Louis (a city); " in written  # who reads it as it is sees no signs of ours
    line = next(one for one in written.splitlines() if "evil.example" in one)
    assert re.findall(r"(?<!\\)[\[\]<>*_`&#]", line) == []  # none without the sign that it is none
    assert re.sub(r"\\(.)", r"\1", line) == f"St. Louis (a city); {hostile}"


def test_the_address_of_a_source_can_be_followed_from_the_page_of_text(riverbend: CityData) -> None:
    url = riverbend.tables["complaints"].spec.source.url
    assert f"<{url}>" in readme(riverbend)
