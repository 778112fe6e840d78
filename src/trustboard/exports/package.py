"""A whole city as one file: a Frictionless Data Package with every source's licence."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import Any, Final

import pandas as pd

from trustboard import METHOD_VERSION, terms
from trustboard.citydata import CityData, Table
from trustboard.exports.csv_file import csv_of_rows
from trustboard.exports.describing import data_to, place_line
from trustboard.exports.fields import shareable
from trustboard.exports.promises import commitments_of, verdicts_of
from trustboard.exports.readme import readme
from trustboard.verdicts import assess_all

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the same rows give the same bytes
_NOT_STATED: Final = {"", "not stated", "none stated", "unknown"}


def data_package(city: CityData) -> bytes:
    """Pack a city's rows, promises and verdicts into a zip with its `datapackage.json`.

    Every table is there as CSV (cells made safe for spreadsheets) and as Parquet (exactly as they
    are here), without free text or anything about a person. The same city gives the same bytes.
    """
    files: dict[str, bytes] = {}
    resources: list[dict[str, Any]] = []
    for name, table in city.tables.items():
        rows = shareable(city, name)
        text, binary = csv_of_rows(rows), _parquet(rows)
        files[f"data/{name}.csv"], files[f"data/{name}.parquet"] = text, binary
        resources.append(_resource(table, rows, "csv", text))
        resources.append(_resource(table, rows, "parquet", binary))
    for name, values in (
        ("commitments", commitments_of(city)),
        ("verdicts", verdicts_of(assess_all(city))),
    ):
        files[f"data/{name}.json"] = _json(values)
        resources.append(_of_json(name, files[f"data/{name}.json"]))
    files["datapackage.json"] = _json(descriptor(city, resources))
    files["README.md"] = readme(city).encode()
    return _zipped(files)


def descriptor(city: CityData, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Write `datapackage.json` as values."""
    tables = list(city.tables.values())
    licences = {json.dumps(_licence(table)): _licence(table) for table in tables}
    last = data_to(city)
    described: dict[str, Any] = {
        "$schema": PROFILE,
        "name": city.slug,
        "id": f"trustboard-{city.slug}-{city.data_hash}",
        "title": f"TrustBoard: {place_line(city)}",
        "description": " ".join(city.city.about.split()),
        "version": city.data_hash,
        "keywords": ["police", "complaints", "outreach", "public commitments"],
        "sources": [_source(table) for table in tables],
        "licenses": list(licences.values()),
        "resources": resources,
        "data_hash": f"sha256:{city.data_hash}",
        "method_version": METHOD_VERSION,
        "data_to": last.isoformat() if last else None,
        "invented": city.city.fictional,
    }
    return {name: value for name, value in described.items() if value != []}


def _resource(table: Table, rows: pd.DataFrame, form: str, content: bytes) -> dict[str, Any]:
    media = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}[form]
    return {
        "name": table.name if form == "csv" else f"{table.name}-{form}",
        "title": f"{table.name.capitalize()} ({table.spec.unit} per row)",
        "type": "table",
        "path": f"data/{table.name}.{form}",
        "format": form,
        "mediatype": media,
        # The validator of Frictionless counts no bytes of Parquet, and calls any number wrong.
        **({"encoding": "utf-8", "bytes": len(content)} if form == "csv" else {}),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "published_file_hash": f"sha256:{table.sha256}",
        "sources": [_source(table)],
        "licenses": [_licence(table)],
        "schema": {"fields": [_field(name, rows[name]) for name in rows], "missingValues": [""]},
    }


def _of_json(name: str, content: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "title": name.capitalize(),
        "path": f"data/{name}.json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _field(name: str, column: pd.Series[Any]) -> dict[str, Any]:
    kind = "string"
    if pd.api.types.is_bool_dtype(column):
        kind = "boolean"
    elif pd.api.types.is_datetime64_any_dtype(column):
        kind = "date"
    elif pd.api.types.is_numeric_dtype(column):
        kind = "number"
    described: dict[str, Any] = {"name": name, "type": kind}
    if name in terms.BY_COLUMN:
        described["constraints"] = {"enum": list(terms.BY_COLUMN[name])}
    if name == "line":
        described["description"] = "The row's line in the published file."
    if name.endswith("_as_published"):
        described["description"] = "The publisher's own wording."
    return described


def _source(table: Table) -> dict[str, str]:
    source = table.spec.source
    return {
        "title": f"{source.publisher}: {source.title}, retrieved {source.retrieved.isoformat()}",
        "path": str(source.url),
    }


def _licence(table: Table) -> dict[str, str]:
    stated = table.spec.source.licence.strip()
    if stated.casefold() in _NOT_STATED:
        return {"name": "notspecified", "title": "The publisher states no licence."}
    name = re.sub(r"[^A-Za-z0-9._]+", "-", stated).strip("-")[:80] or "other"
    return {"name": name, "title": stated}


def _parquet(rows: pd.DataFrame) -> bytes:
    """Write rows as Parquet; days are days there, not moments at midnight."""
    days = rows.select_dtypes("datetime")
    written = io.BytesIO()
    rows.assign(**{name: days[name].dt.date for name in days}).to_parquet(written, index=False)
    return written.getvalue()


def _json(values: Any) -> bytes:
    return (json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return written.getvalue()
