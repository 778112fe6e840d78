"""The one-sentence answer above each chart, computed from the measured table under it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

import pandas as pd

from trustboard.listing import together
from trustboard.tidy import STATES, UNDECIDED, CannotMeasure, Measured, Row, lines_of
from trustboard.wording.numbers import whole
from trustboard.wording.periods import period_name, span
from trustboard.wording.places import WHERE, where_said
from trustboard.wording.quoting import behind, figure, of_what, quoted
from trustboard.wording.spreads import PLACES, counting_changed, of_one_period, spread

QUOTABLE = ("ok",)
#: So many groups are named one by one; of more, only the ends of their range are told.
FEW: Final = 4
#: Their newer periods are younger, so that two of them are never compared.
AGEING: Final = ("still-open",)
_PERIOD_WORD = {"year": "year", "quarter": "quarter", "month": "month"}


@lru_cache(maxsize=256)
def answer(measured: Measured) -> str:
    """Answer the table's question in one or two sentences, with denominator, period and range."""
    lines = lines_of(measured)
    if not lines:
        return "Nothing was recorded for this choice."
    if measured.no_rows:
        return measured.no_rows
    quotable = [row for row in lines if row["state"] in QUOTABLE and pd.notna(row["value"])]
    if not quotable:
        return _nothing_quotable(measured, lines)
    if measured.groups and _combinations(measured, lines) > 1:
        if _combinations(measured, quotable) > 1:
            return _answer_by_group(measured, quotable)
        return _about(measured, quotable)
    return _answer_over_time(measured, quotable)


def _combinations(measured: Measured, rows: Sequence[Row]) -> int:
    """Count the groups that some rows tell apart."""
    return len(set(map(itemgetter(*measured.groups), rows)))


def _nothing_quotable(measured: Measured, lines: Sequence[Row]) -> str:
    """Say why no row can be quoted; of counts that leave nothing out, with their sum."""
    states = list(dict.fromkeys(str(row["state"]) for row in lines))
    if len(states) > 1:
        return "Nothing here can be quoted; the table says of each row why."
    said = STATES.get(states[0], "")
    if measured.kind != "count":
        return said if len(lines) == 1 else f"{said.partition(':')[0].rstrip('.')}."
    known = [row["n"] for row in lines if pd.notna(row["n"])]
    if not known:
        return said
    total = math.fsum(known)
    return f"{said} {whole(total)} {'was' if total == 1 else 'were'} counted."


def _answer_over_time(measured: Measured, quotable: Sequence[Row]) -> str:
    """Quote the latest period, and the one before it where both were counted the same way."""
    *earlier, latest = quotable[-2:]
    sentence = f"{_opening(measured, str(latest['period']))} {_statement(measured, latest)}."
    if UNDECIDED in measured.caveats:
        return f"{sentence} {UNDECIDED}"
    if not earlier or measured.indicator in AGEING:
        return sentence
    before = earlier[0]
    first, second = span(str(before["period"])), span(str(latest["period"]))
    if first is None or second is None or counting_changed(measured, first[0], second[1]):
        return sentence
    name = period_name(str(before["period"]))
    skipped = "" if first[1] == second[0] else ", the latest before it,"
    verb = _were(before) if measured.kind == "count" else "it was"
    return f"{sentence} In {name}{skipped} {verb} {figure(measured, before)}."


def _were(row: Row) -> str:
    return "there was" if row["value"] == 1 else "there were"


def _opening(measured: Measured, period: str) -> str:
    if measured.period == "all":
        return "Over the whole period,"
    if UNDECIDED in measured.caveats:
        return f"In {period_name(period)},"
    word = _PERIOD_WORD.get(measured.period, "period")
    return f"In {period_name(period)}, the {_last(measured, period).format(word)},"


def _last(measured: Measured, period: str) -> str:
    """Say why nothing later is quoted: the reader chose no later time, or it cannot be judged."""
    later = {row["state"] for row in lines_of(measured) if str(row["period"]) > period}
    if measured.until is None or later - {"cut"}:
        return "latest {} that can be judged"
    return "last whole {} chosen" if later else "last {} chosen"


def _statement(measured: Measured, row: Row) -> str:
    said = quoted(measured, row)
    if measured.kind == "count":
        return f"{_were(row)} {said}"
    if measured.kind == "days":
        return f"half were closed within {said}"
    from_what = behind(measured, row)
    if measured.kind in ("share", "coverage") and from_what:  # "how many" first, then the share
        return f"it was {from_what}, or {figure(measured, row)}"
    return f"it was {said}"


def _latest(rows: Sequence[Row], groups: Sequence[str]) -> list[Row]:
    """Give the last row of each group, in the order of the rows."""
    group = itemgetter(*groups)
    last = {group(row): place for place, row in enumerate(rows)}
    return [rows[place] for place in sorted(last.values())]


def _answer_by_group(measured: Measured, quotable: Sequence[Row]) -> str:
    """Name every group's latest value where they are few; otherwise how far they lie apart."""
    latest = _latest(quotable, measured.groups)
    column = measured.groups[-1]
    if column == "measure" and (said := _where(quotable)):
        return said
    if (len(measured.groups) == 1 and len(latest) <= FEW) or measured.kind == "figure":
        when = _when(measured, latest)
        if _are_parts(measured, quotable):  # parts of different years would be parts of nothing
            latest, when = of_one_period(measured, quotable)
        said = f"{when}: {_listed(measured, latest)}{_of(measured, latest)}."
        return said + _not_judged(measured, latest)
    return spread(measured, quotable)


def _are_parts(measured: Measured, quotable: Sequence[Row]) -> bool:
    """Say whether the groups are shares of the same whole, such as findings of all decided."""
    wholes: dict[str, set[float]] = {}
    for row in quotable:
        wholes.setdefault(str(row["period"]), set()).add(row["exposure"])
    return measured.kind == "share" and all(len(one) == 1 for one in wholes.values())


def _where(quotable: Sequence[Row]) -> str:
    """Say of the newest time whether outreach goes where complaints are; empty if not known."""
    newest = max(str(row["period"]) for row in quotable)
    rows = [row for row in quotable if row["period"] == newest]
    if not {row["measure"] for row in rows} >= WHERE:
        return ""
    said = where_said(rows)
    return said if newest == "all" else f"In {period_name(newest)}, {said[:1].lower()}{said[1:]}"


def _listed(measured: Measured, latest: Sequence[Row]) -> str:
    """List groups with their values and ranges; the unit once, the period where it differs."""
    dated = len({row["period"] for row in latest}) > 1
    said: list[str] = []
    for row in latest[:FEW]:
        name = _name(measured, row) + (" had" if measured.groups[-1] in PLACES else "")
        unit = not said and measured.kind in {"count", "rate"}
        when = f" in {period_name(str(row['period']))}" if dated else ""
        said.append(f"{name} {figure(measured, row, unit=unit)}{when}")
    more = [f"and {len(latest) - FEW} more"] if len(latest) > FEW else []
    return "; ".join([*said, *more])


def _of(measured: Measured, latest: Sequence[Row]) -> str:
    """Write the denominator where all groups are shares of the same whole."""
    wholes = {row["exposure"] for row in latest if pd.notna(row["exposure"])}
    if measured.kind != "share" or len(wholes) != 1:
        return ""
    return f", of {whole(*wholes)} {of_what(measured)}".rstrip()


def _name(measured: Measured, row: Row) -> str:
    column = measured.groups[-1]
    return measured.label(column, str(row[column]))


def _about(measured: Measured, quotable: Sequence[Row]) -> str:
    """Name the one group that can be judged, and those beside it that cannot."""
    last = quotable[-1]
    name = _name(measured, last)
    said = _answer_over_time(measured, quotable)
    return f"{name}: {said[:1].lower()}{said[1:]}{_not_judged(measured, [last])}"


def _not_judged(measured: Measured, quoted_rows: Sequence[Row]) -> str:
    """Say of each group that is not quoted why, where they are few: silence is not zero."""
    column, lines = measured.groups[-1], lines_of(measured)
    known = {str(row[column]) for row in quoted_rows}
    others = [row for row in lines if str(row[column]) not in known]
    # The reason is that of the time the others are quoted for, not of months too recent for all.
    quoted_for = max(row["period"] for row in quoted_rows)
    latest = _latest(sorted(others, key=lambda row: row["period"] == quoted_for), (column,))
    if len(latest) > FEW:
        return f" {len(latest)} others cannot be judged."
    names: dict[str, list[str]] = {}
    for row in latest:
        names.setdefault(STATES.get(str(row["state"]), ""), []).append(_name(measured, row))
    # What is before the colon is the reason; what is after it, the table says.
    reasons = {why.partition(":")[0].rstrip("."): who for why, who in names.items() if why}
    return "".join(f" {why}: {together(who)}." for why, who in reasons.items())


def _when(measured: Measured, latest: Sequence[Row]) -> str:
    first, *others = dict.fromkeys(str(row["period"]) for row in latest)
    word = _PERIOD_WORD.get(measured.period, "period")
    if others:
        return f"Each in its latest {word} that can be judged"
    return "Over the whole period" if first == "all" else f"In {period_name(first)}"


def cannot_answer(missing: CannotMeasure, *, city: str) -> str:
    """Say that a city's published data cannot answer a question, and why."""
    why = missing.why.strip().rstrip(".")
    return f"Cannot tell for {city}: {why}."


def row_state(state: str) -> str:
    """Say what the state of one row means; empty for a complete one."""
    return "" if state == "ok" else STATES.get(state, state.replace("_", " "))
