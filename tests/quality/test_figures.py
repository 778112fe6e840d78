"""Charts of faults draw what the tables hold, and no share of a handful of rows."""

from __future__ import annotations

import math

import pandas as pd

from trustboard.figures.quality import FEWEST, NOTICEABLE, delay_figure, quality_figure
from trustboard.quality.model import COLUMNS


def places(*years: tuple[str, int, int]) -> pd.DataFrame:
    """Give a table of places: per year the rows whose place is blank, and all rows."""
    rows = [
        {"table": "complaints", "period": year, "state": "blank", "rows": blank, "of": of,
         "share": blank / of}
        for year, blank, of in years
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS["places"]))


def test_a_share_of_fewer_than_ten_rows_is_not_drawn() -> None:
    figure = quality_figure(
        "places", places(("2020", 3, FEWEST - 1), ("2021", 3, 30), ("2022", 6, 30))
    )
    assert figure is not None
    [line] = [trace for trace in figure.data if trace.mode.startswith("lines")]
    assert line.y[0] is None
    assert list(line.y[1:]) == [0.1, 0.2]


def test_a_share_that_is_never_noticeable_is_no_line() -> None:
    rare = places(("2020", 1, 1000), ("2021", 2, 1000))
    assert NOTICEABLE > 2 / 1000
    assert quality_figure("places", rare) is None


def test_reasons_are_added_up_over_tables_and_the_most_frequent_stands_first() -> None:
    rows = [("complaints", "unknown_word", 3), ("outcomes", "unknown_word", 4),
            ("complaints", "malformed_row", 6)]  # fmt: skip
    table = pd.DataFrame(
        [{"table": t, "check": c, "column": "", "rows": n, "read": 50, "share": n / 50}
         for t, c, n in rows]
    )  # fmt: skip
    figure = quality_figure("set-aside", table)
    assert figure is not None
    assert list(figure.data[0].x) == [7, 6]


def test_a_day_by_which_nine_in_ten_had_happened_is_left_out_where_it_is_not_reached() -> None:
    table = pd.DataFrame(
        [{"delay": "filing_to_decision", "period": year, "median": 60.0, "lower": 50.0,
          "upper": 70.0, "late": late, "rows": 40, "of": 50, "left_out": 0, "state": "ok"}
         for year, late in (("2020", 200.0), ("2021", math.inf))]
    )  # fmt: skip
    figure = delay_figure(table)
    assert figure is not None
    lines = {trace.name: list(trace.y) for trace in figure.data}
    assert lines["Half"] == [60, 60]
    assert lines["Nine in ten"] == [200]


def test_what_has_nothing_to_show_has_no_chart() -> None:
    for part, columns in COLUMNS.items():
        assert quality_figure(part, pd.DataFrame(columns=list(columns))) is None
