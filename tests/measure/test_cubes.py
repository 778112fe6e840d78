"""Rows added up beforehand give the very same answer as the rows themselves, or decline."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_city
from trustboard.citydata import CityData
from trustboard.cubes import cube_of
from trustboard.indicator import Indicator, catalogue
from trustboard.load import data_root, load_city
from trustboard.measure import measure
from trustboard.prepared.cubes import StoredTallies, write_cubes
from trustboard.query import Query, QueryError
from trustboard.selecting import select
from trustboard.tallies import Source, Tallies, Tally
from trustboard.tidy import Measured

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
#: Indicators that count rows; the others look at printed figures.
COUNTING = [one for one in catalogue().values() if one.rows is not None or one.units]
GROUPS = ("place", "district", "category", "filed_by", "finding", "age", "event_kind")


def _added_up(city: CityData) -> CityData:
    """Give the same city with its rows added up."""
    folder = Path(mkdtemp())
    told, again = write_cubes(city, folder), replace(city)
    object.__setattr__(again, "tallies", StoredTallies(folder, told))
    return again


class _Shuffled:
    """Tallies whose rows lie in no order, so that hardly any filter finds them side by side."""

    def __init__(self, kept: Tallies) -> None:
        self._kept = kept

    def tally(self, indicator: str, unit: str, columns: Collection[str]) -> Tally | None:
        found = self._kept.tally(indicator, unit, columns)
        if found is None:
            return None
        frame = found.frame.sample(frac=1, random_state=7).reset_index(drop=True)
        return replace(found, source=Source(frame), day=frame["on"].to_numpy())


@cache
def _shuffled(name: str) -> CityData:
    again = replace(_city(name)[1])
    kept = _city(name)[1].tallies
    assert kept is not None
    object.__setattr__(again, "tallies", _Shuffled(kept))
    return again


@cache
def _city(name: str) -> tuple[CityData, CityData]:
    made = _tiny() if name == "tiny" else _published(name)
    return made, _added_up(made)


def _published(slug: str) -> CityData:
    return load_city(slug, data=data_root(), elsewhere=SHARED if SHARED.is_dir() else None)


def _tiny() -> CityData:
    """A city whose coverage begins and ends within months, with everything that can be unclear."""
    day = date(2022, 1, 3)
    spread = [day + timedelta(days=7 * n) for n in range(98)]
    complaints = [
        {
            "complaint_id": f"C{n}",
            "filed_on": None if n % 31 == 30 else on,
            "closed_on": None if n % 5 == 0 else on + timedelta(days=(n * 37) % 400),
            "place_id": (None, "north", "south", "outside", "east")[n % 5],
            "category": (None, "force", "courtesy")[n % 3],
            "filed_by": ("civilian", "officer", None)[n % 3],
        }
        for n, on in enumerate(spread)
    ]
    findings = ("sustained", "unfounded", "pending", None, "no_finding")
    outcomes = [
        {
            "complaint_id": f"C{n % 98}",
            "finding": findings[n % 5],
            "discipline": ("suspension", None, "pending")[n % 3],
        }
        for n in range(170)
    ]
    events = [
        {
            "event_id": f"E{n}",
            "held_on": on,
            "event_kind": ("town_hall", "media", "giveaway")[n % 3],
            "event_status": "held" if n % 4 else "announced",
            "place_id": (None, "north", "east")[n % 3],
            "date_precision": ("day", "month", "year")[n % 3],
            "citywide": n % 6 == 0,
        }
        for n, on in enumerate(spread)
    ]
    places = [
        ("north", "North", "neighborhood", "1", 5000, True),
        ("south", "South", "neighborhood", "2", 9000, True),
        ("east", "East", "neighborhood", "1", 800, True),
        ("park", "Park", "park", "2", None, False),
    ]
    return make_city(
        complaints=complaints,
        outcomes=outcomes,
        outreach=events,
        places=places,
        coverage={"from": date(2022, 1, 10), "to": date(2023, 11, 17)},
        of_table={"outcomes": {"coverage": {"to": date(2023, 10, 20)}}},
    )


def _answer(city: CityData, indicator: Indicator, query: Query) -> object:
    try:
        return measure(city, indicator.id, query)
    except QueryError as error:
        return str(error)


def _assert_same(one: object, other: object) -> None:
    assert type(one) is type(other)
    if not isinstance(one, Measured) or not isinstance(other, Measured):
        assert one == other
        return
    pd.testing.assert_frame_equal(one.table, other.table, check_exact=True)
    for field in fields(one):
        if field.name != "table":
            assert getattr(one, field.name) == getattr(other, field.name), field.name


def _simple(indicator: Indicator) -> Iterator[Query]:
    """Ask for every period with no group, with each group and with the first two together."""
    splits = [(), *((one,) for one in indicator.by), tuple(indicator.by[:2])]
    for unit, period, groups in itertools.product(indicator.units, indicator.periods, splits):
        time = () if period == "all" else (period,)
        yield Query(by=tuple(dict.fromkeys((*time, *groups))), unit=unit)


@pytest.mark.parametrize("city", ["tiny", "riverbend", "philadelphia", "chicago"])
@pytest.mark.parametrize("indicator", COUNTING, ids=lambda one: one.id)
def test_every_simple_split_gives_the_same_answer(city: str, indicator: Indicator) -> None:
    raw, added_up = _city(city)
    wanted = list(_simple(indicator))
    for query in wanted[:: 2 if city == "tiny" else max(1, len(wanted) // 3)]:
        _assert_same(_answer(raw, indicator, query), _answer(added_up, indicator, query))


@st.composite
def _questions(draw: Any, cities: tuple[str, ...]) -> tuple[str, Indicator, Query]:
    city = draw(st.sampled_from(cities))
    indicator = draw(st.sampled_from(COUNTING))
    by = (
        draw(st.lists(st.sampled_from(indicator.by), unique=True, max_size=2))
        if indicator.by
        else []
    )
    period = draw(st.sampled_from(indicator.periods))
    filters = []
    for column in GROUPS:
        if column in indicator.by and draw(st.integers(0, 3)) == 0:
            ids = sorted(_ids(city, column))
            chosen = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=3))
            filters.append((column, tuple(chosen)))
    days = st.dates(date(2016, 1, 1), date(2024, 12, 31))
    firsts = st.builds(date, st.integers(2016, 2024), st.integers(1, 12), st.just(1))
    ends = [draw(st.none() | st.none() | firsts | days) for _ in range(2)]
    first, last = sorted(ends) if all(ends) else ends
    if last is not None and last.day == 1:
        last -= timedelta(days=1)
    if first is not None and last is not None and first > last:
        last = None
    return (
        city,
        indicator,
        Query(
            by=((period,) if period != "all" else ()) + tuple(by),
            from_=first,
            to=last,
            filters=tuple(filters),
            unit=draw(st.sampled_from(indicator.units)),
        ),
    )


@cache
def _ids(city: str, column: str) -> frozenset[str]:
    raw, _ = _city(city)
    found = {"unknown", "outside", "over-730", "nowhere"}
    for name in ("complaints", "outcomes", "outreach", "places"):
        for named in (column, f"{column}_id"):
            if name in raw.tables:
                found |= set(sorted(raw.tables[name].words(named))[:6])
    return frozenset(found)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(_questions(("tiny", "riverbend")))
def test_any_question_gives_the_same_answer(asked: tuple[str, Indicator, Query]) -> None:
    city, indicator, query = asked
    raw, added_up = _city(city)
    answer = _answer(added_up, indicator, query)
    _assert_same(_answer(raw, indicator, query), answer)
    _assert_same(_answer(_shuffled(city), indicator, query), answer)


@pytest.mark.parametrize("indicator", COUNTING, ids=lambda one: one.id)
def test_several_filters_at_once_give_the_same_answer(
    indicator: Indicator,
) -> None:
    raw, added_up = _city("riverbend")
    asked = {"place": ("ferry-landing", "unknown"), "filed_by": ("civilian",), "age": ("0-90",)}
    filters = tuple((group, ids) for group, ids in asked.items() if group in indicator.by)
    for query in (Query(filters=filters), Query(by=indicator.by[:1], filters=filters)):
        _assert_same(_answer(raw, indicator, query), _answer(added_up, indicator, query))


def test_a_question_of_whole_months_looks_at_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    _, added_up = _city("riverbend")
    monkeypatch.setattr(type(added_up), "cases", property(lambda _: pytest.fail("rows were read")))
    monkeypatch.setattr(type(added_up), "allegations", property(lambda _: pytest.fail("rows")))
    answered = 0
    for indicator in COUNTING:
        for unit in indicator.units:
            query = Query(
                by=tuple(indicator.by[:1]),
                from_=date(2020, 1, 1),
                to=date(2022, 12, 31),
                filters=(("district", ("hill",)),) if "district" in indicator.by else (),
                unit=unit,
            )
            answered += isinstance(_answer(added_up, indicator, query), Measured)
    assert answered >= 12


@pytest.mark.parametrize(
    ("first", "last", "cuts"),
    [
        (date(2022, 1, 10), date(2023, 11, 17), False),  # as covered
        (date(2022, 3, 1), date(2022, 6, 30), False),
        (None, None, False),
        (date(2022, 3, 2), None, True),
        (None, date(2022, 6, 29), True),
    ],
)
def test_only_a_question_that_cuts_a_month_looks_at_rows(
    first: date | None, last: date | None, cuts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, added_up = _city("tiny")
    looked = []
    real = CityData.cases.fget
    assert real is not None
    monkeypatch.setattr(CityData, "cases", property(lambda city: looked.append(1) or real(city)))
    query = Query(by=("month",), from_=first, to=last)
    assert isinstance(measure(added_up, "complaints-received", query), Measured)
    assert bool(looked) is cuts


@pytest.mark.parametrize("indicator", COUNTING, ids=lambda one: one.id)
def test_rows_lie_by_their_first_group_and_then_by_time(indicator: Indicator) -> None:
    cube = cube_of(_city("riverbend")[0], indicator, "complaint")
    for groups, frame in () if cube is None else cube.views:
        lead = [frame[one].cat.codes for one in groups[:1]]
        order = np.lexsort([frame["on"], *lead])
        assert (np.diff(order) > 0).all(), groups


def test_rows_of_one_place_and_some_months_are_looked_at_where_they_lie() -> None:
    _, added_up = _city("riverbend")
    query = Query(from_=date(2020, 3, 1), filters=(("place", ("ferry-landing",)),))
    found = select(added_up, catalogue()["days-to-close"], query)
    assert isinstance(found.at, slice)
    assert len(found.source) > found.at.stop - found.at.start > 10
    assert np.shares_memory(found.flags("observed"), found.source.values("observed"))


def test_a_changed_city_does_not_keep_what_was_added_up() -> None:
    _, added_up = _city("tiny")
    fewer = replace(added_up.tables["complaints"], frame=added_up.tables["complaints"].frame[:5])
    changed = replace(added_up, tables={"complaints": fewer})
    found = measure(changed, "complaints-received", Query())
    assert isinstance(found, Measured)
    assert found.table["n"].sum() == 5


def test_sums_are_kept_of_what_is_asked_and_of_nothing_finer() -> None:
    raw, _ = _city("riverbend")
    cube = cube_of(raw, catalogue()["complaints-received"], "complaint")
    assert cube is not None
    sizes = {groups: len(frame) for groups, frame in cube.views}
    assert sizes[()] <= 12 * 6 + len(cube.starts) + 1  # one per stretch of days, one undated
    assert sum(cube.views[0][1]["weight"]) == len(raw.cases)
    *smaller, whole = sizes.values()
    assert max(smaller) <= whole / 2


def test_times_are_added_up_by_each_group_of_which_many_took_the_same_days() -> None:
    day = date(2022, 1, 3)
    complaints = [
        {
            "complaint_id": f"C{n}",
            "filed_on": day + timedelta(days=n // 4),
            "closed_on": day + timedelta(days=n // 4 + n % 2),
            "category": ("force", "courtesy")[n // 2 % 2],
            "filed_by": ("civilian", "officer")[n % 7 % 2],
        }
        for n in range(800)
    ]
    cube = cube_of(make_city(complaints=complaints), catalogue()["days-to-close"], "complaint")
    assert cube is not None
    views = {groups: len(frame) for groups, frame in cube.views}
    assert {(), ("category",), ("filed_by",)} <= views.keys()
    assert all(frame["weight"].sum() == 800 for _, frame in cube.views)
