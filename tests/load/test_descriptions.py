"""Errors in city.yml, commitments.yml and corrections.yml name their line and take nothing down."""

import pytest

from trustboard.errors import CannotRunError
from trustboard.formats import flaw_of_format
from trustboard.load import load_city
from trustboard.yaml_file import YamlFile, read_yaml

ROW = "C1,2023-01-10,,,force\n"
COMMITMENT = """commitments:
  - id: good
    title: A promise
    statement: Something was promised.
    said_by: {name: A. Mayor, office: Mayor}
    said_on: 2023-01-05
    where: City hall
    topic: openness
    source: {publisher: A paper, url: "https://example.org/a"}
    not_measurable: {why: No number was named., would_need: A number.}
  - id: bad
    title: Another promise
    statement: Something was promised.
    said_by: {name: A. Mayor, office: Mayor}
    said_on: yesterday
    where: City hall
    topic: openness
    source: {publisher: A paper, url: "https://example.org/a"}
    not_measurable: {why: No number was named., would_need: A number.}
"""


def test_a_bad_commitment_names_its_line_and_the_others_still_show(open_city):
    city = open_city(complaints=ROW, files={"commitments.yml": COMMITMENT})
    assert [one.id for one in city.commitments] == ["good"]
    problem = city.problems[-1]
    assert (problem.file, problem.line) == ("commitments.yml", 15)
    assert "yesterday" in problem.found


def test_two_commitments_with_one_id_are_an_error(open_city):
    twice = COMMITMENT.replace("id: bad", "id: good").replace("yesterday", "2023-01-06")
    city = open_city(complaints=ROW, files={"commitments.yml": twice})
    assert [one.id for one in city.commitments] == ["good"]
    assert city.problems[-1].line == 11


def test_a_file_that_is_not_yaml_names_the_line(open_city):
    city = open_city(complaints=ROW, files={"commitments.yml": "commitments:\n  - id: [a\n"})
    assert city.commitments == ()
    assert city.problems[-1].check == "yaml"
    assert city.problems[-1].line is not None


def test_a_city_description_with_an_unknown_key_cannot_be_opened_and_names_the_line(open_city):
    city = open_city(complaints=ROW)
    path = city.folder / "city.yml"
    path.write_text(path.read_text("utf-8") + "colour: blue\n", "utf-8")
    with pytest.raises(CannotRunError, match=r"city.yml line \d+, column colour") as caught:
        load_city("tiny", data=city.folder.parent)
    assert caught.value.problems[0].line == len(path.read_text("utf-8").splitlines())


def test_yaml_words_stay_words(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("on: no\n'0900': 010\n15: true\n", "utf-8")
    file = read_yaml(path, name="a.yml")
    assert isinstance(file, YamlFile)
    assert file.values == {"on": "no", "0900": "010", "15": True}


def test_a_key_that_stands_twice_is_an_error(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("a: 1\nb: 2\na: 3\n", "utf-8")
    problem = read_yaml(path, name="a.yml")
    assert problem.line == 3
    assert "twice" in problem.found


CORRECTION = """corrections:
  - table: complaints
    where: {id: C1}
    column: filed
    expect: 2023-01-10
    replace: "2023-01-11"
    reason: The publisher confirmed a typing error.
    source: https://example.org/letter
    on: 2024-01-01
""".replace("expect: 2023-01-10", 'expect: "2023-01-10"')


def test_a_correction_changes_the_cell_it_was_written_for(open_city):
    city = open_city(complaints=ROW, files={"corrections.yml": CORRECTION})
    assert str(city.cases["filed_on"].iloc[0].date()) == "2023-01-11"
    assert city.problems == ()


def test_a_correction_reports_itself_once_the_publisher_has_fixed_the_error(open_city):
    fixed = ROW.replace("2023-01-10", "2023-01-12")
    city = open_city(complaints=fixed, files={"corrections.yml": CORRECTION})
    assert str(city.cases["filed_on"].iloc[0].date()) == "2023-01-12"
    problem = city.problems[0]
    assert (problem.check, problem.file, problem.line) == (
        "obsolete_correction",
        "corrections.yml",
        2,
    )


def test_derivations_pick_join_replace_and_divide(open_city):
    columns = {
        "complaint_id": {"join": ["id", "category"], "glue": "-"},
        "filed_on": {"column": "filed", "date": ["%d/%m/%Y", "%Y-%m-%d"]},
        "closed_on": "closed",
        "place_id": {"column": "place", "divide_by": 100},
        "category": {"first_of": ["category", "id"]},
        "filed_by": {"constant": "civilian"},
    }
    city = open_city(
        complaints="1,10/01/2023,,1014.0,Force\n2,2023-01-11,,821,\n",
        describe={"complaints": {"columns": columns, "row_id": None}},
    )
    frame = city.tables["complaints"].frame
    assert frame["complaint_id"].tolist() == ["1-Force", "2-"]
    assert frame["place_id"].tolist() == ["10", "8"]
    assert frame["category"].tolist() == ["force", "2"]
    assert set(frame["filed_by"]) == {"civilian"}
    assert frame["filed_on"].dt.strftime("%F").tolist() == ["2023-01-10", "2023-01-11"]


TESTED = """commitments:
  - id: fewer
    title: Fewer complaints
    statement: Fewer complaints were promised.
    said_by: {name: A. Mayor, office: Mayor}
    said_on: 2023-01-05
    where: City hall
    topic: openness
    source: {publisher: A paper, url: "https://example.org/a"}
    tests:
      - id: wrong-side
        kind: change
        question: Are there fewer?
        indicator: complaints-received
        direction: decrease
        target_change: 0.2
      - id: usable
        kind: change
        question: Are there fewer?
        indicator: complaints-received
        direction: decrease
"""


def test_a_badly_defined_test_names_its_line_and_the_other_tests_still_show(open_city):
    city = open_city(complaints=ROW, files={"commitments.yml": TESTED})
    assert [test.id for test in city.commitments[0].tests] == ["usable"]
    problem = city.problems[-1]
    assert (problem.file, problem.line) == ("commitments.yml", 16)
    assert "wrong side" in problem.found
    assert problem.fix


@pytest.mark.parametrize(
    ("wrong", "change"),
    [
        ("latin-99", {"encoding": "latin-99"}),
        ("base64", {"encoding": "base64"}),  # no text in bytes
        *(
            (
                form,
                {
                    "columns": {
                        "complaint_id": "id",
                        "filed_on": {"column": "filed", "date": [form]},
                    }
                },
            )
            for form in ("YYYY-MM-DD", "%Y-%Q", "%m/%d", "%Y%Y", "%Y-%")
        ),
    ],
)
def test_an_encoding_or_a_format_that_does_not_exist_is_found_once_with_its_line(
    open_city, tmp_path, wrong, change
):
    with pytest.raises(
        CannotRunError, match=r"there is no encoding|is not a format of dates"
    ) as caught:
        open_city(complaints=ROW * 50, describe={"complaints": change})
    [problem] = caught.value.problems  # one, however many rows there are
    lines = (tmp_path / "tiny" / "city.yml").read_text("utf-8").splitlines()
    assert problem.file == "city.yml"
    assert wrong in lines[problem.line - 1] or wrong in lines[problem.line]
    assert wrong in problem.found


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S%z", "%d %b %y", "%Y-%m", "%Y"]
)
def test_formats_that_publishers_use_are_taken(form):
    assert flaw_of_format(form) is None
