"""ArcGIS layers and tables (FeatureServer, MapServer), paged by object id.

https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/
The list of ids is not cut at the server's transfer limit; rows are, so they are asked for by range
of ids, and a range whose rows exceed the limit is halved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from trustboard.sources.arcgis_layer import Layer, id_of, names_of, values_of
from trustboard.sources.base import Fetch, WebAddress, host_of
from trustboard.sources.contract import Fetched
from trustboard.sources.job import Job, as_text
from trustboard.sources.refusals import ChangedWhileReadError, RefusedByPublisherError
from trustboard.sources.table_file import write_geojson

#: Rows per request where the layer does not say how many it gives.
USUAL_LIMIT = 1000
GEOMETRY = "esriFieldTypeGeometry"


class ArcgisLayer(Fetch):
    """One layer or table of an ArcGIS server."""

    kind: Literal["arcgis"]
    layer: WebAddress = Field(description="Its address, ending in FeatureServer/0 or alike.")
    where: str = "1=1"
    fields: tuple[str, ...] = Field(
        default=(),
        description="Columns, however the layer writes them (REPORT_DATE); none means all.",
    )
    timezone: str = Field(
        default="UTC", description="In which dates are written; ArcGIS itself keeps them in UTC."
    )
    simplify: float | None = Field(
        default=None,
        gt=0,
        le=0.01,
        description="Degrees by which the server may simplify outlines; none means not at all.",
    )
    codes: bool = Field(
        default=False, description="True keeps the codes of coded values instead of their names."
    )

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"{value!r} is not a time zone such as America/Detroit") from error
        return value

    def own_hosts(self) -> frozenset[str]:
        """Name the server."""
        return frozenset({host_of(self.layer)})


def fetch(declared: ArcgisLayer, job: Job) -> Fetched:
    """Fetch every row of a layer; as GeoJSON with its shapes where the table's file is one."""
    layer = _layer(declared, job)
    features = _by_id(declared, job, layer) if layer.id_field else _by_offset(declared, job, layer)
    zone = ZoneInfo(declared.timezone)
    if job.table_kind == ".geojson":
        values = ((values_of(f, layer, zone), f.get("geometry")) for f in features)
        count = write_geojson(job.table_file, features=values)
        return job.finish(count, layer.columns)
    rows = (list(values_of(f, layer, zone).values()) for f in features)
    return job.finish_rows(layer.columns, rows)


def _ask(declared: ArcgisLayer, job: Job, params: dict[str, str], *, anew: bool = False) -> Any:
    """Query the layer. ArcGIS reports errors with status 200."""
    address = declared.layer.rstrip("/") + ("/query" if "where" in params else "")
    answer = job.get_json(address, params=params, anew=anew)
    if not isinstance(answer, dict) or "error" in answer:
        said = answer.get("error") if isinstance(answer, dict) else answer
        message = said.get("message") if isinstance(said, dict) else said
        raise RefusedByPublisherError(
            asked=job.answers[-1].url,
            came=f"an error: {as_text(message)[:200]}",
            fix="Check `layer`, `where` and `fields` in city.yml.",
        )
    return answer


def _layer(declared: ArcgisLayer, job: Job) -> Layer:
    found = _ask(declared, job, {"f": "json"}, anew=True)
    fields = [f for f in found.get("fields") or [] if f.get("type") != GEOMETRY]
    known = {str(field["name"]): field for field in fields}
    if not known:
        raise RefusedByPublisherError(
            asked=job.answers[-1].url,
            came="no layer with columns",
            fix="Check `layer` in city.yml.",
        )
    wanted = job.columns_left(declared.fields or tuple(known), there=tuple(known))
    ids = [n for n, field in known.items() if field.get("type") == "esriFieldTypeOID"]
    domains = {name: known[name].get("domain") or {} for name in wanted}
    advanced = found.get("advancedQueryCapabilities") or {}
    return Layer(
        id_field=str(found.get("objectIdField") or (ids[0] if ids else "")),
        columns=wanted,
        dates=frozenset(n for n in wanted if known[n].get("type") == "esriFieldTypeDate"),
        names={} if declared.codes else {n: names_of(domain) for n, domain in domains.items()},
        limit=int(found.get("maxRecordCount") or USUAL_LIMIT),
        pages=bool(advanced.get("supportsPagination")),
    )


def _rows_params(declared: ArcgisLayer, job: Job, layer: Layer) -> dict[str, str]:
    with_id = () if not layer.id_field or layer.id_field in layer.columns else (layer.id_field,)
    shapes = job.table_kind == ".geojson"
    asked = {
        "f": "geojson" if shapes else "json",
        "outFields": ",".join((*layer.columns, *with_id)),
        "returnGeometry": str(shapes).lower(),
        "where": declared.where,
    }
    if shapes and declared.simplify is not None:
        asked |= {"outSR": "4326", "maxAllowableOffset": f"{declared.simplify:f}"}
    return asked


def _by_id(declared: ArcgisLayer, job: Job, layer: Layer) -> Iterator[dict[str, Any]]:
    """Yield every row, by ranges of object ids in ascending order."""
    asked = {"where": declared.where, "returnIdsOnly": "true", "f": "json"}
    answer = _ask(declared, job, asked, anew=True)
    layer_ids = answer.get("properties", answer).get("objectIds") or []
    ids = sorted(int(value) for value in layer_ids)
    job.keep_pages_of(job.answers[-1].sha256)
    job.progress.expect(rows=len(ids))
    base = _rows_params(declared, job, layer)
    waiting = [ids[i : i + layer.limit] for i in range(0, len(ids), layer.limit)][::-1]
    while waiting:
        part = waiting.pop()
        inside = f"{layer.id_field} >= {part[0]} AND {layer.id_field} <= {part[-1]}"
        where = inside if declared.where == "1=1" else f"({declared.where}) AND {inside}"
        page = _ask(declared, job, {**base, "where": where, "orderByFields": layer.id_field})
        if _exceeded(page) and len(part) > 1:
            middle = len(part) // 2
            waiting += [part[middle:], part[:middle]]
            continue
        features = page.get("features") or []
        if sorted(id_of(f, layer) for f in features) != part:
            raise _changed(job, f"{len(features):,} rows where {len(part):,} ids were listed")
        yield from sorted(features, key=lambda f: id_of(f, layer))
        job.progress.add(rows=len(features))


def _by_offset(declared: ArcgisLayer, job: Job, layer: Layer) -> Iterator[dict[str, Any]]:
    """Yield every row of a table without object ids, which only an offset can page."""
    count = {"where": declared.where, "returnCountOnly": "true", "f": "json"}
    total = int(_ask(declared, job, count, anew=True).get("count") or 0)
    job.keep_pages_of(str(total))
    job.progress.expect(rows=total)
    base = {**_rows_params(declared, job, layer), "orderByFields": ",".join(layer.columns)}
    offset = 0
    while True:
        step = {"resultOffset": str(offset), "resultRecordCount": str(layer.limit)}
        page = _ask(declared, job, {**base, **(step if layer.pages else {})})
        features = page.get("features") or []
        yield from features
        offset += len(features)
        job.progress.add(rows=len(features))
        if not (layer.pages and features and _exceeded(page)):
            break
    if offset != total:
        raise _changed(job, f"{offset:,} rows where the layer counts {total:,}")


def _exceeded(page: dict[str, Any]) -> bool:
    properties = page.get("properties") or {}
    return bool(page.get("exceededTransferLimit") or properties.get("exceededTransferLimit"))


def _changed(job: Job, came: str) -> ChangedWhileReadError:
    return ChangedWhileReadError(asked=job.answers[-1].url, came=came, fix="Refresh again.")
