"""What pages read: cities, measured tables and verdicts, the same objects as the API's.

Everything is worked out once per version of the data, in `trustboard.shared`, and never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import pandas as pd
import streamlit as st

from trustboard import shared
from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.judging import Checked
from trustboard.judging import checked as checks_of
from trustboard.load import data_root
from trustboard.measure import Query
from trustboard.pins import Pin
from trustboard.shelves import Lately, Shelf
from trustboard.tidy import CannotMeasure, Measured
from trustboard.view import Offered

if TYPE_CHECKING:
    from trustboard.changes import Changes
    from trustboard.quality import Quality
    from trustboard.verdicts import AssessedCommitment

DEFAULT_CITY = shared.DEFAULT_CITY


def slugs() -> list[str]:
    """Name the cities that can be chosen, St. Louis first."""
    found = shared.slugs()
    return sorted(found, key=lambda slug: (slug != DEFAULT_CITY, slug))


_NAMES: Final[Lately[Mapping[str, str]]] = Lately(most=8)


def names() -> Mapping[str, str]:
    """Give the printed names of the cities that can be chosen, by id, St. Louis first."""
    found = slugs()
    return _NAMES.get((data_root(), *found), lambda: {slug: city_name(slug) for slug in found})


def city(slug: str) -> CityData | CannotRunError:
    """Open a city once for all visitors; a city that cannot be opened says why.

    A new snapshot opens the city anew, without a restart.
    """
    if shared.is_open(slug):
        return _opened(slug)
    with st.spinner("Reading the published files"):
        return _opened(slug)


def pinned(slug: str, pin: Pin) -> CityData | None:
    """Open a city in the state that a pin names; None where that cannot be shown any more."""
    found = shared.pinned(slug, pin)
    if found is None:
        return None
    _IN_USE[slug, found.city.data_hash] = found.city
    return found.city


def _opened(slug: str) -> CityData | CannotRunError:
    try:
        found = shared.opened(slug).city
    except CannotRunError as problem:
        return problem
    _IN_USE[slug, found.data_hash] = found
    return found


#: Every state of a city that some page still shows. A page that began with one keeps to it,
#: although newer data may arrive while it is being drawn.
_IN_USE: WeakValueDictionary[tuple[str, str], CityData] = WeakValueDictionary()


def city_name(slug: str) -> str:
    """Give a city's printed name; its folder's name where its description cannot be read.

    Only the description is read: a visitor of one city does not wait for the rows of the others.
    """
    found = shared.described(slug)
    return slug.replace("-", " ").title() if found is None else found.name


def _same(slug: str, data_hash: str) -> CityData:
    """Give the city in the state that a page began with. KeyError if no page holds it."""
    return _IN_USE[slug, data_hash]


def measured(slug: str, data_hash: str, indicator: str, query: Query) -> Measured | CannotMeasure:
    """Measure one indicator once per version of the data."""
    return shared.measured(_same(slug, data_hash), indicator, query)


def offered(city: CityData) -> Offered:
    """List what can be chosen in a city, once per version of its data and description."""
    return shared.offered(city)


def assessed(slug: str, data_hash: str) -> tuple[AssessedCommitment, ...]:
    """Work out every verdict of a city once per version of the data."""
    one = shared.as_opened(_same(slug, data_hash))
    if shared.is_assessed(one):
        return shared.assessed(one)
    with st.spinner("Working out the verdicts"):
        return shared.assessed(one)


def _found(slug: str, data_hash: str, commitment: str) -> AssessedCommitment:
    every = assessed(slug, data_hash)
    return next(one for one in every if one.commitment.id == commitment)


_CHECKED: Final[Shelf[Mapping[str, Checked]]] = Shelf(most=128)


def checked(slug: str, data_hash: str, commitment: str, test: str) -> Checked:
    """Give what a reader needs to check one test, worked out for all tests of its commitment."""
    opened = _same(slug, data_hash)
    key = (opened.slug, opened.data_hash, opened.promises_hash, commitment)

    def make() -> Mapping[str, Checked]:
        return checks_of(_found(slug, data_hash, commitment), opened)

    return _CHECKED.get(key, make)[test]


def reproduced(slug: str, data_hash: str, commitment: str) -> str:
    """Give what `trustboard reproduce` prints of a commitment without tests."""
    from trustboard.verdicts.reproduce import reproduce

    found = _found(slug, data_hash, commitment)
    return reproduce(found.commitment, found, _same(slug, data_hash))


def quality(slug: str, data_hash: str) -> Quality:
    """Work out the faults of a city's data once per version of them."""
    opened = _same(slug, data_hash)
    if shared.is_judged(opened):
        return shared.quality(opened)
    with st.spinner("Counting what is wrong with the data"):
        return shared.quality(opened)


def changes(slug: str, data_hash: str) -> tuple[Changes, str]:
    """Say what the last snapshots changed, and name the state of the snapshots that tell it."""
    return shared.changes(_same(slug, data_hash))


def gone_rows(slug: str, data_hash: str, table: str) -> pd.DataFrame:
    """Give the rows of a table that are published no more; empty for files nobody fetched."""
    return shared.changed_rows(_same(slug, data_hash), table=table, what="removed")
