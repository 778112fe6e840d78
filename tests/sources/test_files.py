"""Files: as published, packed, in a zip, or in the city's own folder."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from local_publisher import Publisher, Reply
from pydantic import ValidationError
from trying import SMALL, Watched, declare

from trustboard.reading import read_rows
from trustboard.sources import Fetched
from trustboard.sources.refusals import (
    DamagedAnswerError,
    DeclaredWronglyError,
    ForbiddenAddressError,
    TooLargeError,
)
from trustboard.sources.wire.client import Client

ROWS = 'id,said\n1,café\n2,"a\nb"\n'.encode()
Fetching = Callable[..., Fetched]


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return packed.getvalue()


@pytest.fixture
def fetch(fetching: Fetching, publisher: Publisher) -> Callable[..., Fetched]:
    def run(
        body: bytes, *, name: str = "rows.csv", at: str = "rows.csv", **more: object
    ) -> Fetched:
        publisher.says(Reply(body, kind="application/octet-stream"))
        return fetching(name, kind="file", url=f"{publisher.site}/{at}", **more)

    return run


@pytest.mark.parametrize("body", [ROWS, gzip.compress(ROWS)], ids=["plain", "packed"])
@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_a_csv_is_packed_or_unpacked_as_the_tables_name_says(
    fetch: Fetching, body: bytes, name: str
) -> None:
    fetched = fetch(body, name=name)
    read = read_rows(fetched.table_file, name=name, sheet=None, encoding=None).frame
    assert read.to_numpy().tolist() == [["1", "café"], ["2", "a\nb"]]
    assert (fetched.rows, fetched.columns) == (2, ("id", "said"))
    assert (fetched.table_file.read_bytes()[:2] == b"\x1f\x8b") == name.endswith(".gz")


def test_progress_knows_the_size_of_a_single_file(fetch: Fetching, watched: Watched) -> None:
    fetch(ROWS)
    assert watched.total_bytes == watched.bytes == len(ROWS)


def test_geojson_that_is_cut_off_is_refused(fetch: Fetching, tmp_path: Path) -> None:
    with pytest.raises(DamagedAnswerError, match="cut off"):
        fetch(b'{"type": "FeatureCollection", "features": [', name="map.geojson", at="map.geojson")
    assert not (tmp_path / "new" / "map.geojson").exists()


def test_a_csv_in_another_encoding_keeps_its_bytes(fetch: Fetching) -> None:
    body = "id;said\n1;café\n".encode("cp1252")
    fetched = fetch(body)
    assert fetched.table_file.read_bytes() == body
    assert fetched.columns == ("id", "said")


def test_excel_and_parquet_files_stay_as_they_are(fetch: Fetching) -> None:
    frame = pd.DataFrame({"id": ["1", "2"], "said": ["a", "b"]})
    for name, write in (("rows.xlsx", frame.to_excel), ("rows.parquet", frame.to_parquet)):
        body = io.BytesIO()
        write(body, index=False)
        fetched = fetch(body.getvalue(), name=name, at=name)
        assert fetched.table_file.read_bytes() == body.getvalue()
        assert fetched.rows is None
        read = read_rows(fetched.table_file, name=name, sheet=None, encoding=None).frame
        assert read.to_numpy().tolist() == [["1", "a"], ["2", "b"]]


@pytest.mark.parametrize(("name", "body"), [("rows.xlsx", ROWS), ("rows.csv", _zip({"a": ROWS}))])
def test_a_file_of_another_kind_than_the_table_is_refused(
    fetch: Fetching, name: str, body: bytes, tmp_path: Path
) -> None:
    with pytest.raises(DeclaredWronglyError, match="ending"):
        fetch(body, name=name)
    assert not (tmp_path / "new" / name).exists()


def test_the_named_member_of_a_zip_is_taken_or_the_only_one(fetch: Fetching) -> None:
    two = _zip({"read me.txt": b"hello", "in/rows.csv": ROWS})
    assert fetch(two, at="all.zip", member="in/rows.csv").rows == 2
    assert fetch(_zip({"rows.csv": ROWS}), at="all.zip").rows == 2
    with pytest.raises(DeclaredWronglyError, match=r"'read me\.txt', 'in/rows\.csv'"):
        fetch(two, at="all.zip")
    with pytest.raises(DeclaredWronglyError, match="`member`"):
        fetch(two, at="all.zip", member="rows.csv")


@pytest.mark.parametrize("name", ["../../escaped.csv", "/escaped.csv", "..\\escaped.csv"])
def test_a_member_cannot_leave_its_folder(fetch: Fetching, tmp_path: Path, name: str) -> None:
    with pytest.raises(DeclaredWronglyError, match="leaves its folder"):
        fetch(_zip({name: ROWS}), at="all.zip", member=None)
    assert not list(tmp_path.rglob("*escaped*"))


def test_other_members_of_a_zip_are_never_written(fetch: Fetching, tmp_path: Path) -> None:
    body = _zip({"../../escaped.csv": b"evil", "rows.csv": ROWS})
    assert fetch(body, at="all.zip", member="rows.csv").rows == 2
    assert not list(tmp_path.parent.rglob("escaped.csv"))


def test_a_zip_bomb_is_refused_by_what_it_says_it_holds(fetch: Fetching) -> None:
    bomb = _zip({"rows.csv": b"0" * (SMALL.unpacked + 1)})
    assert len(bomb) < 10_000
    with pytest.raises(TooLargeError, match="in a zip"):
        fetch(bomb, at="all.zip")


def test_a_zip_that_understates_what_it_holds_is_refused(fetch: Fetching) -> None:
    honest = _zip({"rows.csv": b"1,2\n" * 1000})
    liar = honest.replace((4000).to_bytes(4, "little"), (40).to_bytes(4, "little"))
    with pytest.raises(DamagedAnswerError):
        fetch(liar, at="all.zip")


def test_a_packed_bomb_and_an_excel_bomb_are_refused(fetch: Fetching, tmp_path: Path) -> None:
    zeros = b"0" * (SMALL.unpacked + 1)
    with pytest.raises(TooLargeError, match="once unpacked"):
        fetch(gzip.compress(zeros))
    with pytest.raises(TooLargeError, match="Excel"):
        fetch(_zip({"xl/sheet1.xml": zeros}), name="rows.xlsx", at="rows.xlsx")
    assert [p.name for p in (tmp_path / "new").glob("rows*")] == []


@pytest.mark.parametrize(
    ("body", "at"),
    [(gzip.compress(ROWS * 99)[:-20], "rows.csv.gz"), (_zip({"rows.csv": ROWS})[:-20], "all.zip")],
    ids=["gzip", "zip"],
)
def test_a_packed_file_that_is_cut_off_is_refused(fetch: Fetching, body: bytes, at: str) -> None:
    with pytest.raises(DamagedAnswerError):
        fetch(body, at=at)


def test_a_file_in_the_citys_folder_is_used_without_any_request(
    fetching: Fetching, tmp_path: Path
) -> None:
    city = tmp_path / "city"
    city.mkdir()
    (city / "drop.csv").write_bytes(ROWS)
    fetched = fetching("rows.csv", kind="file", path="drop.csv", folder=city)
    assert (fetched.rows, fetched.raw) == (2, ())
    with pytest.raises(DeclaredWronglyError, match="no such file"):
        fetching("rows.csv", kind="file", path="gone.csv", folder=city)


def test_a_file_outside_the_citys_folder_is_refused_unless_allowed(
    fetching: Fetching, tmp_path: Path
) -> None:
    (tmp_path / "secret.csv").write_bytes(ROWS)
    (tmp_path / "city").mkdir()
    outside = {"kind": "file", "path": "../secret.csv", "folder": tmp_path / "city"}
    with Client() as strict, pytest.raises(ForbiddenAddressError, match="outside"):
        fetching("rows.csv", client=strict, **outside)
    assert fetching("rows.csv", **outside).rows == 2


@pytest.mark.parametrize(
    "declared",
    [
        {},
        {"url": "https://a.org/x.csv", "path": "x.csv"},
        {"url": "file:///etc/passwd"},
        {"url": "ftp://a.org/x.csv"},
        {"url": "https://user:password@a.org/x.csv"},
        {"url": "https://a.org\\@b.org/x.csv"},
        {"url": "https:///x.csv"},
        {"url": "https://a.org/x.csv", "allow_private": True},
    ],
)
def test_an_address_that_may_not_be_asked_cannot_be_declared(declared: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        declare(kind="file", **declared)


def test_of_what_must_be_read_as_a_whole_less_is_accepted(
    fetching: Fetching, tmp_path: Path
) -> None:
    (tmp_path / "places.geojson").write_bytes(b'{"features": []' + b" " * SMALL.page + b"}")
    with pytest.raises(TooLargeError, match=f"{SMALL.page:,} bytes"):
        fetching("places.geojson", folder=tmp_path, kind="file", path="places.geojson")
    assert SMALL.page < SMALL.unpacked
