"""A published file made to exhaust the reader costs its own rows, and says which."""

import io
import time

import pandas as pd

from trustboard.csv_rows import MOST_COLUMNS, MOST_UNCLOSED

ROW = "C1,2023-01-10,,,force\n"


def test_a_file_of_stray_quotation_marks_is_read_without_waiting_for_their_end(open_city):
    stray = "".join(f'S{n},2023-01-10,a"b,"c,force\n' for n in range(20_000))
    started = time.monotonic()
    city = open_city(complaints=stray + ROW)
    assert time.monotonic() - started < 30
    account = city.tables["complaints"].accounting
    assert (account.read, account.kept) == (20_001, 1)


def test_after_many_marks_that_never_close_whole_rows_are_still_read(open_city):
    many = MOST_UNCLOSED + 50
    rows = "".join(f'S{n},2023-01-10,,"x,force\nC{n},2023-01-10,,,force\n' for n in range(many))
    account = open_city(complaints=rows).tables["complaints"].accounting
    assert (account.kept, account.quarantined) == (many, many)


def test_rows_between_two_stray_quotation_marks_are_not_swallowed(open_city):
    rows = 'C1,2023-01-10,,"a,force\nC2,2023-01-11,,b,force\nC3,2023-01-12,,"c,force\n' + ROW
    city = open_city(complaints=rows.replace("C1,2023-01-10,,,", "C4,2023-01-10,,,"))
    assert city.cases["complaint_id"].tolist() == ["C2", "C4"]
    assert [one.line for one in city.problems if one.check == "malformed_row"] == [2, 4]


def test_a_cell_longer_than_any_cell_costs_its_row_and_no_other(open_city):
    swallowing = 'C0,2023-01-10,,"a,force\n'
    rows = "".join(f"C{n},2023-01-10,,{'b' * 90},force\n" for n in range(1, 12_001))
    city = open_city(complaints=swallowing + rows)
    account = city.tables["complaints"].accounting
    assert (account.read, account.kept, account.quarantined) == (12_001, 12_000, 1)
    assert [(one.check, one.line) for one in city.problems if one.action == "quarantined"] == [
        ("malformed_row", 2)
    ]


def test_a_header_of_more_columns_than_a_table_has_is_refused(open_city):
    header = "id,filed,closed,place,category," + ",".join(f"c{n}" for n in range(MOST_COLUMNS))
    city = open_city(complaints=f"{header}\n{ROW}".encode())
    assert [one.check for one in city.problems] == ["unreadable_file"]
    assert "columns" in city.problems[0].found


def test_a_place_listed_twice_is_kept_aside_with_its_line_and_the_list_still_opens(open_city):
    city = open_city(places="a,Ash,5000\nb,Birch,6000\na,Alder,9000\n")
    assert city.places["name"].to_dict() == {"a": "Ash", "b": "Birch"}
    problem = city.problems[0]
    assert (problem.check, problem.line, problem.action) == ("repeated_key", 4, "quarantined")


def test_a_figure_listed_twice_is_kept_aside_with_its_line(open_city):
    row = "f1,topic,Measure,s,{},2023-01-01,2023-12-31,2023\n"
    more = "".join(row.format(n).replace("f1", f"f{n}") for n in range(2, 200))
    city = open_city(figures=row.format(10) + row.format(20) + more)
    frame = city.frame("figures")
    assert frame is not None
    assert frame.loc[frame["figure_id"] == "f1", "value"].tolist() == [10]
    assert [(one.check, one.line) for one in city.problems] == [("repeated_key", 3)]


def test_an_event_printed_twice_without_a_row_id_is_a_possible_duplicate(open_city):
    event = "E1,2023-02-03,festival,held\n"
    city = open_city(outreach=event + event + "E1,2023-03-03,festival,held\n")
    assert city.tables["outreach"].accounting.possible_duplicates == 1
    assert [one.check for one in city.problems] == ["possible_duplicate"]


def test_categories_in_another_script_stay_apart(open_city):
    words = ("Насилие", "Кража", "警察", "Gewaltübergriff")
    rows = "".join(f"C{n},2023-01-10,,,{word}\n" for n, word in enumerate(words))
    assert open_city(complaints=rows).cases["category"].nunique() == len(words)


def test_a_printed_total_blocks_its_period_whatever_its_id_looks_like(open_city):
    from trustboard.crosschecks import blocked_windows

    city = open_city(
        complaints=ROW,
        figures="all (2023),complaints,Complaints,s,50,2023-01-01,2023-12-31,2023\n",
        describe={"complaints": {"totals_series": "s"}},
    )
    assert [one.check for one in city.problems] == ["publisher_total"]
    assert len(blocked_windows(city.tables, "complaints")) == 1


def test_a_parquet_file_of_a_few_bytes_that_would_fill_the_memory_is_not_read(
    open_city, monkeypatch
):
    packed = io.BytesIO()
    rows = {"id": ["C1"], "filed": ["2023-01-10"], "closed": [""], "place": [""], "category": [""]}
    pd.DataFrame(rows).loc[[0] * 200_000].to_parquet(packed, index=False)
    assert len(packed.getvalue()) < 20_000
    described = {"complaints": {"file": "complaints.parquet"}}
    monkeypatch.setattr("trustboard.reading.MOST_CELLS", 999_999)
    city = open_city(complaints=packed.getvalue(), describe=described)
    (told,) = [one for one in city.problems if one.action == "not_read"]
    assert "1,000,000 cells" in told.found
    monkeypatch.setattr("trustboard.reading.MOST_CELLS", 2_000_000)
    city = open_city(complaints=packed.getvalue(), describe=described)
    assert city.tables["complaints"].accounting.read == 200_000
