"""What each kind of portal documents, spoken by a publisher on this machine."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from local_publisher import Asked, Reply

Row = Sequence[str]


def as_csv(columns: Row, rows: Sequence[Row], *, end: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json(value: Any, **more: Any) -> Reply:
    return Reply(json.dumps(value).encode(), **more)


def _unknown(path: str) -> Reply:
    return as_json({"message": f"nothing at {path}"}, status=404)


@dataclass
class Soda:
    """SODA 2: `/resource/<id>.json` and `.csv` with $select, $where, $order, $limit, $offset."""

    columns: Row
    rows: list[Row]
    dataset: str = "abcd-1234"
    largest_page: int = 50_000
    stamp: str = "Wed, 01 May 2024 08:00:00 GMT"
    after_page: Callable[[Soda], None] = lambda _: None

    def __call__(self, asked: Asked) -> Reply:
        headers = {"X-SODA2-Truth-Last-Modified": self.stamp}
        if asked.path == f"/resource/{self.dataset}.json":
            assert asked.query["$select"] == "count(*)"
            return as_json([{"count": str(len(self._where(asked)))}], headers=headers)
        if asked.path != f"/resource/{self.dataset}.csv":
            return _unknown(asked.path)
        assert asked.query["$order"], "without an order, pages do not fit together"
        start, limit = int(asked.query.get("$offset", 0)), int(asked.query.get("$limit", 1000))
        page = self._where(asked)[start : start + min(limit, self.largest_page)]
        wanted = asked.query.get("$select", ",".join(self.columns)).split(",")
        unknown = [name for name in wanted if name not in self.columns]
        if unknown:
            return as_json({"message": f"No such column: {unknown[0]}"}, status=400)
        at = [list(self.columns).index(name) for name in wanted]
        body = as_csv(wanted, [[row[i] for i in at] for row in page], end="\n")
        self.after_page(self)
        return Reply(body, headers=headers, kind="text/csv; charset=UTF-8")

    def _where(self, asked: Asked) -> list[Row]:
        condition = re.fullmatch(r"(\w+)='(.*)'", asked.query.get("$where", ""))
        if condition is None:
            return self.rows
        at = list(self.columns).index(condition[1])
        return [row for row in self.rows if row[at] == condition[2]]


@dataclass
class Carto:
    """The SQL API: `/api/v2/sql?q=…&format=csv`, for the few statements that are asked of it."""

    tables: dict[str, tuple[Row, list[Row]]]
    lose: int = 0  # rows that the CSV lacks

    def __call__(self, asked: Asked) -> Reply:
        if asked.path != "/api/v2/sql":
            return _unknown(asked.path)
        inner = re.fullmatch(
            r"SELECT count\(\*\) AS count FROM \((.*)\) AS counted", asked.query["q"]
        )
        statement = inner[1] if inner else asked.query["q"]
        found = re.fullmatch(
            r"(?i)select (.+?) from (\w+)(?: ORDER BY cartodb_id| LIMIT 0)?", statement
        )
        if found is None or found[2] not in self.tables:
            return as_json({"error": ['relation "nowhere" does not exist']}, status=400)
        columns, rows = self.tables[found[2]]
        rows = [] if statement.endswith("LIMIT 0") else rows
        unknown = set(found[1].split(", ")) - {"*", *columns}
        if unknown:
            said = f'column "{min(unknown)}" does not exist'
            return as_json({"error": [said]}, status=400)
        if inner:
            return as_json({"rows": [{"count": len(rows)}], "time": 0.001, "total_rows": 1})
        assert asked.query["format"] == "csv"
        wanted = columns if found[1] == "*" else found[1].split(", ")
        at = [list(columns).index(name) for name in wanted]
        sent = rows[: len(rows) - self.lose]
        body = as_csv(wanted, [[row[i] for i in at] for row in sent])
        return Reply(body, kind="text/csv; charset=utf-8; header=present")


@dataclass
class ArcGis:
    """A layer: its description, `returnIdsOnly`, ranges of ids, offsets, the transfer limit."""

    fields: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    announced: int = 1000  # maxRecordCount
    limit: int = 1000  # what is really given at once
    pages: bool = True
    hidden: frozenset[int] = frozenset()  # ids that are listed but not given
    shapes: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/arcgis/rest/services/Police/FeatureServer/0":
            return as_json(self._description())
        if asked.path != "/arcgis/rest/services/Police/FeatureServer/0/query":
            return as_json({"error": {"code": 400, "message": "Invalid URL", "details": []}})
        query = asked.query
        if "WRONG" in query["where"]:
            return as_json({"error": {"code": 400, "message": "Invalid where clause"}})
        if query.get("returnIdsOnly") == "true":
            ids = [row["OBJECTID"] for row in self.rows] or None
            return as_json({"objectIdFieldName": "OBJECTID", "objectIds": ids})
        if query.get("returnCountOnly") == "true":
            return as_json({"count": len(self.rows)})
        return self._features(query)

    def _description(self) -> dict[str, Any]:
        oid = any(f["type"] == "esriFieldTypeOID" for f in self.fields)
        return {
            "name": "Police",
            "objectIdField": "OBJECTID" if oid else None,
            "fields": self.fields,
            "maxRecordCount": self.announced,
            "advancedQueryCapabilities": {"supportsPagination": self.pages},
        }

    def _features(self, query: dict[str, str]) -> Reply:
        wanted = query["outFields"].split(",")
        ids = re.search(r"OBJECTID >= (\d+) AND OBJECTID <= (\d+)", query["where"])
        at = list(enumerate(self.rows))
        if ids:
            low, high = int(ids[1]), int(ids[2])
            at = [(i, r) for i, r in at if low <= r["OBJECTID"] <= high]
            at = [(i, r) for i, r in at if r["OBJECTID"] not in self.hidden]
        start = int(query.get("resultOffset", 0))
        part = at[start : start + self.limit]
        more = len(at) > start + self.limit
        rows = [({name: row[name] for name in wanted}, i) for i, row in part]
        if query["f"] == "geojson":
            shaped = [
                {
                    "type": "Feature",
                    "id": p["OBJECTID"],
                    "properties": p,
                    "geometry": self.shapes[i],
                }
                for p, i in rows
            ]
            body: dict[str, Any] = {"type": "FeatureCollection", "features": shaped}
            return as_json(body | ({"properties": {"exceededTransferLimit": True}} if more else {}))
        body = {"fields": self.fields, "features": [{"attributes": row} for row, _ in rows]}
        return as_json(body | ({"exceededTransferLimit": True} if more else {}))


@dataclass
class Ckan:
    """`datastore_search` with limit, offset, sort and filters; `resource_show`, and its file."""

    fields: list[str]
    rows: list[dict[str, Any]]
    url: str = ""
    largest_page: int = 32_000
    grows: bool = False
    resource: str = "r-1"
    file: bytes = b""

    def __call__(self, asked: Asked) -> Reply:
        query = asked.query
        if asked.path == "/api/3/action/resource_show":
            return as_json({"success": True, "result": {"id": query["id"], "url": self.url}})
        if self.file and asked.path == self.url:
            return Reply(self.file, kind="text/csv")
        if asked.path != "/api/3/action/datastore_search":
            return _unknown(asked.path)
        if query["resource_id"] != self.resource:
            error = {"__type": "Not Found Error", "message": "Not found: Resource"}
            return as_json({"success": False, "error": error})
        assert query["sort"] == "_id"
        start, limit = int(query["offset"]), min(int(query["limit"]), self.largest_page)
        wanted = query["fields"].split(",") if "fields" in query else ["_id", *self.fields]
        only = json.loads(query.get("filters", "{}"))
        meant = [row for row in self.rows if all(str(row[n]) in only[n] for n in only)]
        records = [{n: row[n] for n in wanted} for row in meant[start : start + limit]]
        total = len(meant) + (1 if self.grows and start else 0)
        fields = [{"id": name, "type": "text"} for name in wanted]
        result = {"fields": fields, "records": records, "total": total, "limit": limit}
        return as_json({"success": True, "result": result})


@dataclass
class PoliceUk:
    """Neighbourhoods, their events, outcomes in an area, stops of a force."""

    neighbourhoods: list[dict[str, str]]
    events: dict[str, list[dict[str, Any]]]
    outcomes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    stops: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/api/leicestershire/neighbourhoods":
            return as_json(self.neighbourhoods)
        if asked.path == "/api/outcomes-at-location":
            return as_json(self.outcomes[asked.query["date"]])
        if asked.path == "/api/stops-force":
            assert asked.query["force"] == "leicestershire"
            return as_json(self.stops[asked.query["date"]])
        found = re.fullmatch(r"/api/leicestershire/(\w+)/events", asked.path)
        return as_json(self.events[found[1]]) if found else _unknown(asked.path)
