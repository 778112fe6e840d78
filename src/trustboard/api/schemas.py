"""What the answers of the API hold, as JSON Schema: the part of them that a program may rely on."""

from __future__ import annotations

from typing import Any, Final

from trustboard.exports import STANDING

_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_DAY: Final = {"type": ["string", "null"]}
_NUMBER: Final = {"type": ["number", "null"]}
_WHOLE: Final = {"type": "integer", "minimum": 0}
_HASH: Final = {"type": "string", "pattern": "^[0-9a-f]+$"}


def _object(needed: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Describe an object that holds at least `needed`."""
    properties = {**needed, **more}
    return {"type": "object", "required": list(needed), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


_OF_CITY: Final = {
    "city": _TEXT,
    "invented": _FLAG,
    "as_of": _DAY,
    "data_hash": _HASH,
    "method_version": _TEXT,
}
_PAGE: Final = {"total": _WHOLE, "limit": _WHOLE, "offset": _WHOLE}
_NEXT: Final = {"next": {"type": ["string", "null"]}}
_CELL: Final = {"type": ["string", "number", "boolean", "null"]}
_ROW: Final = {"type": "object", "additionalProperties": _CELL}
_LISTED: Final = {"anyOf": [_object({"city": _TEXT, "cannot_be_opened": _FLAG}), _ref("City")]}
_MEASURED_ROW: Final = _object(
    {"period": _TEXT, "value": _NUMBER, "n": _NUMBER, "state": _TEXT},
    lower=_NUMBER,
    upper=_NUMBER,
    exposure=_NUMBER,
    **{
        name: {**(_TEXT if name == "standing" else _NUMBER), "description": f"{words}."}
        for name, words in STANDING.items()
    },
)
_SOURCE: Final = _object({"publisher": _TEXT, "title": _TEXT, "url": _TEXT, "licence": _TEXT})
_WHOLE_LIST: Final = {
    **_OF_CITY,
    "title": _TEXT,
    "read_with_care": _list(_TEXT),
    "sources": _list(_SOURCE),
    "link": _TEXT,
    "citation": _TEXT,
    "total": _WHOLE,
    "rows": _list(_ROW),
}
_TABLE: Final = _object(
    {
        "table": _TEXT,
        "publisher": _TEXT,
        "licence": _TEXT,
        "sha256": _HASH,
        "rows": _object(dict.fromkeys(("read", "kept", "kept_aside", "dropped"), _WHOLE)),
    }
)
_TEST: Final = _object(
    {
        "test": _TEXT,
        "question": _TEXT,
        "outcome": _TEXT,
        "sentence": _TEXT,
        "estimate": _NUMBER,
        "lower": _NUMBER,
        "upper": _NUMBER,
    }
)
_CANNOT: Final = {
    **_OF_CITY,
    "indicator": _TEXT,
    "title": _TEXT,
    "cannot_tell": _TEXT,
    "missing": _list(_TEXT),
    "would_resolve": _TEXT,
    "rows": {"type": "array", "maxItems": 0},
}
_TOLD: Final = {
    **_OF_CITY,
    "indicator": _TEXT,
    "title": _TEXT,
    "question": _TEXT,
    "unit": _TEXT,
    "denominator": _TEXT,
    "filters": _list(_TEXT),
    "sources": _list(_SOURCE),
    "link": _TEXT,
    "citation": _TEXT,
    "reproduce": _TEXT,
    **_PAGE,
}

#: Each answer by the name that the OpenAPI document gives it.
SCHEMAS: Final[dict[str, Any]] = {
    "Cities": _object({"cities": _list(_LISTED)}),
    "City": _object({**_OF_CITY, "name": _TEXT, "region": _TEXT}),
    "Indicators": _object(
        {"indicators": _list(_object({"indicator": _TEXT, "title": _TEXT, "question": _TEXT}))}
    ),
    "Measured": _object({**_TOLD, "rows": _list(_MEASURED_ROW)}, **_NEXT),
    "Rows": _object({**_TOLD, "rows": _list(_ROW)}, **_NEXT),
    "Cited": _object(
        {
            **_OF_CITY,
            "indicator": _TEXT,
            "title": _TEXT,
            "citation": _TEXT,
            "bibtex": _TEXT,
            "link": _TEXT,
            "reproduce": _TEXT,
        }
    ),
    "CannotTell": _object(_CANNOT),
    "Commitments": _object(
        {**_OF_CITY, "commitments": _list(_object({"id": _TEXT, "statement": _TEXT}))}
    ),
    "Verdicts": _object(
        {**_OF_CITY, "verdicts": _list(_object({"commitment": _TEXT, "tests": _list(_TEST)}))}
    ),
    "Linked": _object({"@context": _TEXT, "@graph": _list(_object({"@type": _TEXT}))}),
    "History": _object(
        {**_OF_CITY, **_PAGE, "problems": _list(_TEXT), "entries": _list({"type": "object"})}
    ),
    "Sources": _object({**_OF_CITY, "tables": _list(_TABLE), "problems": _WHOLE}),
    "Rightness": _object(
        {
            "title": _TEXT,
            "method_version": _TEXT,
            "citation": _TEXT,
            "reproduce": _TEXT,
            "total": _WHOLE,
            "rows": _list(_ROW),
        }
    ),
    "Places": _object(_WHOLE_LIST),
    "Events": _object({**_WHOLE_LIST, "filters_sentence": _TEXT, "complete": _FLAG}),
    "Quality": _object(
        {
            **_OF_CITY,
            "tables": _list(
                _object(
                    {
                        "table": _TEXT,
                        "question": _TEXT,
                        "answer": _TEXT,
                        "what_is_done": _TEXT,
                        "columns": {"type": "object", "additionalProperties": _TEXT},
                        "rows": _list(_ROW),
                    }
                )
            ),
        }
    ),
    "Changes": _object(
        {
            **_OF_CITY,
            **_PAGE,
            "fetched": _DAY,
            "fetched_before": _DAY,
            "tables": _list(
                _object({"table": _TEXT, "added": _WHOLE, "removed": _WHOLE, "changed": _WHOLE})
            ),
            "snapshots": _list(_object({"id": _TEXT, "sha256": _HASH, "state": _TEXT})),
            "rows": _list(_ROW),
        }
    ),
    "OpenApi": _object({"openapi": _TEXT, "paths": {"type": "object"}}),
    "Problem": _object(
        {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
        parameter=_TEXT,
        allowed=_list(_TEXT),
    ),
}


def answer(*names: str) -> dict[str, Any]:
    """Point to a schema, or to several of which one holds."""
    found = [_ref(name) for name in names]
    return found[0] if len(found) == 1 else {"anyOf": found}
