"""What pages read: cities, measured tables and verdicts, computed once and shared read-only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from trustboard.citydata import CityData
from trustboard.errors import CannotRunError
from trustboard.load import city_slugs, data_root, load_city, published_root
from trustboard.measure import Query, measure
from trustboard.tidy import CannotMeasure, Measured

if TYPE_CHECKING:
    from trustboard.verdicts import AssessedCommitment

DEFAULT_CITY = "st-louis"


def slugs() -> list[str]:
    """Name the cities that can be chosen, St. Louis first."""
    found = city_slugs(data_root())
    return sorted(found, key=lambda slug: (slug != DEFAULT_CITY, slug))


def city(slug: str) -> CityData | CannotRunError:
    """Open a city once for all visitors; a city that cannot be opened says why."""
    return _opened(slug, data_root(), published_root())


@st.cache_resource(max_entries=16, show_spinner="Reading the published files")
def _opened(slug: str, data: Path, elsewhere: Path | None) -> CityData | CannotRunError:
    try:
        return load_city(slug, data=data, elsewhere=elsewhere)
    except CannotRunError as problem:
        return problem


def city_name(slug: str) -> str:
    """Give a city's printed name; its folder's name where the city cannot be opened."""
    opened = city(slug)
    if isinstance(opened, CityData):
        return opened.city.name
    return slug.replace("-", " ").title()


@st.cache_resource(max_entries=512, show_spinner=False)
def measured(slug: str, data_hash: str, indicator: str, query: Query) -> Measured | CannotMeasure:
    """Measure one indicator once per version of the data."""
    opened = city(slug)
    if not isinstance(opened, CityData) or opened.data_hash != data_hash:
        raise CannotRunError(
            f"The data of {slug} changed while it was being read; reload the page."
        )
    return measure(opened, indicator, query)


@st.cache_resource(max_entries=16, show_spinner="Working out the verdicts")
def assessed(slug: str, data_hash: str) -> tuple[AssessedCommitment, ...]:
    """Work out every verdict of a city once per version of the data."""
    from trustboard.verdicts import assess_all

    opened = city(slug)
    if not isinstance(opened, CityData) or opened.data_hash != data_hash:
        raise CannotRunError(
            f"The data of {slug} changed while it was being read; reload the page."
        )
    return tuple(assess_all(opened))
