"""Measured tables and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, shared
from trustboard.api import asked, replies
from trustboard.api.asked import Page
from trustboard.api.naming import address, city_of, indicator_of, this
from trustboard.api.problems import ProblemError, bad, nothing
from trustboard.api.sizes import check_size
from trustboard.api.values import cannot_values, words_of
from trustboard.citydata import CityData
from trustboard.exports import about, csv_of, csv_of_rows, data_to, rows_of, tidy_rows
from trustboard.exports.cells import plain
from trustboard.indicator import Indicator
from trustboard.query import NoSuchValueError, Query, QueryError
from trustboard.tidy import CannotMeasure, Measured

FORMATS = ("json", "csv")
_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question, read and checked."""

    opened: shared.Opened
    indicator: Indicator
    query: Query
    page: Page
    form: str
    header: bool

    @property
    def city(self) -> CityData:
        """Give the city."""
        return self.opened.city

    def answer(self) -> Measured | CannotMeasure:
        """Measure it. Raises a `ProblemError` (404) where the city has no such value."""
        check_size(self.city, self.indicator, self.query)
        try:
            return shared.measured(self.city, self.indicator.id, self.query)
        except NoSuchValueError as error:
            name = error.group if error.group in asked.FILTERS else "where"
            raise nothing(name, str(error), allowed=error.known) from error
        except QueryError as error:  # whatever was not foreseen when the address was read
            raise bad("query", str(error)) from error


def measure(request: Request) -> Response:
    """Answer `/{city}/measures/{indicator}`."""
    wanted = _wanted(request)
    had = replies.already_there(request, wanted.opened.edition)
    if had is not None:
        return had
    found, link = wanted.answer(), this(request)
    name = f"{wanted.city.slug}-{wanted.indicator.id}.csv"
    if wanted.form == "csv":
        return _send_csv(request, wanted, _csv(found, wanted, link), name=name)
    if isinstance(found, CannotMeasure):
        values: dict[str, Any] = {**cannot_values(found), "total": 0, "rows": []}
    else:
        rows = tidy_rows(found, part=wanted.page.part)
        values = {
            **words_of(found, wanted.city, query=wanted.query, link=link),
            "rows_behind": _rows_address(request, wanted),
            **_paging(request, wanted.page, len(found.table)),
            "rows": rows,
        }
    return _send_json(wanted, values)


def behind(request: Request) -> Response:
    """Answer `/{city}/measures/{indicator}/rows`."""
    wanted = _wanted(request)
    had = replies.already_there(request, wanted.opened.edition)
    if had is not None:
        return had
    found, link = wanted.answer(), this(request)
    rows = rows_of(wanted.city, wanted.indicator.id, wanted.query)
    name = f"{wanted.city.slug}-{wanted.indicator.id}-rows.csv"
    if isinstance(found, CannotMeasure) or isinstance(rows, CannotMeasure):
        if wanted.form == "csv":
            return _send_csv(request, wanted, _csv(found, wanted, link), name=name)
        answer = found if isinstance(found, CannotMeasure) else rows
        return _send_json(wanted, {**cannot_values(answer), "total": 0, "rows": []})
    part = rows.iloc[wanted.page.part]
    if wanted.form == "csv":
        told = about(found, wanted.city, query=wanted.query, link=link)
        body = csv_of_rows(part, told=told if wanted.header else ())
        return _send_csv(request, wanted, body, name=name)
    values = {
        **words_of(found, wanted.city, query=wanted.query, link=link),
        **_paging(request, wanted.page, len(rows)),
        "rows": records(part),
    }
    return _send_json(wanted, values)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as plain values."""
    return [{str(n): plain(v) for n, v in row.items()} for row in rows.to_dict("records")]


def _wanted(request: Request) -> Wanted:
    opened, indicator = city_of(request), indicator_of(request)
    given = request.query_params
    asked.known_only(given, asked.MEASURE)
    return Wanted(
        opened=opened,
        indicator=indicator,
        query=asked.query_of(given, indicator),
        page=asked.page(given),
        form=asked.one_of(given, "format", FORMATS),
        header=asked.one_of(given, "about", ("yes", "no")) == "yes",
    )


def _csv(found: Measured | CannotMeasure, wanted: Wanted, link: str) -> bytes:
    if isinstance(found, CannotMeasure):
        raise ProblemError(
            404,
            f"Cannot tell: {found.why}. Ask for format=json to read what is missing.",
            parameter="format",
            allowed=("json",),
        )
    return csv_of(
        found,
        wanted.city,
        query=wanted.query,
        link=link,
        header=wanted.header,
        part=wanted.page.part,
    )


def _send_csv(request: Request, wanted: Wanted, body: bytes, *, name: str) -> Response:
    described = {"describedby": this(request, {"format": "json"})}
    return replies.send(
        body,
        edition=wanted.opened.edition,
        media=_CSV,
        filename=name,
        links=described,
    )


def _send_json(wanted: Wanted, values: dict[str, Any]) -> Response:
    city = wanted.city
    head = {
        "city": city.slug,
        "city_name": city.city.name,
        "invented": city.city.fictional,
        "as_of": data_to(city),
        "data_hash": city.data_hash,
        "method_version": METHOD_VERSION,
    }
    body = replies.as_json({**head, **values})
    return replies.send(body, edition=wanted.opened.edition)


def _paging(request: Request, page: Page, total: int) -> dict[str, Any]:
    after = page.offset + page.limit
    more = after < total
    return {
        "total": total,
        "limit": page.limit,
        "offset": page.offset,
        "next": this(request, {"offset": str(after)}) if more else None,
    }


def _rows_address(request: Request, wanted: Wanted) -> str:
    plain_address = address(request, wanted.city.slug, "measures", wanted.indicator.id, "rows")
    kept = this(request).partition("?")[2]
    return f"{plain_address}?{kept}" if kept else plain_address
