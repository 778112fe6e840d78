"""Words on a verdict's chart lie on no line, no dot, no number and no other words, however wide.

Everything is worked out here from what the figure says, with no help from what placed the words.
"""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from test_figures import measured, rows
from trustboard import figures, theme
from trustboard.figures.frame import UNSETTLED
from trustboard.figures.unsettled import UNSETTLED_LABEL

#: Widths of plots in pixels, none of which the program itself tries: phones, a tablet, a desk.
WIDE = [255, 292, 323, 390, 640, 829]
MONTHS = [str(month) for month in pd.period_range("2019-01", "2024-12", freq="M")]
SAID = figures.Statement(pd.Timestamp("2023-02-09"), "Promise 9 Feb 2023")
OUT = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}


class Plot:
    """The plot of a figure at one width: where days and values lie in pixels."""

    def __init__(self, figure, wide):
        self.first, self.last = (pd.Timestamp(end) for end in figure.layout.xaxis.range)
        # Without a range, Plotly ends the axis a twentieth above the highest.
        highest = max((y for one in figure.data for y in one.y if y is not None), default=0)
        self.low, self.high = figure.layout.yaxis.range or (0, highest / 0.95 or 1)
        margin = figure.layout.margin
        self.tall = figure.layout.height - margin.t - max(margin.b, 34)
        self.wide = wide

    def x(self, day):
        return (pd.Timestamp(day) - self.first) / (self.last - self.first) * self.wide

    def y(self, value):
        return (value - self.low) / (self.high - self.low) * self.tall

    def box(self, note):
        """Give what an annotation covers: left, right, bottom, top."""
        lines = note.text.replace("<b>", "").replace("</b>", "").split("<br>")
        long, high = 6.3 * max(map(len, lines)), 13 * len(lines)
        if note.textangle:
            long, high = high, 0.85 * long
        right, up = (note.ax, -note.ay) if note.showarrow else (note.xshift, note.yshift)
        x = self.wide * note.x if note.xref == "paper" else self.x(note.x)
        y = self.tall * note.y if note.yref == "paper" else self.y(note.y)
        left = x + (right or 0) - long * OUT[note.xanchor or "center"]
        bottom = y + (up or 0) - high * OUT[note.yanchor or "middle"]
        return left, left + long, bottom, bottom + high

    def number(self, day, value, text, side):
        """Give what the number of a dot covers."""
        vertical, horizontal = side.split()
        long = 6.2 * len(text) - 2.6 * text.count(",")
        left = {"left": -7 - long, "center": -long / 2, "right": 7}[horizontal] + self.x(day)
        bottom = {"top": 10, "middle": -4.5, "bottom": -16}[vertical] + self.y(value)
        return left, left + long, bottom, bottom + 9


def known(trace):
    return [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if y is not None]


def pieces(trace):
    """Give the lines from point to point of a trace; there is none over a gap."""
    points = zip(trace.x, trace.y, strict=True)
    return [pair for pair in pairwise(points) if None not in (pair[0][1], pair[1][1])]


def along(plot, points):
    """Walk along a line, a pixel at a time."""
    for (x0, y0), (x1, y1) in pairwise([(plot.x(x), plot.y(y)) for x, y in points]):
        steps = int(math.hypot(x1 - x0, y1 - y0)) + 1
        for step in range(steps + 1):
            yield x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps


def on(box, point):
    left, right, bottom, top = box
    return left < point[0] < right and bottom < point[1] < top


def overlap(box, other):
    beside = box[1] <= other[0] or other[1] <= box[0]
    return not beside and box[2] < other[3] and other[2] < box[3]


def lines_of(figure, plot):
    """Give the points along all lines: values, levels, the promised level and the statement."""
    for trace in figure.data:
        if trace.type == "scatter" and "lines" in trace.mode and trace.name != "guide":
            for piece in pieces(trace):
                yield from along(plot, piece)
    for shape in figure.layout.shapes:
        if shape.type == "line":
            low, high = shape.y0, shape.y1
            if shape.yref == "paper":
                low, high = plot.low, plot.high
            yield from along(plot, [(shape.x0, low), (shape.x1, high)])


def half_of(width):
    return pd.Timedelta(width / 2, "ms")


def shut_in(figure, plot, box):
    """Tell whether words lie on a bar or on the range of a level."""
    bars = [one for one in figure.data if one.type == "bar"]
    areas = [
        (plot.x(x - half), plot.x(x + half), 0, plot.y(y))
        for one in bars
        for x, y, half in zip(one.x, one.y, map(half_of, one.width), strict=True)
    ]
    areas += [
        (plot.x(one.x0), plot.x(one.x1), plot.y(one.y0), plot.y(one.y1))
        for one in figure.layout.shapes
        if one.name.endswith(": range")
    ]
    return any(overlap(box, area) for area in areas)


def windows(level, upper, *, after="2024-07-01"):
    before = figures.Level(
        "before Feb 2021 to Jan 2023", pd.Timestamp("2021-02-01"), pd.Timestamp("2023-02-01"), 15.0,
        said="15 a month",
    )  # fmt: skip
    end = pd.Timestamp(after)
    start = end - pd.DateOffset(years=1)
    name = "after Jul 2023 to Jun 2024"
    last = figures.Level(name, start, end, level, level - 1, upper, said="12 a month")
    return [before, last]


def each_month(most):
    return some.lists(some.floats(0, most), min_size=len(MONTHS), max_size=len(MONTHS))


#: Many, drawn as lines, or a handful, drawn as bars.
values = each_month(30) | each_month(4)


@settings(max_examples=40, deadline=None)
@given(
    values=values,
    target=some.floats(0, 40),
    level=some.floats(1, 30),
    open_months=some.integers(0, 6),
)
@example(values=[0.0, 30.0] * 36, target=15.0, level=15.0, open_months=3)
@example(values=[30.0] * 72, target=30.0, level=30.0, open_months=0)
def test_what_was_promised_covers_nothing_however_the_line_runs(values, target, level, open_months):
    state = ["ok"] * (len(MONTHS) - open_months) + ["unsettled"] * open_months
    table = measured(rows(MONTHS, values, state=state), period="month")
    drawn = figures.sketch_windows(
        table,
        windows=windows(level, level + 2),
        target=(target, "promised: 20% lower"),
        statements=[SAID],
    ).figure()
    (note,) = (one for one in drawn.layout.annotations if one.text.startswith("promised"))
    assert note.bgcolor, "nothing is under it, so that it may hide the grid"
    for wide in WIDE:
        plot = Plot(drawn, wide)
        box = plot.box(note)
        assert box[0] >= 0 and box[1] <= wide + drawn.layout.margin.r
        assert box[2] >= 0 and box[3] <= plot.tall + 1
        assert not [point for point in lines_of(drawn, plot) if on(box, point)]
        assert not shut_in(drawn, plot, box)


def test_words_right_at_the_line_are_preferred_to_words_away_from_it():
    low = measured(rows(MONTHS, [5.0] * len(MONTHS)), period="month")
    target = (20.0, "promised: 20% lower")
    drawn = figures.sketch_windows(low, windows=windows(6.0, 7.0), target=target).figure()
    (note,) = (one for one in drawn.layout.annotations if one.text.startswith("promised"))
    assert not note.showarrow
    busy = measured(rows(MONTHS, [8.0, 30.0] * 36), period="month")
    drawn = figures.sketch_windows(busy, windows=windows(6.0, 7.0), target=target).figure()
    (note,) = (one for one in drawn.layout.annotations if one.text.startswith("promised"))
    assert note.showarrow, "away from a line that goes up and down across it, led to by a thin one"


@settings(max_examples=40, deadline=None)
@given(values=values, open_months=some.integers(1, 6))
def test_no_words_lie_on_other_words(values, open_months):
    state = ["ok"] * (len(MONTHS) - open_months) + ["unsettled"] * open_months
    table = measured(rows(MONTHS, values, state=state), period="month")
    drawn = figures.sketch_windows(
        table,
        windows=windows(12.0, 14.0),
        target=(9.0, "promised: 40% lower"),
        statements=[SAID],
    ).figure()
    for wide in WIDE:
        boxes = [Plot(drawn, wide).box(one) for one in drawn.layout.annotations]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]


@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("after", ["2023-04-01", "2024-07-01", "2025-01-01"])
def test_the_names_of_two_windows_lie_beside_each_other_and_are_not_cut_off(wide, after):
    table = measured(rows(MONTHS, [5.0] * len(MONTHS)), period="month")
    drawn = figures.sketch_windows(table, windows=windows(6.0, 7.0, after=after)).figure()
    boxes = [Plot(drawn, wide).box(one) for one in drawn.layout.annotations]
    assert len(boxes) == 2 and not overlap(*boxes)
    assert max(box[1] for box in boxes) <= wide + drawn.layout.margin.r


def over_bars(figure, plot):
    """Give what the numbers over bars cover."""
    for bars in figure.data:
        for x, y, words in zip(bars.x, bars.y, bars.text, strict=True):
            if words:
                half = 3.1 * len(words) - 1.3 * words.count(",")
                yield plot.x(x) - half, plot.x(x) + half, plot.y(y) + 3, plot.y(y) + 13


#: States as they follow each other: both ends may be covered, chosen or settled only in part.
states = some.lists(some.sampled_from(["ok", "ok", *UNSETTLED]), min_size=1, max_size=7)


@settings(max_examples=80, deadline=None)
@given(
    state=states,
    most=some.sampled_from([4, 40, 99_999]),
    seed=some.lists(some.floats(0, 1), min_size=7, max_size=7),
    said=some.booleans(),
)
@example(state=["partial", "cut", "unsettled"], most=40, seed=[1.0] * 7, said=True)
@example(
    state=["ok", "unsettled", "partial", "unsettled"], most=40, seed=[0.0] + [1.0] * 6, said=False
)
@example(
    state=["ok", "cut", "unsettled", "cut", "ok"],
    most=40,
    seed=[1.0, 1.0, 0.8, 1.0, 1.0, 0.0, 0.0],
    said=False,
)
@example(state=["partial", "ok", "ok"], most=99_999, seed=[1.0] * 7, said=True)
@example(
    state=["ok"] * 4 + ["unsettled", "partial"], most=700, seed=[0.96] * 5 + [0.1, 0], said=False
)
def test_names_of_unsettled_years_lie_on_no_bar_no_number_and_no_name(state, most, seed, said):
    years = [str(2018 + at) for at in range(len(state))]
    counts = [float(round(most * one)) for one in seed[: len(state)]]
    mark = figures.Statement(pd.Timestamp("2018-09-20"), "Promise 20 Sep 2018")
    drawn = figures.counts_over_time(
        measured(rows(years, counts, state=state)), statements=[mark] * said
    )
    names = [one for one in drawn.layout.annotations if one.text in UNSETTLED_LABEL.values()]
    assert {one.text for one in names} == {UNSETTLED_LABEL[one] for one in state if one != "ok"}
    for wide in WIDE:
        plot = Plot(drawn, wide)
        boxes = [plot.box(one) for one in drawn.layout.annotations]
        numbers = list(over_bars(drawn, plot))
        for box in map(plot.box, names):
            assert box[0] >= -2 and box[1] <= wide + drawn.layout.margin.r
            assert box[2] >= 0 and box[3] <= plot.tall + drawn.layout.margin.t
            assert not shut_in(drawn, plot, box)
            assert not [one for one in numbers if overlap(box, one)]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]


@settings(max_examples=80, deadline=None)
@given(state=states, seed=some.lists(some.floats(0, 1), min_size=7, max_size=7))
@example(state=["partial", "cut", "unsettled"], seed=[1.0, 0.0] * 3 + [1.0])
def test_names_of_unsettled_stretches_lie_on_no_line_and_no_name(state, seed):
    months = MONTHS[: len(state)]
    table = measured(rows(months, seed[: len(state)], state=state), kind="share", period="month")
    drawn = figures.lines_over_time(table)
    for wide in WIDE:
        plot = Plot(drawn, wide)
        boxes = [plot.box(one) for one in drawn.layout.annotations]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
        for left, right, bottom, top in boxes:  # where Plotly ends the axis is known to 2 pixels
            box = (left + 2, right - 2, bottom + 2, top - 2)
            assert not [point for point in lines_of(drawn, plot) if on(box, point)]


def test_a_name_without_room_in_the_plot_stands_above_it_and_the_plot_is_a_line_less_tall():
    counts = [683.0, 652.0, 624.0, 662.0, 654.0, 93.0]
    state = ["ok"] * 4 + ["unsettled", "partial"]
    years = [str(year) for year in range(2016, 2022)]
    drawn = figures.counts_over_time(measured(rows(years, counts, state=state)))
    filling, partly = drawn.layout.annotations
    if filling.text == "partly covered":
        filling, partly = partly, filling
    assert (filling.y, filling.yanchor, filling.textangle) == (1.0, "bottom", None)
    assert pd.Timestamp(filling.x) == pd.Timestamp("2021-01-01") and filling.xanchor == "right"
    assert partly.xanchor == "left", "in the margin, where nothing is"
    assert drawn.layout.margin.t == theme.TOP + 18


def numbers_of(figure, plot):
    """Give each dot that has a number with what the number covers."""
    for trace in figure.data:
        if trace.text:
            dots = zip(trace.x, trace.y, trace.text, trace.textposition, strict=True)
            yield from (
                ((plot.x(x), plot.y(y)), plot.number(x, y, text, side))
                for x, y, text, side in dots
                if text
            )


@settings(max_examples=60, deadline=None)
@given(
    values=some.lists(some.integers(1, 60_000), min_size=3, max_size=12),
    said=some.integers(0, 11),
    month=some.integers(1, 12),
)
@example(values=[1_345, 1_329, 1_658, 1_672, 1_616], said=2, month=6)
@example(values=[41_870, 39_214, 40_466, 40_132, 33_508], said=4, month=2)
def test_printed_numbers_lie_on_no_dot_no_number_and_no_date(values, said, month):
    years = [str(2010 + at) for at in range(len(values))]
    mark = figures.Statement(pd.Timestamp(2010 + said % len(values), month, 15), "Promise")
    table = measured(rows(years, [float(one) for one in values]), kind="figure")
    drawn = figures.published_over_time(table, statements=[mark])
    for wide in WIDE:
        plot = Plot(drawn, wide)
        dots = [(plot.x(x), plot.y(y)) for x, y in known(drawn.data[1])]
        boxes = [box for _, box in numbers_of(drawn, plot)]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
        assert not [1 for box in boxes for dot in dots if on(box, dot)]
        assert not [1 for box in boxes for point in lines_of(drawn, plot) if on(box, point)]
        assert all(box[3] <= plot.tall + 1 for box in boxes), "below the dates over the plot"


def test_every_number_of_a_few_years_is_written_also_where_a_promise_was_made_that_year():
    values = [1_345.0, 1_329.0, 1_658.0, 1_672.0, 1_616.0]
    years = [str(year) for year in range(2019, 2024)]
    mark = figures.Statement(pd.Timestamp("2021-06-17"), "Promise 17 Jun 2021")
    table = measured(rows(years, values), kind="figure")
    drawn = figures.published_over_time(table, statements=[mark])
    assert list(drawn.data[1].text) == ["1,345", "1,329", "1,658", "1,672", "1,616"]
    assert drawn.data[1].textposition[2] != "top center"


def test_of_numbers_too_close_for_a_phone_the_newest_the_oldest_and_the_ends_are_written():
    values = [10_000.0 + one for one in (0, 2, 1, 4, 3, 6, 5, 8, 7, 40, 9, 10)]
    years = [str(2010 + at) for at in range(len(values))]
    drawn = figures.published_over_time(measured(rows(years, values), kind="figure"))
    written = list(drawn.data[1].text)
    assert "" in written
    assert written[-1] == "10,010" and written[0] == "10,000"


def test_printed_figures_below_zero_stay_on_the_chart():
    drawn = figures.published_over_time(
        measured(rows(["2019", "2020"], [-4.0, 3.0]), kind="figure")
    )
    low, high = drawn.layout.yaxis.range
    assert low < -4 and high > 3
