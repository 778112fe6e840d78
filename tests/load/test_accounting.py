"""Where every published row goes: kept, kept aside or dropped, and each problem said plainly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustboard.errors import CannotRunError
from trustboard.load import load_city
from trustboard.problem_kinds import KINDS


def checks(city) -> list[str]:
    return [problem.check for problem in city.problems]


def only(city, check: str):
    found = [problem for problem in city.problems if problem.check == check]
    assert len(found) == 1, found
    return found[0]


def test_a_clean_file_keeps_every_row(open_city):
    city = open_city(complaints="C1,2023-01-10,2023-03-11,,force\nC2,2023-01-20,,,force\n")
    account = city.tables["complaints"].accounting
    assert (account.read, account.kept, account.quarantined, account.dropped) == (2, 2, 0, 0)
    assert city.problems == ()


def test_an_identical_row_with_the_publishers_row_id_is_dropped_and_listed(open_city):
    row = "C1,2023-01-10,,,force\n"
    city = open_city(complaints=row + row)
    account = city.tables["complaints"].accounting
    assert (account.read, account.kept, account.dropped) == (2, 1, 1)
    problem = only(city, "identical_row")
    assert (problem.line, problem.action) == (3, "dropped")


def test_identical_rows_without_a_row_id_are_kept_and_counted_as_possible_duplicates(open_city):
    city = open_city(
        complaints="C1,2023-01-10,2023-02-01,,force\n",
        outcomes="C1,sustained\nC1,sustained\nC1,unfounded\n",
    )
    account = city.tables["outcomes"].accounting
    assert (account.read, account.kept, account.possible_duplicates) == (3, 3, 1)
    assert only(city, "possible_duplicate").action == "flagged"


def test_a_filing_date_after_the_data_date_is_kept_aside_with_its_line(open_city):
    city = open_city(complaints="C1,2023-01-10,,,force\nC13,2024-12-01,,,force\n")
    problem = only(city, "after_data_date")
    assert (problem.line, problem.column, problem.action) == (3, "filed_on", "quarantined")
    assert city.tables["complaints"].quarantine["id"].tolist() == ["C13"]


def test_an_impossible_early_date_is_taken_as_missing_and_the_row_stays(open_city):
    city = open_city(complaints="C1,1900-01-01,,,force\n")
    assert only(city, "impossible_date").action == "set_missing"
    assert city.tables["complaints"].accounting.kept == 1
    assert city.cases["filed_on"].isna().all()


def test_a_date_that_cannot_be_read_names_file_line_column_and_fix(open_city):
    city = open_city(complaints="C1,31/31/2021,,,force\n")
    problem = only(city, "unreadable_date")
    assert (problem.file, problem.line, problem.column) == ("published/complaints.csv", 2, "filed")
    assert "31/31/2021" in problem.found
    assert "city.yml" in problem.fix
    assert problem.action == "quarantined"


def test_a_closing_date_that_cannot_be_read_never_turns_a_closed_case_into_an_open_one(open_city):
    city = open_city(complaints="C1,2023-01-10,soon,,force\n")
    assert city.tables["complaints"].accounting.quarantined == 1
    assert city.cases.empty


def test_an_unknown_finding_is_kept_aside_and_never_called_other(open_city):
    city = open_city(complaints="C1,2023-01-10,,,force\n", outcomes="C1,ICX\n")
    problem = only(city, "unknown_word")
    assert problem.sentence() == (
        "published/outcomes.csv line 2, column finding: 'ICX' is not a known finding; expected one"
        " of the words this city's description lists. Add it under words.finding in city.yml."
    )


def test_words_are_translated_whatever_their_case_and_the_published_wording_is_kept(open_city):
    city = open_city(
        complaints="C1,2023-01-10,,,force\n",
        outcomes="C1,FOUNDED\nC1, founded \n",
        city={"words": {"finding": {"Founded": "sustained"}}},
    )
    outcomes = city.tables["outcomes"].frame
    assert outcomes["finding"].tolist() == ["sustained", "sustained"]
    assert outcomes["finding_as_published"].tolist() == ["FOUNDED", " founded "]


def test_an_unknown_place_is_shown_as_unknown_and_never_shared_out(open_city):
    city = open_city(
        complaints="C1,2023-01-10,,atlantis,force\nC2,2023-01-11,,,force\nC3,2023-01-12,,p1,force\n",
        places="p1,Hilltop,5000\n",
    )
    assert only(city, "unknown_place").found == "'atlantis' is on no list of places"
    assert city.cases["place_id"].isna().tolist() == [True, True, False]
    assert city.tables["complaints"].accounting.kept == 3


def test_a_row_with_too_many_cells_is_kept_aside_and_the_rest_is_read(open_city):
    city = open_city(complaints="C1,2023-01-10,,,force,extra\nC2,2023-01-11,,,force\n")
    assert only(city, "malformed_row").line == 2
    assert city.tables["complaints"].accounting.read == 2
    assert city.cases["complaint_id"].tolist() == ["C2"]


def test_a_quotation_mark_that_never_closes_loses_one_line_not_the_rest_of_the_file(open_city):
    city = open_city(
        complaints='C1,2023-01-10,,,"force\nC2,2023-01-11,,,force\nC3,2023-01-12,,,x\n'
    )
    problem = only(city, "malformed_row")
    assert (problem.line, problem.found) == (2, "a quotation mark that never closes")
    assert city.cases["complaint_id"].tolist() == ["C2", "C3"]
    account = city.tables["complaints"].accounting
    assert account.balances()
    assert account.read == 3


def test_a_cell_with_line_breaks_keeps_the_line_numbers_of_the_rows_after_it(open_city):
    city = open_city(complaints='C1,2023-01-10,,,"two\nlines"\nC2,bad,,,force\n')
    assert only(city, "unreadable_date").line == 4


def test_outcomes_without_a_complaint_are_flagged_together(open_city):
    city = open_city(complaints="C1,2023-01-10,,,force\n", outcomes="C9,sustained\n")
    assert only(city, "unmatched_id").action == "flagged"
    assert city.tables["outcomes"].accounting.kept == 1
    assert city.allegations.empty


def test_two_filing_dates_of_one_complaint_are_flagged_and_the_earliest_counts(open_city):
    city = open_city(
        complaints="C1,2023-03-01,2023-05-01,,force\nC1,2023-01-10,2023-05-01,,force\n"
    )
    assert checks(city).count("conflicting_filing_date") == 2
    case = city.cases.iloc[0]
    assert len(city.cases) == 1
    assert str(case["filed_on"].date()) == "2023-01-10"
    assert not case["duration_ok"]  # more than 30 days apart


def test_closed_before_filed_counts_but_is_left_out_of_durations(open_city):
    city = open_city(complaints="C5,2023-03-01,2023-02-01,,force\n")
    assert only(city, "closed_before_filed").action == "flagged"
    assert not city.cases["duration_ok"].iloc[0]


def test_a_day_with_many_times_the_usual_filings_is_flagged_as_old_cases_entered_at_once(open_city):
    usual = "".join(f"A{day},2023-02-{day:02d},,,force\n" for day in range(1, 21))
    many = "".join(f"B{n},2023-03-01,,,force\n" for n in range(12))
    city = open_city(complaints=usual + many)
    assert only(city, "backfill").found == "12 complaints filed on 2023-03-01, usually 1 a day"


def test_more_than_one_percent_kept_aside_is_flagged_for_the_whole_table(open_city):
    good = "".join(f"A{n},2023-02-01,,,force\n" for n in range(9))
    city = open_city(complaints=good + "B,never,,,force\n")
    assert only(city, "too_many_aside").found == "10.0% of rows kept aside"


def test_a_printed_total_that_contradicts_the_rows_is_flagged(open_city):
    city = open_city(
        complaints="C1,2023-01-10,,,force\n",
        figures="F1,complaints,Complaints,annual,3,2023-01-01,2023-12-31,2023\n",
        describe={"complaints": {"totals_series": "annual"}},
    )
    assert only(city, "publisher_total").found == "3 printed for 2023, 1 rows (F1)"


def test_a_missing_file_leaves_the_other_tables_standing(open_city):
    city = open_city(
        complaints="C1,2023-01-10,,,force\n",
        city=None,
        describe={"complaints": {}},
    )
    assert city.absent == ()
    (city.folder / "published" / "complaints.csv").unlink()
    again = load_city("tiny", data=city.folder.parent)
    assert again.absent == ("complaints",)
    assert "https://example.org/table" in only(again, "absent_file").fix


def test_a_file_that_is_no_table_leaves_the_other_tables_standing(open_city):
    city = open_city(complaints=b"", places="p1,Hilltop,5000\n")
    assert only(city, "unreadable_file").found == "an empty file"
    assert list(city.tables) == ["places"]


def test_a_column_that_the_publisher_renamed_is_named_with_those_that_exist(open_city):
    city = open_city(complaints=b"id,received,closed,place,category\nC1,2023-01-10,,,x\n")
    problem = only(city, "definition")
    assert problem.found == "the file has no column 'filed'"
    assert "received" in problem.expected


def test_an_unknown_city_says_which_there_are(open_city):
    city = open_city(complaints="C1,2023-01-10,,,force\n")
    with pytest.raises(CannotRunError, match="Known: tiny"):
        load_city("../tiny", data=city.folder.parent)


def test_every_kind_of_problem_says_when_it_occurs_and_how_to_fix_it():
    for name, kind in KINDS.items():
        assert kind.when, name
        assert kind.expected, name
        assert kind.fix, name


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2", "C3", ""]),
        st.sampled_from(["2023-01-10", "1900-01-01", "2030-01-01", "x", ""]),
        st.sampled_from(["", "2023-02-01", "2022-01-01", "2031-01-01"]),
        st.sampled_from(["", "p1", "nowhere"]),
        st.sampled_from(["force", "=HYPERLINK(1)", "<script>", '"', "a,b"]),
    ),
    max_size=12,
)


@given(rows=ROWS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_read_always_equals_kept_and_quarantined_and_dropped(open_city, rows):
    text = "".join(",".join(row) + "\n" for row in rows)
    city = open_city(complaints=text, places="p1,Hilltop,5000\n")
    table = city.tables["complaints"]
    assert table.accounting.balances()
    assert table.accounting.kept == len(table.frame)
    assert table.accounting.quarantined == len(table.quarantine)
    listed = {p.line for p in city.problems if p.action in {"quarantined", "dropped"}}
    gone = table.accounting.quarantined + table.accounting.dropped
    assert len(listed) == gone


def test_complaints_about_one_incident_are_flagged_and_each_counted(open_city):
    columns = {"complaint_id": "id", "filed_on": "filed", "incident_id": "place"}
    city = open_city(
        complaints="C1,2023-01-10,,i1,x\nC2,2023-01-11,,i1,x\nC3,2023-01-12,,i2,x\nC4,2023-01-12,,,x\n",
        describe={"complaints": {"columns": columns}},
    )
    assert only(city, "shared_incident").found == "2 complaints share an incident with another"
    assert len(city.cases) == 4


def test_a_decision_before_the_filing_date_is_flagged_with_its_line(open_city):
    columns = {"complaint_id": "id", "finding": "finding", "decided_on": "decided"}
    city = open_city(
        complaints="C1,2023-01-10,2023-03-01,,x\n",
        outcomes=b"id,finding,decided\nC1,sustained,2022-12-01\n",
        describe={"outcomes": {"columns": columns}},
    )
    assert only(city, "decided_before_filed").line == 2
    assert city.cases["sustained_days"].isna().all()
