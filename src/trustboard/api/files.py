"""Measured tables and the rows behind them as files: CSV, and Excel with a sheet about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import replies
from trustboard.api.naming import this
from trustboard.api.once import Later
from trustboard.api.wanted import Wanted
from trustboard.citydata import CityData
from trustboard.exports import (
    about,
    csv_of_rows,
    csv_of_table,
    excel_of_rows,
    excel_of_table,
    file_name,
)
from trustboard.exports.describing import About
from trustboard.tidy import Measured

MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def send_table(request: Request, wanted: Wanted, found: Measured) -> Response:
    """Send a measured table as a file."""
    told, part = _told(request, wanted, found, total=len(found.table)), wanted.page.part
    if wanted.form == "xlsx":
        body = excel_of_table(found, told=told, city=wanted.city, part=part)
    else:
        body = csv_of_table(found, told=told if wanted.header else (), part=part)
    return _send(request, wanted, body, total=len(found.table))


def send_rows(
    request: Request, wanted: Wanted, found: Measured, rows: pd.DataFrame, *, hits: bool
) -> Response:
    """Send the rows behind a measured table as a file; `hits` if they are the numerator alone."""
    told, part = _told(request, wanted, found, total=len(rows)), rows.iloc[wanted.page.part]
    told = (*told, ("Rows", "only the numerator")) if hits else told
    body = _body(part, told, form=wanted.form, header=wanted.header, city=wanted.city)
    return _send(request, wanted, body, name="rows-hits" if hits else "rows", total=len(rows))


def send_list(
    request: Request,
    rows: pd.DataFrame,
    told: About,
    *,
    name: str,
    form: str,
    header: bool,
    edition: str,
    city: CityData | None = None,
) -> Response | Later:
    """Send whole rows, of a `city` or of none, as a file called `name`."""

    def send() -> Response:
        body = _body(rows, told, form=form, header=header, city=city)
        return replies.send(body, edition=edition, media=MEDIA[form], filename=f"{name}.{form}")

    return written(request, send, form=form, edition=edition)


def written(
    request: Request, send: Callable[[], Response], *, form: str, edition: str
) -> Response | Later:
    """Write a file; an Excel file of ten thousand rows takes seconds, and is not in others' way."""
    if form != "xlsx":
        return send()
    return Later((edition, this(request)), send, lambda answer: answer)


def _body(
    rows: pd.DataFrame, told: About, *, form: str, header: bool, city: CityData | None
) -> bytes:
    """Write rows with what is `told` of them: always in Excel, in CSV with a `header`."""
    if form == "xlsx":
        return excel_of_rows(rows, told=told, city=city)
    return csv_of_rows(rows, told=told if header else ())


def _told(request: Request, wanted: Wanted, found: Measured, *, total: int) -> About:
    """Give what a file says of itself; one that does not hold every row first, and where to go on.

    Whoever saves a file sees no header of the answer, so that the next address stands in the file.
    """
    told = about(found, wanted.city, query=wanted.query, link=wanted.link)
    first, last = _stretch(wanted, total=total)
    if (first, last) == (0, total):
        return told
    stretch = f"{first + 1:,} to {last:,}" if first < last else "none"
    following = _following(request, wanted, total=total)
    return (
        ("Not whole", f"rows {stretch} of {total:,}; offset and limit give the rest"),
        *((("Next part", following),) if following else ()),
        *told,
    )


def _stretch(wanted: Wanted, *, total: int) -> tuple[int, int]:
    """Say before which row a file begins, counted from 0, and before which it ends."""
    return wanted.page.offset, min(wanted.page.offset + wanted.page.limit, total)


def _following(request: Request, wanted: Wanted, *, total: int) -> str:
    """Give the address of the rows that come next; empty after the last."""
    after = wanted.page.offset + wanted.page.limit
    return this(request, {"offset": str(after)}) if after < total else ""


def _send(request: Request, wanted: Wanted, body: bytes, *, name: str = "", total: int) -> Response:
    """Send a file under a name of its own; `name` says of what, if not of the numbers."""
    first, last = _stretch(wanted, total=total)
    if (first, last) != (0, total):
        name = "-".join(filter(None, (name, f"{first + 1}-to-{last}")))
    saved = file_name(wanted.city, wanted.indicator.id, wanted.query, part=name)
    links = {"describedby": this(request, {"format": "json"})}
    if following := _following(request, wanted, total=total):
        links["next"] = following
    return replies.send(
        body,
        edition=wanted.opened.edition,
        media=MEDIA[wanted.form],
        filename=f"{saved}.{wanted.form}",
        links=links,
    )
