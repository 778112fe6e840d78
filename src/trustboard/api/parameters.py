"""The parameters of the API described for programs, so that what they allow is what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from trustboard.api import asked, changes, cites, letters, quality, verdict_tables
from trustboard.api.measures import FORMATS
from trustboard.api.promises import FORMATS as VERDICT_FORMATS
from trustboard.changes import WHAT
from trustboard.exports.events import GROUPS
from trustboard.exports.rightness import FILTERS, words_of
from trustboard.indicator import Indicator
from trustboard.pins import PATTERN
from trustboard.query import PERIODS, Query, no_rest

_YEAR: Final = "(19|20)[0-9]{2}"
_LEAP: Final = "(2000|(19|20)(0[48]|[2468][048]|[13579][26]))"
#: A day, a month or a year from 1900 to 2099 that exists in the calendar.
DATE: Final = (
    f"^({_YEAR}(-(0[1-9]|1[0-2]))?"
    f"|{_YEAR}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    f"|{_YEAR}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    f"|{_YEAR}-02-(0[1-9]|1[0-9]|2[0-8])"
    f"|{_LEAP}-02-29)$"
)
_WORD: Final = {"type": "string", "minLength": 1, "maxLength": asked.LONGEST_VALUE}
_WHOLE: Final = {"type": "integer"}
#: Parameters that are the same for every question.
SHARED: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "from": ({"type": "string", "pattern": DATE}, "First day, month or year."),
    "to": ({"type": "string", "pattern": DATE}, "Last day, month or year."),
    "format": ({"enum": list(FORMATS), "default": FORMATS[0]}, "How the table is written."),
    "about": (
        {"enum": ["yes", "no"], "default": "yes"},
        "Whether CSV begins with lines that describe it.",
    ),
    "pin": (
        {"type": "string", "pattern": PATTERN},
        "Only from these data and by this rule; 404 where they are not kept.",
    ),
    "limit": (
        {**_WHOLE, "minimum": 1, "maximum": asked.MOST_ROWS, "default": asked.USUAL_ROWS},
        "How many rows at most.",
    ),
    "offset": (
        {**_WHOLE, "minimum": 0, "maximum": asked.FURTHEST, "default": 0},
        "How many rows to leave out before the first.",
    ),
}


def city(known: Sequence[str]) -> dict[str, Any]:
    """Describe the city in a path."""
    schema: dict[str, Any] = {"type": "string", **({"enum": list(known)} if known else {})}
    words = "A city's short name, as in `/cities`."
    return {"name": "city", "in": "path", "required": True, "schema": schema, "description": words}


def components(cities: Sequence[str]) -> dict[str, Any]:
    """Describe what several addresses share, by name."""
    found = {name: _query(name, *told) for name, told in SHARED.items()}
    return {"city": city(cities), **found}


def ref(name: str) -> dict[str, Any]:
    """Point to a shared parameter."""
    return {"$ref": f"#/components/parameters/{name}"}


def of_measure(indicator: Indicator) -> list[dict[str, Any]]:
    """Describe every parameter of one indicator, with just what this indicator allows."""
    own = {name: _own(name, indicator) for name in asked.MEASURE}
    return [ref(name) if name in SHARED else one for name, one in own.items() if one is not None]


def of_rows(indicator: Indicator) -> list[dict[str, Any]]:
    """Describe the parameters of the rows behind one indicator's numbers."""
    schema = {"enum": list(asked.COUNTED), "default": asked.COUNTED[0]}
    words = "All rows that were counted, or only the numerator: as many as `n` says."
    return [*of_measure(indicator), _query("counted", schema, words)]


def of_citation(indicator: Indicator) -> list[dict[str, Any]]:
    """Describe the parameters of a citation: the same question, written in other ways."""
    own = {name: _own(name, indicator) for name in cites.PARAMETERS if name != "format"}
    asked_for = [ref(n) if n in SHARED else one for n, one in own.items() if one is not None]
    schema = {"enum": list(cites.FORMATS), "default": cites.FORMATS[0]}
    return [*asked_for, _query("format", schema, "JSON, one sentence, or BibTeX.")]


def of_verdicts() -> list[dict[str, Any]]:
    """Describe which verdicts can be asked for, and how they can be written."""
    schema = {"enum": list(VERDICT_FORMATS), "default": VERDICT_FORMATS[0]}
    return [
        _query("commitment", _WORD, "Only on this promise. 404 where the city has none."),
        _query("format", schema, "JSON, or schema.org as JSON-LD."),
    ]


def of_rows_behind() -> list[dict[str, Any]]:
    """Describe which verdict's rows are wanted: both names must be given."""
    told = {"commitment": "The promise.", "test": "The question of it."}
    return [_needed(_query(name, _WORD, f"{words} 404 where the city has none.")) for name, words
            in told.items()]  # fmt: skip


def of_verdict_table() -> list[dict[str, Any]]:
    """Describe which verdict's table is wanted, and how."""
    schema = {"enum": list(verdict_tables.FORMATS), "default": verdict_tables.FORMATS[0]}
    words = "CSV or Excel. 404 where no numbers are behind the question."
    return [*of_rows_behind(), _query("format", schema, words), ref("about")]


def of_set_aside() -> list[dict[str, Any]]:
    """Describe whose rows that were set aside are wanted."""
    words = "Whose rows. 404 where the city has no such table."
    return [_needed(_query("table", {"enum": list(changes.TABLES)}, words))]


def of_letter() -> list[dict[str, Any]]:
    """Describe whom a letter is about."""
    schema = {**_WORD, "maxLength": letters.LONGEST_HOLDER}
    words = "Only what this office holds. 404 where it holds nothing that is missing."
    return [_query("holder", schema, words)]


def of_method() -> list[dict[str, Any]]:
    """Describe which of the method's own numbers are wanted, and how."""
    own = [_query(one, {"enum": list(words_of(one))}, f"Only this {one}.") for one in FILTERS]
    return [*own, ref("format"), ref("about")]


def of_events() -> list[dict[str, Any]]:
    """Describe which documented events are wanted, and how."""
    each = [
        _query(
            name, _list(_WORD), f"Only in this {name}; may be repeated. 404 where there is none."
        )
        for name in GROUPS
    ]
    return [ref("from"), ref("to"), *each, ref("format"), ref("about")]


def of_quality() -> list[dict[str, Any]]:
    """Describe which table on the faults of the data is wanted, and how."""
    table = _query("table", {"enum": list(quality.TABLES)}, "Only this table.")
    words = "JSON, or a file with the one table that is named, by default of all checks."
    schema = {"enum": list(quality.FORMATS), "default": quality.FORMATS[0]}
    return [table, _query("format", schema, words), ref("about")]


def of_changes() -> list[dict[str, Any]]:
    """Describe which rows that a publisher changed are wanted, and how."""
    told = {
        "table": (changes.TABLES, "Whose rows."),
        "what": (WHAT, "Rows that disappeared, that are new, or cells that changed."),
        "format": (changes.FORMATS, "JSON with the summary, or CSV of the rows alone."),
    }
    return [
        _query(name, {"enum": list(allowed), "default": allowed[0]}, words)
        for name, (allowed, words) in told.items()
    ]


def _own(name: str, indicator: Indicator) -> dict[str, Any] | None:
    """Describe a parameter of one indicator; None where the indicator has no use for it."""
    if name in SHARED:
        return {}
    if name == "unit":
        units = list(indicator.units)
        return _query(name, {"enum": units, "default": units[0]}, "What one counts as one.")
    if name == "rest":
        return _rest(indicator)
    if name == "by":
        return _splits(asked.splits_of(indicator))
    if name == "where" and indicator.filters:
        pattern = f"^({'|'.join(indicator.filters)})=[^\\n]+$"
        words = "GROUP=VALUE: only this value of any group; may be repeated."
        return _query(name, _list({**_WORD, "pattern": pattern}), words)
    if name in indicator.by:
        words = f"Only this {name.replace('_', ' ')}; may be repeated. 404 where the city has none."
        return _query(name, _list(_WORD), words)
    return None


def _rest(indicator: Indicator) -> dict[str, Any] | None:
    """Describe how places are set beside the rest of their city, where they can be."""
    query = Query(by=("place",), filters=(("place", ("any",)),), rest="beside")
    if no_rest(indicator, query):
        return None
    words = (
        "With by=place and the places: also a line for all other places together, or that line "
        "alone. 404 where no places are named."
    )
    return _query("rest", {"enum": list(asked.RESTS), "default": asked.RESTS[0]}, words)


def _splits(names: Sequence[str]) -> dict[str, Any] | None:
    if not names:
        return None
    times = [name for name in names if name in PERIODS]
    schema = {**_list({"enum": list(names)}), "maxItems": len(names), "uniqueItems": True}
    if len(times) > 1:
        schema |= {"contains": {"enum": times}, "minContains": 0, "maxContains": 1}
    return _query("by", schema, "Split by groups and by one stretch of time; may be repeated.")


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": asked.MOST_EACH}


def _needed(parameter: dict[str, Any]) -> dict[str, Any]:
    return {**parameter, "required": True}


def _query(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": words}
