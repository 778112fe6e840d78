"""Which chart a table gets is chosen in one place, and a table that no chart fits gets none."""

from __future__ import annotations

import pytest

from trustboard.figures import can_draw, figure_of
from trustboard.indicator import catalogue
from trustboard.load import data_root, load_city
from trustboard.measure import Query, measure
from trustboard.query import QueryError
from trustboard.tidy import Measured

CITY = load_city("riverbend", data=data_root())


def found(indicator: str, *by: str) -> Measured:
    answer = measure(CITY, indicator, Query(by=by))
    assert isinstance(answer, Measured)
    return answer


@pytest.mark.parametrize(
    ("indicator", "by", "kinds"),
    [
        ("complaints-received", ("year",), {"bar"}),
        ("months-without-event", ("year",), {"bar"}),
        ("complaints-per-10000", ("year",), {"scatter"}),
        ("findings", ("year",), {"scatter"}),
        ("complaints-received", ("category",), {"bar"}),
        ("open-case-age", ("age",), {"bar"}),
        ("complaints-received", ("year", "filed_by"), {"scatter"}),
    ],
)
def test_the_form_follows_from_the_table(
    indicator: str, by: tuple[str, ...], kinds: set[str]
) -> None:
    figure = figure_of(found(indicator, *by))
    assert {trace.type for trace in figure.data} == kinds


def test_many_groups_over_time_get_a_panel_each_and_parts_of_a_whole_do_not() -> None:
    panels = figure_of(found("complaints-received", "year", "category"))
    assert len([name for name in panels.to_plotly_json()["layout"] if "xaxis" in name]) > 4
    parts = figure_of(found("findings", "year"))
    assert [name for name in parts.to_plotly_json()["layout"] if "xaxis" in name] == ["xaxis"]


@pytest.mark.parametrize("by", [(), ("year", "category", "filed_by")])
def test_one_number_and_a_table_of_two_groups_are_read_and_not_drawn(by: tuple[str, ...]) -> None:
    table = found("complaints-received", *by)
    assert not can_draw(table)
    with pytest.raises(ValueError, match="no chart fits"):
        figure_of(table)


def test_whatever_can_be_drawn_is_drawn_with_something_in_it() -> None:
    drawn = 0
    for one in catalogue().values():
        splits = [(), *((p,) for p in one.periods if p != "all"), *((g,) for g in one.by)]
        splits += [(p, g) for p in one.periods if p != "all" for g in one.by]
        for by in splits:
            try:
                table = measure(CITY, one.id, Query(by=by))
            except QueryError:
                continue
            if isinstance(table, Measured) and can_draw(table):
                assert figure_of(table).data
                drawn += 1
    assert drawn > 50
