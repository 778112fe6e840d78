"""Figures are tested on their traces and shapes: what is drawn is what was measured."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trustboard import figures, theme
from trustboard.figures.end_labels import spread
from trustboard.figures.frame import UNSETTLED, label_text, statement
from trustboard.figures.line import UNSETTLED_LINE
from trustboard.figures.sketch import Sketch
from trustboard.figures.unsettled import UNSETTLED_LABEL
from trustboard.tidy import Measured

YEARS = ["2019", "2020", "2021"]


def measured(table: pd.DataFrame, *, kind: str = "count", groups: tuple[str, ...] = (), **more):
    """Make a measured table with the words a figure needs."""
    return Measured(
        table=table,
        indicator="made",
        title="Complaints received",
        question="How many?",
        kind=kind,
        unit="complaints",
        by=("year", *groups),
        groups=groups,
        period=more.pop("period", "year"),
        denominator="complaints",
        **more,
    )


def rows(periods: list[str], values: list[float], **columns) -> pd.DataFrame:
    """Make the rows of a measured table; limits and states may be given."""
    size = len(periods)
    base = {
        "period": periods,
        "value": values,
        "lower": [math.nan] * size,
        "upper": [math.nan] * size,
        "n": values,
        "exposure": [math.nan] * size,
        "state": ["ok"] * size,
    }
    return pd.DataFrame({**base, **columns})


def shapes(figure, name: str) -> list:
    """Give the shapes of a figure that carry a name."""
    return [shape for shape in figure.layout.shapes if shape.name == name]


def words(figure) -> list[str]:
    """Give everything written on a figure."""
    return [annotation.text for annotation in figure.layout.annotations]


def test_counts_are_drawn_as_they_were_measured_and_start_at_zero():
    figure = figures.counts_over_time(measured(rows(YEARS, [12.0, 7.0, 9.0])))
    (bars,) = figure.data
    assert list(bars.y) == [12.0, 7.0, 9.0]
    assert list(bars.text) == ["12", "7", "9"]
    assert figure.layout.yaxis.rangemode == "tozero"


def test_an_unsettled_year_is_hatched_shaded_and_named():
    table = rows(YEARS, [12.0, 7.0, 9.0], state=["ok", "ok", "unsettled"])
    figure = figures.counts_over_time(measured(table))
    assert list(figure.data[0].marker.pattern.shape) == ["", "", "/"]
    (shade,) = shapes(figure, "unsettled")
    assert (pd.Timestamp(shade.x0), pd.Timestamp(shade.x1)) == (
        pd.Timestamp("2021-01-01"),
        pd.Timestamp("2022-01-01"),
    )
    assert "still filling up" in words(figure)


def test_months_that_touch_are_shaded_as_one_stretch():
    months = ["2021-10", "2021-11", "2021-12"]
    table = rows(months, [1.0, 2.0, 3.0], state=["ok", "unsettled", "unsettled"])
    figure = figures.counts_over_time(measured(table, period="month"))
    (shade,) = shapes(figure, "unsettled")
    assert pd.Timestamp(shade.x0) == pd.Timestamp("2021-11-01")


def test_the_date_of_a_statement_and_a_break_are_drawn_and_labelled():
    broken = measured(
        rows(YEARS, [1.0, 2.0, 3.0]), breaks=((pd.Timestamp("2020-07-01"), "new law"),)
    )
    figure = figures.counts_over_time(broken, statements=[statement("2020-02-28")])
    (said,) = shapes(figure, "Said 28 Feb 2020")
    (changed,) = shapes(figure, "Counting changed")
    assert pd.Timestamp(said.x0) == pd.Timestamp(said.x1) == pd.Timestamp("2020-02-28")
    assert (said.line.dash, changed.line.dash) == ("solid", "dot")
    assert {"Said 28 Feb 2020", "Counting changed"} <= set(words(figure))


def test_a_number_that_the_line_of_a_date_crosses_stands_on_paper_above_it():
    counts = measured(rows(YEARS, [12.0, 7.0, 9.0]))
    figure = figures.counts_over_time(counts, statements=[statement("2020-06-20")])
    assert list(figure.data[0].text) == ["12", "", "9"]
    (lifted,) = [one for one in figure.layout.annotations if one.text == "7"]
    assert (lifted.y, lifted.yanchor, lifted.bgcolor) == (7.0, "bottom", theme.PAPER)


def test_a_number_above_a_shaded_bar_stands_on_the_shade():
    counts = measured(rows(YEARS, [12.0, 7.0, 9.0], state=["ok", "ok", "unsettled"]))
    figure = figures.counts_over_time(counts, statements=[statement("2021-06-20")])
    (lifted,) = [one for one in figure.layout.annotations if one.text == "9"]
    assert lifted.bgcolor == theme.SHADED_PAPER


def test_a_number_beside_the_line_of_a_date_stays_with_its_bar():
    counts = measured(rows(YEARS, [12.0, 7.0, 9.0]))
    figure = figures.counts_over_time(counts, statements=[statement("2020-01-10")])
    assert list(figure.data[0].text) == ["12", "7", "9"]


def test_a_statement_outside_the_time_shown_is_not_drawn():
    figure = figures.counts_over_time(
        measured(rows(YEARS, [1.0, 2.0, 3.0])), statements=[statement("2015-01-01")]
    )
    assert not shapes(figure, "Said 1 Jan 2015")


def test_each_line_has_its_own_dash_and_marker_and_its_name_at_its_end():
    names = ["sustained", "unfounded", "exonerated"]
    table = pd.concat([rows(YEARS, [0.1 * i] * 3, finding=[n] * 3) for i, n in enumerate(names)])
    figure = figures.lines_over_time(measured(table, kind="share", groups=("finding",)))
    lines = [trace for trace in figure.data if trace.name in names]
    assert [trace.name for trace in lines] == names
    assert len({trace.line.dash for trace in lines}) == 3
    assert len({trace.marker.symbol for trace in lines}) == 3
    assert set(names) <= set(words(figure))
    assert not figure.layout.showlegend


def band(figure) -> list[tuple[list[float], list[float]]]:
    """Give the lower and the upper edge of each piece of a band."""
    edges = {name: [list(one.y) for one in figure.data if one.name == f"{name} limit"]
             for name in ("lower", "upper")}  # fmt: skip
    return list(zip(edges["lower"], edges["upper"], strict=True))


def test_a_range_is_drawn_as_a_band_that_ends_where_a_limit_is_not_reached():
    table = rows(YEARS, [0.2, 0.3, 0.4], lower=[0.1, 0.2, 0.3], upper=[0.3, 0.4, math.inf])
    figure = figures.lines_over_time(measured(table, kind="days"))
    assert band(figure) == [([0.1, 0.2], [0.3, 0.4])]
    assert next(one for one in figure.data if one.name == "upper limit").fill == "tonexty"


@pytest.mark.parametrize("draw", [figures.lines_over_time, figures.small_multiples])
def test_no_range_is_shaded_over_years_that_have_none(draw):
    gap = math.nan
    years = [str(year) for year in range(2014, 2020)]
    table = rows(
        years, [1.0, 2.0, gap, gap, 5.0, 6.0], lower=[0.5, 1.5, gap, gap, 4.0, 5.0],
        upper=[2.0, 3.0, gap, gap, 6.0, 7.0], place=["a"] * 6,
    )  # fmt: skip
    figure = draw(measured(table, kind="rate", groups=("place",)))
    assert band(figure) == [([0.5, 1.5], [2.0, 3.0]), ([4.0, 5.0], [6.0, 7.0])]
    assert not [one for one in figure.data if one.fill and None in list(one.y)]


def test_a_missing_value_leaves_a_gap_and_is_never_drawn_as_zero():
    figure = figures.lines_over_time(measured(rows(YEARS, [0.2, math.nan, 0.4]), kind="share"))
    (line,) = figure.data
    assert pd.isna(line.y[1])
    assert line.connectgaps is False


def solid_and_dotted(figure):
    """Give the values along the line of settled periods, and those along the dotted one."""
    (solid,) = (one for one in figure.data if one.name == "complaints")
    dotted = [one for one in figure.data if one.line.dash == UNSETTLED_LINE]
    return list(solid.y), [list(one.y) for one in dotted]


def test_a_line_is_dotted_into_and_out_of_what_is_not_settled_and_solid_elsewhere():
    years = [str(year) for year in range(2015, 2023)]
    state = ["ok", "partial", "ok", "ok", "ok", "ok", "unsettled", "partial"]
    table = rows(years, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], state=state)
    figure = figures.lines_over_time(measured(table, kind="share"))
    solid, dotted = solid_and_dotted(figure)
    assert solid == [1.0, None, 3.0, 4.0, 5.0, 6.0, None, None]
    assert dotted == [[1.0, 2.0, 3.0, None, 6.0, 7.0, 8.0, None]]
    line = figure.data[-1]
    marks = [size for size, y in zip(line.marker.size, line.y, strict=True) if y is not None]
    assert [bool(size) for size in marks] == [False, True, False, False, True, True]
    assert line.marker.color == theme.PAPER, "hollow: not by color alone"
    assert figure.layout.shapes, "and shaded as before"


@pytest.mark.parametrize("state", UNSETTLED)
def test_no_solid_line_runs_to_a_year_in_any_unsettled_state(state):
    figure = figures.lines_over_time(
        measured(rows(YEARS, [0.1, 0.2, 0.3], state=["ok", "ok", state]), kind="share")
    )
    assert solid_and_dotted(figure) == ([0.1, 0.2, None], [[0.2, 0.3, None]])


def test_a_settled_line_has_no_dotted_piece_and_an_unknown_value_draws_none():
    settled = figures.lines_over_time(measured(rows(YEARS, [0.1, 0.2, 0.3]), kind="share"))
    assert solid_and_dotted(settled) == ([0.1, 0.2, 0.3], [])
    young = rows(YEARS, [0.1, 0.2, math.nan], state=["ok", "ok", "immature"])
    drawn = figures.lines_over_time(measured(young, kind="share"))
    assert solid_and_dotted(drawn) == ([0.1, 0.2, None], [])


@settings(max_examples=60, deadline=None)
@given(
    known=some.lists(
        some.tuples(some.one_of(some.just(math.nan), some.floats(0, 9)),
                    some.sampled_from(["ok", *UNSETTLED])),
        min_size=1, max_size=24,
    )
)  # fmt: skip
def test_every_value_is_drawn_and_every_piece_is_solid_or_dotted_but_never_both(known):
    values, state = map(list, zip(*known, strict=True))
    if all(map(math.isnan, values)):
        values[0] = 1.0
    years = [str(1999 + at) for at in range(len(values))]
    figure = figures.lines_over_time(measured(rows(years, values, state=state), kind="share"))
    lines = [one for one in figure.data if "limit" not in one.name]
    drawn = [x for one in lines for x, y in zip(one.x, one.y, strict=True) if y is not None]
    assert len(set(drawn)) == sum(not math.isnan(one) for one in values)
    pieces = []
    for one in lines:
        points = list(zip(one.x, one.y, strict=True))
        ends = [(a[0].year, b[0].year) for a, b in pairwise(points) if None not in (a[1], b[1])]
        assert all(b == a + 1 for a, b in ends)
        soft = one.line.dash == UNSETTLED_LINE
        unsettled = [{"ok"} != {state[a - 1999], state[b - 1999]} for a, b in ends]
        assert unsettled == [soft] * len(ends)
        pieces += ends
    wanted = [at for at in range(len(values) - 1) if not math.isnan(values[at] + values[at + 1])]
    assert sorted(pieces) == [(1999 + at, 2000 + at) for at in wanted]


def test_panels_have_dotted_lines_too():
    parts = [
        rows(YEARS, [1.0, 2.0, 3.0], category=[name] * 3, state=["ok", "ok", "unsettled"])
        for name in "vwxyz"
    ]
    figure = figures.small_multiples(measured(pd.concat(parts), groups=("category",)))
    dotted = [one for one in figure.data if one.line.dash == UNSETTLED_LINE]
    assert [one.xaxis for one in dotted] == ["x", "x2", "x3", "x4", "x5"]


def test_the_dots_of_an_unsettled_line_are_no_group_s():
    assert UNSETTLED_LINE not in {look.dash for look in (*theme.STROKES, theme.OTHER)}


def test_the_key_says_what_dots_or_hatching_mean_and_of_which_periods():
    table = rows(YEARS, [1.0, 2.0, 3.0], state=["partial", "ok", "unsettled"])
    said = "the source covers only part of 2019; late rows may still change 2021."
    share = measured(table.assign(value=[0.1, 0.2, 0.3]), kind="share")
    assert figures.unsettled_key(share) == f"Dotted line, hollow mark: {said}"
    assert figures.unsettled_key(measured(table)) == f"Hatched: {said}"
    assert figures.unsettled_key(measured(table), bars=False).startswith("Dotted")
    assert figures.unsettled_key(measured(rows(YEARS, [1.0, 2.0, 3.0]))) == ""


def test_a_long_line_without_marks_is_not_said_to_have_any():
    months = [str(month) for month in pd.period_range("2015-01", "2019-12", freq="M")]
    state = ["ok"] * (len(months) - 2) + ["unsettled"] * 2
    table = rows(months, [0.5] * len(months), state=state)
    found = measured(table, kind="share", period="month")
    (dotted,) = (one for one in figures.lines_over_time(found).data if one.name == "not settled")
    assert dotted.mode == "lines"
    words_ = "late rows may still change November 2019 to December 2019"
    assert figures.unsettled_key(found) == f"Dotted line: {words_}."


def test_bars_keep_the_order_of_the_table_and_never_rank():
    table = rows(["all"] * 3, [5.0, 50.0, 20.0], category=["c", "a", "b"])
    figure = figures.bars_by_group(measured(table, groups=("category",), period="all"))
    assert list(figure.layout.yaxis.ticktext) == ["c", "a", "b"]
    assert list(figure.data[0].x) == [5.0, 50.0, 20.0]
    assert words(figure) == ["5", "50", "20"]


def test_a_group_with_too_few_events_gets_words_and_its_count_instead_of_a_bar():
    table = rows(
        ["all"] * 2, [0.5, 0.9], category=["a", "b"], state=["ok", "too_few"], n=[50.0, 4.0]
    )
    figure = figures.bars_by_group(
        measured(table, kind="share", groups=("category",), period="all")
    )
    assert pd.isna(figure.data[0].x[1])
    assert words(figure) == ["50%", "too few to tell (4)"]


def test_two_groups_of_the_same_name_keep_two_bars():
    table = rows(["all"] * 2, [1.0, 2.0], place=["1", "2"])
    same = {"place": {"1": "The Grove", "2": "The Grove"}}
    figure = figures.bars_by_group(measured(table, groups=("place",), period="all", names=same))
    assert len(set(figure.data[0].y)) == 2


def places(**columns) -> pd.DataFrame:
    """Make two places, one of them higher than expected."""
    base = {
        "place": ["1", "2"],
        "name": ["Hill", "Dale"],
        "observed": [30.0, 10.0],
        "expected": [10.0, 11.0],
        "ratio": [3.0, 0.9],
        "lower_99_8": [0.2, 0.2],
        "upper_99_8": [2.0, 2.0],
        "standing": ["higher", "within"],
    }
    return pd.DataFrame({**base, **columns})


def test_a_funnel_names_only_the_chosen_place_and_those_outside_the_limits():
    assert words(figures.sketch_funnel(places()).sketch.figure()) == ["as expected", "Hill"]
    assert "<b>Dale</b>" in words(figures.sketch_funnel(places(), chosen=["2"]).sketch.figure())


def test_a_funnel_tells_places_apart_by_shape():
    drawn = figures.sketch_funnel(places()).sketch.figure()
    dots = next(trace for trace in drawn.data if trace.name == "places")
    assert set(dots.marker.symbol) == {"triangle-up", "circle-open"}


def crowd(dots, **columns) -> pd.DataFrame:
    """Make a place of each dot (expected, ratio), all of one long name, none outside the limits."""
    many = len(dots)
    made = {
        "place": [str(one) for one in range(many)], "name": ["Courthouse"] * many,
        "observed": [9.0] * many, "expected": [x for x, _ in dots], "ratio": [y for _, y in dots],
        "lower_99_8": [0.5] * many, "upper_99_8": [2.0] * many, "standing": ["within"] * many,
    }  # fmt: skip
    return pd.DataFrame({**made, **columns})


def placed(figure, wide):
    """Give what the labels of a funnel cover on a plot so wide, and where dots are, in pixels."""
    most, top = figure.layout.xaxis.range[1], figure.layout.yaxis.range[1]
    tall = figure.layout.height - 60
    dots = next(trace for trace in figure.data if trace.name == "places")
    points = [(x / most * wide, y / top * tall) for x, y in zip(dots.x, dots.y, strict=True)]
    labels = []
    for one in figure.layout.annotations:
        if one.text == "as expected":
            continue
        right, up = (one.ax, -one.ay) if one.showarrow else (one.xshift, one.yshift)
        at = (one.x / most * wide, one.y / top * tall)
        text = one.text.removeprefix("<b>").removesuffix("</b>")
        long = 6.5 * len(text)
        left = at[0] + right - long * {"left": 0, "center": 0.5, "right": 1}[one.xanchor]
        box = (left, left + long, at[1] + up - 6, at[1] + up + 6)
        labels.append((text, at, box))
    return points, labels, tall / top


def on(box, point, reach=4):
    left, right, bottom, top = box
    return left - reach < point[0] < right + reach and bottom - reach < point[1] < top + reach


def together(box, other):
    beside = box[1] <= other[0] or other[1] <= box[0]
    return not beside and box[2] < other[3] and other[2] < box[3]


PLOTS = [290, 350, 700]


@settings(max_examples=60, deadline=None)
@given(
    dots=some.lists(
        some.tuples(some.floats(5, 400), some.floats(0.1, 3.0)), min_size=6, max_size=90
    ),
    wide=some.sampled_from(PLOTS),
)
def test_no_two_labels_of_a_funnel_lie_on_each_other_and_no_name_on_a_dot(dots, wide):
    sketch, key = figures.sketch_funnel(crowd(dots), chosen=[str(one) for one in range(5)])
    drawn = sketch.figure()
    points, labels, line = placed(drawn, wide)
    assert len(labels) == 5
    assert len(key) == sum(text.isdigit() for text, *_ in labels)
    for (_, _, box), (_, _, other) in combinations(labels, 2):
        assert not together(box, other)
    for text, at, box in labels:
        if not text.isdigit():
            assert not [one for one in points if one != at and on(box, one)], text
            assert not box[2] < line < box[3], "no name is crossed by the line"
            assert 0 <= box[0] <= box[1] <= wide + 16


def test_a_dot_in_a_crowd_gets_a_number_that_the_key_explains():
    close = [(100 + 12 * x, 0.8 + 0.08 * y) for x in range(12) for y in range(9)]
    table = crowd([*close, (400, 2.0)])
    sketch, key = figures.sketch_funnel(table, chosen=["58", "49", "108"])
    drawn = sketch.figure()
    assert key == ("49", "58"), "numbered from left to right"
    assert set(words(drawn)) == {"as expected", "<b>1</b>", "<b>2</b>", "<b>Courthouse</b>"}
    named = {one.text: one for one in drawn.layout.annotations}
    assert (named["<b>1</b>"].x, named["<b>2</b>"].x) == tuple(
        table["expected"][int(place)] for place in key
    )


@pytest.mark.parametrize("wide", PLOTS)
def test_a_number_stands_on_no_dot_where_there_is_room_around_its_own(wide):
    """Seventy places in one band: no name fits inside it, but numbers do."""
    band = [(60 + 5 * one, 0.75 + 0.05 * (one % 5)) for one in range(70)]
    sketch, key = figures.sketch_funnel(crowd(band), chosen=["20", "22", "41"])
    drawn = sketch.figure()
    points, labels, _ = placed(drawn, wide)
    assert (len(key), len(labels)) == (2, 3)
    for text, at, box in labels:
        assert not [one for one in points if one != at and on(box, one)], text


def test_limits_far_above_every_place_do_not_press_the_places_together():
    drawn = figures.sketch_funnel(places(upper_99_8=[90.0, 80.0])).sketch.figure()
    assert 3.0 * 1.05 < drawn.layout.yaxis.range[1] < 6


def test_the_words_of_the_line_cover_no_dot_where_there_is_room_along_it():
    left = [(5 + 8 * one, ratio) for one in range(10) for ratio in (0.97, 1.05)]
    drawn = figures.sketch_funnel(crowd([*left, (400, 2.0)])).sketch.figure()
    (said,) = (one for one in drawn.layout.annotations if one.text == "as expected")
    assert said.x > 0.3


@pytest.mark.parametrize("name", ["x" * 300, "東京都千代田区霞が関二丁目" * 3, "<b>" * 40])
def test_a_name_longer_than_the_plot_stands_in_the_key(name):
    table = places(name=[name, "Dale"])
    sketch, key = figures.sketch_funnel(table)
    drawn = sketch.figure()
    assert key == ("1",)
    assert words(drawn) == ["as expected", "<b>1</b>"]


def test_bars_that_still_fill_up_are_named_beside_the_plot_where_no_number_stands():
    table = rows(YEARS, [10.0, 20.0, 30.0], state=["ok", "ok", "unsettled"])
    figure = figures.counts_over_time(measured(table))
    [label] = [a for a in figure.layout.annotations if a.text == "still filling up"]
    assert label.xanchor == "left" and figure.layout.margin.r >= 18
    early = rows(YEARS, [10.0, 20.0, 30.0], state=["partial", "ok", "ok"])
    [label] = figures.counts_over_time(measured(early)).layout.annotations
    assert label.xanchor == "right"


def test_bars_of_years_chosen_in_part_are_hatched_and_say_so():
    table = rows(YEARS, [10.0, 20.0, 30.0], state=["cut", "ok", "partial"])
    figure = figures.counts_over_time(measured(table))
    assert {a.text for a in figure.layout.annotations} == {"partly chosen", "partly covered"}
    assert list(figure.data[0].marker.pattern.shape) == ["/", "", "/"]
    assert len(shapes(figure, "cut")) == 1
    assert set(UNSETTLED) == set(UNSETTLED_LABEL)


UPRIGHT = 5.6 / (360 - 14 - 34)  # a letter of an upright label, as a share of the plot's height


@pytest.mark.parametrize(
    "values",
    [
        [0.1, 0.2, 0.99],
        [0.1, 0.2, 0.5],
        [0.9, 0.9, 0.9],
        [0.9, 0.9, 0.1],
        [0.0, 1.0, 0.0],
        [0.4, math.nan, 0.6],
    ],
)
@pytest.mark.parametrize(("state", "name"), [("unsettled", "still filling up"),
                                             ("immature", "too recent to judge")])  # fmt: skip
def test_the_name_of_a_shaded_stretch_lies_on_no_point_and_no_line(values, state, name):
    """Of twelve years on a phone, a label at the right edge of the last takes all of its half."""
    years = [str(year) for year in range(2009, 2021)]
    table = rows(years, [values[0]] * 9 + values, state=["ok"] * 11 + [state])
    drawn = figures.lines_over_time(measured(table, kind="share"))
    (label,) = (one for one in drawn.layout.annotations if one.text == name)
    low, high = label.y - len(name) * UPRIGHT, label.y
    assert low >= 0 and high <= 1 and label.yanchor == "top"
    top = 1.06 * max(value for value in values if not math.isnan(value))
    assert not low < values[-1] / top < high


def test_a_name_crosses_no_line_that_comes_down_beside_its_point():
    """Of twelve monthly points the label covers two; the line between them falls steeply."""
    months = [f"2020-{month:02d}" for month in range(1, 13)]
    values = [9.0] * 10 + [9.5, 1.0]
    table = rows(months, values, state=["ok"] * 10 + ["unsettled"] * 2)
    drawn = figures.lines_over_time(measured(table, kind="rate"))
    (label,) = (one for one in drawn.layout.annotations if one.text == "still filling up")
    falling = [9.5 + (1.0 - 9.5) * step / 20 for step in range(10, 21)]
    top = 1.06 * 9.5
    low = label.y - len("still filling up") * UPRIGHT
    assert not [value for value in falling if low < value / top < label.y] or label.y == 1


def test_a_tile_map_frames_the_chosen_place_and_leaves_unknown_ones_white():
    tiles = places(
        short=["H", "D"], tile_row=[0, 1], tile_col=[0, 0], step=[4.0, math.nan], words=["a", "b"]
    )
    figure = figures.tile_map(tiles, chosen=["2"])
    hill, dale = (shapes(figure, one)[0] for one in ("1", "2"))
    assert hill.fillcolor == theme.STEPS[4]
    assert dale.line.width > hill.line.width
    assert list(figure.data[0].text) == ["H", "D"]


def test_a_boundary_map_draws_polygons_without_fetching_anything():
    square = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
    boundaries = {
        "features": [
            {"properties": {"id": 1.0}, "geometry": {"type": "Polygon", "coordinates": [square]}},
            {
                "properties": {"id": 9},
                "geometry": {"type": "MultiPolygon", "coordinates": [[square], [square]]},
            },
        ]
    }
    known = places(short=["H", "D"], step=[2.0, 1.0], words=["Hill: 30", "Dale: 10"])
    figure = figures.boundary_map(boundaries, known, id_property="id", chosen=["1"])
    assert [trace.type for trace in figure.data] == ["scatter", "scatter"]
    assert figure.data[-1].fillcolor == theme.STEPS[2], "the chosen frame lies on top"
    assert figure.data[-1].text == "Hill: 30"
    assert figure.data[0].fillcolor == "#FFFFFF"  # not in the table: not known, not zero


def test_printed_figures_stand_in_the_middle_of_their_period_and_gaps_are_not_bridged():
    table = rows(
        ["2015", "2016", "2018"],
        [3.0, 4.0, 1.0],
        period_from=pd.to_datetime(["2015-01-01", "2016-01-01", "2018-01-01"]),
        period_to=pd.to_datetime(["2015-12-31", "2016-12-31", "2018-12-31"]),
    )
    figure = figures.published_over_time(measured(table, kind="figure"))
    guide, dots = figure.data
    assert list(dots.text) == ["3", "4", "1"]
    assert pd.Timestamp(dots.x[0]) == pd.Timestamp("2015-07-02")
    assert [point is None or pd.isna(point) for point in guide.y] == [False, False, True, False]


def test_a_printed_period_without_days_is_left_to_the_table():
    figure = figures.published_over_time(
        measured(rows(["2006-2008", "2010"], [3.0, 4.0]), kind="figure")
    )
    assert pd.isna(figure.data[1].x[0])
    assert pd.Timestamp(figure.data[1].x[1]).year == 2010


def test_a_verdict_chart_shades_both_windows_and_draws_levels_range_and_promise():
    before = figures.Level("before", pd.Timestamp("2019-01-01"), pd.Timestamp("2020-01-01"), 10.0)
    after = figures.Level(
        "after", pd.Timestamp("2021-01-01"), pd.Timestamp("2022-01-01"), 8.0, 7.0, 9.0
    )
    figure = figures.sketch_windows(
        measured(rows(YEARS, [10.0, 9.0, 8.0])),
        windows=[before, after],
        target=(6.0, "promised: 40% lower"),
    ).figure()
    assert shapes(figure, "before") and shapes(figure, "after")
    assert shapes(figure, "before: level")[0].y0 == 10.0
    (spread_,) = shapes(figure, "after: range")
    assert (spread_.y0, spread_.y1) == (7.0, 9.0)
    (target,) = shapes(figure, "target")
    assert (target.y0, pd.Timestamp(target.x0)) == (6.0, pd.Timestamp("2021-01-01"))


def test_how_often_the_rule_is_right_is_drawn_with_its_ranges_and_the_promise():
    table = pd.DataFrame(
        {
            "per_month": [10, 10, 100, 100],
            "true_change": [0.0, -0.2, 0.0, -0.2],
            "value": [0.01, 0.4, 0.0, 0.5],
            "lower": [0.0, 0.3, 0.0, 0.45],
            "upper": [0.02, 0.5, 0.01, 0.55],
        }
    )
    figure = figures.share_by_truth(table, promised=-0.2, said="Kept")
    assert [trace.name for trace in figure.data] == ["10 a month", "100 a month"]
    assert len({trace.line.dash for trace in figure.data}) == 2
    assert list(figure.data[0].error_y.array) == pytest.approx([0.01, 0.1])
    assert shapes(figure, "promised")[0].x0 == 1
    assert list(figure.layout.xaxis.ticktext) == ["no change", "20% lower"]


def test_a_handful_of_events_is_drawn_as_bars_on_an_axis_of_whole_numbers():
    figure = figures.sketch_windows(measured(rows(YEARS, [1.0, 0.0, 2.0]))).figure()
    assert figure.data[0].type == "bar"
    assert figure.layout.yaxis.dtick == 1


def test_small_panels_share_one_scale_even_when_a_panel_stays_empty():
    parts = [rows(YEARS, [value] * 3, category=[value] * 3) for value in ("1", "2", "4")]
    table = pd.concat(parts).astype({"value": "float64", "n": "float64"})
    figure = figures.small_multiples(measured(table, groups=("category",)))
    assert {tuple(axis.range) for axis in figure.select_yaxes()} == {(0, 4.0 * 1.1)}


def test_years_stand_below_the_last_panel_of_each_column():
    parts = [rows(YEARS, [1.0] * 3, category=[name] * 3) for name in "vwxyz"]
    figure = figures.small_multiples(measured(pd.concat(parts), groups=("category",)))
    named = [axis.showticklabels is not False for axis in figure.select_xaxes()]
    assert named == [False, False, False, True, True, True]  # the sixth panel is empty


def test_labels_at_line_ends_are_moved_apart_in_their_order():
    assert spread([1.0, 1.0, 5.0], gap=1.0) == [1.0, 2.0, 5.0]


def test_text_from_data_cannot_become_markup_on_a_chart():
    assert label_text("<b>x</b> &\ty\x00") == "&lt;b>x&lt;/b> &amp; y"


def test_no_figure_uses_a_template_or_moves_when_touched():
    figure = figures.counts_over_time(measured(rows(YEARS, [1.0, 2.0, 3.0])))
    assert figure.layout.template.layout.to_plotly_json() == {}
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange


@pytest.mark.parametrize("one", theme.STROKES)
def test_every_text_color_can_be_read_on_the_paper(one):
    assert contrast(one.text, theme.PAPER) >= 4.5


@pytest.mark.parametrize("ink", [theme.INK, theme.SOFT_INK])
def test_ink_can_be_read_on_paper_and_panel(ink):
    assert min(contrast(ink, theme.PAPER), contrast(ink, theme.PANEL)) >= 4.5


def test_the_steps_of_a_map_differ_in_lightness():
    light = [luminance(step) for step in theme.STEPS]
    assert light == sorted(light, reverse=True)
    assert all(a / b > 1.15 for a, b in pairwise(light))


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_shaded_paper_is_the_shade_on_paper():
    *shade, share = map(float, theme.SHADE.removeprefix("rgba(").rstrip(")").split(","))
    paper = [int(theme.PAPER[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = [round(p * (1 - share) + s * share) for p, s in zip(paper, shade, strict=True)]
    assert "#" + "".join(f"{part:02X}" for part in mixed) == theme.SHADED_PAPER


def contrast(one: str, other: str) -> float:
    """Contrast of WCAG 2."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_small_shares_are_marked_without_naming_two_ticks_alike():
    figure = figures.lines_over_time(measured(rows(YEARS, [0.004, 0.011, 0.006]), kind="share"))
    assert figure.layout.yaxis.tickformat == "~%"  # "0.5%", where rounding would print "1%" twice


def test_a_place_s_name_stands_where_most_of_its_area_is_and_smaller_where_there_are_many():
    long_tail = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0.02], [-40, 0.01], [0, 0]]
    outline = {"type": "Polygon", "coordinates": [long_tail]}
    for many, size in ((1, 12), (41, 9)):
        shapes = {"features": [{"properties": {"id": "1"}, "geometry": outline}] * many}
        known = pd.DataFrame({"place": ["1"], "short": ["1"], "words": ["One"], "step": [None]})
        first = figures.boundary_map(shapes, known, id_property="id").layout.annotations[0]
        assert 0 < first.x < 4
        assert 0 < first.y < 4
        assert first.font.size == size


def test_a_sketch_is_checked_once_it_becomes_a_figure():
    sketch = Sketch({"height": 100})
    sketch.scatter(x=[1], y=[2], mode="markers")
    sketch.shape(type="line", x0=0, x1=1, y0=0, y1=1)
    sketch.annotate(x=0, y=0, text="here")
    sketch.y_axis({"range": [0, 3]})
    figure = sketch.figure()
    assert (len(figure.data), len(figure.layout.shapes)) == (1, 1)
    assert figure.layout.annotations[0].showarrow is False
    assert figure.layout.yaxis.range == (0, 3)
    sketch.shape(type="cloud")
    with pytest.raises(ValueError, match="cloud"):
        sketch.figure()


def test_a_sketch_is_sent_with_the_values_of_its_figure():
    table = rows(
        YEARS, [0.2, math.nan, 0.4], lower=[0.1, math.nan, 0.3], upper=[0.3, 0.4, math.inf]
    )
    for kind, period, groups in (("share", "year", ()), ("count", "year", ()),
                                 ("share", "all", ("place",))):  # fmt: skip
        drawn = figures.sketch_of(
            measured(table.assign(place=YEARS), kind=kind, groups=groups, period=period)
        )
        assert drawn.finished().to_dict() == drawn.figure().to_dict()
