"""How far the values of many groups lie apart: the two ends, and what they are of.

Kinds, findings and the like are named at both ends. Places are not: which of many lies at an end is
mostly chance, and no place is a best or a worst one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

import pandas as pd

from trustboard.listing import together
from trustboard.terms import DECIDED, FINDINGS, NO_PLACE
from trustboard.tidy import Measured, Row, lines_of
from trustboard.wording.numbers import interval, value_text, whole
from trustboard.wording.periods import period_name, span
from trustboard.wording.quoting import figure, of_what, quoted

#: What lies nowhere, or everywhere, is no place; what is not known or not found yet is no kind.
_NO_GROUP: Final = (*NO_PLACE, *(one for one in FINDINGS if one not in DECIDED))
PLACES: Final = ("place", "district")
#: So many ranges are told one by one; so many groups that share an end are named.
_MOST_RANGES, _MOST_NAMED = 6, 2
_MANY: Final = {
    "place": "places", "district": "districts", "category": "kinds of complaint",
    "event_kind": "kinds of event", "finding": "findings", "filed_by": "groups of people who filed",
    "age": "lengths of time open",
}  # fmt: skip
#: What the two ends of each kind of number are called.
_MOST: Final = ("most {unit}", "fewest")
_HIGHEST: Final = ("highest share", "lowest")
_ENDS: Final = {
    "count": _MOST, "months": _MOST, "rate": ("highest rate", "lowest"), "share": _HIGHEST,
    "coverage": _HIGHEST, "days": ("longest time until half were closed", "shortest"),
}  # fmt: skip
_LATER: Final = {"year": "years", "quarter": "quarters", "month": "months"}


def spread(measured: Measured, quotable: Sequence[Row]) -> str:
    """Say in one sentence, of one period, how far the values of more than a few groups lie apart.

    `quotable` are the rows that may be quoted. How many groups have none then is said as well.
    """
    first, placed = measured.groups[0], quotable
    every = {row[first] for row in lines_of(measured)}
    placed = [row for row in quotable if row[first] not in _NO_GROUP] or quotable
    every.difference_update(_NO_GROUP)
    rows, when = of_one_period(measured, placed)
    chance = " Part of that spread is chance." if first in PLACES else ""
    unjudged = len(every.difference(row[first] for row in rows))
    left = f" {unjudged} more cannot be judged." if unjudged else ""
    if len(measured.groups) > 1:
        return f"{when}, {_by_part(measured, rows)}.{chance}{left}"
    if len(rows) == 1:
        name = measured.label(first, str(rows[0][first]))
        return f"{when}, only {name} can be judged: {quoted(measured, rows[0])}.{left}"
    if first in PLACES:
        return f"{when}, {_over_places(measured, rows)}.{chance}{left}"
    before, apart = _at_first(measured, quotable, rows), _apart(measured, quotable, rows)
    return f"{when}, {_between_ends(measured, rows)}.{before}{apart}{left}"


def of_one_period(measured: Measured, quotable: Sequence[Row]) -> tuple[list[Row], str]:
    """Give the rows of the newest period that has at least half of the groups, and name it.

    Values of different periods are no range: what lies between them is also time.
    """
    many = Counter(map(itemgetter("period"), quotable))
    every = len(set(map(itemgetter(*measured.groups), quotable)))
    enough = [period for period, count in many.items() if 2 * count >= every]
    chosen = max(enough) if enough else max(many, key=lambda period: (many[period], period))
    when = "Over the whole period" if chosen == "all" else f"In {period_name(chosen)}"
    if chosen != max(many):
        when += f" (fewer can be judged in later {_LATER.get(measured.period, 'periods')})"
    return [row for row in quotable if row["period"] == chosen], when


def _over_places(measured: Measured, rows: Sequence[Row]) -> str:
    """Say between which values places lie, without naming any of them."""
    low, high = _range(measured, rows)
    many = f"{len(rows)} {_MANY[measured.groups[0]]}"
    if measured.kind in ("count", "months"):
        return f"the {many} had between {low} and {high} {_unit(measured)} each"
    what = {"rate": "the rate", "days": "the time until half were closed"}
    unit = f" {measured.unit}" if measured.kind == "rate" else ""
    return f"{what.get(measured.kind, 'the share')} ran from {low} to {high}{unit} across {many}"


def _unit(measured: Measured) -> str:
    return "months without an event" if measured.kind == "months" else measured.unit


def _range(measured: Measured, rows: Sequence[Row]) -> tuple[str, str]:
    values = [row["value"] for row in rows]
    return value_text(measured.kind, min(values)), value_text(measured.kind, max(values))


def _ends_of(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Give the rows with the highest value, and those with the lowest."""
    values = [row["value"] for row in rows]
    highest, lowest = max(values), min(values)
    return (
        [row for row in rows if row["value"] == highest],
        [row for row in rows if row["value"] == lowest],
    )


def counting_changed(measured: Measured, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Say whether the way of counting changed between two moments."""
    return any(start < on < end for on, _ in measured.breaks)


def _at_first(measured: Measured, quotable: Sequence[Row], rows: Sequence[Row]) -> str:
    """Say what the groups at both ends had in the first period that was counted the same way."""
    (highest, *more), (lowest, *others) = _ends_of(rows)
    now = span(str(highest["period"]))
    if more or others or highest is lowest or now is None:
        return ""
    column = measured.groups[0]
    earlier: dict[str, dict[str, Row]] = {}
    for row in quotable:
        then = span(str(row["period"]))
        if then is None or then[0] >= now[0] or counting_changed(measured, then[0], now[1]):
            continue
        earlier.setdefault(str(row["period"]), {})[str(row[column])] = row
    both = (str(highest[column]), str(lowest[column]))
    comparable = [period for period, had in earlier.items() if had.keys() >= set(both)]
    if not comparable:
        return ""
    first = min(comparable)
    had = together([_value(measured, [earlier[first][one]]) for one in both])
    return f" In {period_name(first)} these two had {had}."


def _apart(measured: Measured, quotable: Sequence[Row], rows: Sequence[Row]) -> str:
    """Give what is not known, or not found yet, in the same period: no kind, but counted."""
    column, period = measured.groups[0], rows[0]["period"]
    found = [row for row in quotable if row["period"] == period and row[column] in _NO_GROUP]
    if not found or found[0] in rows:
        return ""
    named = (f"{measured.label(column, str(row[column]))} {figure(measured, row)}" for row in found)
    return f" Apart from these: {'; '.join(named)}."


def _between_ends(measured: Measured, rows: Sequence[Row]) -> str:
    """Name the groups at both ends, with their values, ranges and what they are of."""
    many = f"{len(rows)} {_MANY.get(measured.groups[0], 'groups')}"
    highest, lowest = _ends_of(rows)
    if highest == lowest:
        return f"all {many} had the same, {value_text(measured.kind, rows[0]['value'])}"
    most, fewest = (words.format(unit=_unit(measured)) for words in _ENDS[measured.kind])
    of = f", of {of_what(measured)}" if measured.kind in ("share", "coverage") else ""
    unit = measured.kind == "rate"
    return (
        f"of {many}, {_names(measured, highest)} had the {most}, "
        f"{_value(measured, highest, unit=unit)}, and {_names(measured, lowest)} the {fewest}, "
        f"{_value(measured, lowest)}{of}"
    )


def _names(measured: Measured, rows: Sequence[Row]) -> str:
    """Name the groups at one end; of very many only the first, and how many others."""
    column = measured.groups[0]
    labels = [measured.label(column, str(row[column])) for row in rows]
    if len(labels) > _MOST_NAMED:
        labels = [labels[0], f"{len(labels) - 1} others"]
    return together(labels)


def _value(measured: Measured, rows: Sequence[Row], *, unit: bool = False) -> str:
    """Write the value at one end; of a single group with its range and of how many it is."""
    row, said = rows[0], value_text(measured.kind, rows[0]["value"])
    if measured.kind == "months":
        return f"{said} of {whole(row['exposure'])}"
    if len(rows) > 1:
        return f"{said} {measured.unit}" if unit else said
    if measured.kind not in ("share", "coverage") or math.isnan(row["exposure"]):
        return figure(measured, row, unit=unit)
    limits = interval(measured.kind, row["lower"], row["upper"])
    counted = f"{whole(row['n'])} of {whole(row['exposure'])}"
    return f"{said} ({'; '.join(part for part in (counted, limits) if part)})"


def _by_part(measured: Measured, rows: Sequence[Row]) -> str:
    """Say for each part, such as a finding, between which values the groups lie."""
    *others, column = measured.groups
    across = list(dict.fromkeys(tuple(str(row[one]) for one in others) for row in rows))
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(str(row[column]), []).append(row)
    said = [f"{measured.label(column, part)} {_span(measured, of)}" for part, of in parts.items()]
    more = [f"and {len(said) - _MOST_RANGES} more"] if len(said) > _MOST_RANGES else []
    listed = "; ".join([*said[:_MOST_RANGES], *more])
    unit = f", {measured.unit}" if measured.kind in ("count", "rate") else ""
    where = together([measured.label(*one) for one in zip(others, across[0], strict=True)])
    if len(across) > 1:
        kinds = together([_MANY.get(one, "groups") for one in others])
        where = f"across {len(across)} {'combinations of ' if len(others) > 1 else ''}{kinds}"
    return f"{where}{unit}: {listed}"


def _span(measured: Measured, rows: Sequence[Row]) -> str:
    low, high = _range(measured, rows)
    return low if low == high else f"from {low} to {high}"
