"""Measured tables and the rows behind them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import files, replies
from trustboard.api.asked import COUNTED, ROWS, Page, one_of
from trustboard.api.naming import address, this
from trustboard.api.once import Later
from trustboard.api.values import cannot_values, head_of, words_of
from trustboard.api.wanted import Wanted, no_file, read_wanted
from trustboard.exports import rows_of, tidy_rows, with_standing
from trustboard.harmless_cells import plain
from trustboard.tidy import CannotMeasure

FORMATS = ("json", *files.MEDIA)


def measure(request: Request) -> Response | Later:
    """Answer `/{city}/measures/{indicator}`."""
    wanted = read_wanted(request, forms=FORMATS)
    found = wanted.answer()
    had = replies.already_there(request, wanted.opened.edition)
    if had is not None:
        return had
    if not isinstance(found, CannotMeasure):
        found = with_standing(found, wanted.city, wanted.query)
    if wanted.form != "json":
        if isinstance(found, CannotMeasure):
            raise no_file(found)
        send = partial(files.send_table, request, wanted, found)
        return files.written(request, send, form=wanted.form, edition=wanted.opened.edition)
    if isinstance(found, CannotMeasure):
        values: dict[str, Any] = {**cannot_values(found), "total": 0, "rows": []}
    else:
        rows = tidy_rows(found, part=wanted.page.part)
        values = {
            **words_of(found, wanted.city, query=wanted.query, link=wanted.link),
            "rows_behind": _rows_address(request, wanted),
            **_paging(request, wanted.page, len(found.table)),
            "rows": rows,
        }
    return send_json(wanted, values)


def behind(request: Request) -> Response | Later:
    """Answer `/{city}/measures/{indicator}/rows`."""
    wanted = read_wanted(request, forms=FORMATS, parameters=ROWS)
    hits = one_of(request.query_params, "counted", COUNTED) == "hits"
    found = wanted.answer()
    had = replies.already_there(request, wanted.opened.edition)
    if had is not None:
        return had
    rows = rows_of(wanted.city, wanted.indicator.id, wanted.query, hits=hits)
    if isinstance(found, CannotMeasure) or isinstance(rows, CannotMeasure):
        answer = found if isinstance(found, CannotMeasure) else rows
        if wanted.form != "json":
            raise no_file(answer)
        return send_json(wanted, {**cannot_values(answer), "total": 0, "rows": []})
    if wanted.form != "json":
        send = partial(files.send_rows, request, wanted, found, rows, hits=hits)
        return files.written(request, send, form=wanted.form, edition=wanted.opened.edition)
    values = {
        **words_of(found, wanted.city, query=wanted.query, link=wanted.link),
        **_paging(request, wanted.page, len(rows)),
        "rows": records(rows.iloc[wanted.page.part]),
    }
    return send_json(wanted, values)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as plain values."""
    return [{str(n): plain(v) for n, v in row.items()} for row in rows.to_dict("records")]


def send_json(wanted: Wanted, values: dict[str, Any]) -> Response:
    """Send values as JSON, after the lines that say whose data they are and which."""
    body = replies.as_json({**head_of(wanted.city), **values})
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
