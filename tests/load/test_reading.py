"""Reading files: any encoding, any of the formats, and clear words for what cannot be read."""

import gzip
import io
import json

import pandas as pd
import pytest

from trustboard.errors import UnreadableFileError
from trustboard.reading import read_rows

TEXT = "id,venue\n1,Café Zürich\n2,naïve façade\n"


def read(path):
    return read_rows(path, name=path.name, sheet=None, encoding=None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_or_without_a_mark_is_read(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    rows = read(path)
    assert rows.frame["venue"].tolist() == ["Café Zürich", "naïve façade"]
    assert list(rows.frame.columns) == ["id", "venue"]


def test_an_older_encoding_is_recognised_and_said(tmp_path):
    path = tmp_path / "a.csv"
    sentence = "Réunion de quartier à l'église avec élèves et forêt près du café.\n"
    path.write_bytes(
        ("id,venue\n" + "".join(f"{n},{sentence}" for n in range(20))).encode("cp1252")
    )
    rows = read(path)
    assert "église" in rows.frame["venue"].iloc[0]
    assert [problem.check for problem in rows.problems] == ["encoding"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_taken_from_the_header(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace(",", delimiter), "utf-8")
    assert read(path).frame.shape == (2, 2)


def test_gzip_excel_parquet_and_geojson_give_the_same_rows_as_csv(tmp_path):
    frame = pd.DataFrame(
        {"id": [1, 2], "day": pd.to_datetime(["2023-01-10", None]), "x": ["a", None]}
    )
    wanted = [["1", "2023-01-10", "a"], ["2", "", ""]]
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,day,x\n1,2023-01-10,a\n2,,\n"))
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    features = [
        {
            "type": "Feature",
            "properties": {"id": 1, "day": "2023-01-10", "x": "a"},
            "geometry": None,
        },
        {"type": "Feature", "properties": {"id": 2, "day": None, "x": None}, "geometry": None},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (tmp_path / "a.geojson").write_text(text, "utf-8")
    for name in ("a.csv.gz", "a.parquet", "a.xlsx", "a.geojson"):
        rows = read(tmp_path / name)
        assert rows.frame.to_numpy().tolist() == wanted, name
        assert list(rows.lines) == [2, 3], name


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"", "an empty file"),
        ("a.csv", b"id,id\n1,2\n", "twice"),
        ("a.csv.gz", b"not gzip", "damaged .gz"),
        ("a.csv.gz", gzip.compress(b"id\n1\n")[:-6], "damaged .gz"),
        ("a.xlsx", b"not excel", "Excel"),
        ("a.parquet", b"not parquet", "Arrow"),
        ("a.pdf", b"%PDF", "a .pdf file"),
    ],
)
def test_a_file_that_is_no_table_says_what_was_found_and_how_to_fix_it(
    tmp_path, name, content, found
):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=found) as caught:
        read(path)
    assert caught.value.fix


def test_a_gzip_that_unpacks_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("trustboard.reading.LARGEST_UNPACKED", 1000)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id\n" + b"1\n" * 1000))
    with pytest.raises(UnreadableFileError, match="1,000 bytes"):
        read(path)


def test_unusual_line_separators_inside_cells_do_not_shift_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(io.BytesIO("id,venue\n1,a\u2028b\x0bc\n2,d\n".encode()).getvalue())
    assert list(read(path).lines) == [2, 3]
