"""The fast way to read a CSV file gives what the careful way gives, or declines."""

from __future__ import annotations

import string
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustboard import csv_rows
from trustboard.cells import Fault, convert, stands_for_itself
from trustboard.city import Column
from trustboard.errors import DataProblem, UnreadableFileError

CELLS = st.text(alphabet='ab ,;\t"\r\n\\é\u2028\x0b\x0c\x1c0', max_size=6)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6)


def _careful(text: str) -> tuple[Any, ...]:
    problems: list[DataProblem] = []
    try:
        frame, lines, bad = csv_rows._with_care(text, name="a.csv", problems=problems)
    except UnreadableFileError as error:
        return ("unreadable", str(error))
    return frame.to_dict("list"), list(lines), bad.to_dict("list"), problems


def _either(text: str) -> tuple[Any, ...]:
    problems: list[DataProblem] = []
    try:
        frame, lines, bad = csv_rows.read_csv(text, name="a.csv", problems=problems)
    except UnreadableFileError as error:
        return ("unreadable", str(error))
    assert all(str(kind) == "str" for kind in frame.dtypes)
    return frame.to_dict("list"), list(lines), bad.to_dict("list"), problems


@settings(max_examples=400, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", "\n\n"]))
def test_any_text_is_read_the_same_way_fast_or_with_care(
    lines: list[list[str]], ending: str, last: str
) -> None:
    text = ending.join(",".join(cells) for cells in lines) + last
    if text.strip():
        assert _either(text) == _careful(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8))
def test_a_well_formed_file_is_read_the_same_way(rows: list[list[str]]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b"])
    text = frame.to_csv(index=False)
    assert _either(text) == _careful(text)


@pytest.mark.parametrize(
    ("text", "fast"),
    [
        ("a,b\n1,2\n3,4\n", True),
        ('a,b\r\n"1, one","say ""2"""\r\n,""', True),
        ("a,b\n1,2\n\n3,4\n", False),  # an empty line
        ("a,b\n1,2,3\n", False),  # too many cells
        ('a,b\n1,x"y\n2,z"\n', False),  # a mark within a cell
        ('a,b\n"1\n2",3\n', False),  # a line break within a cell
        ('a,b\n"1" ,2\n', False),  # something after the closing mark
        ("a,b\n1\r2,3\n", False),  # a return that ends no line
        ("a,b\n1,\0\n", False),
        ("a,b\n", False),
    ],
)
def test_only_a_file_in_which_nothing_is_in_doubt_is_read_fast(text: str, fast: bool) -> None:
    assert (csv_rows._plain(text) is not None) is fast
    assert _either(text) == _careful(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(alphabet=string.printable + "é\u00a0\u2003\x1c\x85", max_size=8),
        unique=True,
        max_size=12,
    )
)
def test_what_stands_for_itself_is_what_converting_gives_back(texts: list[str]) -> None:
    column = Column(column="id", missing=("N/A", "-"), unreadable=("#VALUE!",))
    texts = [*texts, *({"N/A", "-", "#VALUE!"} - set(texts))]
    given_: dict[str, Any] = {"name": "complaint_id", "kind": "text", "column": column, "words": {}}
    plain = stands_for_itself(pd.Index(texts, dtype="str"), **given_)
    for text, stands in zip(texts, plain, strict=True):
        made = convert(text, **given_)
        assert not stands or (made == text and not isinstance(made, Fault))


@pytest.mark.parametrize("kind", ["term", "date", "number", "yes_no"])
def test_only_plain_text_stands_for_itself(kind: str) -> None:
    index = pd.Index(["abc"], dtype="str")
    given_: dict[str, Any] = {"name": "note", "column": Column(column="x"), "words": {}}
    assert not stands_for_itself(index, kind=kind, **given_).any()
    assert stands_for_itself(index, kind="text", **given_).all()
    worded = {**given_, "words": {"abc": "other"}}
    assert not stands_for_itself(index, kind="text", **worded).any()
