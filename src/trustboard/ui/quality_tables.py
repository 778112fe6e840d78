"""The tables of the data-quality page, as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from trustboard.indicator import catalogue
from trustboard.ui.escape import link, text
from trustboard.ui.html_table import html_table
from trustboard.wording import date_text, days, share, whole
from trustboard.wording.quality_words import (
    ACTION_WORDS,
    DELAY_WORDS,
    PLACE_WORDS,
    check_word,
    field_word,
    share_of,
)

Cell = Callable[[Any], str]
_HEADS: Final = MappingProxyType(
    {
        "table": "Table",
        "check": "What",
        "column": "Column",
        "rows": "Rows",
        "read": "Rows read",
        "share": "Share",
        "dropped": "Dropped",
        "possible": "Possible duplicates",
        "clashing": "Same id, different rows",
        "kept": "Kept",
        "without": "Without them",
        "action": "What was done",
        "delay": "Delay",
        "period": "Filed in",
        "median": "Half within",
        "lower": "95% range",
        "late": "Nine in ten within",
        "of": "Out of",
        "left_out": "Left out",
        "state": "Note",
        "on": "Day",
        "why": "What changed",
        "affects": "Concerns",
        "kind": "What stands out",
        "usual": "Usual on a day",
        "figure_id": "Figure",
        "printed": "Printed",
        "difference": "Difference",
        "blocks": "More than 2% apart",
        "looks_for": "What is looked for",
        "times": "Found",
        "was": "The file said",
        "now": "Read as",
        "reason": "Why",
        "source": "Shown by",
    }
)
_NUMERIC: Final = frozenset(
    {
        *("rows", "read", "dropped", "possible", "clashing", "kept", "without", "share", "median"),
        *("late", "of", "left_out", "usual", "printed", "difference", "times"),
    }
)
_LEFT_OUT: Final = {"delays": ("upper",), "checks": ("check",), "totals": ("figure_id",)}
#: Part → the columns that name a line; its years stand side by side.
_BY_YEAR: Final = {
    "blanks": (("table", "field"), "blank"),
    "unmatched": (("check",), "rows"),
    "places": (("table", "state"), "rows"),
}
_KINDS: Final = {
    "one_day": "Many filings on this date",
    "late_rows": "Rows first seen here after their month had settled",
}
_NOTES: Final = {
    "ok": "",
    "too_few": "Too few to tell",
    "not_reached": "Fewer than half were decided",
    "applied": "applied",
    "obsolete": "no longer needed: the file has changed",
    "not_read": "the table is not here",
}


def quality_table(part: str, table: pd.DataFrame, *, caption: str) -> str:
    """Build the HTML of one part's table; years stand side by side where a part has them."""
    if part in _BY_YEAR:
        return _side_by_side(part, table, caption=caption)
    names = [name for name in table.columns if name not in _LEFT_OUT.get(part, ())]
    rows = [[_cell(name, row) for name in names] for row in table.to_dict("records")]
    heads = [_HEADS[name] for name in names]
    if part == "totals":
        heads[names.index("period")] = "Period"
    numeric = [place for place, name in enumerate(names) if name in _NUMERIC]
    long = part in ("set-aside", "dates", "breaks", "checks", "corrections", "backfills")
    return html_table(
        heads, rows, caption=caption, numeric=numeric, cells_are_html=True, long_text=long
    )


def _side_by_side(part: str, table: pd.DataFrame, *, caption: str) -> str:
    names, counted = _BY_YEAR[part]
    some = table.groupby(list(names))[counted].transform("sum") > 0
    shown = table[some]
    order = sorted(table["period"].unique(), key=lambda one: (one != "all", one))
    heads = [*(_HEADS.get(name, name.capitalize()) for name in names), *map(_year, order)]
    rows = []
    for key, part_rows in shown.groupby(list(names), sort=False):
        cells = part_rows.set_index("period")
        line = [_cell(name, {name: one}) for name, one in zip(names, key, strict=True)]
        rows.append([*line, *(_share_cell(cells, year, counted) for year in order)])
    numeric = list(range(len(names), len(heads)))
    return html_table(heads, rows, caption=caption, numeric=numeric, cells_are_html=True)


def _year(period: str) -> str:
    return {"all": "All", "undated": "No date"}.get(period, period)


def _share_cell(cells: pd.DataFrame, year: str, counted: str) -> str:
    if year not in cells.index:
        return "–"
    number, of = cells.at[year, counted], cells.at[year, "rows" if counted == "blank" else "of"]
    part = share_of(number, of).replace("less than ", "<")
    return text(f"{part} ({whole(number)})")


def _cell(name: str, row: dict[Any, Any]) -> str:
    value = row[name]
    if name == "source":
        return link("the page that shows it", value)
    if name == "lower":
        return _range(row)
    return text(_words(name, value))


def _words(name: str, value: Any) -> str:
    if value is None or pd.isna(value):
        return "–"
    write = _WRITERS.get(name)
    return str(value) if write is None else write(value)


def _range(row: dict[Any, Any]) -> str:
    if pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return "–"
    high = "" if row["upper"] == float("inf") else whole(row["upper"])
    return text(
        f"{whole(row['lower'])} to {high} days" if high else f"{days(row['lower'])} or more"
    )


def _action(value: str) -> str:
    parts = (ACTION_WORDS.get(one.replace(" ", "_"), one) for one in value.split(", "))
    return "; ".join(parts)


def _affected(value: str) -> str:
    """Name the indicators that a change of counting concerns, or the words that changed."""
    known = catalogue()
    titles = [known[one].title if one in known else one for one in value.split(", ")]
    words = "only what is split or filtered by its words: "
    told = "; ".join(titles).replace("words of ", "")
    return "the whole table" if value == "all" else words * ("words of " in value) + told


_WRITERS: Final[MappingProxyType[str, Cell]] = MappingProxyType(
    {
        "table": lambda value: str(value).capitalize(),
        "check": check_word,
        "field": field_word,
        "action": _action,
        "share": share,
        "rows": whole,
        "read": whole,
        "dropped": whole,
        "possible": whole,
        "clashing": whole,
        "kept": whole,
        "without": whole,
        "of": whole,
        "left_out": whole,
        "times": whole,
        "printed": whole,
        "difference": whole,
        "usual": lambda value: f"{value:g}",
        "median": days,
        "late": days,
        "on": date_text,
        "period": _year,
        "delay": lambda value: DELAY_WORDS.get(value, str(value)),
        "kind": lambda value: _KINDS.get(value, str(value)),
        "state": lambda value: _NOTES.get(value) or PLACE_WORDS.get(value, ""),
        "blocks": lambda value: "yes" if value else "no",
        "affects": _affected,
    }
)
