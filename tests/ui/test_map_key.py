"""The key of a map: every count lies in the class of its shade, and every place is named once."""

from __future__ import annotations

import math
import re
from html import unescape

import pandas as pd
from hypothesis import given
from hypothesis import strategies as some

from test_app import ROOT, run, words
from trustboard import figures, theme
from trustboard.ui.map_key import map_key, off_the_map, steps_of

counts = some.lists(some.integers(0, 4_000) | some.just(math.nan), min_size=1, max_size=40)


def key_of(numbers, *, drawn=None):
    """Give the classes of a key: their words and the places named in each."""
    names = [f"p{at}" for at in range(len(numbers))]
    table = pd.DataFrame({"place": names, "short": names, "n": pd.Series(numbers, dtype="float64")})
    table["step"] = steps_of(table["n"])
    html = map_key(table, drawn=names if drawn is None else drawn, unit="complaints", about="All.")
    items = re.findall(r"<li>.*?<b>(.*?)</b>: (.*?)</span></li>", html)
    return table, [(said, [] if who == "no place" else who.split(", ")) for said, who in items]


@given(numbers=counts)
def test_every_place_is_in_the_class_that_its_count_lies_in(numbers):
    table, classes = key_of(numbers)
    known = {row.short: row.n for row in table.itertuples()}
    assert sorted(one for _, who in classes for one in who) == sorted(known)
    after = 0
    for said, who in classes:
        if said == "no number known":
            assert said == classes[-1][0]
            assert all(math.isnan(known[one]) for one in who) and who
            continue
        low, _, high = said.replace(",", "").partition(" to ")
        assert int(low) == after, "classes leave nothing out and overlap nowhere"
        after = int(high or low) + 1
        assert all(int(low) <= known[one] < after for one in who)
    top = table["n"].max()
    assert math.isnan(top) or after == top + 1


def test_no_number_is_not_the_shade_of_zero():
    table, classes = key_of([0, math.nan, 10])
    assert classes[0] == ("0 to 1", ["p0"])
    assert classes[-1] == ("no number known", ["p1"])
    assert pd.isna(table["step"][1]) and table["step"][0] == 0
    _, nothing = key_of([0, 0])
    assert nothing == [("0", ["p0", "p1"])]


def test_an_outline_that_no_list_of_places_knows_is_told_as_unknown_and_one_not_drawn_is_not():
    _, classes = key_of([3, 5], drawn=["p1", "pier"])
    assert [who for _, who in classes if who] == [["p1"], ["pier"]]
    assert classes[-1][0] == "no number known"


def test_names_in_a_key_become_no_tag():
    table = pd.DataFrame({"place": ["a"], "short": ["<b>"], "n": [1.0], "step": [4.0]})
    assert "<b><b>" not in map_key(table, drawn=["a"], unit="complaints", about="")
    assert "&lt;b&gt;" in map_key(table, drawn=["a"], unit="complaints", about="")


def test_what_is_not_on_the_map_is_told_with_its_number():
    rows = [{"place": "1", "n": 5.0}, {"place": "unknown", "n": 81.0}, {"place": "9", "n": 0.0}]
    said = off_the_map(rows, drawn=["1"], names={"unknown": "Place not known"})
    assert said == "Not on the map are 81: Place not known 81."
    assert off_the_map(rows[:1], drawn=["1"], names={}) == ""


def tiles(step):
    """Make two tiles, the second of this class."""
    return pd.DataFrame(
        {
            "place": ["1", "2"], "name": ["Hill", "Dale"], "short": ["H", "D"], "tile_row": [0, 1],
            "tile_col": [0, 0], "step": [4.0, step], "words": ["a", "b"],
        }
    )  # fmt: skip


def test_a_square_without_a_number_is_struck_through_where_others_have_one():
    struck = [one for one in figures.tile_map(tiles(math.nan)).layout.shapes if one.type == "line"]
    assert len(struck) == 1 and struck[0].y0 > struck[0].y1 > 0
    assert not [one for one in figures.tile_map(tiles(0.0)).layout.shapes if one.type == "line"]
    bare = tiles(math.nan).assign(step=math.nan)
    assert not [one for one in figures.tile_map(bare).layout.shapes if one.type == "line"]


def test_an_outline_without_a_number_is_hatched_where_others_have_one():
    square = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
    outline = {"type": "Polygon", "coordinates": [square]}
    features = [{"properties": {"id": one}, "geometry": outline} for one in ("1", "2", "9")]
    drawn = figures.boundary_map({"features": features}, tiles(math.nan), id_property="id")
    assert {one.name: one.fillpattern.shape for one in drawn.data} == {
        "1": None,
        "2": "/",
        "9": "/",
    }
    assert figures.outlined({"features": features}, id_property="id") == {"1", "2", "9"}


def test_the_page_of_all_places_tells_what_each_shade_means(monkeypatch):
    monkeypatch.chdir(ROOT)
    html = unescape(words(run("5_neighborhoods.py", "riverbend")))
    (key,) = re.findall(r'<ul class="tb-shades".*?</ul>', html)
    assert [shade for shade in theme.STEPS if shade in key] == list(theme.STEPS)
    assert "Complaints for each shade, and the places that have it. Nothing is filtered" in html
    assert key.count("CL") == 1
    left = re.search(
        r"Not on the map are (\d+): Outside the city (\d+); Place not known (\d+)", html
    )
    assert left is not None and int(left[1]) == int(left[2]) + int(left[3])
