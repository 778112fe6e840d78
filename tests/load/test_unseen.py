"""Signs that nobody sees go where text is read; no row goes with them, and the file is named."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustboard.errors import UnreadableFileError
from trustboard.reading import Rows, read_rows
from trustboard.unseen import UNSEEN, without_unseen
from trustboard.yaml_file import YamlFile, read_yaml

HIDDEN = (
    "\x01\x7f\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\U000e0041"
)
#: Letters, with Persian and emoji spelled by signs that are not drawn either.
WORDS = st.text(alphabet="abcÉ ی\u200cم👩\u200d⚖\ufe0f", min_size=1, max_size=8).map(
    lambda w: f"w{w}w"
)
CELLS = st.lists(
    st.tuples(WORDS, st.lists(st.sampled_from(HIDDEN), max_size=3)), min_size=1, max_size=6
)


def read(path: Path) -> Rows:
    return read_rows(path, name=f"published/{path.name}", sheet=None, encoding=None)


def hide(word: str, signs: list[str]) -> str:
    """Put signs into a word, after its first letter."""
    return word[:1] + "".join(signs) + word[1:]


@settings(deadline=None)
@given(CELLS, st.sampled_from(["csv", "parquet", "xlsx"]))
def test_a_file_reads_as_if_the_signs_had_never_been_there(cells, form):
    words = [word for word, _ in cells]
    raw = pd.DataFrame({"no\u202ete": [hide(*one) for one in cells], "id": range(len(cells))})
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{form}"
        if form == "csv":
            raw.to_csv(path, index=False)
        elif form == "parquet":
            raw.to_parquet(path)
        else:  # a workbook cannot hold control characters
            raw = raw.map(lambda cell: cell if isinstance(cell, int) else cell.translate({1: None}))
            raw.to_excel(path, index=False)
        found = read(path)
    assert found.frame["note"].tolist() == words
    assert len(found.frame) + len(found.malformed) == len(cells)
    assert [(one.check, one.line, one.rows) for one in found.problems] == [("unseen_sign", 1, 0)]


@given(st.text(alphabet=st.characters() | st.sampled_from(HIDDEN)))
def test_what_is_left_has_no_such_sign_and_all_else_in_its_order(words):
    left = without_unseen(words)
    assert not UNSEEN.search(left)
    assert left == "".join(one for one in words if not UNSEEN.match(one))
    assert without_unseen(left) == left


def test_the_problem_names_each_sign_and_the_first_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,note\n1,fine\n2,a\u202eb\u200bc\u202e\n", "utf-8")
    (one,) = read(path).problems
    assert one.line == 3
    assert one.found == "3 signs that cannot be seen (U+200B, U+202E), here and below"


def test_a_cell_that_begins_with_a_hidden_sign_still_is_one_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,note\n1,\ufeff"one, two"\n', "utf-8")
    assert read(path).frame["note"].tolist() == ["one, two"]


def test_two_columns_that_look_the_same_are_refused(tmp_path):
    pd.DataFrame({"note": ["a"], "no\u200bte": ["b"]}).to_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text("note,no\u200bte\na,b\n", "utf-8")
    for path in tmp_path.iterdir():
        with pytest.raises(UnreadableFileError):
            read(path)


def test_a_word_with_hidden_signs_is_the_word_that_the_city_describes(open_city):
    city = open_city(complaints="C1,2023-01-10,,,fo\u200brce\nC2,2023-01-20,,,\u202eforce\n")
    account = city.tables["complaints"].accounting
    assert (account.read, account.kept, account.quarantined) == (2, 2, 0)
    assert city.cases["category"].nunique() == 1
    assert [one.check for one in city.problems] == ["unseen_sign"]


def test_no_key_and_no_value_of_a_description_has_such_a_sign(tmp_path):
    path = tmp_path / "city.yml"
    path.write_text('"na\\u202eme": "River\\u200bbend \\x07"\n', "utf-8")
    found = read_yaml(path, name="city.yml")
    assert isinstance(found, YamlFile) and found.values == {"name": "Riverbend "}
    path.write_text('name: a\n"na\\u200bme": b\n', "utf-8")
    assert "stands twice" in read_yaml(path, name="city.yml").found
