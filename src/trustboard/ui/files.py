"""Addresses of files to take away, as seen from any page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.exports import pairs_text, query_text
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
    return _address(
        f"api/v1/{city.slug}/measures/{indicator}" + ("/rows" if rows else ""),
        query_text(query),
        _taken(city, form=form, counted=counted),
    )


def rows_addresses(
    city: CityData, indicator: str, questions: Iterable[str], *, counted: str
) -> list[str]:
    """Give the addresses of the rows behind several questions, each as `query_text` writes it."""
    path = f"api/v1/{city.slug}/measures/{indicator}/rows"
    taken = _taken(city, form="csv", counted=counted)
    return [_address(path, question, taken) for question in questions]


def _address(path: str, question: str, taken: str) -> str:
    return f"{path}?{question}&{taken}" if question else f"{path}?{taken}"


def _taken(city: CityData, *, form: str, counted: str) -> str:
    """Write what an address says beside its question: which part, as what, how much, from when."""
    part = [("counted", counted)] if counted != "all" else []
    return pairs_text([*part, ("format", form), ("limit", str(MOST_ROWS)), ("pin", pin_of(city))])


def rows_address(city: CityData, commitment: str, test: str) -> str:
    """Give the address of the rows behind one verdict, all of them in one file."""
    asked = {"commitment": commitment, "test": test, "pin": pin_of(city)}
    return f"api/v1/{city.slug}/verdicts/rows?{urlencode(asked)}"


def verdict_address(city: CityData, commitment: str, test: str, *, form: str) -> str:
    """Give the address of the table that the chart of a verdict draws."""
    asked = {"commitment": commitment, "test": test, "format": form, "pin": pin_of(city)}
    return f"api/v1/{city.slug}/verdicts/table?{urlencode(asked)}"


def events_address(city: CityData, query: Query, *, form: str) -> str:
    """Give the address of the documented events of some places and days."""
    return _address(
        f"api/v1/{city.slug}/events",
        query_text(query),
        pairs_text([("format", form), ("pin", pin_of(city))]),
    )


def places_address(city: CityData, *, form: str) -> str:
    """Give the address of the list of a city's places."""
    return f"api/v1/{city.slug}/places?{pairs_text([('format', form), ('pin', pin_of(city))])}"


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
