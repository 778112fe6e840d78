"""What `fetch:` may say, and that a type is one file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from local_publisher import Publisher, Reply
from pydantic import ValidationError
from trying import Table, Watched, declare

import trustboard.sources
from trustboard.city import City, TableSpec
from trustboard.sources import FetchRefusedError, fetch_table, open_client
from trustboard.sources.declared import TYPES
from trustboard.sources.refusals import DeclaredWronglyError
from trustboard.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[2]
NEW_TYPE = """
from typing import Literal
from trustboard.sources.base import Fetch


class Ftp(Fetch):
    kind: Literal["carrier_pigeon"]

    def own_hosts(self):
        return frozenset({"loft.example.org"})


def fetch(declared, job):
    return job.finish_rows(("id",), [("1",)])
"""


def test_there_are_six_types_and_each_says_what_it_is_for() -> None:
    assert set(TYPES) == {"file", "socrata", "arcgis", "carto", "ckan", "police_uk"}
    assert all(found.model.__doc__ for found in TYPES.values())


@pytest.mark.parametrize(
    ("declared", "hosts"),
    [
        ({"kind": "file", "url": "https://Data.Example.org/a.csv"}, {"data.example.org"}),
        ({"kind": "file", "url": "https://a.org:443/a.csv"}, {"a.org"}),
        ({"kind": "file", "url": "http://a.org:8080/a.csv"}, {"a.org:8080"}),
        ({"kind": "file", "path": "a.csv"}, set()),
        ({"kind": "socrata", "domain": "data.nola.gov", "dataset": "gz2m-ef5u"}, {"data.nola.gov"}),
        ({"kind": "arcgis", "layer": "https://gis.indy.gov/x/MapServer/5"}, {"gis.indy.gov"}),
        ({"kind": "carto", "account": "phl", "table": "a"}, {"phl.carto.com"}),
        (
            {"kind": "ckan", "portal": "data.gov", "resource": "r", "also_from": ["s3.org"]},
            {"data.gov", "s3.org"},
        ),
        ({"kind": "police_uk", "force": "kent", "what": "events"}, {"data.police.uk"}),
    ],
)
def test_the_hosts_that_will_be_asked_can_be_told_beforehand(
    declared: dict[str, object], hosts: set[str]
) -> None:
    assert declare(**declared).hosts() == hosts


def test_adding_a_type_touches_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "trustboard"
    shutil.copytree(ROOT / "src" / "trustboard", copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "sources" / "carrier_pigeon.py").write_text(NEW_TYPE)
    program = (
        "from pydantic import TypeAdapter\n"
        "from trustboard.sources.declared import AnyFetch\n"
        "found = TypeAdapter(AnyFetch).validate_python({'kind': 'carrier_pigeon'})\n"
        "print(sorted(found.hosts()))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "['loft.example.org']"


def test_opening_a_city_loads_nothing_of_the_network() -> None:
    program = (
        "import sys, trustboard.city\nprint([m for m in sys.modules if m in ('httpx', 'httpcore')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    described = read_yaml(ROOT / "data" / "philadelphia" / "city.yml", name="city.yml")
    values = described.values  # type: ignore[union-attr]
    table = {**values["tables"]["complaints"], "fetch": {"kind": "fax"}}
    with pytest.raises(ValidationError, match="'arcgis', 'carto', 'ckan', 'file'"):
        TableSpec.model_validate(table)


@pytest.mark.parametrize(("city", "tables"), [("philadelphia", 2), ("chicago", 0)])
def test_the_cities_declare_what_can_be_fetched(city: str, tables: int) -> None:
    described = read_yaml(ROOT / "data" / city / "city.yml", name="city.yml")
    read = City.model_validate(described.values)  # type: ignore[union-attr]
    fetched = [spec.fetch for spec in read.tables.values() if spec.fetch]
    assert len(fetched) == tables
    assert all(fetch.hosts() == {"phl.carto.com"} for fetch in fetched)


def test_a_table_without_a_declaration_is_said_to_be_one(tmp_path: Path) -> None:
    with open_client() as client, pytest.raises(DeclaredWronglyError, match="no `fetch`"):
        fetch_table(Table("rows.csv", None), into=tmp_path, client=client, progress=Watched())


def test_private_addresses_are_allowed_by_the_environment_or_the_command_line_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TRUSTBOARD_ALLOW_PRIVATE", raising=False)
    assert not open_client().allow_private
    assert open_client(allow_private=True).allow_private
    monkeypatch.setenv("TRUSTBOARD_ALLOW_PRIVATE", "1")
    assert open_client().allow_private
    with pytest.raises(ValidationError):
        declare(kind="file", path="a.csv", allow_private=True)


@pytest.mark.parametrize("kind", ["arcgis", "carto", "ckan", "police_uk", "socrata"])
@pytest.mark.parametrize(
    "body",
    [
        "null",
        "{}",
        "[[1]]",
        '[{"count": null}]',
        '{"rows": [{}]}',
        '{"success": true, "result": {"total": "many"}}',
        '{"success": true, "result": {"total": 1, "fields": [1], "records": "x"}}',
        '{"fields": [{"name": "id"}], "objectIdField": "id", "objectIds": ["a"]}',
        '{"fields": 7}',
        '{"error": null}',
        "[" * 50_000,
    ],
    ids=lambda body: body[:24],
)
def test_an_answer_of_any_other_form_is_a_refusal_in_words(
    fetching: Callable[..., object], publisher: Publisher, tmp_path: Path, kind: str, body: str
) -> None:
    publisher.says(Reply(body.encode()))
    where = {
        "arcgis": {"layer": f"{publisher.site}/0"},
        "carto": {"account": "a", "site": publisher.site, "table": "t"},
        "ckan": {"portal": publisher.site, "resource": "r"},
        "police_uk": {"site": publisher.site, "force": "kent", "what": "events"},
        "socrata": {"domain": publisher.site, "dataset": "abcd-1234"},
    }
    with pytest.raises(FetchRefusedError) as refused:
        fetching("rows.csv", kind=kind, **where[kind])
    assert refused.value.fix
    assert not (tmp_path / "new" / "rows.csv").exists()


def test_everything_for_other_parts_can_be_had_from_the_package() -> None:
    assert all(hasattr(trustboard.sources, name) for name in trustboard.sources.__all__)
