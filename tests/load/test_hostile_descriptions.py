"""A description made to exhaust the reader is refused with its line; nothing else falls."""

import time

import pytest

from trustboard.errors import CannotRunError, DataProblem
from trustboard.load import load_city
from trustboard.patterns import flaw_of, longest_cell
from trustboard.yaml_file import LARGEST_FILE, read_yaml

ROW = "C1,2023-01-10,,,force\n"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


def read(tmp_path, text):
    path = tmp_path / "a.yml"
    path.write_text(text, "utf-8")
    found = read_yaml(path, name="a.yml")
    assert isinstance(found, DataProblem)
    return found


def test_values_that_unfold_without_end_are_refused_with_their_line(tmp_path):
    found = read(tmp_path, BOMB)
    assert "unfolds" in found.found
    assert found.line == 6


@pytest.mark.parametrize(
    "text", ["a: &x [*x]\n", "a: &x {b: *x}\n", "a: &x\n  <<: *x\n"], ids=["list", "map", "merge"]
)
def test_a_value_that_contains_itself_is_refused(tmp_path, text):
    found = read(tmp_path, text)
    assert "contains itself" in found.found
    assert found.line is not None


def test_values_nested_too_deeply_are_refused(tmp_path):
    assert "nested too deeply" in read(tmp_path, "a: " + "[" * 20_000 + "]" * 20_000).found


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "? {a: b}\n: c\n"])
def test_a_key_that_is_not_a_word_is_refused_with_its_line(tmp_path, text):
    found = read(tmp_path, text)
    assert "key" in found.found
    assert found.line == 1


@pytest.mark.parametrize("value", ['!!int ""', "!!bool maybe", "!!timestamp soon", "!!float x"])
def test_a_value_that_does_not_fit_its_tag_is_refused(tmp_path, value):
    assert read(tmp_path, f"a: {value}\n").check == "yaml"


def test_a_description_larger_than_people_write_is_refused(tmp_path):
    assert "bytes" in read(tmp_path, "a: " + "x" * LARGEST_FILE).found


def test_a_hostile_list_of_commitments_leaves_the_rows_countable(open_city):
    for text in (BOMB, "commitments: &x [*x]\n", "? [a]\n: b\n", "commitments: " + "[" * 20_000):
        city = open_city(complaints=ROW, files={"commitments.yml": text})
        assert len(city.cases) == 1
        assert [one.check for one in city.problems if one.file == "commitments.yml"] == ["yaml"]


def describe(replace):
    column = {"column": "category", "replace": [replace]}
    columns = {"complaint_id": "id", "filed_on": "filed", "category": column}
    return {"complaints": {"columns": columns}}


@pytest.mark.parametrize(
    ("pattern", "template"),
    [
        ("(a+)+$", "b"),
        ("(a|aa)+$", "b"),
        ("(.*)*x", "b"),
        ("(a?){30}a{30}", "b"),
        ("(?=(a+)+)b", "c"),
        (".*.*.*.*x", "b"),
        ("((", "b"),
        ("a", r"\9"),
        ("(" * 5000 + ")" * 5000, ""),
    ],
)
def test_a_pattern_that_cannot_be_made_or_could_run_for_ever_names_its_line(
    open_city, pattern, template
):
    with pytest.raises(CannotRunError, match=r"city.yml line \d+, column .*replace\.0"):
        open_city(complaints=ROW, describe=describe({"pattern": pattern, "with": template}))


@pytest.mark.parametrize(
    ("pattern", "template"),
    [
        (r"^(\d{2})00$", r"\1"),
        (r"^(\d+ - \d+ (DAY )?)?SUSPENSION$", "SUSPENSION"),
        (r"^Suspended \d+ days$", "Suspended"),
        (r"(\d{3},)*x", ""),
        (r"\s+$", ""),
    ],
)
def test_patterns_that_clean_published_words_are_accepted(pattern, template):
    assert flaw_of(pattern, template) is None


def test_a_cell_too_long_to_search_is_taken_as_not_known_and_listed(open_city):
    pattern = ".*.*.*x"
    cell = "a" * (longest_cell(pattern) + 1)
    started = time.monotonic()
    city = open_city(
        complaints=f"C1,2023-01-10,,,{cell}\nC2,2023-01-10,,,force\n",
        describe=describe({"pattern": pattern, "with": ""}),
    )
    assert time.monotonic() - started < 20
    assert city.cases["category"].isna().tolist() == [True, False]
    assert [one.check for one in city.problems] == ["unreadable_cell"]


@pytest.mark.parametrize("file", ["../../../etc/hosts", "/etc/hosts", "a/../../b.geojson"])
def test_boundaries_are_read_from_below_the_published_folder_only(open_city, file):
    drawn = {"map": {"kind": "boundaries", "file": file, "id_property": "id"}}
    with pytest.raises(CannotRunError, match=r"map\.file"):
        open_city(complaints=ROW, city={"places": drawn})


def test_boundaries_nested_too_deeply_are_reported_and_the_rows_still_count(open_city):
    drawn = {"map": {"kind": "boundaries", "file": "b.geojson", "id_property": "id"}}
    city = open_city(complaints=ROW, city={"places": drawn})
    (city.folder / "published" / "b.geojson").write_text("[" * 200_000, "utf-8")
    again = load_city("tiny", data=city.folder.parent)
    assert again.boundaries is None
    assert [one.check for one in again.problems] == ["unreadable_file"]
    assert len(again.cases) == 1


@pytest.mark.parametrize(
    "coverage",
    [
        {"from": "0001-01-01", "to": "2024-06-30"},
        {"from": "2023-01-01", "to": "9999-12-31"},
        {"from": "2023-01-01", "to": "2024-06-30", "settles_after_months": 10**11},
        {"from": "2023-01-01", "to": "2024-06-30", "publishing_interval_months": float("inf")},
        {"from": "2023-01-01", "to": "2024-06-30", "publishing_interval_months": float("nan")},
    ],
)
def test_a_coverage_outside_all_calendars_is_refused(open_city, coverage):
    with pytest.raises(CannotRunError, match="coverage"):
        open_city(complaints=ROW, describe={"complaints": {"coverage": coverage}})
