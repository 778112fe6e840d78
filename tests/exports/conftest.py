"""The invented city, opened once."""

from __future__ import annotations

import pytest

from trustboard.citydata import CityData
from trustboard.load import data_root, load_city


@pytest.fixture(scope="session")
def riverbend() -> CityData:
    """Give the city in which every table is full."""
    return load_city("riverbend", data=data_root())
