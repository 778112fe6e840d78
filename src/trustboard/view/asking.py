"""A view put to one indicator: the query it makes, and what of it the question cannot take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trustboard.indicator import Indicator, Unit, catalogue
from trustboard.listing import together
from trustboard.query import FILTERS, PERIODS, Query
from trustboard.view.model import View
from trustboard.view.offered import Offered

_WORDS: Final = {
    "place": "place",
    "district": "district",
    "category": "category",
    "finding": "finding",
    "filed_by": "who filed",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured for a view, and the sentences that say where it differs from the view."""

    indicator: str
    query: Query
    notes: tuple[str, ...] = ()
    compared: str = ""  # the group whose members stand beside each other


def ask(
    view: View, indicator: str, *, by: tuple[str, ...] = (), offered: Offered | None = None
) -> Asked:
    """Put a view to an indicator, split by a period and at most one group.

    With `show=rates` a count becomes its rate where there is one. What the question cannot be
    narrowed by is left out and said in a note: never silently. `offered` knows the names, and the
    categories of each unit.
    """
    one = catalogue()[indicator]
    notes: list[str] = []
    if view.show == "rates":
        one, said = _per_resident(one)
        notes += said
    filters = {group: view.kept(group) for group in FILTERS if view.kept(group)}
    taken = set(one.by) - {one.parts}  # of shares that make up a whole, all are shown
    notes += _not_narrowed(one, [group for group in filters if group not in taken])
    kept = {group: ids for group, ids in filters.items() if group in taken}
    by, compared, said = _beside(view, one, by=by, offered=offered)
    notes += said
    if compared:
        kept[compared] = (*kept[compared], *view.vs)
    unit: Unit = view.unit if view.unit in one.units else "complaint"
    if unit != view.unit and one.topic != "outreach":
        notes.append("Counted by complaint: this question is asked of whole complaints only.")
    if offered is not None:
        notes += _in_unit(kept, unit, offered)
    query = Query(
        by=by,
        from_=view.first_day,
        to=view.last_day,
        filters=tuple(kept.items()),
        unit=unit,
    )
    return Asked(one.id, query, tuple(notes), compared)


def _in_unit(kept: dict[str, tuple[str, ...]], unit: Unit, offered: Offered) -> list[str]:
    """Leave out of a filter the categories that the unit counted does not have, and say so."""
    known = offered.names_in("category", unit)
    lacking = [one for one in kept.get("category", ()) if one not in known]
    if not lacking:
        return []
    more = f" (and {len(lacking) - 1} more)" if len(lacking) > 1 else ""
    whose, name = offered.unit_word(unit), offered.category.get(lacking[0], lacking[0])
    why = f"{whose}s have no category “{name}”{more} here."
    ids = tuple(one for one in kept["category"] if one in known)
    if not ids:
        del kept["category"]
        return [f"Not narrowed by category: {why}"]
    kept["category"] = ids
    return [f"Narrowed to {together([f'“{known[one]}”' for one in ids])} only: {why}"]


def _per_resident(one: Indicator) -> tuple[Indicator, list[str]]:
    if one.per_resident:
        return catalogue()[one.per_resident], []
    if one.kind == "rate":
        return one, []
    if one.kind in ("share", "days") or not (one.kind == "count" or one.parts):
        return one, []  # how many people live somewhere plays no part in these
    return one, ["Shown as counts: a rate per resident is not worked out for this question."]


def _not_narrowed(one: Indicator, groups: list[str]) -> list[str]:
    """Say which filters a question cannot take, and why, one sentence per reason."""
    reasons: dict[str, list[str]] = {}
    for group in groups:
        reasons.setdefault(_reason(one, group), []).append(_WORDS[group])
    return [
        f"Not narrowed by {together(words, word='or')}: {why}." for why, words in reasons.items()
    ]


def _reason(one: Indicator, group: str) -> str:
    if group in ("place", "district"):
        return "this question is about the whole city"
    if group == one.parts:
        return "it shows all of them, each with its share"
    if one.topic == "outreach":
        return "outreach events have none"
    if group == "finding":
        return "this question is about complaints whatever their finding, open ones included"
    return "this question cannot be split that way"


def _beside(
    view: View, one: Indicator, *, by: tuple[str, ...], offered: Offered | None
) -> tuple[tuple[str, ...], str, list[str]]:
    """Set places beside each other where the chart is not split by something else already."""
    group = view.compared
    if not group or group not in one.by:
        return by, "", []
    if one.parts or any(name not in PERIODS for name in by):
        split = one.parts or next(name for name in by if name not in PERIODS)
        first, others = _named(view.kept(group), group, offered), _named(view.vs, group, offered)
        verb = "is" if len(view.kept(group)) == 1 else "are"
        why = (
            f"Only {first} {verb} shown, not {others}: this chart is split by "
            f"{_WORDS.get(split, split.replace('_', ' '))} already."
        )
        return by, "", [why]
    return (*by, group), group, []


def _named(ids: tuple[str, ...], group: str, offered: Offered | None) -> str:
    names = {} if offered is None else offered.names(group)
    return together([names.get(one, one) for one in ids])
