"""What a publisher changed between the snapshots of a city, and the rows themselves."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api import asked, replies
from trustboard.api.measures import records
from trustboard.api.naming import city_of, this
from trustboard.api.values import head_of
from trustboard.changes import WHAT, TableChange
from trustboard.exports import csv_of_rows

TABLES: Final = ("complaints", "outcomes", "outreach", "places", "figures")
FORMATS: Final = ("json", "csv")
PARAMETERS: Final = ("table", "what", "format", *asked.PAGING)


def changes(request: Request) -> Response:
    """Answer `/{city}/changes`: what differs, every snapshot, and the rows of one kind."""
    opened, given = city_of(request), request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    table, what = (asked.one_of(given, *one) for one in (("table", TABLES), ("what", WHAT)))
    form, page = asked.one_of(given, "format", FORMATS), asked.page(given)
    city, (found, state) = opened.city, shared.changes(opened.city)
    edition = f"{opened.edition}-{state.replace(' ', '-')}"
    had = replies.already_there(request, edition)
    if had is not None:
        return had
    rows = shared.changed_rows(city, table=table, what=what)
    part = rows.iloc[page.part]
    if form == "csv":
        return replies.send(
            csv_of_rows(part),
            edition=edition,
            media="text/csv; charset=utf-8",
            filename=f"{city.slug}-{table}-{what}.csv",
            links={"describedby": this(request, {"format": "json"})},
        )
    values = {
        **head_of(city),
        "fetched": found.at,
        "fetched_before": found.before,
        "tables": [_table(one) for one in found.tables],
        "snapshots": [asdict(one) for one in found.editions],
        "table": table,
        "what": what,
        "total": len(rows),
        "limit": page.limit,
        "offset": page.offset,
        "rows": records(part),
    }
    return replies.send(replies.as_json(values), edition=edition)


def _table(one: TableChange) -> dict[str, Any]:
    return {
        "table": one.table,
        "rows_before": one.before,
        "rows_now": one.after,
        "added": one.added,
        "removed": one.removed,
        "changed": one.changed,
        "columns_added": list(one.columns_added),
        "columns_removed": list(one.columns_removed),
        "moves": records(one.moves),
        "disappeared_at_any_time": one.gone,
    }
