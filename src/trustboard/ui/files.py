"""Addresses of files to take away, as seen from any page."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.exports import query_pairs
from trustboard.pins import pin_of
from trustboard.query import Query

#: The most rows that one address gives; longer files say that they are not whole.
MOST_ROWS: Final = 10_000


def csv_address(city: CityData, indicator: str, query: Query) -> str:
    """Give the address of a table as CSV."""
    return file_address(city, indicator, query, form="csv")


def file_address(
    city: CityData,
    indicator: str,
    query: Query,
    *,
    form: str,
    rows: bool = False,
    counted: str = "all",
) -> str:
    """Give the address of a table as a file, or of the `rows` behind it, all or the `hits`."""
    pairs = [*query_pairs(query), *([("counted", counted)] if counted != "all" else [])]
    pairs += [("format", form), ("limit", str(MOST_ROWS)), ("pin", pin_of(city))]
    behind = "/rows" if rows else ""
    return f"api/v1/{city.slug}/measures/{indicator}{behind}?{urlencode(pairs)}"


def rows_address(city: CityData, commitment: str, test: str) -> str:
    """Give the address of the rows behind one verdict, all of them in one file."""
    asked = {"commitment": commitment, "test": test, "pin": pin_of(city)}
    return f"api/v1/{city.slug}/verdicts/rows?{urlencode(asked)}"


def set_aside_address(city: CityData, table: str) -> str:
    """Give the address of a table's rows that are in no number."""
    asked = {"table": table, "pin": pin_of(city)}
    return f"api/v1/{city.slug}/quality/rows?{urlencode(asked)}"


def letter_address(city: CityData, *, holder: str | None = None) -> str:
    """Give the address of the letter that asks for what is missing; None asks every holder."""
    asked = {**({} if holder is None else {"holder": holder}), "pin": pin_of(city)}
    return f"api/v1/{city.slug}/records-request?{urlencode(asked)}"


def package_address(city: CityData) -> str:
    """Give the address of the whole city as a Data Package."""
    return f"api/v1/{city.slug}/package?pin={pin_of(city)}"
