"""What pages read: cities, measured tables and verdicts, computed once and shared read-only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import streamlit as st

from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.load import (
    city_slugs,
    current_snapshot,
    data_root,
    load_city,
    published_root,
    read_city,
)
from trustboard.measure import Query, measure
from trustboard.tidy import CannotMeasure, Measured

if TYPE_CHECKING:
    from trustboard.verdicts import AssessedCommitment, AssessedTest
    from trustboard.verdicts.sensitivity import Sensitivity

DEFAULT_CITY = "st-louis"


def slugs() -> list[str]:
    """Name the cities that can be chosen, St. Louis first."""
    found = city_slugs(data_root())
    return sorted(found, key=lambda slug: (slug != DEFAULT_CITY, slug))


def city(slug: str) -> CityData | CannotRunError:
    """Open a city once for all visitors; a city that cannot be opened says why.

    A new snapshot opens the city anew, without a restart.
    """
    own = (data_root() / slug / "published").is_dir()
    return _opened(slug, data_root(), published_root(), None if own else current_snapshot(slug))


@st.cache_resource(max_entries=16, show_spinner="Reading the published files")
def _opened(
    slug: str, data: Path, elsewhere: Path | None, snapshot: Path | None
) -> CityData | CannotRunError:
    del snapshot  # only tells one state of the data from another: `load_city` finds it itself
    try:
        opened = load_city(slug, data=data, elsewhere=elsewhere)
    except CannotRunError as problem:
        return problem
    _IN_USE[slug, opened.data_hash] = opened
    return opened


#: Every state of a city that some page still shows. A page that began with one keeps to it,
#: although newer data may arrive while it is being drawn.
_IN_USE: WeakValueDictionary[tuple[str, str], CityData] = WeakValueDictionary()


def city_name(slug: str) -> str:
    """Give a city's printed name; its folder's name where its description cannot be read.

    Only the description is read: a visitor of one city does not wait for the rows of the others.
    """
    return _named(slug, data_root())


@st.cache_data(max_entries=256, show_spinner=False)
def _named(slug: str, data: Path) -> str:
    try:
        return read_city(slug, data=data).name
    except CannotRunError:
        return slug.replace("-", " ").title()


def _same(slug: str, data_hash: str) -> CityData:
    """Give the city in the state that a page began with. KeyError if no page holds it."""
    return _IN_USE[slug, data_hash]


@st.cache_resource(max_entries=512, show_spinner=False)
def measured(slug: str, data_hash: str, indicator: str, query: Query) -> Measured | CannotMeasure:
    """Measure one indicator once per version of the data."""
    return measure(_same(slug, data_hash), indicator, query)


@st.cache_resource(max_entries=16, show_spinner="Working out the verdicts")
def assessed(slug: str, data_hash: str) -> tuple[AssessedCommitment, ...]:
    """Work out every verdict of a city once per version of the data."""
    from trustboard.verdicts import assess_all

    return tuple(assess_all(_same(slug, data_hash)))


def _found(slug: str, data_hash: str, commitment: str) -> AssessedCommitment:
    every = assessed(slug, data_hash)
    return next(one for one in every if one.commitment.id == commitment)


def _test(found: AssessedCommitment, test: str) -> AssessedTest:
    return next(one for one in found.tests if one.test.id == test)


@dataclass(frozen=True, slots=True)
class RowsBehind:
    """The rows an outcome rests on, as the bytes of a CSV file with their number and hash."""

    csv: bytes
    rows: int
    sha256: str


@st.cache_resource(max_entries=128, show_spinner=False)
def rows_as_csv(slug: str, data_hash: str, commitment: str, test: str) -> RowsBehind:
    """Give the published rows behind one test."""
    from trustboard.verdicts.rows_behind import as_csv, fingerprint, rows_behind

    opened, found = _same(slug, data_hash), _found(slug, data_hash, commitment)
    rows = rows_behind(_test(found, test), opened)
    return RowsBehind(csv=as_csv(rows), rows=len(rows), sha256=fingerprint(rows))


@st.cache_resource(max_entries=256, show_spinner=False)
def reproduced(slug: str, data_hash: str, commitment: str, test: str) -> str:
    """Give what `trustboard reproduce` prints of a commitment; with `test`, of that test alone."""
    from trustboard.verdicts.reproduce import reproduce

    found = _found(slug, data_hash, commitment)
    shown = found if not test else replace(found, tests=(_test(found, test),))
    return reproduce(found.commitment, shown, _same(slug, data_hash))


@st.cache_resource(max_entries=256, show_spinner="Trying other readings")
def other_readings(slug: str, data_hash: str, commitment: str, test: str) -> Sensitivity | None:
    """Read a test with other reasonable choices; None where it gives no verdict to compare."""
    from trustboard.commitments import ChangeTest, ThresholdTest
    from trustboard.verdicts.sensitivity import sensitivity

    found = _found(slug, data_hash, commitment)
    wanted = _test(found, test).test
    if not isinstance(wanted, ChangeTest | ThresholdTest):
        return None
    return sensitivity(found.commitment, wanted, _same(slug, data_hash))
