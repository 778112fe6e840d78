"""Every city is opened with one command where its publisher answers as its protocol says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dialects import ArcGis, Carto, Ckan, PoliceUk, Row, Soda, as_csv
from local_publisher import Asked, Publisher, Reply
from typer.testing import CliRunner, Result

from documented_rows import FILES, FINDINGS
from trustboard.cli import app
from trustboard.cli.opening import open_city
from trustboard.load import city_slugs, data_root, read_city, store_of
from trustboard.reading import read_rows
from trustboard.snapshots.refresh import fetchable

LAYER = "/arcgis/rest/services/Police/FeatureServer/0"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def table(text: str) -> tuple[Row, list[Row]]:
    head, *rows = csv.reader(io.StringIO(text))
    return head, rows


def answering(kind: str, tables: dict[str, tuple[Row, list[Row]]], fetch: Any) -> Any:
    """Give a publisher of one kind that has these tables (file → columns and rows)."""
    if kind == "police_uk":
        places = [dict(zip(*pair, strict=True)) for pair in _pairs(tables["neighbourhoods.csv"])]
        events = [dict(zip(*pair, strict=True)) for pair in _pairs(tables["events.csv"])]
        of = {p["id"]: [e for e in events if e["neighbourhood"] == p["id"]] for p in places}
        return PoliceUk(places, of)
    columns = list(dict.fromkeys(name for head, _ in tables.values() for name in head))
    wide = max(len(rows) for _, rows in tables.values())
    cells = {
        name: [row[list(head).index(name)] for row in rows]
        for head, rows in tables.values()
        for name in head
    }
    rows = [[(cells[name] + [""] * wide)[n] for name in columns] for n in range(wide)]
    if kind == "ckan":
        (one,), (pair,) = fetch, tables.values()
        return Ckan([], [], url="/complaints.csv", resource=one.resource, file=as_csv(*pair))
    if kind == "socrata":
        by_set = {one.dataset: one for one in fetch}
        return lambda asked: _soda(asked, by_set, tables, columns, rows)
    fields = [{"name": name, "type": "esriFieldTypeString", "domain": None} for name in columns]
    fields.insert(0, {"name": "OBJECTID", "type": "esriFieldTypeOID", "domain": None})
    held = [
        {"OBJECTID": n, **dict(zip(columns, row, strict=True))}
        for n, row in enumerate(rows, start=1)
    ]
    return ArcGis(fields, held)


def _pairs(of: tuple[Row, list[Row]]) -> list[tuple[Row, Row]]:
    return [(of[0], row) for row in of[1]]


def _soda(
    asked: Asked,
    by_set: dict[str, Any],
    tables: dict[str, tuple[Row, list[Row]]],
    columns: Row,
    rows: list[Row],
) -> Reply:
    """One data set for both tables, or one for each, as the city has it."""
    name = asked.path.rpartition("/")[2].partition(".")[0]
    if len(by_set) == 1:
        return Soda(columns, rows, dataset=name)(asked)
    wanted = set(by_set[name].select)
    head, own = next(one for one in tables.values() if wanted <= set(one[0]))
    return Soda(head, own, dataset=name)(asked)


@pytest.fixture
def cities(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy every description, with the server on this machine in the place of each publisher."""
    monkeypatch.setenv("TRUSTBOARD_HOME", str(tmp_path / "home"))
    for slug in city_slugs(data_root()):
        shutil.copytree(data_root() / slug, tmp_path / "data" / slug)
        file = tmp_path / "data" / slug / "city.yml"
        file.write_text(_pointed_at(publisher.site, file.read_text("utf-8")), "utf-8")
    return tmp_path / "data"


def _pointed_at(site: str, text: str) -> str:
    text = re.sub(r"(?m)^( +domain:) \S+$", rf"\1 {site}", text)
    text = re.sub(r"(?m)^( +portal:) \S+$", rf"\1 {site}", text)
    text = re.sub(r"(?m)^( +layer:) \S+$", rf"\1 {site}{LAYER}", text)
    return re.sub(r"(?m)^( +)(kind: (?:carto|police_uk))$", rf"\1\2\n\1site: {site}", text)


@pytest.mark.parametrize("slug", FILES)
def test_a_city_from_documents_is_opened_with_one_command(
    slug: str, cities: Path, publisher: Publisher
) -> None:
    wanted = list(fetchable(read_city(slug, data=cities)).values())
    kinds = {getattr(one.fetch, "kind", "") for one in wanted}
    tables = {name: table(text) for name, text in FILES[slug].items()}
    publisher.answering = answering(*kinds, tables, [one.fetch for one in wanted])
    done = run("refresh", slug, "--allow-private", "--data", cities, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["end"] == "switched"
    city = open_city(slug, data=cities, published=None)
    assert set(city.tables) == set(city.city.tables)
    assert not city.absent
    if slug in FINDINGS:
        findings = city.cases.set_index("complaint_id")["finding"]
        assert {k: (None if v != v else v) for k, v in findings.items()} == FINDINGS[slug]
    assert run("check", slug, "--data", cities).exit_code in {0, 1}


def test_philadelphia_is_opened_with_one_command_and_keeps_its_districts(
    cities: Path, publisher: Publisher, shared_table: Callable[[str], Path]
) -> None:
    """The boundaries with their residents are not fetched; districts are counted all the same."""
    served = {}
    for name, file in (("ppd_complaints", "complaints"), ("ppd_complaint_disciplines", "findings")):
        path = shared_table(f"philadelphia/{file}.csv.gz")
        held = read_rows(path, name=file, sheet=None, encoding=None).frame
        rows = [[str(n), *row] for n, row in enumerate(held.to_numpy().tolist(), start=1)]
        served[name] = (["cartodb_id", *held.columns], rows)
    publisher.answering = Carto(served)
    done = run("refresh", "philadelphia", "--allow-private", "--data", cities)
    assert done.exit_code == 0, done.output
    city = open_city("philadelphia", data=cities, published=None)
    assert len(city.cases) == 3_388
    assert (city.cases["finding"] == "sustained").sum() == 838
    assert (city.cases["place_id"] == "15").sum() == 260
    assert city.absent == ("places",)


def test_a_city_that_lost_a_column_is_kept_as_it_is_now_and_not_used(
    cities: Path, publisher: Publisher
) -> None:
    asked = [one.fetch for one in fetchable(read_city("seattle", data=cities)).values()]
    tables = {name: table(text) for name, text in FILES["seattle"].items()}
    refresh = ("refresh", "seattle", "--allow-private", "--data", cities, "--json")
    publisher.answering = answering("socrata", tables, asked)
    assert json.loads(run(*refresh).stdout)["end"] == "switched"
    head, rows = tables["allegations.csv"]
    tables["allegations.csv"] = (head[:-1], [row[:-1] for row in rows])  # no discipline any more
    publisher.answering = answering("socrata", tables, asked)
    done = run(*refresh)
    told = json.loads(done.stdout)
    assert (done.exit_code, told["end"]) == (1, "held_back")
    (reason,) = told["reasons"]
    assert reason.startswith("outcomes: ")
    assert "the file has no column 'discipline'" in reason
    first, second = store_of("seattle").all()
    assert store_of("seattle").current().id == first.id
    assert "discipline" not in second.manifest.tables["outcomes"].columns


def test_milwaukee_takes_the_complaints_about_the_police_and_keeps_the_whole_file(
    cities: Path, publisher: Publisher
) -> None:
    head, rows = table(FILES["milwaukee"]["complaints.csv"])
    others = [
        ["2019 - Q3", *[""] * 6],
        ["2019-0095", "Milwaukee Fire Department", "Closed", "07/09/2019", "", "Discourtesy", ""],
        ["", "VOIDED - DUPLICATE RECORD", "", "", "", "", ""],
    ]
    resource = "6bde17da-a6a4-4f1c-acf4-c7d2c1cb8e3a"
    whole = as_csv(head, [*others[:2], *rows, others[2]])
    publisher.answering = Ckan([], [], url="/complaints.csv", resource=resource, file=whole)
    done = run("refresh", "milwaukee", "--allow-private", "--data", cities)
    assert done.exit_code == 0, done.output
    city = open_city("milwaukee", data=cities, published=None)
    assert sorted(city.cases["complaint_id"]) == ["2019-0089", "2019-0148"]
    assert set(city.cases["category"]) == {"discourtesy", "competence_1_04"}
    (snapshot,) = store_of("milwaukee").all()
    record = snapshot.manifest.tables["complaints"]
    assert record.notes == (
        "2 rows taken (Department: Milwaukee Police Department), 3 others left out",
    )
    kept = [gzip.decompress((snapshot.folder / one.file).read_bytes()) for one in record.requests]
    assert whole in kept
    closed = [c.replace("Open", "Closed") for c in rows[1]]
    publisher.answering.file = as_csv(head, [rows[0], closed])
    assert run("refresh", "milwaukee", "--allow-private", "--data", cities).exit_code == 0
    told = json.loads(run("diff", "milwaukee", "--data", cities, "--json").stdout)
    difference = told["tables"]["complaints"]
    assert difference["key"] == "IdentificationNumber"
    (changed,) = difference["changed"]
    assert changed == {"key": "2019-0148", "fields": {"Status": {"from": "Open", "to": "Closed"}}}


def test_every_city_that_can_be_refreshed_is_tried_here() -> None:
    able = {s for s in city_slugs(data_root()) if fetchable(read_city(s, data=data_root()))}
    assert able == {*FILES, "philadelphia", "st-louis"}  # st-louis: test_city_boundaries
